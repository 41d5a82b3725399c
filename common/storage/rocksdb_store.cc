// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/rocksdb_store.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/backup_engine.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>

#include "common/storage/checksummed_store.h"
#include "common/storage/data_folder.h"
#include "common/storage/value_envelope.h"

namespace duijie {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormatKey("\0format", 7);  // decimal text, without an envelope
constexpr std::string_view kFirstUserKey("\x01", 1);   // below it are the store's own keys
constexpr double kBloomBitsPerKey = 10;
constexpr size_t kBlockBytes = 16 * 1024;
constexpr size_t kCacheShardBytes = 4 * 1024 * 1024;  // at least; RocksDB's own choice is an eighth of it
constexpr size_t kInfoLogBytes = 4 * 1024 * 1024;
constexpr size_t kInfoLogFiles = 4;
constexpr uint32_t kBackupsKept = 8;  // older ones in a backup folder are removed
// What must be left on the disk for a write to be tried. A log that the full disk cuts short at its first
// record brings RocksDB 7.8 down: resumed with empty write buffers it keeps that log, and an assertion
// forbids to write to it again.
constexpr uint64_t kRoomToWrite = 4 * 1024 * 1024;
constexpr char kStagingSuffix[] = ".restoring-XXXXXX";

rocksdb::Slice ToSlice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

bool Mentions(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// The system error behind an IO error; RocksDB keeps only its text for most of them.
int SystemErrorOf(const rocksdb::Status& status, const std::string& text) {
  if (status.IsNoSpace() || status.subcode() == rocksdb::Status::kSpaceLimit) return ENOSPC;
  for (const int number : {EFBIG, EDQUOT, EROFS, EACCES, EPERM, ENOTDIR}) {
    if (Mentions(text, std::strerror(number))) return number;
  }
  return EIO;
}

// The one translation of RocksDB's status.
Status ToStatus(const rocksdb::Status& status, const std::string& folder) {
  if (status.ok()) return OkStatus();
  const std::string text = status.ToString();
  if (status.IsIOError() &&
      (Mentions(text, "lock hold by current process") || Mentions(text, "While lock file"))) {
    return Error(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE",
                 "data folder " + folder + " is in use by another process or store", {{"folder", folder}});
  }
  if (status.IsIOError()) return Annotate(FolderError(SystemErrorOf(status, text), folder), text);
  if (status.IsCorruption()) {
    const char* reason = Mentions(text, "checksum") ? "CHECKSUM_MISMATCH" : "STORE_CORRUPT";
    return Error(StatusCode::kDataLoss, reason, folder + ": " + text, {{"folder", folder}});
  }
  if (status.IsBusy() || status.IsTimedOut() || status.IsTryAgain() || status.IsIncomplete() ||
      status.IsShutdownInProgress() || status.IsAborted()) {
    return Error(StatusCode::kUnavailable, "STORE_BUSY", text);
  }
  return Error(StatusCode::kInternal, "STORE_MISUSE", text);
}

// The same for a read of one key: corruption names the key.
Status ToReadStatus(const rocksdb::Status& status, const std::string& folder, std::string_view key) {
  if (status.IsCorruption()) return ChecksumMismatch(key, folder + ": " + status.ToString());
  return ToStatus(status, folder);
}

// Notes failures of background work. RocksDB's own recovery, which polls every few seconds and refuses
// Resume() meanwhile, is switched off: the store resumes at the first write that finds room.
class BackgroundErrors final : public rocksdb::EventListener {
 public:
  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status*) override { needs_resume = true; }
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status, bool* auto_recovery) override {
    *auto_recovery = false;
  }

  std::atomic<bool> needs_resume = false;
};

// Shards let threads into the cache at once, but each keeps to its share: what is large pushes the rest of
// its shard out, so that a small cache has few of them.
int ShardBitsOf(size_t cache_bytes) {
  constexpr int kMostBits = 6;
  int bits = 0;
  while (bits < kMostBits && cache_bytes >> (bits + 1) >= kCacheShardBytes) ++bits;
  return bits;
}

// An index and a filter grow with their file to hundreds of kilobytes, which a small cache does not keep:
// every read would fetch and decompress them again. Cut into parts, the top one held, a read needs one small
// part.
void CutIndexIntoParts(rocksdb::BlockBasedTableOptions* table) {
  table->index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table->partition_filters = true;
  table->enable_index_compression = false;
  table->cache_index_and_filter_blocks = true;
  table->pin_l0_filter_and_index_blocks_in_cache = true;
  table->pin_top_level_index_and_filter = true;
}

rocksdb::Options MakeOptions(const RocksDbOptions& from, std::shared_ptr<BackgroundErrors> errors) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(from.block_cache_bytes, ShardBitsOf(from.block_cache_bytes));
  table.block_size = kBlockBytes;
  CutIndexIntoParts(&table);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;

  rocksdb::Options options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.create_if_missing = true;
  options.listeners.push_back(std::move(errors));
  options.paranoid_checks = true;
  options.wal_recovery_mode = from.log_damage == RocksDbOptions::LogDamage::kRefuse
                                  ? rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords
                                  : rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.write_buffer_size = from.write_buffer_bytes;
  options.max_write_buffer_number = from.write_buffers;
  options.max_open_files = from.max_open_files;
  options.max_background_jobs = from.background_jobs;
  options.level_compaction_dynamic_level_bytes = true;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.max_log_file_size = kInfoLogBytes;
  options.keep_log_file_num = kInfoLogFiles;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

class RocksSnapshot final : public Snapshot {
 public:
  explicit RocksSnapshot(rocksdb::DB* db) : db_(db), snapshot_(db->GetSnapshot()) {}
  ~RocksSnapshot() override { db_->ReleaseSnapshot(snapshot_); }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;

  const rocksdb::Snapshot* get() const { return snapshot_; }

 private:
  rocksdb::DB* db_;
  const rocksdb::Snapshot* snapshot_;
};

rocksdb::ReadOptions ReadAt(const Snapshot* snapshot) {
  rocksdb::ReadOptions options;
  if (snapshot) options.snapshot = static_cast<const RocksSnapshot*>(snapshot)->get();
  return options;
}

class RocksIterator final : public Iterator {
 public:
  RocksIterator(rocksdb::DB* db, const std::string& folder, std::string_view begin, std::string_view end,
                const Snapshot* snapshot)
      : folder_(folder),
        begin_(std::max(begin, kFirstUserKey)),
        end_(end),
        begin_slice_(begin_),
        end_slice_(end_) {
    rocksdb::ReadOptions options = ReadAt(snapshot);
    options.iterate_lower_bound = &begin_slice_;
    if (!end_.empty()) options.iterate_upper_bound = &end_slice_;
    if (!end_.empty() && end_ < begin_) end_slice_ = begin_slice_;
    it_.reset(db->NewIterator(options));
    Seek(begin_);
  }
  RocksIterator(const RocksIterator&) = delete;
  RocksIterator& operator=(const RocksIterator&) = delete;

  bool Valid() const override { return it_->Valid(); }
  void Seek(std::string_view key) override {
    near_ = std::max(key, std::string_view(begin_));
    it_->Seek(near_);
  }
  void SeekToLast() override {
    near_ = end_;
    it_->SeekToLast();
  }
  void Next() override {
    near_.assign(key());
    it_->Next();
  }
  std::string_view key() const override { return ToView(it_->key()); }
  std::string_view value() const override { return ToView(it_->value()); }
  Status status() const override { return ToReadStatus(it_->status(), folder_, near_); }

 private:
  const std::string folder_;
  const std::string begin_;
  const std::string end_;
  rocksdb::Slice begin_slice_;
  rocksdb::Slice end_slice_;
  std::unique_ptr<rocksdb::Iterator> it_;
  std::string near_;  // the last key known before a damaged block, for the error
};

class RocksStore final : public KvStore {
 public:
  RocksStore(DataFolder folder, std::shared_ptr<BackgroundErrors> errors, std::unique_ptr<rocksdb::DB> db,
             size_t room_to_resume)
      : folder_(std::move(folder)),
        errors_(std::move(errors)),
        db_(std::move(db)),
        room_to_resume_(room_to_resume) {}

  StatusOr<std::optional<std::string>> Get(std::string_view key, const Snapshot* snapshot) const override {
    std::string value;
    const rocksdb::Status read = db_->Get(ReadAt(snapshot), ToSlice(key), &value);
    if (read.IsNotFound()) return std::optional<std::string>();
    if (!read.ok()) return ToReadStatus(read, folder_.path(), key);
    return std::optional<std::string>(std::move(value));
  }

  Status Write(const WriteBatch& batch) override {
    DUIJIE_RETURN_IF_ERROR(batch.Check());
    rocksdb::WriteBatch native;
    for (const auto& op : batch.operations()) {
      const rocksdb::Status added =
          op.value ? native.Put(ToSlice(op.key), ToSlice(*op.value)) : native.Delete(ToSlice(op.key));
      DUIJIE_RETURN_IF_ERROR(ToStatus(added, folder_.path()));
    }
    if (!HasRoom(kRoomToWrite + native.GetDataSize())) return FolderError(ENOSPC, folder_.path());
    ResumeIfRoom();
    rocksdb::WriteOptions options;
    options.sync = true;
    const rocksdb::Status written = db_->Write(options, &native);
    if (!written.ok()) errors_->needs_resume = true;
    return ToStatus(written, folder_.path());
  }

  std::unique_ptr<Iterator> Scan(std::string_view begin, std::string_view end,
                                 const Snapshot* snapshot) const override {
    return std::make_unique<RocksIterator>(db_.get(), folder_.path(), begin, end, snapshot);
  }

  std::unique_ptr<Snapshot> GetSnapshot() const override {
    return std::make_unique<RocksSnapshot>(db_.get());
  }

  Status Backup(const std::string& folder) override {
    std::lock_guard lock(backup_mutex_);
    DUIJIE_ASSIGN_OR_RETURN(const DataFolder target, DataFolder::Open(folder));
    rocksdb::BackupEngine* opened = nullptr;
    const rocksdb::BackupEngineOptions options(target.path());
    DUIJIE_RETURN_IF_ERROR(
        ToStatus(rocksdb::BackupEngine::Open(rocksdb::Env::Default(), options, &opened), folder));
    const std::unique_ptr<rocksdb::BackupEngine> engine(opened);
    DUIJIE_RETURN_IF_ERROR(ToStatus(engine->CreateNewBackup(db_.get()), folder));
    return ToStatus(engine->PurgeOldBackups(kBackupsKept), folder);
  }

  KvStats Stats() const override {
    KvStats stats;
    const auto read = [&](const std::string& property) {
      uint64_t value = 0;
      return db_->GetIntProperty(property, &value) ? value : 0;
    };
    stats.entries = read(rocksdb::DB::Properties::kEstimateNumKeys);
    stats.disk_bytes = read(rocksdb::DB::Properties::kTotalSstFilesSize);
    stats.memory_bytes = read(rocksdb::DB::Properties::kSizeAllMemTables) +
                         read(rocksdb::DB::Properties::kBlockCacheUsage) +
                         read(rocksdb::DB::Properties::kEstimateTableReadersMem);
    stats.writes_stopped = errors_->needs_resume;
    return stats;
  }

 private:
  bool HasRoom(uint64_t bytes) const {
    std::error_code error;
    const fs::space_info space = fs::space(folder_.path(), error);
    return !error && space.available >= bytes;
  }

  // After a failed write RocksDB refuses further ones until resumed. Resuming flushes the write buffers, so
  // it is tried only when the disk has room for them; until then the write below meets the old error again.
  void ResumeIfRoom() {
    if (!errors_->needs_resume) return;
    const std::unique_lock lock(resume_mutex_, std::try_to_lock);
    if (!lock) return;
    if (!HasRoom(room_to_resume_)) return;
    if (db_->Resume().ok()) errors_->needs_resume = false;
  }

  DataFolder folder_;  // locked until after db_ is closed
  const std::shared_ptr<BackgroundErrors> errors_;
  std::unique_ptr<rocksdb::DB> db_;
  const uint64_t room_to_resume_;
  std::mutex backup_mutex_;
  std::mutex resume_mutex_;
};

Status CheckFormat(rocksdb::DB& db, const std::string& folder, uint32_t supported) {
  std::string text;
  const rocksdb::Status read = db.Get({}, ToSlice(kFormatKey), &text);
  if (read.IsNotFound()) {
    rocksdb::WriteOptions options;
    options.sync = true;
    return ToStatus(db.Put(options, ToSlice(kFormatKey), std::to_string(supported)), folder);
  }
  DUIJIE_RETURN_IF_ERROR(ToReadStatus(read, folder, kFormatKey));
  uint32_t version = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), version);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) {
    return ChecksumMismatch(kFormatKey, folder + ": the format version is unreadable");
  }
  if (version <= supported) return OkStatus();
  return Error(StatusCode::kFailedPrecondition, "FORMAT_TOO_NEW",
               "data folder " + folder + " has format " + text + ", this build reads up to " +
                   std::to_string(supported) + ": use a newer build",
               {{"folder", folder}, {"format", text}});
}

// Fails unless `folder` is missing or an empty folder.
Status CheckRestoreTarget(const std::string& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return OkStatus();
  if (!fs::is_directory(folder, error)) return FolderError(ENOTDIR, folder);
  if (fs::is_empty(folder, error) && !error) return OkStatus();
  if (fs::exists(fs::path(folder) / kLockFileName, error)) {
    DUIJIE_RETURN_IF_ERROR(DataFolder::Open(folder).status());
  }
  return Error(StatusCode::kFailedPrecondition, "DATA_FOLDER_NOT_EMPTY",
               "restore needs a missing or empty folder, and " + folder + " has files in it",
               {{"folder", folder}});
}

Status RestoreInto(const std::string& backup_folder, const std::string& folder) {
  rocksdb::BackupEngineReadOnly* opened = nullptr;
  const rocksdb::BackupEngineOptions options(backup_folder);
  rocksdb::BackupInfo latest;
  rocksdb::Status found = rocksdb::BackupEngineReadOnly::Open(rocksdb::Env::Default(), options, &opened);
  const std::unique_ptr<rocksdb::BackupEngineReadOnly> engine(opened);
  if (found.ok()) found = engine->GetLatestBackupInfo(&latest);
  if (found.IsNotFound()) {
    return Error(StatusCode::kNotFound, "BACKUP_NOT_FOUND", "no usable backup in " + backup_folder);
  }
  DUIJIE_RETURN_IF_ERROR(ToStatus(found, backup_folder));
  DUIJIE_RETURN_IF_ERROR(ToStatus(engine->VerifyBackup(latest.backup_id, true), backup_folder));
  DUIJIE_RETURN_IF_ERROR(ToStatus(engine->RestoreDBFromBackup(latest.backup_id, folder, folder), folder));
  RocksDbOptions check;
  check.folder = folder;
  return OpenRocksDb(check).status();
}

}  // namespace

StatusOr<std::unique_ptr<KvStore>> OpenRocksDb(const RocksDbOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(DataFolder folder, DataFolder::Open(options.folder));
  const auto errors = std::make_shared<BackgroundErrors>();
  rocksdb::DB* opened = nullptr;
  DUIJIE_RETURN_IF_ERROR(
      ToStatus(rocksdb::DB::Open(MakeOptions(options, errors), options.folder, &opened), options.folder));
  std::unique_ptr<rocksdb::DB> db(opened);
  DUIJIE_RETURN_IF_ERROR(CheckFormat(*db, options.folder, options.format_version));
  return NewChecksummedStore(
      std::make_unique<RocksStore>(std::move(folder), errors, std::move(db), options.write_buffer_bytes));
}

Status RestoreBackup(const std::string& backup_folder, const std::string& data_folder) {
  std::error_code error;
  if (!fs::is_directory(backup_folder, error)) {
    return Error(StatusCode::kNotFound, "BACKUP_NOT_FOUND", "there is no folder " + backup_folder);
  }
  DUIJIE_RETURN_IF_ERROR(CheckRestoreTarget(data_folder));
  fs::path target = fs::absolute(data_folder, error).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  fs::create_directories(target.parent_path(), error);
  if (error) return FolderError(error.value(), data_folder);

  std::string staging = target.string() + kStagingSuffix;
  if (mkdtemp(staging.data()) == nullptr) return FolderError(errno, staging);
  Status restored = RestoreInto(backup_folder, staging);
  if (restored.ok() && rename(staging.c_str(), target.c_str()) != 0) {
    restored = errno == ENOTEMPTY ? CheckRestoreTarget(data_folder) : FolderError(errno, data_folder);
  }
  if (!restored.ok()) fs::remove_all(staging, error);
  return restored;
}

}  // namespace duijie
