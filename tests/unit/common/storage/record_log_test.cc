// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/record_log.h"

#include <gtest/gtest.h>

#include "common/storage/memory_store.h"
#include "common/storage/record_keys.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Optional;
using ::testing::SizeIs;
using testing::StatusIs;

Mutation Write(const std::string& id, const std::string& bytes, std::vector<IndexKey> index_keys = {}) {
  Mutation mutation;
  mutation.collection = "needs";
  mutation.id = id;
  mutation.bytes = bytes;
  mutation.index_keys = std::move(index_keys);
  return mutation;
}

Mutation Remove(const std::string& id) {
  Mutation mutation = Write(id, "");
  mutation.tombstone = true;
  return mutation;
}

Mutation Expecting(Revision revision, Mutation mutation) {
  mutation.expected_revision = revision;
  return mutation;
}

class RecordLogTest : public ::testing::Test {
 protected:
  void SetUp() override { Reopen(); }

  void Reopen() {
    log_.reset();
    ASSERT_OK_AND_ASSIGN(log_, RecordLog::Open(store_.get()));
  }

  Revision Commit(std::vector<Mutation> mutations, std::vector<SideEntry> sides = {}) {
    const auto revision = log_->Commit(std::move(mutations), std::move(sides));
    EXPECT_THAT(revision, IsOk());
    return revision.value_or(0);
  }

  std::string BytesOf(const std::string& id, std::optional<Revision> at = {}) {
    const auto version = log_->Get("needs", id, at);
    return version.ok() ? version->bytes : ReasonOf(version.status());
  }

  std::vector<std::string> Ids(size_t limit, std::optional<Revision> at = {}) {
    std::vector<std::string> ids;
    std::string after;
    do {
      const auto page = log_->List("needs", after, limit, at);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return ids;
      EXPECT_LE(page->items.size(), limit);
      for (const RecordItem& item : page->items) ids.push_back(item.id);
      after = page->next;
    } while (!after.empty());
    return ids;
  }

  std::vector<std::string> Indexed(const std::string& index, const std::string& prefix, size_t limit = 100) {
    std::vector<std::string> found;
    std::string after;
    do {
      const auto page = log_->ListByIndex(index, prefix, after, limit);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return found;
      for (const IndexEntry& entry : page->entries) found.push_back(entry.key + "=" + entry.id);
      after = page->next;
    } while (!after.empty());
    return found;
  }

  std::unique_ptr<KvStore> store_ = NewMemoryStore();
  std::unique_ptr<RecordLog> log_;
};

TEST_F(RecordLogTest, RevisionGrowsByOnePerCommitAndCoversItsBatch) {
  EXPECT_EQ(log_->CurrentRevision(), 0U);
  EXPECT_EQ(Commit({Write("a", "1"), Write("b", "1")}), 1U);
  EXPECT_EQ(Commit({Write("a", "2")}), 2U);
  EXPECT_EQ(log_->CurrentRevision(), 2U);
  ASSERT_OK_AND_ASSIGN(const RecordVersion b, log_->Get("needs", "b"));
  EXPECT_EQ(b.revision, 1U);
}

TEST_F(RecordLogTest, RevisionSurvivesReopening) {
  for (int i = 0; i < 300; ++i) Commit({Write("a", std::to_string(i))});
  Reopen();
  EXPECT_EQ(log_->CurrentRevision(), 300U);
  EXPECT_EQ(BytesOf("a"), "299");
  EXPECT_EQ(Commit({Write("a", "next")}), 301U);
}

TEST_F(RecordLogTest, EveryOldStateStaysReadable) {
  Commit({Write("a", "a1")});
  Commit({Write("b", "b2")});
  Commit({Write("a", "a3")});
  Commit({Remove("a")});
  Commit({Write("a", "a5")});
  const std::vector<std::string> history = {"RECORD_NOT_FOUND", "a1", "a1", "a3", "RECORD_NOT_FOUND", "a5"};
  for (Revision at = 0; at < history.size(); ++at) EXPECT_EQ(BytesOf("a", at), history[at]) << "at " << at;
  EXPECT_THAT(Ids(1, 0), IsEmpty());
  EXPECT_THAT(Ids(1, 1), ElementsAre("a"));
  EXPECT_THAT(Ids(1, 3), ElementsAre("a", "b"));
  EXPECT_THAT(Ids(1, 4), ElementsAre("b"));
  EXPECT_THAT(Ids(1, 5), ElementsAre("a", "b"));
}

TEST_F(RecordLogTest, ARecordOfManyVersionsIsListedOnceAtEveryRevision) {
  Commit({Write("a", "1"), Write("c", "1")});
  constexpr Revision kLast = 20;
  for (Revision at = 2; at <= kLast; ++at) Commit({Write("b", std::to_string(at))});
  EXPECT_THAT(Ids(10, 1), ElementsAre("a", "c"));
  for (Revision at = 2; at <= kLast; ++at) {
    EXPECT_THAT(Ids(10, at), ElementsAre("a", "b", "c")) << "at " << at;
    ASSERT_OK_AND_ASSIGN(const RecordPage page, log_->List("needs", "a", 1, at));
    EXPECT_EQ(page.items.at(0).version.bytes, std::to_string(at));
  }
}

TEST_F(RecordLogTest, FutureRevisionIsRefused) {
  Commit({Write("a", "1")});
  EXPECT_THAT(log_->Get("needs", "a", 2), StatusIs(StatusCode::kOutOfRange, "REVISION_IN_FUTURE"));
  EXPECT_THAT(log_->List("needs", "", 1, 2), StatusIs(StatusCode::kOutOfRange, "REVISION_IN_FUTURE"));
}

TEST_F(RecordLogTest, TombstoneIsAVersion) {
  Commit({Write("a", "1")});
  Commit({Remove("a")});
  EXPECT_THAT(log_->Get("needs", "a"), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  ASSERT_OK_AND_ASSIGN(const RecordVersion version, log_->GetVersion("needs", "a"));
  EXPECT_TRUE(version.deleted);
  EXPECT_EQ(version.revision, 2U);
  EXPECT_THAT(log_->Commit({Remove("a")}), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
}

TEST_F(RecordLogTest, ExpectedRevisionGuardsAgainstLostUpdates) {
  EXPECT_EQ(Commit({Expecting(0, Write("a", "1"))}), 1U);
  const auto stale = log_->Commit({Expecting(0, Write("a", "again"))});
  ASSERT_THAT(stale, StatusIs(StatusCode::kAborted, "STALE_REVISION"));
  EXPECT_EQ(MetadataOf(stale.status()).at("actual_revision"), "1");
  EXPECT_EQ(Commit({Expecting(1, Write("a", "2"))}), 2U);
  EXPECT_THAT(log_->Commit({Expecting(1, Write("a", "3"))}),
              StatusIs(StatusCode::kAborted, "STALE_REVISION"));
  EXPECT_EQ(Commit({Expecting(2, Remove("a"))}), 3U);
  EXPECT_EQ(Commit({Expecting(0, Write("a", "new life"))}), 4U);
  EXPECT_EQ(BytesOf("a"), "new life");
}

TEST_F(RecordLogTest, FailedCommitLeavesNothing) {
  Commit({Write("a", "1", {{"title", "one"}})});
  EXPECT_THAT(log_->Commit({Write("b", "1"), Expecting(7, Write("a", "2"))}, {{"requests", "r1", "answer"}}),
              StatusIs(StatusCode::kAborted, "STALE_REVISION"));
  EXPECT_EQ(log_->CurrentRevision(), 1U);
  EXPECT_EQ(BytesOf("b"), "RECORD_NOT_FOUND");
  ASSERT_OK_AND_ASSIGN(const auto side, log_->GetSide("requests", "r1"));
  EXPECT_EQ(side, std::nullopt);
}

TEST_F(RecordLogTest, CollectionsAndIdsDoNotRunIntoEachOther) {
  Mutation other = Write("a", "other");
  other.collection = std::string("needs\0", 6);
  Commit({Write("a", "1"), Write("ab", "2"), Write(std::string("a\0", 2), "3"), other});
  EXPECT_THAT(Ids(1), ElementsAre("a", std::string("a\0", 2), "ab"));
  EXPECT_EQ(BytesOf("a"), "1");
}

TEST_F(RecordLogTest, IndexFollowsTheRecord) {
  Commit({Write("a", "1", {{"field", "材料"}, {"field", "环保"}}), Write("b", "1", {{"field", "材料"}})});
  EXPECT_THAT(Indexed("field", "材料"), ElementsAre("材料=a", "材料=b"));
  Commit({Write("a", "2", {{"field", "环保"}, {"field", "农业"}})});
  EXPECT_THAT(Indexed("field", "材料"), ElementsAre("材料=b"));
  EXPECT_THAT(Indexed("field", ""), ElementsAre("农业=a", "材料=b", "环保=a"));
  Commit({Remove("a")});
  EXPECT_THAT(Indexed("field", ""), ElementsAre("材料=b"));
  EXPECT_THAT(Indexed("fiel", ""), IsEmpty());
}

TEST_F(RecordLogTest, IndexPagesAreCompleteAndOrdered) {
  std::vector<std::string> expected;
  for (int i = 10; i < 60; ++i) {
    const std::string key = std::to_string(i / 10);
    Commit({Write("id" + std::to_string(i), "x", {{"decade", key}})});
    expected.push_back(key + "=id" + std::to_string(i));
  }
  for (const size_t limit : {1, 7, 50, 51})
    EXPECT_EQ(Indexed("decade", "", limit), expected) << "limit " << limit;
  EXPECT_THAT(Indexed("decade", "3", 4), SizeIs(10));
}

TEST_F(RecordLogTest, UniqueKeyHasOneOwner) {
  const IndexKey code{"credit_code", "9113", true};
  Commit({Write("a", "1", {code})});
  const auto conflict = log_->Commit({Write("b", "1", {code})});
  ASSERT_THAT(conflict, StatusIs(StatusCode::kAlreadyExists, "UNIQUE_CONFLICT"));
  EXPECT_EQ(MetadataOf(conflict.status()).at("index"), "credit_code");
  EXPECT_EQ(MetadataOf(conflict.status()).at("owner_id"), "a");
  Commit({Write("a", "2", {code})});
  EXPECT_THAT(log_->Commit({Write("x", "1", {{"credit_code", "1", true}}),
                            Write("y", "1", {{"credit_code", "1", true}})}),
              StatusIs(StatusCode::kAlreadyExists, "UNIQUE_CONFLICT"));
}

TEST_F(RecordLogTest, UniqueKeyPassesOnWithinOneCommit) {
  const IndexKey code{"credit_code", "9113", true};
  Commit({Write("a", "1", {code})});
  Commit({Write("b", "1", {code}), Write("a", "2")});
  EXPECT_THAT(Indexed("credit_code", ""), ElementsAre("9113=b"));
  Commit({Remove("b")});
  Commit({Write("a", "3", {code})});
  EXPECT_THAT(Indexed("credit_code", ""), ElementsAre("9113=a"));
}

TEST_F(RecordLogTest, ChangesComeInWholeCommitsOldestFirst) {
  Commit({Write("a", "1"), Write("b", "1")});
  Commit({Remove("a")});
  ASSERT_OK_AND_ASSIGN(const auto all, log_->ChangesSince(0, 100));
  EXPECT_THAT(all, ElementsAre(Change{1, "needs", "a", false}, Change{1, "needs", "b", false},
                               Change{2, "needs", "a", true}));
  ASSERT_OK_AND_ASSIGN(const auto first, log_->ChangesSince(0, 1));
  EXPECT_THAT(first, SizeIs(2));
  ASSERT_OK_AND_ASSIGN(const auto second, log_->ChangesSince(first.back().revision, 1));
  EXPECT_THAT(second, ElementsAre(Change{2, "needs", "a", true}));
  ASSERT_OK_AND_ASSIGN(const auto none, log_->ChangesSince(2, 1));
  EXPECT_THAT(none, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto beyond, log_->ChangesSince(~Revision{0}, 1));
  EXPECT_THAT(beyond, IsEmpty());
}

TEST_F(RecordLogTest, SideEntriesChangeWithTheirCommit) {
  EXPECT_EQ(Commit({Write("a", "1")}, {{"requests", "r1", "answer", true}}), 1U);
  ASSERT_OK_AND_ASSIGN(const auto side, log_->GetSide("requests", "r1"));
  EXPECT_THAT(side, Optional(std::string("answer")));
  EXPECT_THAT(log_->Commit({Write("a", "2")}, {{"requests", "r1", "other", true}}),
              StatusIs(StatusCode::kAborted, "SIDE_ENTRY_EXISTS"));
  EXPECT_EQ(BytesOf("a"), "1");
  EXPECT_EQ(Commit({}, {{"requests", "r2", "answer"}, {"requests", "r3", "answer"}}), 1U);
  ASSERT_OK_AND_ASSIGN(const SidePage page, log_->ListSides("requests", "r1", 1));
  ASSERT_THAT(page.entries, SizeIs(1));
  EXPECT_EQ(page.entries[0].key, "r2");
  EXPECT_EQ(page.next, "r2");
  Commit({}, {{"requests", "r1", std::nullopt}});
  ASSERT_OK_AND_ASSIGN(const auto gone, log_->GetSide("requests", "r1"));
  EXPECT_EQ(gone, std::nullopt);
}

TEST_F(RecordLogTest, BadCommitsAreRefused) {
  EXPECT_THAT(log_->Commit({}), StatusIs(StatusCode::kInvalidArgument, "INVALID_COMMIT"));
  EXPECT_THAT(log_->Commit({Write("a", "1"), Write("a", "2")}),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_COMMIT"));
  EXPECT_THAT(log_->Commit({Write("", "1")}), StatusIs(StatusCode::kInvalidArgument, "COMMIT_LIMIT"));
  EXPECT_THAT(log_->Commit({Write(std::string(kMaxNameBytes + 1, 'x'), "1")}),
              StatusIs(StatusCode::kInvalidArgument, "COMMIT_LIMIT"));
  Mutation tombstone = Remove("a");
  tombstone.bytes = "not empty";
  EXPECT_THAT(log_->Commit({tombstone}), StatusIs(StatusCode::kInvalidArgument, "INVALID_COMMIT"));
}

TEST_F(RecordLogTest, LongestNamesOfZeroBytesStillFitAKey) {
  const std::string name(kMaxNameBytes, '\0');
  Mutation mutation = Write(name, "1", {{name, name, true}});
  mutation.collection = name;
  const auto revision = log_->Commit({mutation}, {{name, name, "side"}});
  EXPECT_EQ(ReasonOf(revision.status()), "");
  EXPECT_TRUE(log_->Get(name, name).ok());
}

TEST_F(RecordLogTest, UndecodableBytesAreDataLossWithTheKey) {
  Commit({Write("a", "1")});
  WriteBatch damage;
  damage.Put(record_keys::Version("needs", "a", 2), "\x09");
  ASSERT_THAT(store_->Write(damage), IsOk());
  damage.Put(record_keys::ChangeAt(2), std::string("\0\0\0\0\0\0\0\x01zz", 10));
  ASSERT_THAT(store_->Write(damage), IsOk());
  Reopen();
  EXPECT_THAT(log_->Get("needs", "a"), StatusIs(StatusCode::kDataLoss, "STORE_CORRUPT"));
  EXPECT_THAT(log_->List("needs", "", 10), StatusIs(StatusCode::kDataLoss, "STORE_CORRUPT"));
  const auto changes = log_->ChangesSince(0, 10);
  ASSERT_THAT(changes, StatusIs(StatusCode::kDataLoss, "STORE_CORRUPT"));
  EXPECT_EQ(MetadataOf(changes.status()).at("key"), "120000000000000002");
}

}  // namespace
}  // namespace duijie
