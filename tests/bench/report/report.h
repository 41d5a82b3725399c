// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of a measurement, with targets where there are any: printed as a table and written as JSON, from
// which tools/bench_table.py makes the table of docs/benchmarks.md.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "common/status/status.h"

namespace duijie::bench {

inline constexpr double kBytesPerKiB = 1024;
inline constexpr double kBytesPerMiB = 1024 * kBytesPerKiB;

enum class Bound { kAtLeast, kAtMost };

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::optional<double> target;
  Bound bound = Bound::kAtMost;

  bool Met() const { return !target || (bound == Bound::kAtLeast ? value >= *target : value <= *target); }
};

class Report {
 public:
  explicit Report(std::string name) : name_(std::move(name)) {}

  void Add(std::string name, double value, std::string unit);
  void AddTarget(std::string name, double value, std::string unit, Bound bound, double target);

  // Figures with their targets and whether they are met.
  std::string Table() const;
  std::string Json() const;
  // Writes <folder>/<name>.json and prints the table.
  Status Publish(const std::string& folder) const;

 private:
  const std::string name_;
  std::vector<Figure> figures_;
};

// Quantiles by the nearest-rank method.
struct Latency {
  double p50 = 0;
  double p90 = 0;
  double p99 = 0;
  double max = 0;
  static Latency Of(std::vector<double> samples);  // zeros for none
};

// Adds p50, p90, p99 and max under `name`. Unit: ms.
void AddLatency(const std::string& name, const Latency& latency, Report* report);

class Stopwatch {
 public:
  double Seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }
  double Milliseconds() const { return Seconds() * 1e3; }

 private:
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

// "--name value" pairs after argv[0]; INVALID_ARGUMENT (BAD_ARGUMENT) for a name that is not among `known`,
// which holds the defaults.
StatusOr<std::vector<std::string>> ParseFlags(int argc, char** argv,
                                              std::vector<std::pair<std::string, std::string>> known);

}  // namespace duijie::bench
