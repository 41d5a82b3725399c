// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/collection_index.h"

#include <atomic>
#include <cmath>
#include <filesystem>
#include <map>
#include <thread>

#include "services/search/follower.h"
#include "services/search/index_schema.h"
#include "services/search/snapshots.h"
#include "tests/unit/services/search/index_fixture.h"

namespace duijie::search::testing {
namespace {

constexpr char kText[] = "锂离子电池正极材料的制备与回收";

class CollectionIndexTest : public IndexTest {
 protected:
  std::string Describe(ReadableIndex& index) {
    const auto request = CandidatesFor(v1::COLLECTION_ACHIEVEMENTS, kText, PrincipalOf(v1::ROLE_ADMIN));
    const auto response = FindCandidates(index, request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? response->DebugString() : "";
  }
};

std::vector<v1::Achievement> SomeRecords(int count) {
  const std::vector<std::string> bodies = {"锂离子电池", "正极材料制备", "电池回收利用", "石墨负极",
                                           "隔膜涂布"};
  std::vector<v1::Achievement> records;
  for (int i = 0; i < count; ++i) {
    records.push_back(
        MakeAchievement("r" + std::to_string(i), bodies[i % 5] + "方法", bodies[i % 3] + bodies[i % 2]));
  }
  return records;
}

TEST_F(CollectionIndexTest, ResultsDoNotDependOnTheOrderOfChanges) {
  const auto records = SomeRecords(40);
  Page forward;
  for (const auto& record : records) forward.Put(record);
  Load(*indexes_.achievements, forward);
  ASSERT_OK_AND_ASSIGN(auto other, CollectionIndex::Open(dir_.File("other"), SharedBuilder()));
  Page detour;
  for (const auto& record : records) detour.Put(MakeAchievement(record.name().substr(13), "先前的标题电池"));
  detour.Put(MakeAchievement("gone", kText));
  ASSERT_THAT(other->Apply(detour.get()), IsOk());
  ASSERT_THAT(other->Commit(), IsOk());
  Page backward;
  backward.From(detour.get().revision());
  for (auto record = records.rbegin(); record != records.rend(); ++record) backward.Put(*record);
  backward.Delete("achievements/gone");
  ASSERT_THAT(other->Apply(backward.get()), IsOk());
  ASSERT_THAT(other->Commit(), IsOk());
  other->ShowRevision(forward.get().revision());
  EXPECT_EQ(Describe(indexes_.achievements->readable()), Describe(other->readable()));
}

TEST_F(CollectionIndexTest, StatisticsSurviveReopeningAndUpdates) {
  const auto records = SomeRecords(10);
  Page page;
  for (const auto& record : records) page.Put(record);
  Load(*indexes_.achievements, page);
  const std::string before = Describe(indexes_.achievements->readable());
  indexes_.achievements.reset();
  ASSERT_OK_AND_ASSIGN(indexes_.achievements,
                       CollectionIndex::Open(dir_.File("index/achievements"), SharedBuilder()));
  EXPECT_EQ(indexes_.achievements->AppliedRevision(), 10);
  EXPECT_EQ(Describe(indexes_.achievements->readable()), before);
  Load(*indexes_.achievements, page);  // again: changes nothing
  EXPECT_EQ(Describe(indexes_.achievements->readable()), before);
}

TEST_F(CollectionIndexTest, CountsAndNormAreThoseOfTheText) {
  v1::Achievement record = MakeAchievement("n", "电池", "电池的电");
  record.add_keywords("电池");
  Load(*indexes_.achievements, Page().Put(record).Put(MakeAchievement("m", "风机")));
  const auto request = CandidatesFor(v1::COLLECTION_ACHIEVEMENTS, "电池", PrincipalOf(v1::ROLE_ADMIN));
  ASSERT_OK_AND_ASSIGN(const auto response, FindCandidates(indexes_.achievements->readable(), request));
  ASSERT_EQ(response.candidates_size(), 1);
  const auto& candidate = response.candidates(0);
  std::map<std::string, std::string> counts;
  for (const uint64_t packed : candidate.term_counts()) {
    const auto& term = request.terms(static_cast<int>(packed & 0xFFFF)).term();
    for (const int shift : {16, 32, 48}) {
      counts[term.text() + std::to_string(term.kind())] += std::to_string(packed >> shift & 0xFFFF);
    }
  }
  EXPECT_EQ(counts["电池1"], "111");
  EXPECT_EQ(counts["电池2"], "111");
  EXPECT_EQ(counts["电3"], "112");
  EXPECT_EQ(counts["池3"], "111");
  internal::v1::GetTermStatisticsRequest asked;
  asked.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  *asked.add_terms() = request.terms(0).term();
  ASSERT_OK_AND_ASSIGN(const auto known, GetTermStatistics(indexes_.achievements->readable(), asked));
  EXPECT_EQ(known.statistics().documents(), 2);
  EXPECT_EQ(known.statistics().document_frequencies(0), 1);
  // Title ×4, keywords ×2, body ×1: 电 8, 池 7, 的 1; 电池 7, 池的 1, 的电 1; each in one of two documents.
  const double idf = 1 + std::log(3.0 / 2.0);
  const auto norm = [&](std::initializer_list<int> frequencies) {
    double sum = 0;
    for (const int tf : frequencies) sum += std::pow(std::log1p(tf) * idf, 2);
    return std::sqrt(sum);
  };
  EXPECT_NEAR(candidate.unigram_norm(), norm({8, 7, 1}), 1e-6);
  EXPECT_NEAR(candidate.bigram_norm(), norm({7, 1, 1}), 1e-6);
}

TEST_F(CollectionIndexTest, AnotherSchemaVersionStartsEmpty) {
  Load(*indexes_.achievements, Page().Put(MakeAchievement("a", "题目")));
  indexes_.achievements.reset();
  {
    Xapian::WritableDatabase database(dir_.File("index/achievements"), Xapian::DB_OPEN);
    database.set_metadata(kSchemaKey, std::to_string(kSchemaVersion + 1));
    database.commit();
  }
  ASSERT_OK_AND_ASSIGN(indexes_.achievements,
                       CollectionIndex::Open(dir_.File("index/achievements"), SharedBuilder()));
  EXPECT_EQ(indexes_.achievements->AppliedRevision(), 0);
  EXPECT_EQ(Names(Achievements("")).size(), 0u);
}

TEST_F(CollectionIndexTest, UncommittedChangesAreLostTogetherWithTheirRevision) {
  Load(*indexes_.achievements, Page().Put(MakeAchievement("a", "题目")));
  ASSERT_THAT(indexes_.achievements->Apply(Page().From(1).Put(MakeAchievement("b", "题目")).get()), IsOk());
  EXPECT_EQ(Names(Achievements("题目")).size(), 1u);
  indexes_.achievements.reset();
  ASSERT_OK_AND_ASSIGN(indexes_.achievements,
                       CollectionIndex::Open(dir_.File("index/achievements"), SharedBuilder()));
  EXPECT_EQ(indexes_.achievements->AppliedRevision(), 1);
  EXPECT_EQ(Names(Achievements("题目")).size(), 1u);
}

TEST_F(CollectionIndexTest, TwoWritersAreRefused) {
  EXPECT_THAT(CollectionIndex::Open(dir_.File("index/achievements"), SharedBuilder()),
              StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE"));
}

TEST_F(CollectionIndexTest, DamagedForwardDataAskForARebuild) {
  Load(*indexes_.achievements, Page().Put(MakeAchievement("a", kText)));
  indexes_.achievements.reset();
  {
    Xapian::WritableDatabase database(dir_.File("index/achievements"), Xapian::DB_OPEN);
    const std::string key = ForwardKey(database.get_lastdocid());
    std::string bytes = database.get_metadata(key);
    ASSERT_FALSE(bytes.empty());
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    database.set_metadata(key, bytes);
    database.commit();
  }
  ASSERT_OK_AND_ASSIGN(indexes_.achievements,
                       CollectionIndex::Open(dir_.File("index/achievements"), SharedBuilder()));
  const auto request = CandidatesFor(v1::COLLECTION_ACHIEVEMENTS, kText, PrincipalOf(v1::ROLE_ADMIN));
  EXPECT_THAT(FindCandidates(indexes_.achievements->readable(), request),
              StatusIs(StatusCode::kUnavailable, "INDEX_BEHIND"));
  EXPECT_TRUE(indexes_.achievements->readable().TakeDamaged());
  EXPECT_FALSE(indexes_.achievements->readable().TakeDamaged());
}

// Xapian's list of all documents then has gaps and more than one block; see index_schema.h.
TEST_F(CollectionIndexTest, AFilterThatEveryRecordPassesFindsThemAll) {
  constexpr int kManyRecords = 3000;
  Page page;
  for (int i = 0; i < kManyRecords; ++i) page.Put(MakeAchievement("r" + std::to_string(i), "电"));
  page.Delete("achievements/r1000");
  Load(*indexes_.achievements, page);
  ASSERT_OK_AND_ASSIGN(const auto found, Search(Achievements("")));
  EXPECT_EQ(found.total(), kManyRecords - 1);
}

TEST_F(CollectionIndexTest, ReadersNeverFailWhileAWriterCommits) {
  Page page;
  for (const auto& record : SomeRecords(50)) page.Put(record);
  Load(*indexes_.achievements, page);
  std::atomic<bool> done = false;
  std::atomic<int> reads = 0;
  std::vector<std::string> errors(3);
  std::vector<std::thread> readers;
  for (size_t i = 0; i < errors.size(); ++i) {
    readers.emplace_back([&, i] {
      while (!done && errors[i].empty()) {
        const auto response = Search(Achievements("电池"));
        if (!response.ok()) errors[i] = response.status().ToString();
        ++reads;
      }
    });
  }
  int64_t revision = page.get().revision();
  for (int round = 0; round < 150 || reads < 100; ++round) {
    Page next;
    next.From(revision);
    next.Put(MakeAchievement("r" + std::to_string(round % 50), "电池标题" + std::to_string(round), kText));
    revision = next.get().revision();
    ASSERT_THAT(indexes_.achievements->Apply(next.get()), IsOk());
    ASSERT_THAT(indexes_.achievements->Commit(), IsOk());
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  for (const std::string& error : errors) EXPECT_EQ(error, "");
}

// A catalog of one collection: every state of every record, by revision.
class History {
 public:
  void Put(const v1::Achievement& record) {
    internal::v1::Record stored;
    *stored.mutable_achievement() = record;
    states_[record.name()][++revision_] = stored;
  }
  void Delete(const std::string& name) { states_[name][++revision_] = {}; }
  int64_t revision() const { return revision_; }

  internal::v1::Record At(const std::string& name, int64_t revision) const {
    const auto& states = states_.at(name);
    const auto after = states.upper_bound(revision);
    return after == states.begin() ? internal::v1::Record() : std::prev(after)->second;
  }

  StatusOr<internal::v1::ListChangesResponse> List(const internal::v1::ListChangesRequest& request) const {
    const int64_t until = request.until_revision() == 0 ? revision_ : request.until_revision();
    std::map<int64_t, std::string> latest;
    for (const auto& [name, states] : states_) {
      const auto after = states.upper_bound(until);
      if (after != states.begin() && std::prev(after)->first > request.after_revision()) {
        latest[std::prev(after)->first] = name;
      }
    }
    internal::v1::ListChangesResponse page;
    for (const auto& [revision, name] : latest) {
      auto* change = page.add_changes();
      change->set_name(name);
      change->set_revision(revision);
      *change->mutable_record() = At(name, until);
    }
    page.set_revision(until);
    return page;
  }

  StatusOr<internal::v1::ReadRecordsResponse> Read(const internal::v1::ReadRecordsRequest& request) const {
    internal::v1::ReadRecordsResponse response;
    for (const std::string& name : request.names()) *response.add_records() = At(name, request.at_revision());
    return response;
  }

 private:
  int64_t revision_ = 0;
  std::map<std::string, std::map<int64_t, internal::v1::Record>> states_;
};

class SnapshotTest : public CollectionIndexTest {
 protected:
  SnapshotTest()
      : snapshots_(dir_.File("index/snapshots"), indexes_, clock_,
                   {SharedBuilder(), [this](const auto& request) { return history_.List(request); },
                    [this](const auto& request) { return history_.Read(request); },
                    [this] { return "s" + std::to_string(++ids_); }}),
        follower_(
            v1::COLLECTION_ACHIEVEMENTS, *indexes_.achievements,
            [this](const auto& request) { return history_.List(request); }, Config()) {}

  static SearchConfig Config() {
    SearchConfig config;
    config.commit_documents = 1;
    return config;
  }

  StatusOr<std::string> Open(int64_t revision) {
    return snapshots_.Open(v1::COLLECTION_ACHIEVEMENTS, revision, [] { return OkStatus(); });
  }

  History history_;
  FakeClock clock_;
  int ids_ = 0;
  Snapshots snapshots_;
  Follower follower_;
};

TEST_F(SnapshotTest, CopyAndPutBackGiveTheSameResults) {
  for (const auto& record : SomeRecords(20)) history_.Put(record);
  ASSERT_THAT(follower_.Step(), IsOk());
  const int64_t revision = history_.revision();
  ASSERT_OK_AND_ASSIGN(const std::string copied, Open(revision));
  history_.Put(MakeAchievement("r3", "改过的电池标题"));
  history_.Put(MakeAchievement("new", kText));
  history_.Delete("achievements/r5");
  ASSERT_THAT(follower_.Step(), IsOk());
  ASSERT_OK_AND_ASSIGN(const std::string put_back, Open(revision));
  ASSERT_OK_AND_ASSIGN(const auto first, snapshots_.Find(v1::COLLECTION_ACHIEVEMENTS, copied));
  ASSERT_OK_AND_ASSIGN(const auto second, snapshots_.Find(v1::COLLECTION_ACHIEVEMENTS, put_back));
  const std::string expected = Describe(first->readable());
  EXPECT_EQ(Describe(second->readable()), expected);
  EXPECT_NE(Describe(indexes_.achievements->readable()), expected);
}

TEST_F(SnapshotTest, AtMostFourAndIdleOnesGoFirst) {
  history_.Put(MakeAchievement("a", kText));
  ASSERT_THAT(follower_.Step(), IsOk());
  std::string first;
  for (size_t i = 0; i < kMaxSnapshots; ++i) {
    ASSERT_OK_AND_ASSIGN(const std::string id, Open(1));
    if (i == 0) first = id;
  }
  EXPECT_THAT(Open(1), StatusIs(StatusCode::kResourceExhausted, "QUEUE_FULL"));
  snapshots_.Close(first);
  EXPECT_THAT(snapshots_.Find(v1::COLLECTION_ACHIEVEMENTS, first),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_FALSE(std::filesystem::exists(dir_.File("index/snapshots/" + first)));
  EXPECT_THAT(Open(1), IsOk());
  EXPECT_THAT(Open(1), StatusIs(StatusCode::kResourceExhausted, "QUEUE_FULL"));
  clock_.Advance(std::chrono::minutes(11));
  EXPECT_THAT(Open(1), IsOk());
}

TEST_F(SnapshotTest, FollowerStartsOverWhenTheCatalogIsOlderThanTheIndex) {
  for (const auto& record : SomeRecords(5)) history_.Put(record);
  ASSERT_THAT(follower_.Step(), IsOk());
  history_ = History();
  history_.Put(MakeAchievement("restored", "恢复的题目"));
  ASSERT_THAT(follower_.Step(), IsOk());
  ASSERT_THAT(follower_.Step(), IsOk());
  EXPECT_THAT(Names(Achievements("")), ::testing::ElementsAre("achievements/restored"));
}

TEST_F(SnapshotTest, RevisionsWithoutChangesAreSeenWithoutACommit) {
  history_.Put(MakeAchievement("a", kText));
  ASSERT_THAT(follower_.Step(), IsOk());
  internal::v1::ListChangesResponse nothing;
  nothing.set_revision(9);
  ASSERT_THAT(indexes_.achievements->Apply(nothing), IsOk());
  EXPECT_THAT(indexes_.achievements->WaitForRevision(9, std::chrono::milliseconds(0)), IsOk());
  EXPECT_EQ(indexes_.achievements->PendingDocuments(), 0);
}

}  // namespace
}  // namespace duijie::search::testing
