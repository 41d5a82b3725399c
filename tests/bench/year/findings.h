// SPDX-License-Identifier: GPL-3.0-or-later
// What was found of each rule that the simulation looks at. Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace duijie::bench {

// One rule: how often it was looked at, and where it was broken.
struct RuleFinding {
  std::string rule;
  uint64_t checked = 0;
  uint64_t broken = 0;
  std::vector<std::string> examples;  // of what broke it, at most kMostExamples
};
inline constexpr size_t kMostExamples = 5;

class Findings {
 public:
  void Check(const std::string& rule, bool held, const std::string& example);
  // By rule.
  std::vector<RuleFinding> all() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, RuleFinding> findings_;  // by rule
};

}  // namespace duijie::bench
