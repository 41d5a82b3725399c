// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/token_scan.h"

namespace duijie::indicator {

bool IsFigure(Role role) { return role == Role::kNumber || role == Role::kUnit; }

void TokenScan::FlushWord() {
  if (word_begin < pos && in_word) Push(Role::kWord, word_begin, pos);
  in_word = false;
}

Token& TokenScan::Push(Role role, size_t first, size_t last) {
  Token token;
  token.role = role;
  token.begin = static_cast<uint32_t>(first);
  token.end = static_cast<uint32_t>(last);
  if (role == Role::kBaseline) baseline = true;
  if (role == Role::kComma && !tokens.empty() && HasFigureSinceBaseline()) baseline = false;
  if (role == Role::kSentenceEnd) baseline = false;
  tokens.push_back(token);
  return tokens.back();
}

void TokenScan::Emit(Role role, size_t length) {
  FlushWord();
  Push(role, pos, pos + length);
  pos += length;
}

void TokenScan::Grow(size_t length) {
  if (!in_word) word_begin = pos;
  in_word = true;
  pos += length;
}

bool TokenScan::Touches(Role role) const { return !in_word && !tokens.empty() && tokens.back().role == role; }

bool TokenScan::TouchesFigure() const { return !in_word && !tokens.empty() && IsFigure(tokens.back().role); }

bool TokenScan::AtClauseStart() const {
  if (in_word) return false;
  if (tokens.empty()) return true;
  const Role last = tokens.back().role;
  return last == Role::kComma || last == Role::kSentenceEnd || last == Role::kColon || last == Role::kOpen;
}

bool TokenScan::EndsInHalf() const {
  const size_t count = tokens.size();
  return count > 1 && tokens[count - 2].role == Role::kUnit && tokens.back().role == Role::kFiller &&
         text[tokens.back().begin] == U'半' && tokens.back().begin == tokens[count - 2].end;
}

std::u32string_view TokenScan::word() const {
  return in_word ? text.view(word_begin, pos) : std::u32string_view();
}

bool TokenScan::HasFigureSinceBaseline() const {
  for (size_t i = tokens.size(); i-- > 0;) {
    if (tokens[i].role == Role::kNumber) return true;
    if (tokens[i].role == Role::kBaseline) return false;
  }
  return true;
}

}  // namespace duijie::indicator
