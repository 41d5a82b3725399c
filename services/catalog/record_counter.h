// SPDX-License-Identifier: GPL-3.0-or-later
// How many live records each collection has, without a scan: follows the change log and keeps its sums as a
// side entry, so that a start reads only what came after. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "common/status/status.h"
#include "common/storage/record_log.h"

namespace duijie::catalog {

class RecordCounter {
 public:
  explicit RecordCounter(RecordLog& log) : log_(log) {}

  // Reads the sums stored last.
  Status Load();
  // Takes in every change up to now, and stores the sums if many changes have come since they were stored
  // last, or if `store` says so.
  Status CatchUp(bool store);
  // The sums as of the last CatchUp, by collection, and "revision".
  std::map<std::string, int64_t> Numbers() const;

 private:
  Status TakeIn(const std::vector<Change>& changes);
  Status Store();

  RecordLog& log_;
  std::mutex catch_up_mutex_;  // one CatchUp at a time
  mutable std::mutex mutex_;
  std::map<std::string, int64_t> counts_;  // protected by mutex_
  Revision seen_ = 0;                      // protected by mutex_
  Revision stored_ = 0;                    // protected by catch_up_mutex_
};

}  // namespace duijie::catalog
