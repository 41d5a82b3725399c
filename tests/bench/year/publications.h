// SPDX-License-Identifier: GPL-3.0-or-later
// Publications of achievements through the year: some achievements several times, some at the last moment of
// the year or the first of the next, some of the year before.
#pragma once

#include "tests/bench/year/stage.h"

namespace duijie::bench {

class Publications {
 public:
  // `wanted`: how many different achievements, about.
  Publications(const Stage& stage, uint64_t wanted) : stage_(stage), wanted_(wanted) {}

  // The day's share. `published`: achievements that the catalog has so far.
  Status Publish(int day, uint64_t published);
  // At the turn of the year; then compares the counts of three years with the oracle's. Moves the clock into
  // the next year.
  Status Close(uint64_t published);

  int counted() const { return counted_; }
  uint64_t recorded() const { return recorded_; }

 private:
  Status Record(uint64_t achievement, UnixMicros time);

  const Stage stage_;
  const uint64_t wanted_;
  uint64_t recorded_ = 0;
  int counted_ = 0;
};

}  // namespace duijie::bench
