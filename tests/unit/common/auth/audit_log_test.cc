// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/audit_log.h"

#include <thread>

#include "common/auth/key_store_keys.h"
#include "common/storage/memory_store.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::IsOk;

v1::AuditEntry Entry(const std::string& record, const std::string& key_id) {
  v1::AuditEntry entry;
  entry.set_key_id(key_id);
  entry.set_method("duijie.v1.CatalogService/GetContacts");
  entry.set_record(record);
  entry.set_outcome("OK");
  return entry;
}

class AuditLogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto log = AuditLog::Open(*store_, clock_);
    ASSERT_THAT(log, IsOk());
    log_ = std::move(*log);
  }

  // All records that match, following pages of `limit`.
  std::vector<std::string> RecordsOf(const AuditLog::Filter& filter, int limit) {
    std::vector<std::string> records;
    uint64_t before = 0;
    do {
      auto page = log_->List(filter, before, limit);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      for (const auto& entry : page->entries) records.push_back(entry.record());
      before = page->next_before;
    } while (before > 0);
    return records;
  }

  FakeClock clock_;
  std::unique_ptr<KvStore> store_ = NewMemoryStore();
  std::unique_ptr<AuditLog> log_;
};

TEST_F(AuditLogTest, ListsLatestFirstWhateverTheClockDoes) {
  for (const char* record : {"needs/1", "needs/2", "needs/3"}) {
    ASSERT_THAT(log_->Append(Entry(record, "k1")), IsOk());
    clock_.Advance(std::chrono::seconds(-5));
  }
  for (const int limit : {1, 2, 3, 10}) {
    EXPECT_EQ(RecordsOf({}, limit), (std::vector<std::string>{"needs/3", "needs/2", "needs/1"})) << limit;
  }
}

TEST_F(AuditLogTest, FiltersByRecordAndByKey) {
  ASSERT_THAT(log_->Append(Entry("needs/1", "k1")), IsOk());
  ASSERT_THAT(log_->Append(Entry("needs/12", "k1")), IsOk());
  ASSERT_THAT(log_->Append(Entry("needs/1", "k2")), IsOk());
  EXPECT_EQ(RecordsOf({"needs/1", ""}, 1).size(), 2u);
  EXPECT_EQ(RecordsOf({"", "k1"}, 1), (std::vector<std::string>{"needs/12", "needs/1"}));
  EXPECT_EQ(RecordsOf({"needs/1", "k1"}, 10).size(), 1u);
  EXPECT_TRUE(RecordsOf({"needs/9", ""}, 10).empty());
}

TEST_F(AuditLogTest, ContinuesAfterReopening) {
  ASSERT_THAT(log_->Append(Entry("needs/1", "k1")), IsOk());
  SetUp();
  ASSERT_THAT(log_->Append(Entry("needs/2", "k1")), IsOk());
  EXPECT_EQ(RecordsOf({}, 10), (std::vector<std::string>{"needs/2", "needs/1"}));
}

TEST_F(AuditLogTest, OverlongFieldsAreCutBetweenCharacters) {
  std::string record;
  while (record.size() < 2 * AuditLog::kMaxFieldBytes) record += "需";
  ASSERT_THAT(log_->Append(Entry(record, "k1")), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto page, log_->List({}, 0, 1));
  ASSERT_EQ(page.entries.size(), 1u);
  EXPECT_EQ(page.entries[0].record(), record.substr(0, AuditLog::kMaxFieldBytes / 3 * 3));
}

TEST_F(AuditLogTest, ConcurrentAppendsAllArrive) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i)
        EXPECT_THAT(log_->Append(Entry("needs/" + std::to_string(t), "k")), IsOk());
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(RecordsOf({}, 7).size(), 200u);
  EXPECT_EQ(RecordsOf({"needs/2", ""}, 7).size(), 50u);
}

TEST(KeyStoreKeysTest, SequencesAreReadBackFromEveryAuditShapeAndNothingElse) {
  namespace keys = key_store_keys;
  for (const uint64_t sequence : {uint64_t{0}, uint64_t{7}, ~uint64_t{0}}) {
    EXPECT_EQ(keys::AuditSequence(keys::Audit(sequence)), sequence);
    EXPECT_EQ(keys::AuditSequence(keys::AuditOfRecord("needs/1", sequence)), sequence);
    EXPECT_EQ(keys::AuditSequence(keys::AuditOfKey("k1", sequence)), sequence);
  }
  EXPECT_EQ(keys::AuditSequence(keys::Key("k1")), std::nullopt);
  EXPECT_EQ(keys::AuditSequence(""), std::nullopt);
  EXPECT_EQ(keys::AuditSequence(keys::Audit(1) + "x"), std::nullopt);
}

}  // namespace
}  // namespace duijie
