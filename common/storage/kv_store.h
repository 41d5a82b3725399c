// SPDX-License-Identifier: GPL-3.0-or-later
// KvStore: the one seam under every record. An ordered map from bytes to bytes with atomic, durable batches.
//
// Threads: every method of a KvStore may be called from any thread at any time. A WriteBatch or an Iterator
// belongs to one thread at a time. A Snapshot may be shared.
// Lifetime: snapshots and iterators are destroyed before the store that made them. An iterator may outlive
// the snapshot it was made with. Keys: 1 to kMaxKeyBytes bytes in memcmp order; a first byte of 0x00 is the
// store's own and is refused. Errors, besides those named at a method:
//   DATA_LOSS CHECKSUM_MISMATCH     bytes read are not the bytes written; metadata "key" holds the key in hex
//   DATA_LOSS STORE_CORRUPT         the store's own files do not fit together
//   RESOURCE_EXHAUSTED DISK_FULL    nothing of the batch was written; reads go on; writes resume by
//   themselves
//                                   once there is room
//   UNAVAILABLE STORE_BUSY          try again
//   UNAVAILABLE STORE_IO_ERROR      the disk failed; the batch may or may not be there after a restart
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"

namespace duijie {

inline constexpr size_t kMaxKeyBytes = 16 * 1024;
inline constexpr size_t kMaxValueBytes = 16 * 1024 * 1024;
inline constexpr size_t kMaxBatchBytes = 64 * 1024 * 1024;  // keys and values of one batch

// Changes that happen together or not at all. Operations apply in order: the last one on a key wins.
class WriteBatch {
 public:
  struct Operation {
    std::string key;
    std::optional<std::string> value;  // none: delete
  };

  void Put(std::string key, std::string value);
  void Delete(std::string key);  // deleting an absent key is fine

  const std::vector<Operation>& operations() const { return operations_; }
  bool empty() const { return operations_.empty(); }
  size_t bytes() const { return bytes_; }

  // INVALID_ARGUMENT STORE_LIMIT if a key, a value or the batch is over its limit or a key is reserved. Every
  // store calls this before it writes.
  Status Check() const;

 private:
  std::vector<Operation> operations_;
  size_t bytes_ = 0;
};

// The store as it was at one moment, until destroyed. Cheap; keep it for minutes, not days.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
};

// Walks the entries of one range in key order, over the state at its creation. Starts at the first entry.
class Iterator {
 public:
  virtual ~Iterator() = default;
  virtual bool Valid() const = 0;               // false at the end and after an error: then read status()
  virtual void Seek(std::string_view key) = 0;  // to the first entry at or after key, within the range
  virtual void SeekToLast() = 0;
  virtual void Next() = 0;                     // requires Valid()
  virtual std::string_view key() const = 0;    // requires Valid(); good until the iterator moves
  virtual std::string_view value() const = 0;  // requires Valid(); good until the iterator moves
  virtual Status status() const = 0;
};

// Estimates, for metrics and for people.
struct KvStats {
  uint64_t entries = 0;
  uint64_t disk_bytes = 0;
  uint64_t memory_bytes = 0;  // write buffers, block cache and table readers
  bool writes_stopped = false;
};

class KvStore {
 public:
  virtual ~KvStore() = default;

  virtual StatusOr<std::optional<std::string>> Get(std::string_view key,
                                                   const Snapshot* snapshot = nullptr) const = 0;

  // Atomic; on the disk when it returns OK, and only then visible to readers. Concurrent calls share the
  // disk's sync.
  virtual Status Write(const WriteBatch& batch) = 0;

  // The entries in [begin, end); an empty end means no bound.
  virtual std::unique_ptr<Iterator> Scan(std::string_view begin, std::string_view end,
                                         const Snapshot* snapshot = nullptr) const = 0;

  virtual std::unique_ptr<Snapshot> GetSnapshot() const = 0;

  // Adds a backup of this moment to `folder` (made if missing) while reads and writes go on; unchanged files
  // of earlier backups there are shared. UNIMPLEMENTED BACKUP_UNSUPPORTED where nothing is durable.
  virtual Status Backup(const std::string& folder) = 0;

  virtual KvStats Stats() const = 0;
};

}  // namespace duijie
