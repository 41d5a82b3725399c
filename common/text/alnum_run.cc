// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/alnum_run.h"

#include <algorithm>

namespace duijie {
namespace {

constexpr char32_t kDegree = 0xB0;
constexpr char32_t kMiddleDot = 0xB7;
constexpr char32_t kTimes = 0xD7;
constexpr char32_t kPerMille = 0x2030;

bool IsUnitSign(char32_t c) { return c == '%' || c == kDegree || c == kPerMille; }
bool IsDigit(const CodePoint& c) { return c.cls == CharClass::kDigit; }
bool InWord(const CodePoint& c) { return IsAlnum(c.cls) || c.cls == CharClass::kMark; }

// Whether the sign at `at` joins its neighbours; both exist (the end mark is the last possible right one).
bool Joins(const CodePoints& text, uint32_t at) {
  const CodePoint& left = text[at - 1];
  const CodePoint& right = text[at + 1];
  const bool left_word = InWord(left) || IsUnitSign(left.rune) || left.rune == ')';
  switch (text[at].rune) {
    case '-':
    case '/':
    case kMiddleDot:
    case '_':
    case '&':
    case '^':
      return left_word && IsAlnum(right.cls);
    case '.':
    case ':':
      return IsDigit(left) && IsDigit(right);
    case '~':
    case kTimes:
    case '*':
      return left_word && IsDigit(right);
    default:
      return false;
  }
}

// For "/(" at `at`: the index past the closing bracket of a short group of letters, digits and joints; else
// 0.
uint32_t EndOfBracket(const CodePoints& text, uint32_t at) {
  if (text[at].rune != '/' || text[at + 1].rune != '(') return 0;
  for (uint32_t i = at + 2; i < text.size() && i - at - 2 <= kMaxBracketed; ++i) {
    if (text[i].rune == ')') return i > at + 2 ? i + 1 : 0;
    const char32_t c = text[i].rune;
    if (!InWord(text[i]) && c != kMiddleDot && c != '*' && c != '.' && c != '-' && c != '^') return 0;
  }
  return 0;
}

uint32_t WithSuffix(const CodePoints& text, uint32_t begin, uint32_t end) {
  if (text[end - 1].cls != CharClass::kLetter) return end;
  if (text[end].rune == '+' && text[end + 1].rune == '+' && !IsAlnum(text[end + 2].cls)) return end + 2;
  if (text[end].rune == '#' && end - begin == 1 && !IsAlnum(text[end + 1].cls)) return end + 1;
  return end;
}

uint32_t EndOfPiece(const CodePoints& text, uint32_t at, uint32_t end) {
  while (at < end && (InWord(text[at]) || IsUnitSign(text[at].rune) || text[at].rune == '.')) ++at;
  return at;
}

// The end of the unit that starts at `at`: over / · * ^ and brackets, not over - ~ × which start something
// new.
uint32_t EndOfUnit(const CodePoints& text, uint32_t at, uint32_t end) {
  while (at < end) {
    const char32_t c = text[at].rune;
    if (c == '-' || c == '~' || c == kTimes || c == ':' || c == '&' || c == '_') break;
    ++at;
  }
  return at;
}

void AppendPart(Span part, Span run, std::vector<Span>* parts) {
  if (part.end >= part.begin + 2 && part != run) parts->push_back(part);
}

}  // namespace

uint32_t EndOfRun(const CodePoints& text, uint32_t begin) {
  const auto limit = static_cast<uint32_t>(std::min<size_t>(text.size() - 1, begin + kMaxRunCodePoints));
  uint32_t end = begin + 1;
  while (end < limit) {
    const CodePoint& c = text[end];
    if (InWord(c)) {
      ++end;
    } else if (IsUnitSign(c.rune) && (IsDigit(text[end - 1]) || IsUnitSign(text[end - 1].rune))) {
      ++end;
    } else if (Joins(text, end)) {
      ++end;
    } else if (const uint32_t close = EndOfBracket(text, end); close != 0 && close <= limit) {
      end = close;
    } else {
      break;
    }
  }
  if (end < limit) return WithSuffix(text, begin, end);
  const CodePoint& last = text[end - 1];  // a run cut at the limit must not end in a joint
  if (!InWord(last) && !IsUnitSign(last.rune) && last.rune != ')') --end;
  return end;
}

void AppendRunParts(const CodePoints& text, Span run, std::vector<Span>* parts) {
  for (uint32_t at = run.begin; at < run.end;) {
    const uint32_t end = EndOfPiece(text, at, run.end);
    if (end == at) {
      ++at;
      continue;
    }
    uint32_t number_end = at;
    while (number_end < end && (IsDigit(text[number_end]) || text[number_end].rune == '.')) ++number_end;
    if (number_end == at || number_end == end) {
      AppendPart({at, end}, run, parts);
    } else {
      const uint32_t unit_end = EndOfUnit(text, number_end, run.end);
      AppendPart({at, number_end}, run, parts);
      AppendPart({number_end, unit_end}, run, parts);
      AppendPart({at, unit_end}, run, parts);
    }
    at = end;
  }
}

}  // namespace duijie
