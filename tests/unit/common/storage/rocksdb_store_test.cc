// SPDX-License-Identifier: GPL-3.0-or-later
// What RocksDB adds to the contract: durability, damage, full disks, backups, formats.
#include "common/storage/rocksdb_store.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

namespace fs = std::filesystem;
using testing::IsOk;
using ::testing::Optional;
using testing::StatusIs;

class RocksDbStore : public ::testing::Test {
 protected:
  static StatusOr<std::unique_ptr<KvStore>> Open(const std::string& folder) {
    RocksDbOptions options;
    options.folder = folder;
    return OpenRocksDb(options);
  }

  void OpenStore() {
    store_.reset();
    ASSERT_OK_AND_ASSIGN(store_, Open(folder_));
  }

  static Status Put(KvStore& store, const std::string& key, const std::string& value) {
    WriteBatch batch;
    batch.Put(key, value);
    return store.Write(batch);
  }

  static int CountKeys(const KvStore& store) {
    int count = 0;
    const auto it = store.Scan("", "");
    for (; it->Valid(); it->Next()) ++count;
    EXPECT_THAT(it->status(), IsOk());
    return count;
  }

  // The newest file of the store with this ending.
  static std::string FileEndingWith(const std::string& folder, const std::string& ending) {
    std::string newest;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().string().ends_with(ending)) newest = std::max(newest, entry.path().string());
    }
    return newest;
  }

  static void FlipBitAt(const std::string& file, uint64_t offset) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(offset));
    const auto byte = static_cast<char>(stream.get() ^ 0x10);
    stream.seekp(static_cast<std::streamoff>(offset));
    stream.put(byte);
    ASSERT_TRUE(stream.good());
  }

  static uint64_t FindIn(const std::string& file, const std::string& text) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    const size_t found = bytes.find(text);
    EXPECT_NE(found, std::string::npos);
    return found;
  }

  testing::TempDir temp_;
  const std::string folder_ = temp_.File("store");
  std::unique_ptr<KvStore> store_;
};

TEST_F(RocksDbStore, KeepsEverythingOverReopening) {
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  ASSERT_THAT(Put(*store_, "a", "1"), IsOk());
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  ASSERT_THAT(Put(*store_, "b", "2"), IsOk());
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  EXPECT_EQ(CountKeys(*store_), 2);
}

TEST_F(RocksDbStore, SecondOpenIsRefusedAndHarmsNothing) {
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  EXPECT_THAT(Open(folder_), StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE"));
  EXPECT_THAT(Put(*store_, "a", "1"), IsOk());
}

TEST_F(RocksDbStore, FileInPlaceOfTheFolderIsRefused) {
  std::ofstream(folder_) << "a file";
  EXPECT_THAT(Open(folder_), StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_NOT_A_FOLDER"));
}

// A copy of the files taken between writes is what a killed process leaves.
TEST_F(RocksDbStore, AcknowledgedWritesAreInACopyOfTheFiles) {
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  for (int i = 1; i <= 5; ++i) {
    ASSERT_THAT(Put(*store_, "key" + std::to_string(i), "value"), IsOk());
    const std::string copy = temp_.File("copy" + std::to_string(i));
    fs::copy(folder_, copy, fs::copy_options::recursive);
    ASSERT_OK_AND_ASSIGN(const auto copied, Open(copy));
    EXPECT_EQ(CountKeys(*copied), i);
  }
}

TEST_F(RocksDbStore, UnfinishedLastRecordOfTheLogIsDropped) {
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  ASSERT_THAT(Put(*store_, "kept", "value"), IsOk());
  ASSERT_THAT(Put(*store_, "cut", "the last value"), IsOk());
  const std::string copy = temp_.File("copy");
  fs::copy(folder_, copy, fs::copy_options::recursive);
  const std::string log = FileEndingWith(copy, ".log");
  fs::resize_file(log, FindIn(log, "the last value") + 3);
  ASSERT_OK_AND_ASSIGN(const auto copied, Open(copy));
  EXPECT_THAT(copied->Get("kept"), IsOk());
  EXPECT_EQ(CountKeys(*copied), 1);
}

TEST_F(RocksDbStore, DamageWithinTheLogIsRefusedUnlessAllowed) {
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  ASSERT_THAT(Put(*store_, "first", "value"), IsOk());
  ASSERT_THAT(Put(*store_, "second", "the damaged value"), IsOk());
  ASSERT_THAT(Put(*store_, "third", "value"), IsOk());
  const std::string copy = temp_.File("copy");
  fs::copy(folder_, copy, fs::copy_options::recursive);
  const std::string log = FileEndingWith(copy, ".log");
  FlipBitAt(log, FindIn(log, "the damaged value"));

  RocksDbOptions options;
  options.folder = copy;
  EXPECT_THAT(OpenRocksDb(options), StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH"));
  options.log_damage = RocksDbOptions::LogDamage::kKeepBefore;
  ASSERT_OK_AND_ASSIGN(const auto opened, OpenRocksDb(options));
  EXPECT_EQ(CountKeys(*opened), 1);
}

TEST_F(RocksDbStore, FlippedBitInATableFileIsDataLossOnGetAndScan) {
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  // In another block than the store's own keys, which opening reads.
  ASSERT_THAT(Put(*store_, "a long value before it", std::string(100'000, 'x')), IsOk());
  ASSERT_THAT(Put(*store_, "key", "a value in a table file"), IsOk());
  ASSERT_NO_FATAL_FAILURE(OpenStore());  // the log becomes a table file
  store_.reset();
  const std::string table = FileEndingWith(folder_, ".sst");
  FlipBitAt(table, FindIn(table, "a value in a table file"));
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  const auto value = store_->Get("key");
  ASSERT_THAT(value, StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH"));
  EXPECT_EQ(MetadataOf(value.status()).at("key"), "6b6579");
  const auto it = store_->Scan("", "");
  ASSERT_TRUE(it->Valid());
  it->Next();
  EXPECT_FALSE(it->Valid());
  EXPECT_THAT(it->status(), StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH"));
}

// Lets files of this process grow to `bytes` only, which the store meets as a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    rlimit limit = old_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_{};
  void (*old_handler_)(int);
};

TEST_F(RocksDbStore, FullDiskRefusesWritesAndLosesNothingAcknowledged) {
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  const std::string value(100'000, 'v');
  int acknowledged = 0;
  {
    const FileSizeLimit limit(1'000'000);
    Status status;
    for (int i = 0; i < 100 && status.ok(); ++i) {
      status = Put(*store_, "key" + std::to_string(i), value);
      if (status.ok()) ++acknowledged;
    }
    EXPECT_THAT(status, StatusIs(StatusCode::kResourceExhausted, "DISK_FULL"));
    EXPECT_THAT(Put(*store_, "another", value), StatusIs(StatusCode::kResourceExhausted, "DISK_FULL"));
    EXPECT_TRUE(store_->Stats().writes_stopped);
    EXPECT_EQ(CountKeys(*store_), acknowledged);
  }
  EXPECT_GT(acknowledged, 0);
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  EXPECT_EQ(CountKeys(*store_), acknowledged);
  EXPECT_THAT(Put(*store_, "another", value), IsOk());
}

TEST_F(RocksDbStore, FolderOfANewerFormatIsRefusedAndKept) {
  RocksDbOptions newer;
  newer.folder = folder_;
  newer.format_version = kStorageFormatVersion + 1;
  ASSERT_OK_AND_ASSIGN(store_, OpenRocksDb(newer));
  ASSERT_THAT(Put(*store_, "key", "value"), IsOk());
  store_.reset();
  EXPECT_THAT(Open(folder_), StatusIs(StatusCode::kFailedPrecondition, "FORMAT_TOO_NEW"));
  ASSERT_OK_AND_ASSIGN(store_, OpenRocksDb(newer));
  EXPECT_EQ(CountKeys(*store_), 1);
}

// Mounts a small file system of its own, which needs the right to mount; run in a process of its own.
class RocksDbOnASmallDisk : public RocksDbStore {
 protected:
  static constexpr int kCannotMount = 77;

  static void Mount(const std::string& folder) {
    fs::create_directory(folder);
    if (unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) _exit(kCannotMount);
    if (mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) _exit(kCannotMount);
    if (mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=32m") != 0) _exit(kCannotMount);
  }

  static void Check(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "failed: %s\n", what);
    _exit(1);
  }

  // Writes "key<from>" and on; the number of the first that is refused.
  static int WriteUntilRefused(KvStore& store, int from) {
    std::mt19937 random(1);  // bytes that do not compress
    for (int i = from; i < 1'000; ++i) {
      std::string value(100'000, ' ');
      std::generate(value.begin(), value.end(), [&] { return static_cast<char>(random()); });
      const Status status = Put(store, "key" + std::to_string(i), value);
      if (status.ok()) continue;
      Check(ReasonOf(status) == "DISK_FULL", status.ToString().c_str());
      return i;
    }
    Check(false, "the disk fills up");
    return 0;
  }

  // Fills the disk, makes room, and expects the open store to take writes again with all the old ones there.
  [[noreturn]] static void FillAndFree(const std::string& disk) {
    Mount(disk);
    std::ofstream(disk + "/filler") << std::string(12 << 20, 'f');
    RocksDbOptions options;
    options.folder = disk + "/store";
    options.write_buffer_bytes = 1 << 20;
    auto store = OpenRocksDb(options);
    Check(store.ok(), "open");
    int acknowledged = WriteUntilRefused(**store, 0);
    Check(acknowledged > 10, "some writes before the disk is full");
    acknowledged = WriteUntilRefused(**store, acknowledged);  // a flush may have made room, once
    fs::remove(disk + "/filler");
    // The first writes may still meet the failure of a flush that began while the disk was full.
    Status after = Put(**store, "key" + std::to_string(acknowledged), "after");
    while (!after.ok()) after = Put(**store, "key" + std::to_string(acknowledged), "after");
    ++acknowledged;
    Check(after.ok(), after.ToString().c_str());
    Check(!(*store)->Stats().writes_stopped, "writes go on");
    Check(CountKeys(**store) == acknowledged, "all acknowledged writes, and no other");
    store->reset();
    store = OpenRocksDb(options);
    Check(store.ok(), "open again");
    Check(CountKeys(**store) == acknowledged, "the same after opening again");
    _exit(0);
  }
};

TEST_F(RocksDbOnASmallDisk, ResumesOnceThereIsRoom) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  bool mounted = true;
  const auto succeeded = [&](int status) {
    mounted = !::testing::ExitedWithCode(kCannotMount)(status);
    return !mounted || ::testing::ExitedWithCode(0)(status);
  };
  EXPECT_EXIT(FillAndFree(temp_.File("disk")), succeeded, "");
  if (!mounted) GTEST_SKIP() << "this process may not mount a file system";
}

class RocksDbBackup : public RocksDbStore {
 protected:
  const std::string backup_ = temp_.File("backup");
  const std::string restored_ = temp_.File("restored");
};

// Each batch writes a number under two keys; a backup in the middle of it all must hold equal ones.
TEST_F(RocksDbBackup, RoundTripsWhileWritesGoOn) {
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  std::atomic<bool> stop = false;
  std::atomic<int> written = 0;
  std::thread writer([&] {
    for (int i = 1; !stop; ++i) {
      WriteBatch batch;
      batch.Put("left", std::to_string(i));
      batch.Put("row" + std::to_string(i), std::string(1'000, 'x'));
      batch.Put("right", std::to_string(i));
      EXPECT_THAT(store_->Write(batch), IsOk());
      written = i;
      written.notify_all();
    }
  });
  written.wait(0);
  const int before = written;
  EXPECT_THAT(store_->Backup(backup_), IsOk());
  const int between = written;
  written.wait(between);
  EXPECT_THAT(store_->Backup(backup_), IsOk());
  stop = true;
  writer.join();

  ASSERT_THAT(RestoreBackup(backup_, restored_), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto restored, Open(restored_));
  ASSERT_OK_AND_ASSIGN(const auto left, restored->Get("left"));
  ASSERT_OK_AND_ASSIGN(const auto right, restored->Get("right"));
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(left, right);
  EXPECT_GE(std::stoi(*left), std::max(before, between));
  EXPECT_EQ(CountKeys(*restored), 2 + std::stoi(*left));
}

TEST_F(RocksDbBackup, RestoreRefusesATargetInUseOrWithFiles) {
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  ASSERT_THAT(store_->Backup(backup_), IsOk());
  EXPECT_THAT(RestoreBackup(backup_, folder_),
              StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE"));
  store_.reset();
  EXPECT_THAT(RestoreBackup(backup_, folder_),
              StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_NOT_EMPTY"));
  fs::create_directory(restored_);
  EXPECT_THAT(RestoreBackup(backup_, restored_ + "/"), IsOk());
  EXPECT_THAT(Open(restored_), IsOk());
}

TEST_F(RocksDbBackup, RestoreFindsNoBackup) {
  EXPECT_THAT(RestoreBackup(backup_, restored_), StatusIs(StatusCode::kNotFound, "BACKUP_NOT_FOUND"));
  fs::create_directory(backup_);
  EXPECT_THAT(RestoreBackup(backup_, restored_), StatusIs(StatusCode::kNotFound, "BACKUP_NOT_FOUND"));
  EXPECT_FALSE(fs::exists(restored_));
}

TEST_F(RocksDbBackup, RestoreOfADamagedBackupLeavesNoTarget) {
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  ASSERT_THAT(Put(*store_, "key", "a value in the backup"), IsOk());
  ASSERT_NO_FATAL_FAILURE(OpenStore());
  ASSERT_THAT(store_->Backup(backup_), IsOk());
  const std::string table = FileEndingWith(backup_ + "/shared_checksum", ".sst");
  FlipBitAt(table, FindIn(table, "a value in the backup"));
  EXPECT_THAT(RestoreBackup(backup_, restored_), StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH"));
  EXPECT_FALSE(fs::exists(restored_));
  EXPECT_EQ(FileEndingWith(temp_.path().string(), "restored").find(".restoring"), std::string::npos);
}

}  // namespace
}  // namespace duijie
