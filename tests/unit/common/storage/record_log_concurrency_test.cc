// SPDX-License-Identifier: GPL-3.0-or-later
// The record log under concurrent commits, readers and followers; also run under the thread sanitizer.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "common/storage/memory_store.h"
#include "common/storage/record_log.h"
#include "common/storage/rocksdb_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;

constexpr int kWriters = 8;
constexpr int kCommitsEach = 60;
constexpr std::chrono::seconds kNeverReached{60};

Mutation WriteIf(const std::string& id, const std::string& bytes, std::optional<Revision> expected = {}) {
  Mutation mutation;
  mutation.collection = "counters";
  mutation.id = id;
  mutation.bytes = bytes;
  mutation.expected_revision = expected;
  return mutation;
}

std::unique_ptr<KvStore> MakeMemory(const std::string&) { return NewMemoryStore(); }
std::unique_ptr<KvStore> MakeRocksDb(const std::string& folder) {
  RocksDbOptions options;
  options.folder = folder;
  auto store = OpenRocksDb(options);
  EXPECT_THAT(store, IsOk());
  return store.ok() ? *std::move(store) : nullptr;
}

class ConcurrentRecordLog
    : public ::testing::TestWithParam<std::unique_ptr<KvStore> (*)(const std::string&)> {
 protected:
  void SetUp() override {
    ASSERT_NE(store_, nullptr);
    ASSERT_OK_AND_ASSIGN(log_, RecordLog::Open(store_.get()));
  }

  template <typename Body>
  static void InThreads(int count, Body body) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back([&body, i] { body(i); });
    for (std::thread& thread : threads) thread.join();
  }

  testing::TempDir folder_;
  std::unique_ptr<KvStore> store_ = GetParam()(folder_.File("store"));
  std::unique_ptr<RecordLog> log_;
};

// Compare-and-set increments: none may be lost, and each acknowledged revision belongs to one commit.
TEST_P(ConcurrentRecordLog, GuardedIncrementsAreNeverLost) {
  ASSERT_THAT(log_->Commit({WriteIf("shared", "0", 0)}), IsOk());
  std::mutex mutex;
  std::set<Revision> revisions;
  InThreads(kWriters, [&](int) {
    for (int done = 0; done < kCommitsEach;) {
      const auto old = log_->Get("counters", "shared");
      ASSERT_THAT(old, IsOk());
      const auto revision =
          log_->Commit({WriteIf("shared", std::to_string(std::stoi(old->bytes) + 1), old->revision)});
      if (!revision.ok()) {
        ASSERT_THAT(revision, StatusIs(StatusCode::kAborted, "STALE_REVISION"));
        continue;
      }
      ++done;
      const std::lock_guard lock(mutex);
      EXPECT_TRUE(revisions.insert(*revision).second);
    }
  });
  ASSERT_OK_AND_ASSIGN(const auto last, log_->Get("counters", "shared"));
  EXPECT_EQ(last.bytes, std::to_string(kWriters * kCommitsEach));
  EXPECT_EQ(last.revision, static_cast<Revision>(kWriters * kCommitsEach + 1));
  EXPECT_EQ(log_->CurrentRevision(), last.revision);
}

TEST_P(ConcurrentRecordLog, OneOfManyClaimsOfAUniqueKeyWins) {
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> winners = 0;
    InThreads(kWriters, [&](int writer) {
      Mutation mutation = WriteIf(std::to_string(round) + "/" + std::to_string(writer), "x");
      mutation.index_keys = {{"code", std::to_string(round), true}};
      const auto revision = log_->Commit({mutation});
      if (revision.ok()) {
        ++winners;
      } else {
        EXPECT_THAT(revision, StatusIs(StatusCode::kAlreadyExists, "UNIQUE_CONFLICT"));
      }
    });
    EXPECT_EQ(winners, 1);
  }
}

// A follower that reads changes as they come sees every revision once, in order, and finds each record it is
// told of at that very revision.
TEST_P(ConcurrentRecordLog, FollowersSeeEveryRevisionAndCanReadIt) {
  constexpr Revision kLast = kWriters * kCommitsEach;
  std::thread follower([&] {
    Revision seen = 0;
    while (seen < kLast) {
      ASSERT_TRUE(log_->WaitForChange(seen, kNeverReached));
      const auto changes = log_->ChangesSince(seen, 16);
      ASSERT_THAT(changes, IsOk());
      for (const Change& change : *changes) {
        ASSERT_EQ(change.revision, seen + 1);
        seen = change.revision;
        const auto version = log_->Get(change.collection, change.id, change.revision);
        ASSERT_THAT(version, IsOk());
        ASSERT_EQ(version->revision, change.revision);
      }
    }
  });
  InThreads(kWriters, [&](int writer) {
    Revision before = 0;
    for (int i = 0; i < kCommitsEach; ++i) {
      const auto revision = log_->Commit({WriteIf(std::to_string(writer), std::to_string(i))});
      ASSERT_THAT(revision, IsOk());
      EXPECT_GT(*revision, before);
      EXPECT_GE(log_->CurrentRevision(), *revision);
      const auto version = log_->Get("counters", std::to_string(writer));
      ASSERT_THAT(version, IsOk());
      EXPECT_EQ(version->bytes, std::to_string(i));
      before = *revision;
    }
  });
  follower.join();
}

// Every commit writes two records alike; a page of any moment shows them alike.
TEST_P(ConcurrentRecordLog, PagesShowWholeCommits) {
  std::atomic<int> left = kWriters;
  std::thread reader([&] {
    while (left > 0) {
      const auto page = log_->List("counters", "", 100);
      ASSERT_THAT(page, IsOk());
      ASSERT_EQ(page->items.size() % 2, 0U);
      for (size_t i = 0; i < page->items.size(); i += 2) {
        ASSERT_EQ(page->items[i].version.bytes, page->items[i + 1].version.bytes);
        ASSERT_LE(page->items[i].version.revision, page->revision);
      }
    }
  });
  InThreads(kWriters, [&](int writer) {
    const std::string id = std::to_string(writer);
    for (int i = 0; i < kCommitsEach; ++i) {
      EXPECT_THAT(log_->Commit({WriteIf(id + "a", std::to_string(i)), WriteIf(id + "b", std::to_string(i))}),
                  IsOk());
    }
    --left;
  });
  reader.join();
}

TEST_P(ConcurrentRecordLog, ShutdownWakesWaiters) {
  std::thread waiter([&] { EXPECT_FALSE(log_->WaitForChange(0, kNeverReached)); });
  log_->Shutdown();
  waiter.join();
  EXPECT_FALSE(log_->WaitForChange(0, kNeverReached));
}

INSTANTIATE_TEST_SUITE_P(Stores, ConcurrentRecordLog, ::testing::Values(MakeMemory, MakeRocksDb),
                         [](const auto& test) { return test.index == 0 ? "Memory" : "RocksDb"; });

}  // namespace
}  // namespace duijie
