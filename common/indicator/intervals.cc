// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/intervals.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace duijie::indicator {
namespace {

constexpr double kRounding = 1e-9;  // relative: what conversions may add
constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Interval {
  double low;
  double high;
};

bool NotBelow(double a, double b) {
  if (std::isinf(a) || std::isinf(b)) return a >= b;
  return a >= b - kRounding * std::max(std::abs(a), std::abs(b));
}

std::optional<double> Relative(double difference, double bound) {
  if (bound == 0) return std::nullopt;
  return difference / std::abs(bound);
}

// Everything that the statement allows; one-sided statements are open on the other side.
Interval Allowed(const Figures& stated) {
  switch (stated.comparator) {
    case Comparator::kAtLeast:
      return {stated.value, kInfinity};
    case Comparator::kAtMost:
      return {-kInfinity, stated.value};
    case Comparator::kBetween:
      return {stated.value, stated.upper.value_or(stated.value)};
    case Comparator::kPlusMinus:
      return {stated.value - stated.upper.value_or(0), stated.value + stated.upper.value_or(0)};
    case Comparator::kIncreaseBy:
    case Comparator::kDecreaseBy:
    case Comparator::kEqual:
      return {stated.value, stated.upper.value_or(stated.value)};
  }
  return {stated.value, stated.value};
}

Interval Mirrored(Interval interval) { return {-interval.high, -interval.low}; }

// Against ≥ bound, for an interval open on either side.
Answer AtLeast(double bound, Interval allowed) {
  if (allowed.low == -kInfinity) {
    // 不高于 40 says nothing of ≥ 30, but breaks ≥ 50.
    if (NotBelow(allowed.high, bound)) return {};
    return {Verdict::kViolated, Relative(allowed.high - bound, bound)};
  }
  const auto margin = Relative(allowed.low - bound, bound);
  if (NotBelow(allowed.low, bound)) return {Verdict::kSatisfied, margin};
  // 90%以上 is read at its bound.
  const bool reaches = allowed.high < kInfinity && NotBelow(allowed.high, bound);
  return {reaches ? Verdict::kPartly : Verdict::kViolated, margin};
}

// How far the stated interval lies outside [low, high], relative to the end that it misses; 0 inside.
std::optional<double> Outside(Interval wanted, Interval allowed) {
  if (!NotBelow(allowed.low, wanted.low))
    return Relative(std::max(allowed.low, -1e300) - wanted.low, wanted.low);
  if (!NotBelow(wanted.high, allowed.high))
    return Relative(wanted.high - std::min(allowed.high, 1e300), wanted.high);
  return 0;
}

bool Encloses(Interval outer, Interval inner) {
  return NotBelow(inner.low, outer.low) && NotBelow(outer.high, inner.high);
}

bool Overlap(Interval a, Interval b) { return NotBelow(a.high, b.low) && NotBelow(b.high, a.low); }

Answer Window(Interval wanted, Interval allowed) {
  if (Encloses(wanted, allowed)) return {Verdict::kSatisfied, 0};
  return {Overlap(wanted, allowed) ? Verdict::kPartly : Verdict::kViolated, Outside(wanted, allowed)};
}

Answer Coverage(Interval wanted, Interval allowed) {
  if (Encloses(allowed, wanted)) return {Verdict::kSatisfied, 0};
  if (!Overlap(wanted, allowed)) return {Verdict::kViolated, Outside(wanted, allowed)};
  const double covered = std::min(wanted.high, allowed.high) - std::max(wanted.low, allowed.low);
  return {Verdict::kPartly, covered / (wanted.high - wanted.low) - 1};
}

Answer Equal(const Figures& wanted, const Figures& stated) {
  const Interval allowed = Allowed(stated);
  const double tolerance = wanted.about || stated.about ? kAboutTolerance * std::abs(wanted.value) : 0;
  const Interval window = {wanted.value - tolerance, wanted.value + tolerance};
  if (stated.comparator == Comparator::kBetween && Encloses(allowed, {wanted.value, wanted.value})) {
    return {Verdict::kSatisfied, 0};
  }
  if (Encloses(window, allowed)) return {Verdict::kSatisfied, 0};
  const double nearest = std::clamp(wanted.value, allowed.low, allowed.high);
  return {Verdict::kViolated, Relative(nearest - wanted.value, wanted.value)};
}

// ±u: the stated width, however it is written (±w, 误差小于 w, 误差 w).
Answer Tolerance(const Figures& wanted, const Figures& stated) {
  const double width = wanted.upper.value_or(0);
  if (wanted.value != 0) {
    if (stated.comparator == Comparator::kPlusMinus && stated.value != wanted.value) {
      return {Verdict::kViolated, Relative(stated.value - wanted.value, wanted.value)};
    }
    return Window({wanted.value - width, wanted.value + width}, Allowed(stated));
  }
  double reached = std::max(std::abs(stated.value), std::abs(stated.upper.value_or(0)));
  if (stated.comparator == Comparator::kPlusMinus) reached = stated.upper.value_or(0);
  if (stated.comparator == Comparator::kAtLeast && NotBelow(width, reached)) return {};
  return {NotBelow(width, reached) ? Verdict::kSatisfied : Verdict::kViolated,
          Relative(width - reached, width)};
}

}  // namespace

Answer CompareFigures(const Figures& wanted, const Figures& stated, bool coverage) {
  const Interval allowed = Allowed(stated);
  switch (wanted.comparator) {
    case Comparator::kIncreaseBy:
    case Comparator::kDecreaseBy:
    case Comparator::kAtLeast:
      return AtLeast(wanted.value, allowed);
    case Comparator::kAtMost:
      return AtLeast(-wanted.value, Mirrored(allowed));
    case Comparator::kEqual:
      return Equal(wanted, stated);
    case Comparator::kPlusMinus:
      return Tolerance(wanted, stated);
    case Comparator::kBetween: {
      const Interval range = {wanted.value, wanted.upper.value_or(wanted.value)};
      return coverage && range.high > range.low ? Coverage(range, allowed) : Window(range, allowed);
    }
  }
  return {};
}

}  // namespace duijie::indicator
