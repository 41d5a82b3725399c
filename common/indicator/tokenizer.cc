// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/tokenizer.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "common/indicator/number.h"
#include "common/indicator/opaque.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

constexpr size_t kLookAhead = 48;  // code points that a word, number or unit may span
constexpr char32_t kFirstCircled = 0x2460;
constexpr char32_t kLastCircled = 0x2473;

// Scales that people write before the value.
constexpr std::array<std::u32string_view, 8> kLeadingUnits = {U"HRC", U"HRB", U"HRA", U"HV",
                                                              U"HB",  U"HBW", U"HL",  U"HBS"};

bool IsAfter(Role role) {
  return role == Role::kAtLeastAfter || role == Role::kAtMostAfter || role == Role::kAboutAfter ||
         role == Role::kBetweenAfter;
}

bool IsCue(Role role) {
  switch (role) {
    case Role::kAtLeast:
    case Role::kAtMost:
    case Role::kEqual:
    case Role::kUp:
    case Role::kDown:
    case Role::kTo:
    case Role::kMaximum:
      return true;
    default:
      return false;
  }
}

bool IsFigure(Role role) { return role == Role::kNumber || role == Role::kUnit; }

class Tokenizer {
 public:
  explicit Tokenizer(const Runes& text) : text_(text) {}

  std::vector<Token> Run() {
    tokens_.reserve(text_.size() / 2 + 1);
    while (pos_ < text_.size()) Step();
    FlushWord();
    return std::move(tokens_);
  }

 private:
  std::u32string_view Ahead(size_t from) const {
    from = std::min(from, text_.size());
    return text_.view(from, std::min(text_.size(), from + kLookAhead));
  }

  void Step() {
    const char32_t c = text_[pos_];
    if (c == U' ') {
      FlushWord();
      ++pos_;
    } else if (IsDigit(c)) {
      ReadFigure(pos_, 1);
    } else if (!ReadSign() && !ReadOrdinalOrMark() && !ReadLatin() && !ReadPer()) {
      ReadText();
    }
  }

  void FlushWord() {
    if (word_begin_ < pos_ && in_word_) Push(Role::kWord, word_begin_, pos_);
    in_word_ = false;
  }

  Token& Push(Role role, size_t begin, size_t end) {
    Token token;
    token.role = role;
    token.begin = static_cast<uint32_t>(begin);
    token.end = static_cast<uint32_t>(end);
    tokens_.push_back(token);
    return tokens_.back();
  }

  void Emit(Role role, size_t length) {
    FlushWord();
    Push(role, pos_, pos_ + length);
    pos_ += length;
  }

  bool Touches(Role role) const { return !in_word_ && !tokens_.empty() && tokens_.back().role == role; }

  bool AtClauseStart() const {
    if (in_word_) return false;
    if (tokens_.empty()) return true;
    const Role last = tokens_.back().role;
    return last == Role::kComma || last == Role::kSentenceEnd || last == Role::kColon || last == Role::kOpen;
  }

  // A number at `at`, the sign before it already read; `begin` is pos_.
  void ReadFigure(size_t at, double sign) {
    if (AtClauseStart() && sign > 0) {
      if (const size_t mark = ListMark(text_, at)) return Emit(Role::kComma, mark);
    }
    if (const size_t length = OpaqueDigits(text_, at)) return Emit(Role::kOpaque, at + length - pos_);
    const ReadNumber number = ReadDigits(Ahead(at));
    EmitNumber(number, at, sign);
  }

  void EmitNumber(const ReadNumber& number, size_t at, double sign) {
    const size_t begin = pos_;
    const size_t end = at + number.length;
    FlushWord();
    const char32_t next = text_[end];
    if (next == U'多' || next == U'余' || next == U'几') {  // 100余家: no definite figure
      pos_ = end + 1;
      const size_t unit = UnitLength(Ahead(pos_));
      pos_ += unit;
      Push(Role::kOpaque, begin, pos_);
      return;
    }
    Token& token = Push(Role::kNumber, begin, end);
    token.value = sign * number.value;
    token.implied_unit = number.unit;
    token.chinese = number.chinese;
    token.indefinite = number.indefinite;
    pos_ = end;
    if (number.unit.empty()) ReadUnit();
  }

  void ReadUnit() {
    const size_t begin = text_[pos_] == U' ' ? pos_ + 1 : pos_;
    const size_t length = UnitLength(Ahead(begin));
    if (length == 0) return;
    const size_t number = tokens_.size() - 1;
    Push(Role::kUnit, begin, begin + length);
    pos_ = begin + length;
    if (tokens_[number].chinese && text_[pos_] == U'半' && text_[pos_ - 1] != U'半') {  // 一年半
      tokens_[number].value += 0.5;
      Emit(Role::kFiller, 1);
    }
  }

  // -40, 零下30, 负5; a dash behind a figure is a range.
  bool ReadSign() {
    const std::u32string_view rest = Ahead(pos_);
    size_t length = 0;
    if (rest.starts_with(U"零下")) length = 2;
    if (rest.starts_with(U"负") || rest.starts_with(U"-") || rest.starts_with(U"+")) length = 1;
    if (length == 0 || !IsDigit(text_[pos_ + length])) return false;
    const bool behind_figure = !in_word_ && !tokens_.empty() && IsFigure(tokens_.back().role);
    if (rest.front() == U'-' && behind_figure) return false;
    ReadFigure(pos_ + length, rest.front() == U'+' ? 1 : -1);
    return true;
  }

  bool ReadOrdinalOrMark() {
    if (const size_t length = Ordinal(text_, pos_)) {
      Emit(Role::kOpaque, length);
      return true;
    }
    if (text_[pos_] >= kFirstCircled && text_[pos_] <= kLastCircled) {
      Emit(Role::kComma, 1);
      return true;
    }
    return false;
  }

  bool ReadLatin() {
    if (!IsLatin(text_[pos_])) return false;
    const size_t length = LatinWord(text_, pos_);
    const std::u32string_view word = text_.view(pos_, pos_ + length);
    const bool leads = std::find(kLeadingUnits.begin(), kLeadingUnits.end(), word) != kLeadingUnits.end();
    Emit(leads ? Role::kUnit : Role::kLatin, length);
    return true;
  }

  // 每小时, 每吨水: the unit behind 每.
  bool ReadPer() {
    if (text_[pos_] != U'每') return false;
    const std::u32string_view rest = Ahead(pos_);
    std::u32string per(rest);
    per.front() = U'/';
    const size_t length = UnitLength(per);
    if (length < 2) return false;
    Emit(Role::kPer, length);
    return true;
  }

  // Whether a number, perhaps behind a blank, a sign or 约, comes at `at`.
  bool FigureFollows(size_t at) const {
    if (text_[at] == U' ') ++at;
    const char32_t c = text_[at];
    if (IsDigit(c)) return true;
    static constexpr std::u32string_view kLeads = U"±-+约近零负≥≤><φΦ仅每原百千";
    if (c != 0 && kLeads.find(c) != std::u32string_view::npos) return true;
    if (!IsNumeral(c)) return false;
    const VocabularyMatch word = LongestWord(Ahead(at));
    return NumeralLength(at) > (word.role == Role::kWord ? word.length : 0);
  }

  // Length of a Chinese number with its unit; 0 if there is none.
  size_t NumeralLength(size_t at) const {
    const auto number = ReadNumeral(Ahead(at));
    if (!number) return 0;
    const size_t unit = number->unit.empty() ? UnitLength(Ahead(at + number->length)) : 0;
    return number->unit.empty() && unit == 0 ? 0 : number->length + unit;
  }

  bool Accepts(const VocabularyMatch& match) const {
    const bool behind_figure =
        !in_word_ && !tokens_.empty() && (IsFigure(tokens_.back().role) || IsAfter(tokens_.back().role));
    if (IsAfter(match.role)) return behind_figure;
    if (match.role == Role::kMaximum) return FigureFollows(pos_ + match.length);
    const bool single = match.length == 1 && IsHan(text_[pos_]);
    const char32_t next = text_[pos_ + 1];
    const bool changes = match.role == Role::kUp || match.role == Role::kDown;
    if (single && changes && (next == U'到' || next == U'至')) return true;  // 降到
    if (single && IsCue(match.role)) return FigureFollows(pos_ + 1) || behind_figure;
    if (single && match.role == Role::kNow) return AtClauseStart();
    if (single && match.role == Role::kConditionEnd && text_[pos_] != U'后') {
      return behind_figure || Touches(Role::kOpaque) || Touches(Role::kConditionWord);
    }
    return true;
  }

  void ReadText() {
    const VocabularyMatch match = LongestWord(Ahead(pos_));
    const bool shield = match.length > 1 && match.role == Role::kWord;
    // 十分钟 is longer than 十分, 三维 is not longer than its shield.
    if ((IsNumeral(text_[pos_])) && NumeralLength(pos_) > (shield ? match.length : 0)) {
      return EmitNumber(*ReadNumeral(Ahead(pos_)), pos_, 1);
    }
    if (match.length > 0 && match.role != Role::kWord && Accepts(match))
      return Emit(match.role, match.length);
    if (!in_word_) word_begin_ = pos_;
    in_word_ = true;
    pos_ += shield ? match.length : 1;
  }

  const Runes& text_;
  std::vector<Token> tokens_;
  size_t pos_ = 0;
  size_t word_begin_ = 0;
  bool in_word_ = false;
};

}  // namespace

std::vector<Token> Tokenize(const Runes& text) { return Tokenizer(text).Run(); }

}  // namespace duijie::indicator
