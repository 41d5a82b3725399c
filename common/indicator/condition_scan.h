// SPDX-License-Identifier: GPL-3.0-or-later
// The sentence in which conditions are looked for, and those found so far. Private to conditions.cc and
// leading_conditions.cc.
#pragma once

#include <vector>

#include "common/indicator/conditions.h"
#include "common/indicator/quantities.h"
#include "common/indicator/runes.h"

namespace duijie::indicator {

struct ConditionScan {
  Role RoleAt(size_t i) const { return i >= begin && i < end ? tokens[i].role : Role::kSentenceEnd; }
  bool IsFigure(size_t i) const { return RoleAt(i) == Role::kQuantity; }
  // A figure that is no condition so far.
  bool IsFree(size_t i) const { return IsFigure(i) && !quantities[tokens[i].quantity].is_condition; }
  bool IsText(size_t i) const;
  const Quantity& QuantityAt(size_t i) const { return quantities[tokens[i].quantity]; }
  std::u32string_view WordAt(size_t i) const { return text.view(tokens[i].begin, tokens[i].end); }
  // Whether the text of a token ends as a name of a quantity does.
  bool EndsAsQuantity(size_t i) const;
  // The next free figure of the clause that has words of its own before it; `end` if there is none.
  size_t NextFigure(size_t from) const;

  // Makes the tokens [first, last] a condition that ends at `token`; the one to add marks to is returned.
  Stretch& Mark(size_t first, size_t last, size_t token, bool backward = false);

  const Runes& text;
  const std::vector<Token>& tokens;
  const size_t begin;
  const size_t end;
  std::vector<Quantity>& quantities;
  std::vector<Stretch> found = {};
};

// ≥, 不高于, 为, 优于: what stands before the value of a named quantity.
bool IsBound(Role role);

}  // namespace duijie::indicator
