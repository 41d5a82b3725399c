// SPDX-License-Identifier: GPL-3.0-or-later
// What the catalog does by itself, on a thread of its own: takes due steps to EXPIRED, forgets old request
// ids, keeps the counts up to date.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "services/catalog/record_counter.h"
#include "services/catalog/record_writer.h"

namespace duijie::catalog {

class Housekeeper {
 public:
  // Both outlive the housekeeper.
  Housekeeper(RecordWriter& writer, RecordCounter& counter) : writer_(writer), counter_(counter) {}
  ~Housekeeper() { Stop(); }

  void Start();
  // Returns after the round under way; stores the counts. May be called twice.
  void Stop();

  // One round. Errors are logged and the work is tried again in the next.
  void Round();

 private:
  void Loop();

  RecordWriter& writer_;
  RecordCounter& counter_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // protected by mutex_
  std::thread thread_;
};

}  // namespace duijie::catalog
