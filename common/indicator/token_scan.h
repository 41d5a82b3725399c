// SPDX-License-Identifier: GPL-3.0-or-later
// How far a text has been cut into tokens: what is put out, and the word that is still growing. Private to
// common/indicator.
#pragma once

#include <string_view>
#include <vector>

#include "common/indicator/runes.h"
#include "common/indicator/tokenizer.h"

namespace duijie::indicator {

bool IsFigure(Role role);

struct TokenScan {
  TokenScan(const Runes& whole, size_t begin, size_t stop) : text(whole), limit(stop), pos(begin) {}

  // Ends the growing word, if there is one.
  void FlushWord();
  // Puts out [first, last), wherever the scan stands.
  Token& Push(Role role, size_t first, size_t last);
  // Ends the growing word, puts out the next `length` code points and steps over them.
  void Emit(Role role, size_t length);
  // The next `length` code points are part of the growing word.
  void Grow(size_t length);

  // The last token is such a one, and no word grows behind it.
  bool Touches(Role role) const;
  bool TouchesFigure() const;
  bool AtClauseStart() const;
  // 一年半
  bool EndsInHalf() const;
  // The growing word so far; empty if none grows.
  std::u32string_view word() const;

  const Runes& text;
  const size_t limit;  // where the scan ends
  size_t pos;          // of the next code point to read
  std::vector<Token> tokens;
  bool baseline = false;  // 比, 较 stands before, with no figure yet
  size_t word_begin = 0;
  bool in_word = false;

 private:
  bool HasFigureSinceBaseline() const;
};

}  // namespace duijie::indicator
