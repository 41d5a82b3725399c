// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/findings.h"

namespace duijie::bench {

void Findings::Check(const std::string& rule, bool held, const std::string& example) {
  const std::lock_guard<std::mutex> lock(mutex_);
  RuleFinding& finding = findings_[rule];
  finding.rule = rule;
  ++finding.checked;
  if (held) return;
  ++finding.broken;
  if (finding.examples.size() < kMostExamples) finding.examples.push_back(example);
}

std::vector<RuleFinding> Findings::all() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<RuleFinding> all;
  for (const auto& [rule, finding] : findings_) all.push_back(finding);
  return all;
}

}  // namespace duijie::bench
