// SPDX-License-Identifier: GPL-3.0-or-later
// Bounds as intervals, and how a stated interval answers a wanted one. Private to common/indicator.
#pragma once

#include <optional>

#include "common/indicator/compare.h"

namespace duijie::indicator {

// A stated figure in the target's unit.
struct Figures {
  Comparator comparator = Comparator::kEqual;
  double value = 0;
  std::optional<double> upper;
  bool about = false;
};

struct Answer {
  Verdict verdict = Verdict::kNotStated;
  std::optional<double> margin;  // see Judgement::margin
};

// Rules 1 to 5. `coverage`: the range wanted is one to cover, not one to lie in.
Answer CompareFigures(const Figures& wanted, const Figures& stated, bool coverage);

}  // namespace duijie::indicator
