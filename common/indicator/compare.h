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

#include <memory>
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

struct TargetFacts;

struct Target {
  Indicator indicator;  // extracted from a need, or filled in from a structured one; spans are not used
  std::string context;  // the need's sentence, if known: it tells a range to cover (适用, 可调) from a window
  // What judging asks of the two; of Prepare. Without it, or with another table, Judge works it out at every
  // call.
  std::shared_ptr<const TargetFacts> facts = nullptr;
};
// For a target that is judged against many texts; it must not be changed afterwards. `names` must outlive the
// use.
void Prepare(const NameTable& names, Target* target);

struct StatedFacts;

// An achievement's text with its indicators, so that they are extracted once for all targets.
struct Stated {
  std::string_view text;  // must outlive the use
  std::vector<Indicator> indicators;
  // What judging asks of each indicator; of ReadStated with a table. Without it, or with another table, Judge
  // works it out at every call.
  std::shared_ptr<const StatedFacts> facts;
};
Stated ReadStated(std::string_view text);
// The one to take where several targets are judged against one text. `names` must outlive the use.
Stated ReadStated(std::string_view text, const NameTable& names);
// The same of indicators that the caller gathered, in the order of their spans into the text.
Stated MakeStated(std::string_view text, std::vector<Indicator> indicators, const NameTable& names);

// What they hold of memory with their facts, besides texts that they only point to; about.
size_t BytesOf(const Stated& stated);
size_t BytesOf(const Target& target);

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

// "6%": a margin without its sign, at most three significant digits; "31倍" from ten times on.
std::string PercentText(double margin);

// The figure without its name: "≥ 700 MPa", "降低 20 %".
std::string BoundText(const Indicator& indicator);

}  // namespace duijie::indicator
