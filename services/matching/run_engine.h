// SPDX-License-Identifier: GPL-3.0-or-later
// Works through match runs, one at a time and oldest first, page by page of the catalog as of the run's
// snapshot, on an index as of the same revision. Memory does not grow with the run: a page of records and
// their results at a time.
//
// Everything it needs to go on is in the store, committed together with the results, so a stop at any moment
// loses at most the records of one unfinished step, which are then matched again with the same outcome.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/base/clock.h"
#include "services/matching/matcher.h"
#include "services/matching/run_store.h"

namespace duijie::matching {

class RunEngine {
 public:
  struct Options {
    int workers = 1;                               // records matched at once
    std::chrono::milliseconds first_retry{1'000};  // after a peer was away; doubles up to max_retry
    std::chrono::milliseconds max_retry{30'000};
    int max_retries = 30;  // without progress between them; then the run fails
  };

  // All must outlive the engine.
  RunEngine(RunStore& store, const Matcher& matcher, const Peers& peers, const Clock& clock, Options options);
  ~RunEngine();

  void Start();
  void Stop();  // waits for the current step; unfinished runs go on after the next Start
  void Wake();  // a run was created

 private:
  void Loop();
  Status WorkOn(const internal::v1::StoredRun& run);
  Status CountRecords(const internal::v1::StoredRun& run);
  Status MatchPages(const std::string& name, const std::string& snapshot_id);
  StatusOr<internal::v1::ScanRecordsResponse> Scan(const internal::v1::StoredRun& run,
                                                   const std::string& after_id);
  std::vector<SourceRecord> SourcesOf(const internal::v1::StoredRun& run,
                                      const internal::v1::ScanRecordsResponse& page) const;
  StatusOr<std::vector<RecordResults>> MatchStep(const internal::v1::StoredRun& run,
                                                 const std::string& snapshot_id,
                                                 const std::vector<SourceRecord>& sources, size_t begin,
                                                 size_t end);
  Status CommitStep(const std::string& name, const std::vector<RecordResults>& results,
                    const std::string& cursor);
  Status Finish(const std::string& name);
  void Fail(const std::string& name, const Status& status);
  bool Pause(std::chrono::milliseconds time);  // false if stopping

  RunStore& store_;
  const Matcher& matcher_;
  const Peers& peers_;
  const Clock& clock_;
  const Options options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;                 // protected by mutex_
  std::atomic<bool> stopping_{false};  // set under mutex_
  int64_t step_began_ = 0;             // only the engine's thread
  int retries_ = 0;                    // only the engine's thread
  std::thread thread_;
};

}  // namespace duijie::matching
