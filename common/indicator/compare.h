// SPDX-License-Identifier: GPL-3.0-or-later
// Whether an achievement meets a target of a need, by what its text states. The rules, with their reasons,
// are those of tests/quality/README-indicators.md, section 2.
//
// Silence is never a yes: where nothing is stated of the quantity, where words carry no figure, where the
// figure is a plan or another product's, or where units do not convert, the verdict is NOT_STATED. Relative
// figures (降低 20 %) and absolute ones do not answer each other, unless the text gives both ends (由 A 降到
// B).
//
// Pure and thread-safe, never throws on any bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/indicator/align.h"
#include "common/indicator/extract.h"

namespace duijie::indicator {

inline constexpr size_t kMaxEvidenceCandidates = 64;  // stated indicators that one target is compared with
inline constexpr double kAboutTolerance = 0.05;       // relative: 约 X

enum class Verdict : uint8_t { kSatisfied, kPartly, kViolated, kNotStated };

struct Target {
  Indicator indicator;  // extracted from a need, or filled in from a structured one; spans are not used
  std::string context;  // the need's sentence, if known: it tells a range to cover (适用, 可调) from a window
};

// An achievement's text with its indicators, so that they are extracted once for all targets.
struct Stated {
  std::string_view text;  // must outlive the use
  std::vector<Indicator> indicators;
};
Stated ReadStated(std::string_view text);

struct Judgement {
  Verdict verdict = Verdict::kNotStated;
  std::optional<Indicator> evidence;  // the stated indicator that decided, spans into the text
  TextSpan quote;                     // the sentence of the evidence; empty without evidence
  std::string conversion;             // "0.8 GPa = 800 MPa"; "" where units are the same
  double alignment = 0;               // confidence of the names, 0..1
  // Relative to the target's bound, signed: -0.1 lacks 10 %, 0.2 has 20 % to spare. Absent where no figure
  // was compared, or the bound is 0.
  std::optional<double> margin;
  std::string reason;  // for a person, in Chinese
};

Judgement Judge(const Target& target, const Stated& stated, const NameTable& names);

// 满足, 部分满足, 不满足, 未说明.
std::string_view VerdictText(Verdict verdict);

}  // namespace duijie::indicator
