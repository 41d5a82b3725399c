// SPDX-License-Identifier: GPL-3.0-or-later
// What every KvStore promises, run against each implementation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "common/storage/checksummed_store.h"
#include "common/storage/kv_store.h"
#include "common/storage/memory_store.h"
#include "common/storage/rocksdb_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Optional;
using testing::StatusIs;
using Entries = std::vector<std::pair<std::string, std::string>>;

struct Implementation {
  std::string name;
  std::unique_ptr<KvStore> (*make)(const testing::TempDir& folder);
};

std::unique_ptr<KvStore> MakeMemory(const testing::TempDir&) { return NewMemoryStore(); }
std::unique_ptr<KvStore> MakeChecksummedMemory(const testing::TempDir&) {
  return NewChecksummedStore(NewMemoryStore());
}
std::unique_ptr<KvStore> MakeRocksDb(const testing::TempDir& folder) {
  RocksDbOptions options;
  options.folder = folder.File("store");
  auto store = OpenRocksDb(options);
  EXPECT_THAT(store, IsOk());
  return store.ok() ? *std::move(store) : nullptr;
}

class KvStoreContract : public ::testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override { ASSERT_NE(store_, nullptr); }

  void Put(const std::string& key, const std::string& value) {
    WriteBatch batch;
    batch.Put(key, value);
    ASSERT_THAT(store_->Write(batch), IsOk());
  }

  void Delete(const std::string& key) {
    WriteBatch batch;
    batch.Delete(key);
    ASSERT_THAT(store_->Write(batch), IsOk());
  }

  std::optional<std::string> Get(const std::string& key, const Snapshot* snapshot = nullptr) {
    auto value = store_->Get(key, snapshot);
    EXPECT_THAT(value, IsOk());
    return value.ok() ? *value : std::nullopt;
  }

  Entries Scan(const std::string& begin, const std::string& end, const Snapshot* snapshot = nullptr) {
    Entries entries;
    const auto it = store_->Scan(begin, end, snapshot);
    for (; it->Valid(); it->Next()) entries.emplace_back(it->key(), it->value());
    EXPECT_THAT(it->status(), IsOk());
    return entries;
  }

  testing::TempDir folder_;
  std::unique_ptr<KvStore> store_ = GetParam().make(folder_);
};

TEST_P(KvStoreContract, ReadsBackWhatWasWritten) {
  Put("key", "value");
  EXPECT_THAT(Get("key"), Optional(std::string("value")));
}

TEST_P(KvStoreContract, AbsentKeyIsNotAnEmptyValue) {
  Put("empty", "");
  EXPECT_THAT(Get("empty"), Optional(std::string()));
  EXPECT_EQ(Get("absent"), std::nullopt);
}

TEST_P(KvStoreContract, KeepsAnyBytes) {
  const std::string bytes("\xff\x00\x01\x80中", 7);
  Put(bytes, bytes);
  EXPECT_THAT(Get(bytes), Optional(bytes));
}

TEST_P(KvStoreContract, LastOperationOnAKeyWinsWithinABatch) {
  WriteBatch batch;
  batch.Put("a", "1");
  batch.Put("a", "2");
  batch.Put("b", "1");
  batch.Delete("b");
  batch.Delete("c");
  batch.Put("c", "3");
  ASSERT_THAT(store_->Write(batch), IsOk());
  EXPECT_THAT(Scan("", ""), ElementsAre(std::pair("a", "2"), std::pair("c", "3")));
}

TEST_P(KvStoreContract, DeletingAnAbsentKeyIsFine) {
  Delete("absent");
  EXPECT_THAT(Scan("", ""), IsEmpty());
}

TEST_P(KvStoreContract, EmptyBatchIsFine) { EXPECT_THAT(store_->Write(WriteBatch()), IsOk()); }

TEST_P(KvStoreContract, RefusesReservedAndOversizedKeysAndWritesNothing) {
  const std::string reserved("\0format", 7);
  for (const std::string& key : {std::string(), reserved, std::string(kMaxKeyBytes + 1, 'k')}) {
    WriteBatch batch;
    batch.Put("good", "1");
    batch.Put(key, "2");
    EXPECT_THAT(store_->Write(batch), StatusIs(StatusCode::kInvalidArgument, "STORE_LIMIT"));
  }
  EXPECT_EQ(Get("good"), std::nullopt);
}

TEST_P(KvStoreContract, ScanIsOrderedAndHalfOpen) {
  for (const char* key : {"d", "b", "a", "c", "ba"}) Put(key, key);
  EXPECT_THAT(Scan("b", "c"), ElementsAre(std::pair("b", "b"), std::pair("ba", "ba")));
  EXPECT_THAT(Scan("bb", ""), ElementsAre(std::pair("c", "c"), std::pair("d", "d")));
  EXPECT_THAT(Scan("c", "c"), IsEmpty());
  EXPECT_THAT(Scan("d", "a"), IsEmpty());
}

TEST_P(KvStoreContract, ScanOfEverythingHidesTheStoresOwnKeys) { EXPECT_THAT(Scan("", ""), IsEmpty()); }

TEST_P(KvStoreContract, SeekStaysWithinTheRange) {
  for (const char* key : {"a", "b", "c", "d"}) Put(key, key);
  const auto it = store_->Scan("b", "d");
  it->Seek("a");
  ASSERT_TRUE(it->Valid());
  EXPECT_EQ(it->key(), "b");
  it->Seek("bb");
  ASSERT_TRUE(it->Valid());
  EXPECT_EQ(it->key(), "c");
  it->Seek("d");
  EXPECT_FALSE(it->Valid());
  it->Seek("b");
  EXPECT_TRUE(it->Valid());
}

TEST_P(KvStoreContract, SeekToLastFindsTheLastOfTheRange) {
  for (const char* key : {"a", "b", "c", "d"}) Put(key, key);
  const auto it = store_->Scan("b", "d");
  it->SeekToLast();
  ASSERT_TRUE(it->Valid());
  EXPECT_EQ(it->key(), "c");
  it->Next();
  EXPECT_FALSE(it->Valid());
  const auto none = store_->Scan("e", "f");
  none->SeekToLast();
  EXPECT_FALSE(none->Valid());
}

TEST_P(KvStoreContract, SnapshotSeesOnlyItsMoment) {
  Put("a", "old");
  Put("b", "old");
  const auto snapshot = store_->GetSnapshot();
  Put("a", "new");
  Put("c", "new");
  Delete("b");
  EXPECT_THAT(Get("a", snapshot.get()), Optional(std::string("old")));
  EXPECT_EQ(Get("c", snapshot.get()), std::nullopt);
  EXPECT_THAT(Scan("", "", snapshot.get()), ElementsAre(std::pair("a", "old"), std::pair("b", "old")));
  EXPECT_THAT(Scan("", ""), ElementsAre(std::pair("a", "new"), std::pair("c", "new")));
}

TEST_P(KvStoreContract, SnapshotsLiveAndDieIndependently) {
  Put("a", "1");
  auto first = store_->GetSnapshot();
  Put("a", "2");
  auto second = store_->GetSnapshot();
  Delete("a");
  first.reset();
  EXPECT_THAT(Get("a", second.get()), Optional(std::string("2")));
  second.reset();
  EXPECT_EQ(Get("a"), std::nullopt);
}

TEST_P(KvStoreContract, IteratorSeesTheStateOfItsCreation) {
  Put("a", "1");
  Put("b", "1");
  auto snapshot = store_->GetSnapshot();
  const auto it = store_->Scan("", "", snapshot.get());
  snapshot.reset();
  Delete("b");
  Put("aa", "2");
  ASSERT_TRUE(it->Valid());
  it->Next();
  ASSERT_TRUE(it->Valid());
  EXPECT_EQ(it->key(), "b");
}

TEST_P(KvStoreContract, AgreesWithAModelUnderRandomOperations) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::map<std::string, std::string> model;
  const auto any_key = [&] { return "k" + std::to_string(random() % 40); };
  for (int round = 0; round < 100; ++round) {
    WriteBatch batch;
    for (size_t i = random() % 6; i > 0; --i) {
      const std::string key = any_key();
      if (random() % 3 == 0) {
        batch.Delete(key);
        model.erase(key);
      } else {
        model[key] = std::to_string(random());
        batch.Put(key, model[key]);
      }
    }
    ASSERT_THAT(store_->Write(batch), IsOk());
    std::string begin = any_key();
    std::string end = any_key();
    if (end < begin) std::swap(begin, end);
    EXPECT_EQ(Scan(begin, end), Entries(model.lower_bound(begin), model.lower_bound(end)));
  }
}

// Writers move units between two counters in one batch; no reader may see a sum other than zero.
TEST_P(KvStoreContract, BatchesAreAtomicForConcurrentReaders) {
  constexpr int kWriters = 4;
  constexpr int kWritesEach = 50;
  std::atomic<int> writers_left = kWriters;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      for (int i = 1; i <= kWritesEach; ++i) {
        WriteBatch batch;
        batch.Put("left" + std::to_string(writer), std::to_string(i));
        batch.Put("right" + std::to_string(writer), std::to_string(-i));
        EXPECT_THAT(store_->Write(batch), IsOk());
      }
      --writers_left;
    });
  }
  while (writers_left > 0) {
    int sum = 0;
    for (const auto& [key, value] : Scan("", "")) sum += std::stoi(value);
    EXPECT_EQ(sum, 0);
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Get("left3"), Optional(std::to_string(kWritesEach)));
}

INSTANTIATE_TEST_SUITE_P(Stores, KvStoreContract,
                         ::testing::Values(Implementation{"Memory", MakeMemory},
                                           Implementation{"ChecksummedMemory", MakeChecksummedMemory},
                                           Implementation{"RocksDb", MakeRocksDb}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace duijie
