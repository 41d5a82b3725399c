// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/reindex.h"

#include "common/storage/memory_store.h"
#include "common/storage/record_log.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;

class ReindexTest : public ::testing::Test {
 protected:
  void Write(const std::string& id, const std::string& bytes, std::vector<IndexKey> keys = {}) {
    Mutation mutation;
    mutation.collection = "things";
    mutation.id = id;
    mutation.bytes = bytes;
    mutation.index_keys = std::move(keys);
    EXPECT_THAT(log_->Commit({mutation}), IsOk());
  }
  // The index "by_text" of a log that is opened now.
  std::vector<std::string> Found() {
    auto log = RecordLog::Open(store_.get());
    EXPECT_THAT(log, IsOk());
    const auto page = (*log)->ListByIndex("by_text", "", "", 100);
    EXPECT_THAT(page, IsOk());
    std::vector<std::string> found;
    for (const IndexEntry& entry : page->entries) found.push_back(entry.key + "=" + entry.id);
    return found;
  }
  static StatusOr<std::vector<IndexKey>> ByText(const std::string& /*id*/, const std::string& bytes) {
    return std::vector<IndexKey>{{"by_text", bytes, false}, {"by_text", bytes, false}};
  }

  std::unique_ptr<KvStore> store_ = NewMemoryStore();
  std::unique_ptr<RecordLog> log_ = *RecordLog::Open(store_.get());
};

TEST_F(ReindexTest, IndexesTheNewestVersionOfWhatLives) {
  Write("a", "old");
  Write("a", "new");
  Write("b", "same");
  Write("c", "gone");
  Mutation gone;
  gone.collection = "things";
  gone.id = "c";
  gone.tombstone = true;
  ASSERT_THAT(log_->Commit({gone}), IsOk());
  ASSERT_OK_AND_ASSIGN(const size_t changed, Reindex(store_.get(), "things", ByText));
  EXPECT_EQ(changed, 2U);
  EXPECT_THAT(Found(), ElementsAre("new=a", "same=b"));
  ASSERT_OK_AND_ASSIGN(const size_t again, Reindex(store_.get(), "things", ByText));
  EXPECT_EQ(again, 0U);
}

TEST_F(ReindexTest, TakesAwayKeysThatARecordHoldsNoMore) {
  Write("a", "new", {{"by_text", "stale", false}});
  ASSERT_THAT(Reindex(store_.get(), "things", ByText), IsOk());
  EXPECT_THAT(Found(), ElementsAre("new=a"));
}

TEST_F(ReindexTest, LeavesVersionsAndRevisionsAsTheyAre) {
  Write("a", "old");
  Write("a", "new");
  ASSERT_THAT(Reindex(store_.get(), "things", ByText), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto log, RecordLog::Open(store_.get()));
  EXPECT_EQ(log->CurrentRevision(), 2U);
  ASSERT_OK_AND_ASSIGN(const RecordVersion before, log->Get("things", "a", 1));
  EXPECT_EQ(before.bytes, "old");
  ASSERT_OK_AND_ASSIGN(const RecordVersion now, log->Get("things", "a"));
  EXPECT_EQ(now.bytes, "new");
  EXPECT_EQ(now.revision, 2U);
}

TEST_F(ReindexTest, WritesMoreThanOneBatch) {
  const std::string large(900'000, 'x');
  for (int i = 0; i < 10; ++i) Write("r" + std::to_string(i), large + std::to_string(i));
  const auto first = [](const std::string& /*id*/, const std::string& bytes) {
    return StatusOr<std::vector<IndexKey>>({{"by_text", bytes.substr(bytes.size() - 1), false}});
  };
  ASSERT_OK_AND_ASSIGN(const size_t changed, Reindex(store_.get(), "things", first));
  EXPECT_EQ(changed, 10U);
  EXPECT_EQ(Found().size(), 10U);
}

}  // namespace
}  // namespace duijie
