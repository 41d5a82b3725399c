// SPDX-License-Identifier: GPL-3.0-or-later
// Match runs and their results in a KvStore; see docs/formats/runs.md. Each write is one atomic batch: a run
// never shows progress whose results are not stored, and the other way round. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/storage/kv_store.h"
#include "duijie/internal/v1/stored_run.pb.h"
#include "services/matching/run_keys.h"

namespace duijie::matching {

struct RecordResults {
  std::string record_id;
  internal::v1::StoredResults results;
};

// "ab12" of "needs/ab12".
inline std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }

// Whether the run lists achievements for needs, not needs for achievements.
inline bool FromNeeds(const internal::v1::StoredRun& run) {
  return run.run().direction() == v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS;
}

class RunStore {
 public:
  // `store` must outlive this. Finishes deletions that a crash cut short. FORMAT_TOO_NEW if a newer version
  // wrote it.
  static StatusOr<std::unique_ptr<RunStore>> Open(KvStore* store);

  // Stores a new run under a fresh name made of `now_micros`. With a request id that this key used before:
  // the run of then, if `request_hash` is the same, else INVALID_ARGUMENT (REQUEST_ID_REUSED).
  // RESOURCE_EXHAUSTED (QUEUE_FULL) if `max_active` runs are queued or running.
  struct Creation {
    internal::v1::StoredRun run;
    std::string request_id;  // may be empty
    std::string request_hash;
    int64_t now_micros = 0;
    int max_active = 0;
  };
  struct Created {
    internal::v1::StoredRun run;
    bool is_new = false;
  };
  StatusOr<Created> Create(Creation creation);

  // NOT_FOUND (RECORD_NOT_FOUND).
  StatusOr<internal::v1::StoredRun> Get(std::string_view name) const;

  // Applies `change` to the stored run and stores it together with `results`; nothing is stored if `change`
  // fails. Returns the run as stored. Changes of one store are applied one after the other.
  using Change = std::function<Status(internal::v1::StoredRun*)>;
  StatusOr<internal::v1::StoredRun> Update(std::string_view name, const Change& change,
                                           const std::vector<RecordResults>& results = {});

  // Latest first; runs after `after` (a name, "" = from the start) for which `keep` holds, at most `limit`.
  // Looks at no more than kMaxRunsScanned; `next` is the last one looked at, empty at the end.
  struct RunPage {
    std::vector<internal::v1::StoredRun> runs;
    std::string next;
  };
  static constexpr size_t kMaxRunsScanned = 2'000;
  StatusOr<RunPage> List(std::string_view after, size_t limit,
                         const std::function<bool(const internal::v1::StoredRun&)>& keep) const;

  // Queued and running runs, oldest first.
  StatusOr<std::vector<internal::v1::StoredRun>> Active() const;
  int ActiveCount() const;

  // Results of records with ids at or after `from_id`, in order of id, at most `limit` records.
  StatusOr<std::vector<RecordResults>> ReadResults(std::string_view name, std::string_view from_id,
                                                   size_t limit) const;

  // Deletes a run that has ended, if `check` passes. FAILED_PRECONDITION (RUN_STATE) while it is active.
  Status Delete(std::string_view name, const Change& check);

  // Waits until the run's version differs from `version` or it is gone, at most `timeout`.
  void WaitForChange(std::string_view name, int64_t version, std::chrono::milliseconds timeout) const;

 private:
  explicit RunStore(KvStore* store) : store_(store) {}
  Status Recover();
  StatusOr<internal::v1::StoredRun> Load(run_keys::RunNumber number) const;
  StatusOr<std::optional<internal::v1::StoredRun>> FindRequest(const Creation& creation) const;
  Status DeleteResults(run_keys::RunNumber number);
  void Announce(run_keys::RunNumber number, const internal::v1::StoredRun& run);

  KvStore* const store_;
  std::mutex write_mutex_;  // one writer at a time: read, change, write
  mutable std::mutex state_mutex_;
  mutable std::condition_variable changed_;
  std::map<run_keys::RunNumber, int64_t> active_;  // number → version; protected by state_mutex_
};

bool HasEnded(v1::MatchRunState state);

}  // namespace duijie::matching
