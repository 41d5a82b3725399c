// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/process_figures.h"

#include <prometheus/registry.h>
#include <sys/resource.h>

#include <algorithm>

namespace duijie::bench {
namespace {

constexpr double kMsPerSecond = 1e3;
constexpr double kKiBPerMiB = 1024;
constexpr double kMicrosPerSecond = 1e6;

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

std::vector<CallFigure> CallFiguresOf(prometheus::Registry& registry) {
  std::vector<CallFigure> figures;
  for (const prometheus::MetricFamily& family : registry.Collect()) {
    if (family.name != "duijie_rpc_seconds") continue;
    for (const prometheus::ClientMetric& metric : family.metric) {
      if (metric.label.empty() || metric.histogram.sample_count == 0) continue;
      const auto calls = static_cast<double>(metric.histogram.sample_count);
      figures.push_back({metric.label[0].value, metric.histogram.sample_count,
                         kMsPerSecond * metric.histogram.sample_sum / calls});
    }
  }
  std::sort(figures.begin(), figures.end(),
            [](const CallFigure& a, const CallFigure& b) { return a.method < b.method; });
  return figures;
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / kMicrosPerSecond;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double PeakMemoryMiB() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / kKiBPerMiB;
}

}  // namespace duijie::bench
