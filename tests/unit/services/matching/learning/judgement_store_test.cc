// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/judgement_store.h"

#include <gmock/gmock.h>

#include "common/storage/memory_store.h"
#include "common/storage/rocksdb_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::SizeIs;
using testing::StatusIs;

constexpr UnixMicros kNow = 1'790'000'000'000'000;

v1::Judgement Of(const std::string& need, const std::string& achievement, v1::MatchLevel level,
                 const std::string& judge = "", const std::string& creator = "key-1") {
  v1::Judgement judgement;
  judgement.set_need("needs/" + need);
  judgement.set_achievement("achievements/" + achievement);
  judgement.set_level(level);
  judgement.set_judge(judge);
  judgement.set_creator(creator);
  return judgement;
}

std::vector<std::string> NamesOf(const std::vector<v1::Judgement>& judgements) {
  std::vector<std::string> names;
  for (const v1::Judgement& judgement : judgements) names.push_back(judgement.name());
  return names;
}

// Writes pass until `fail_writes`; then nothing is written, as when the process dies before the disk has it.
class FailingStore : public KvStore {
 public:
  explicit FailingStore(KvStore* store) : store_(store) {}
  StatusOr<std::optional<std::string>> Get(std::string_view key, const Snapshot* snapshot) const override {
    return store_->Get(key, snapshot);
  }
  Status Write(const WriteBatch& batch) override {
    ++writes;
    if (fail_writes) return Error(StatusCode::kUnavailable, "STORE_IO_ERROR", "the disk failed");
    return store_->Write(batch);
  }
  std::unique_ptr<Iterator> Scan(std::string_view begin, std::string_view end,
                                 const Snapshot* snapshot) const override {
    return store_->Scan(begin, end, snapshot);
  }
  std::unique_ptr<Snapshot> GetSnapshot() const override { return store_->GetSnapshot(); }
  Status Backup(const std::string& folder) override { return store_->Backup(folder); }
  KvStats Stats() const override { return store_->Stats(); }

  bool fail_writes = false;
  int writes = 0;

 private:
  KvStore* const store_;
};

class JudgementStoreTest : public ::testing::Test {
 protected:
  void SetUp() override { Reopen(); }

  // As after a crash: nothing but what the store holds.
  void Reopen() { ASSERT_OK_AND_ASSIGN(store_, JudgementStore::Open(&failing_)); }

  StatusOr<std::vector<v1::Judgement>> Record(std::vector<v1::Judgement> judgements, UnixMicros now = kNow,
                                              const std::string& request_id = "",
                                              const std::string& fingerprint = "f") {
    return store_->Record({std::move(judgements), "key-1", request_id, fingerprint, now});
  }

  std::vector<std::string> Counting() {
    std::vector<std::string> lines;
    EXPECT_THAT(store_->ForEachCounting([&](const v1::Judgement& j) {
      lines.push_back(j.need() + " " + j.achievement() + " " + (j.judge().empty() ? j.creator() : j.judge()) +
                      " " + std::to_string(j.level()));
      return OkStatus();
    }),
                IsOk());
    return lines;
  }

  std::unique_ptr<KvStore> memory_ = NewMemoryStore();
  FailingStore failing_{memory_.get()};
  std::unique_ptr<JudgementStore> store_;
};

TEST_F(JudgementStoreTest, NamesGrowWithTimeEvenWhereTheClockDoesNot) {
  ASSERT_OK_AND_ASSIGN(const auto first, Record({Of("a", "b", v1::MATCH_LEVEL_WEAK)}));
  ASSERT_OK_AND_ASSIGN(const auto same_time, Record({Of("a", "b", v1::MATCH_LEVEL_WEAK)}));
  Reopen();
  ASSERT_OK_AND_ASSIGN(const auto earlier, Record({Of("a", "b", v1::MATCH_LEVEL_WEAK)}, kNow - 5'000'000));
  EXPECT_LT(first[0].name(), same_time[0].name());
  EXPECT_LT(same_time[0].name(), earlier[0].name());
  EXPECT_EQ(CreateMicros(earlier[0]), kNow - 5'000'000);
  ASSERT_OK_AND_ASSIGN(const v1::Judgement read, store_->Get(earlier[0].name()));
  EXPECT_EQ(read.SerializeAsString(), earlier[0].SerializeAsString());
}

TEST_F(JudgementStoreTest, LaterJudgementOfAJudgeCountsAndTheEarlierStaysReadable) {
  ASSERT_OK_AND_ASSIGN(const auto before, Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE, "李工")}));
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_FAIR, "王工")}), IsOk());
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_STRONG, "李工", "key-2")}), IsOk());
  Reopen();
  EXPECT_THAT(Counting(), ElementsAre("needs/n1 achievements/a1 李工 4", "needs/n1 achievements/a1 王工 3"));
  EXPECT_THAT(store_->Get(before[0].name()), IsOk());
  EXPECT_EQ(store_->Count(), 3);
}

TEST_F(JudgementStoreTest, WithoutANameTheKeyIsTheJudgeAndANameCannotStandInForAKey) {
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE, "", "key-7")}), IsOk());
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_FAIR, "key-7", "key-8")}), IsOk());
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_WEAK, "", "key-7")}), IsOk());
  EXPECT_THAT(Counting(),
              ElementsAre("needs/n1 achievements/a1 key-7 2", "needs/n1 achievements/a1 key-7 3"));
}

TEST_F(JudgementStoreTest, CountsInOrderOfNeedAchievementAndJudge) {
  ASSERT_THAT(Record({Of("n2", "a1", v1::MATCH_LEVEL_WEAK, "z"), Of("n1", "a2", v1::MATCH_LEVEL_WEAK, "y"),
                      Of("n1", "a10", v1::MATCH_LEVEL_WEAK, "x"), Of("n1", "a2", v1::MATCH_LEVEL_FAIR, "b")}),
              IsOk());
  EXPECT_THAT(Counting(), ElementsAre("needs/n1 achievements/a10 x 2", "needs/n1 achievements/a2 b 3",
                                      "needs/n1 achievements/a2 y 2", "needs/n2 achievements/a1 z 2"));
}

TEST_F(JudgementStoreTest, LaterOfOneBatchCounts) {
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE), Of("n1", "a1", v1::MATCH_LEVEL_STRONG)}), IsOk());
  EXPECT_THAT(Counting(), ElementsAre("needs/n1 achievements/a1 key-1 4"));
}

TEST_F(JudgementStoreTest, ListsTheLatestFirstAndByRecord) {
  ASSERT_OK_AND_ASSIGN(const auto made,
                       Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE), Of("n2", "a1", v1::MATCH_LEVEL_NONE),
                               Of("n1", "a2", v1::MATCH_LEVEL_NONE), Of("n11", "a2", v1::MATCH_LEVEL_NONE)}));
  const auto list = [&](const std::string& record, const std::string& after, size_t limit) {
    auto page = store_->List(record, after, limit);
    EXPECT_THAT(page, IsOk());
    return NamesOf(*page);
  };
  EXPECT_THAT(list("", "", 9), ElementsAre(made[3].name(), made[2].name(), made[1].name(), made[0].name()));
  EXPECT_THAT(list("", made[2].name(), 1), ElementsAre(made[1].name()));
  EXPECT_THAT(list("needs/n1", "", 9), ElementsAre(made[2].name(), made[0].name()));
  EXPECT_THAT(list("needs/n1", made[2].name(), 9), ElementsAre(made[0].name()));
  EXPECT_THAT(list("achievements/a2", "", 9), ElementsAre(made[3].name(), made[2].name()));
  EXPECT_THAT(list("needs/n", "", 9), IsEmpty());
}

TEST_F(JudgementStoreTest, VisitsWhatWasRecordedSinceATime) {
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, kNow), IsOk());
  ASSERT_THAT(Record({Of("n2", "a1", v1::MATCH_LEVEL_NONE)}, kNow + 10), IsOk());
  // The clock went back: its number is late, its time is early.
  ASSERT_THAT(Record({Of("n3", "a1", v1::MATCH_LEVEL_NONE)}, kNow - 10), IsOk());
  std::vector<std::string> needs;
  ASSERT_THAT(store_->ForEachSince(kNow + 1,
                                   [&](const v1::Judgement& judgement) {
                                     needs.push_back(judgement.need());
                                     return OkStatus();
                                   }),
              IsOk());
  EXPECT_THAT(needs, ElementsAre("needs/n2"));
}

TEST_F(JudgementStoreTest, RepeatedRequestIsHarmlessForADayAlsoAfterReopening) {
  const std::vector<v1::Judgement> asked = {Of("n1", "a1", v1::MATCH_LEVEL_NONE),
                                            Of("n1", "a2", v1::MATCH_LEVEL_FAIR)};
  ASSERT_OK_AND_ASSIGN(const auto first, Record(asked, kNow, "r-1"));
  Reopen();
  ASSERT_OK_AND_ASSIGN(const auto again, Record(asked, kNow + JudgementStore::kRequestMemory - 1, "r-1"));
  EXPECT_EQ(NamesOf(again), NamesOf(first));
  EXPECT_EQ(store_->Count(), 2);
  EXPECT_THAT(Record(asked, kNow, "r-1", "another fingerprint"),
              StatusIs(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  ASSERT_OK_AND_ASSIGN(const auto later, Record(asked, kNow + JudgementStore::kRequestMemory, "r-1"));
  EXPECT_NE(NamesOf(later), NamesOf(first));
  EXPECT_EQ(store_->Count(), 4);
}

TEST_F(JudgementStoreTest, RequestIdsOfOtherCallersAreOtherRequests) {
  ASSERT_THAT(store_->Record({{Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, "key-1", "r-1", "f", kNow}), IsOk());
  ASSERT_THAT(store_->Record({{Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, "key-2", "r-1", "g", kNow}), IsOk());
  EXPECT_EQ(store_->Count(), 2);
}

TEST_F(JudgementStoreTest, ForgetsRequestsWhoseTimeIsOver) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, kNow + i, "r-" + std::to_string(i)), IsOk());
  }
  const auto remembered = [&] {
    int entries = 0;
    for (const auto it = memory_->Scan("r", "s"); it->Valid(); it->Next()) ++entries;
    return entries;
  };
  EXPECT_EQ(remembered(), 10);  // an entry and its expiry each
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, kNow + JudgementStore::kRequestMemory + 2),
              IsOk());
  EXPECT_EQ(remembered(), 4);
}

TEST_F(JudgementStoreTest, ForgetsRequestsOfAClockThatWentBack) {
  const auto remembered = [&] {
    int entries = 0;
    for (const auto it = memory_->Scan("r", "s"); it->Valid(); it->Next()) ++entries;
    return entries;
  };
  const UnixMicros later = kNow + JudgementStore::kRequestMemory + 10;
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, kNow, "r-0"), IsOk());
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, later), IsOk());
  EXPECT_EQ(remembered(), 0);
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, kNow - 5, "r-1"), IsOk());
  EXPECT_EQ(remembered(), 2);
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, later), IsOk());
  EXPECT_EQ(remembered(), 0);
}

TEST_F(JudgementStoreTest, RequestMadeAnewOutlivesTheExpiryOfTheOld) {
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, kNow, "r-1"), IsOk());
  const UnixMicros anew = kNow + JudgementStore::kRequestMemory;
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, anew, "r-1"), IsOk());
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, anew + 1, "r-2"), IsOk());
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}, anew + 2, "r-1"), IsOk());
  EXPECT_EQ(store_->Count(), 3);
}

TEST_F(JudgementStoreTest, WriteIsOneBatchSoThatAFailureLeavesNothing) {
  const int before = failing_.writes;
  ASSERT_THAT(
      Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE), Of("n2", "a1", v1::MATCH_LEVEL_NONE)}, kNow, "r-0"),
      IsOk());
  EXPECT_EQ(failing_.writes, before + 1);
  failing_.fail_writes = true;
  EXPECT_THAT(
      Record({Of("n3", "a1", v1::MATCH_LEVEL_NONE), Of("n4", "a1", v1::MATCH_LEVEL_NONE)}, kNow, "r-1"),
      StatusIs(StatusCode::kUnavailable, "STORE_IO_ERROR"));
  failing_.fail_writes = false;
  Reopen();
  EXPECT_EQ(store_->Count(), 2);
  EXPECT_THAT(Counting(), SizeIs(2));
  ASSERT_OK_AND_ASSIGN(const auto retried, Record({Of("n3", "a1", v1::MATCH_LEVEL_NONE)}, kNow, "r-1"));
  EXPECT_THAT(retried, SizeIs(1));
}

TEST_F(JudgementStoreTest, NumbersOfAFailedWriteAreNotGivenAgain) {
  ASSERT_THAT(Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}), IsOk());
  failing_.fail_writes = true;
  ASSERT_THAT(Record({Of("n2", "a1", v1::MATCH_LEVEL_NONE)}),
              StatusIs(StatusCode::kUnavailable, "STORE_IO_ERROR"));
  failing_.fail_writes = false;
  ASSERT_OK_AND_ASSIGN(const auto made, Record({Of("n3", "a1", v1::MATCH_LEVEL_NONE)}));
  EXPECT_EQ(made[0].name(), judgement_keys::NameOf(static_cast<uint64_t>(kNow) + 2));
}

TEST_F(JudgementStoreTest, NoSuchNamesAreNotFound) {
  for (const char* name : {"", "judgements/", "judgements/0000000000000", "needs/0000000000000",
                           "judgements/vvvvvvvvvvvvv", "judgements/000000000000W"}) {
    EXPECT_THAT(store_->Get(name), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND")) << name;
  }
}

TEST_F(JudgementStoreTest, RefusesAStoreOfANewerVersion) {
  WriteBatch batch;
  batch.Put(judgement_keys::Format(), "2");
  ASSERT_THAT(memory_->Write(batch), IsOk());
  EXPECT_THAT(JudgementStore::Open(memory_.get()),
              StatusIs(StatusCode::kFailedPrecondition, "FORMAT_TOO_NEW"));
}

TEST_F(JudgementStoreTest, MissingJudgementIsDataLossAndNotSilence) {
  ASSERT_OK_AND_ASSIGN(const auto made, Record({Of("n1", "a1", v1::MATCH_LEVEL_NONE)}));
  WriteBatch batch;
  batch.Delete(judgement_keys::Judgement(*judgement_keys::NumberOf(made[0].name())));
  ASSERT_THAT(memory_->Write(batch), IsOk());
  const auto ignore = [](const v1::Judgement&) { return OkStatus(); };
  EXPECT_THAT(store_->ForEachCounting(ignore), StatusIs(StatusCode::kDataLoss, "STORE_CORRUPT"));
  EXPECT_THAT(store_->List("needs/n1", "", 5), StatusIs(StatusCode::kDataLoss, "STORE_CORRUPT"));
}

TEST(JudgementStoreOnDiskTest, SurvivesClosingAndOpening) {
  const testing::TempDir folder;
  RocksDbOptions options;
  options.folder = folder.File("learning");
  std::string name;
  {
    ASSERT_OK_AND_ASSIGN(const auto disk, OpenRocksDb(options));
    ASSERT_OK_AND_ASSIGN(const auto store, JudgementStore::Open(disk.get()));
    ASSERT_OK_AND_ASSIGN(const auto made,
                         store->Record({{Of("n1", "a1", v1::MATCH_LEVEL_FAIR)}, "key-1", "r-1", "f", kNow}));
    name = made[0].name();
  }
  ASSERT_OK_AND_ASSIGN(const auto disk, OpenRocksDb(options));
  ASSERT_OK_AND_ASSIGN(const auto store, JudgementStore::Open(disk.get()));
  ASSERT_OK_AND_ASSIGN(const v1::Judgement read, store->Get(name));
  EXPECT_EQ(read.level(), v1::MATCH_LEVEL_FAIR);
  ASSERT_OK_AND_ASSIGN(
      const auto again,
      store->Record({{Of("n1", "a1", v1::MATCH_LEVEL_FAIR)}, "key-1", "r-1", "f", kNow + 1}));
  EXPECT_EQ(again[0].name(), name);
}

}  // namespace
}  // namespace duijie::matching
