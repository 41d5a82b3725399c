// SPDX-License-Identifier: GPL-3.0-or-later
// The audit log: who did what to which record, appended durably, read latest first. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "common/storage/kv_store.h"
#include "duijie/v1/admin_service.pb.h"

namespace duijie {

class AuditLog {
 public:
  // Fields longer than this are cut: the log must take whatever happened.
  static constexpr size_t kMaxFieldBytes = 512;

  struct Filter {
    std::string record;  // "" = any
    std::string key_id;  // "" = any
  };
  struct Page {
    std::vector<v1::AuditEntry> entries;
    uint64_t next_before = 0;  // go on from here; 0 = that was all
  };

  // Reads where the log ends. Store and clock must outlive the log; one AuditLog per store.
  static StatusOr<std::unique_ptr<AuditLog>> Open(KvStore& store, const Clock& clock);

  // Sets entry.time and writes; on disk when it returns OK.
  Status Append(v1::AuditEntry entry);

  // At most `limit` entries older than `before` (0 = from the latest). A page may be short, even empty,
  // though there is more, when both filters are set: at most kMaxScanned entries are looked at.
  StatusOr<Page> List(const Filter& filter, uint64_t before, int limit) const;
  static constexpr int kMaxScanned = 20'000;

 private:
  AuditLog(KvStore& store, const Clock& clock, uint64_t next) : store_(store), clock_(clock), next_(next) {}

  KvStore& store_;
  const Clock& clock_;
  std::atomic<uint64_t> next_;  // sequence of the next entry, from 1
};

}  // namespace duijie
