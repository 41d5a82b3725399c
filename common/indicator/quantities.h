// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers with their units, as single values, ranges and tolerances. Private to common/indicator.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/indicator/tokenizer.h"

namespace duijie::indicator {

enum class Form : uint8_t { kSingle, kRange, kTolerance };

struct Quantity {
  Form form = Form::kSingle;
  double value = 0;
  std::optional<double> upper;  // of a range; the width of a tolerance
  std::string unit;             // half width, without blanks
  uint32_t begin = 0;           // code points
  uint32_t end = 0;
  bool indefinite = false;  // 一, 两: may be an article
  bool chinese = false;     // in Chinese numerals
  bool is_condition = false;
  bool is_start = false;    // A of 由A降到B
  bool by_heading = false;  // the unit is that of a table's heading
};

struct Grouped {
  std::vector<Token> tokens;  // figures replaced by one token of role kQuantity each
  std::vector<Quantity> quantities;
};

Grouped GroupQuantities(const Runes& text, const std::vector<Token>& tokens);

}  // namespace duijie::indicator
