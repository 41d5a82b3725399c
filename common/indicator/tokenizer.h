// SPDX-License-Identifier: GPL-3.0-or-later
// A text as tokens: numbers, units, words of the vocabulary, other words, punctuation. Private to
// common/indicator.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/indicator/runes.h"
#include "common/indicator/vocabulary.h"

namespace duijie::indicator {

struct Token {
  Role role = Role::kWord;
  uint32_t begin = 0;  // code points
  uint32_t end = 0;
  double value = 0;               // of a number
  std::string_view implied_unit;  // of a number such as 三成
  bool chinese = false;           // number in Chinese numerals
  bool indefinite = false;        // 一, 两: may be an article
  uint32_t quantity = 0;          // index, for kQuantity
};

// Tokens in order, blanks left out. Linear in the text: every step looks ahead a bounded number of code
// points.
std::vector<Token> Tokenize(const Runes& text);
// Of the code points [begin, end), which should end where a sentence does; the offsets are the text's.
std::vector<Token> Tokenize(const Runes& text, size_t begin, size_t end);

}  // namespace duijie::indicator
