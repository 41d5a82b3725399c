// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/process_figures.h"

#include <prometheus/registry.h>
#include <sys/resource.h>

namespace duijie::bench {
namespace {

constexpr double kMsPerSecond = 1e3;
constexpr double kKiBPerMiB = 1024;

// In ms; the last, open bucket counts as its lower bound.
double QuantileOf(const prometheus::ClientMetric::Histogram& histogram, double share) {
  const double wanted = share * static_cast<double>(histogram.sample_count);
  double below = 0;
  double lower = 0;
  for (const auto& bucket : histogram.bucket) {
    const auto upto = static_cast<double>(bucket.cumulative_count);
    if (upto >= wanted && upto > below) {
      if (bucket.upper_bound > 1e9) return kMsPerSecond * lower;
      return kMsPerSecond * (lower + (bucket.upper_bound - lower) * (wanted - below) / (upto - below));
    }
    below = upto;
    lower = bucket.upper_bound;
  }
  return kMsPerSecond * lower;
}

Latency LatencyOf(const prometheus::ClientMetric::Histogram& histogram) {
  return {QuantileOf(histogram, 0.5), QuantileOf(histogram, 0.9), QuantileOf(histogram, 0.99),
          QuantileOf(histogram, 1)};
}

}  // namespace

StandingTimes StandingTimesOf(prometheus::Registry& registry) {
  StandingTimes times;
  for (const prometheus::MetricFamily& family : registry.Collect()) {
    for (const prometheus::ClientMetric& metric : family.metric) {
      if (metric.label.empty() || metric.label[0].value != "achievements") continue;
      if (family.name == "duijie_standing_matching_seconds") {
        times.matching = LatencyOf(metric.histogram);
        times.events = metric.histogram.sample_count;
      } else if (family.name == "duijie_standing_handling_seconds") {
        times.handling = LatencyOf(metric.histogram);
      }
    }
  }
  return times;
}

double PeakMemoryMiB() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / kKiBPerMiB;
}

}  // namespace duijie::bench
