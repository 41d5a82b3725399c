// SPDX-License-Identifier: GPL-3.0-or-later
// What this process tells of itself: memory, and the system's own metrics.
#pragma once

#include "common/rpc/app.h"
#include "tests/bench/report/report.h"

namespace duijie::bench {

// Times of standing push, in ms; quantiles are interpolated in the buckets of the metrics' histograms.
struct StandingTimes {
  Latency matching;  // of one published achievement: candidates, scores, explanations
  Latency handling;  // until its pushes are stored
  uint64_t events = 0;
};

StandingTimes StandingTimesOf(prometheus::Registry& registry);

// The most memory that was resident so far.
double PeakMemoryMiB();

}  // namespace duijie::bench
