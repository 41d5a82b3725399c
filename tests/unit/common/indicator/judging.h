// SPDX-License-Identifier: GPL-3.0-or-later
// Figures and verdicts of short texts, by the shipped table of names.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "common/indicator/compare.h"
#include "tests/support/paths.h"

namespace duijie::indicator {

inline constexpr Verdict kMet = Verdict::kSatisfied;
inline constexpr Verdict kPart = Verdict::kPartly;
inline constexpr Verdict kMissed = Verdict::kViolated;
inline constexpr Verdict kSilent = Verdict::kNotStated;

inline const NameTable& Names() {
  static const auto names = NameTable::Load(duijie::testing::SourceFile("data/indicators/names.tsv"));
  EXPECT_TRUE(names.ok());
  return **names;
}

inline Indicator First(const std::string& text) {
  const auto found = Extract(text);
  EXPECT_FALSE(found.empty()) << text;
  return found.empty() ? Indicator{} : found.front();
}

// The verdict on the first target of `need`.
inline Verdict VerdictOf(const std::string& need, const std::string& achievement) {
  return Judge({First(need), need}, ReadStated(achievement, Names()), Names()).verdict;
}

}  // namespace duijie::indicator
