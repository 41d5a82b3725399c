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

// Calls between roles and of clients, by method: how many, and their mean time in ms.
struct CallFigure {
  std::string method;
  uint64_t calls = 0;
  double mean = 0;
};
std::vector<CallFigure> CallFiguresOf(prometheus::Registry& registry);

// CPU time of all threads so far.
double CpuSeconds();

// The most memory that was resident so far.
double PeakMemoryMiB();

}  // namespace duijie::bench
