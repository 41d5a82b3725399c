// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/tokenizer.h"

#include <algorithm>
#include <string_view>

#include "common/indicator/look_ahead.h"
#include "common/indicator/number.h"
#include "common/indicator/opaque.h"
#include "common/indicator/spoken_figures.h"
#include "common/indicator/token_scan.h"
#include "common/indicator/units.h"
#include "common/indicator/word_parts.h"
#include "common/indicator/word_senses.h"

namespace duijie::indicator {
namespace {

constexpr char32_t kFirstCircled = 0x2460;
constexpr char32_t kLastCircled = 0x2473;

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

bool IsDiameterSign(char32_t c) { return c == U'Φ' || c == U'φ' || c == U'Ø' || c == U'⌀'; }

// A scan that reads.
class Tokenizer : private TokenScan {
 public:
  Tokenizer(const Runes& whole, size_t begin, size_t stop) : TokenScan(whole, begin, stop) {}

  std::vector<Token> Run() {
    tokens.reserve((limit - pos) / 2 + 1);
    while (pos < limit) Step();
    FlushWord();
    return std::move(tokens);
  }

 private:
  void Step() {
    const char32_t c = text[pos];
    if (c == U' ') {
      FlushWord();
      ++pos;
    } else if (Touches(Role::kRange) && IsDiameterSign(c) && IsDigit(text[pos + 1])) {
      ++pos;  // Φ20~Φ89mm
    } else if (IsDigit(c)) {
      ReadFigure(pos, 1);
    } else if (!ReadSign() && !ReadOrdinalOrMark() && !ReadLatin() && !ReadPer() && !ReadDoubling() &&
               !ReadIndefinite() && !ReadComparative()) {
      ReadText();
    }
  }

  // A number at `at`, the sign before it already read; it begins at pos.
  void ReadFigure(size_t at, double sign) {
    if (AtClauseStart() && sign > 0) {
      if (const size_t mark = ListMark(text, at)) return Emit(Role::kComma, mark);
    }
    if (sign > 0 && ReadDigitFraction()) return;
    if (const auto time = TwoPartTimeAt(text, at)) {
      FlushWord();
      PushSpoken(*time, pos);
      return;
    }
    if (const size_t length = OpaqueDigits(text, at)) return Emit(Role::kOpaque, at + length - pos);
    const ReadNumber number = ReadDigits(Ahead(text, at));
    EmitNumber(number, at, sign);
  }

  // 1/3 where a share is expected: 降低1/3, 减少到原来的1/3.
  bool ReadDigitFraction() {
    if (in_word || tokens.empty()) return false;
    const Token& last = tokens.back();
    const bool of = last.role == Role::kOf || (last.role == Role::kFiller && text[last.end - 1] == U'的');
    if (!of && !IsCue(last.role)) return false;
    const auto fraction = FractionAt(text, pos);
    if (!fraction) return false;
    PushSpoken(*fraction, pos);
    return true;
  }

  void PushSpoken(const SpokenFigure& figure, size_t begin) {
    Token& token = Push(Role::kNumber, begin, pos + figure.length);
    token.value = figure.value;
    token.implied_unit = figure.unit;
    pos += figure.length;
  }

  bool ReadDoubling() {
    const auto doubling = DoublingAt(text, pos);
    if (!doubling) return false;
    FlushWord();
    Push(doubling->falls ? Role::kDown : Role::kUp, pos, pos + 1);
    PushSpoken(*doubling, pos + 1);
    return true;
  }

  bool ReadIndefinite() {
    const size_t length = IndefiniteLength(text, pos);
    if (length > 0) Emit(Role::kOpaque, length);
    return length > 0;
  }

  // 比进口产品高30%: behind a baseline an adjective is a change.
  bool ReadComparative() {
    static constexpr std::u32string_view kMore = U"高快多长大宽强厚重";
    static constexpr std::u32string_view kLess = U"低少短小薄轻慢窄";
    const char32_t c = text[pos];
    const bool more = kMore.find(c) != std::u32string_view::npos;
    if (!baseline || (!more && kLess.find(c) == std::u32string_view::npos)) return false;
    size_t length = 1;
    if (text[pos + 1] == U'了' || text[pos + 1] == U'出') length = 2;
    if (text[pos + 1] == U'于' || !FigureFollows(text, pos + length)) return false;
    Emit(more ? Role::kUp : Role::kDown, length);
    return true;
  }

  void EmitNumber(const ReadNumber& number, size_t at, double sign) {
    const size_t begin = pos;
    const size_t end = at + number.length;
    FlushWord();
    const char32_t next = text[end];
    if (next == U'多' || next == U'余' || next == U'几') {  // 100余家: no definite figure
      pos = end + 1;
      const size_t unit = UnitLength(Ahead(text, pos));
      pos += unit;
      Push(Role::kOpaque, begin, pos);
      return;
    }
    if (const auto hours = HoursAt(text, end, number)) {
      PushSpoken(*hours, begin);
      return;
    }
    Token& token = Push(Role::kNumber, begin, end);
    token.value = sign * number.value;
    token.implied_unit = number.unit;
    token.chinese = number.chinese;
    token.indefinite = number.indefinite;
    pos = end;
    if (number.unit.empty()) ReadUnit();
  }

  void ReadUnit() {
    const size_t begin = text[pos] == U' ' ? pos + 1 : pos;
    const size_t length = UnitLength(Ahead(text, begin));
    if (length == 0 || IsOtherWord(begin, length)) return;
    const size_t number = tokens.size() - 1;
    Push(Role::kUnit, begin, begin + length);
    pos = begin + length;
    if (tokens[number].chinese && text[pos] == U'半' && text[pos - 1] != U'半') {  // 一年半
      tokens[number].value += 0.5;
      Emit(Role::kFiller, 1);
    }
  }

  // (20~25)W/(m·K), also with ×10⁻⁶ between: the unit of what stands in the bracket.
  void ReadUnitBehindBracket() {
    const size_t count = tokens.size();
    if (count < 5 || tokens[count - 2].role != Role::kNumber || tokens[count - 5].role != Role::kOpen) return;
    const Role joint = tokens[count - 3].role;
    if (joint != Role::kRange && joint != Role::kPlusMinus) return;
    const size_t length = UnitLength(Ahead(text, pos));
    if (length == 0 || IsOtherWord(pos, length)) return;
    Push(Role::kUnit, pos, pos + length);
    pos += length;
  }

  // 811目前, 3元素: the sign of a unit that begins another word.
  bool IsOtherWord(size_t begin, size_t length) const {
    return length == 1 && BeginsOtherWord(Ahead(text, begin));
  }

  // -40, 零下30, 负5; a dash behind a figure is a range.
  bool ReadSign() {
    const std::u32string_view rest = Ahead(text, pos);
    size_t length = 0;
    if (rest.starts_with(U"零下")) length = 2;
    if (rest.starts_with(U"负") || rest.starts_with(U"-") || rest.starts_with(U"+")) length = 1;
    if (length == 0 || !IsDigit(text[pos + length])) return false;
    if (rest.front() == U'-' && TouchesFigure()) return false;
    ReadFigure(pos + length, rest.front() == U'+' ? 1 : -1);
    return true;
  }

  bool ReadOrdinalOrMark() {
    if (const size_t length = Ordinal(text, pos)) {
      Emit(Role::kOpaque, length);
      return true;
    }
    if (text[pos] >= kFirstCircled && text[pos] <= kLastCircled) {
      Emit(Role::kComma, 1);
      return true;
    }
    return false;
  }

  bool ReadLatin() {
    if (!IsLatin(text[pos])) return false;
    const size_t length = LatinWord(text, pos);
    const std::u32string_view latin = text.view(pos, pos + length);
    // 300 to 500
    if (latin == U"to" && !tokens.empty() && IsFigure(tokens.back().role) &&
        FigureFollows(text, pos + length)) {
      Emit(Role::kRange, length);
      return true;
    }
    const bool leads = IsLeadingUnit(latin);
    Emit(leads ? Role::kUnit : Role::kLatin, length + (leads ? LoadLength(text, pos + length) : 0));
    return true;
  }

  // 每小时, 每吨, 每粉磨一吨: the unit behind 每. The token begins one before the unit.
  bool ReadPer() {
    if (text[pos] == U'一') return ReadOneOf();
    if (text[pos] != U'每') return false;
    if (const size_t turn = TurnLength(text, pos)) {
      Emit(Role::kEach, turn);
      return true;
    }
    size_t at = pos + 1 + std::max(ProcessLength(Ahead(text, pos + 1)), DoingLength(Ahead(text, pos + 1)));
    if (text[at] == U'1' && !IsDigit(text[at + 1]) && text[at + 1] != U'.') ++at;
    if (text[at] == U'一') ++at;
    std::u32string per(Ahead(text, at - 1));  // 每班, 每吨水: as behind a stroke
    per.front() = U'/';
    const size_t length = std::max<size_t>(UnitLength(per), 1) - 1;
    if (length == 0) return false;
    Emit(Role::kPer, at + length - pos);
    tokens.back().begin = static_cast<uint32_t>(at - 1);
    return true;
  }

  // 一分钟可走3.2米: as 每分钟.
  bool ReadOneOf() {
    if (IsRated(*this)) {
      std::u32string per(Ahead(text, pos));
      per.front() = U'/';
      const size_t length = UnitLength(per);
      if (length > 1 && (FigureFollows(text, pos + length) || BoundFollows(text, pos + length))) {
        Emit(Role::kPer, length);
        return true;
      }
    }
    static constexpr std::u32string_view kTimes[] = {U"分钟", U"小时", U"昼夜", U"天", U"秒", U"年"};
    for (const std::u32string_view time : kTimes) {
      if (!Ahead(text, pos + 1).starts_with(time)) continue;
      const char32_t next = text[pos + 1 + time.size()];
      if (next != U'可' && next != U'能' && next != U'每') return false;
      Emit(Role::kPer, 1 + time.size());
      return true;
    }
    return false;
  }

  bool StartsNumeral() const {
    const char32_t c = text[pos];
    return IsNumeral(c) || (c == U'万' && Ahead(text, pos).starts_with(U"万分之"));
  }

  void ReadText() {
    VocabularyMatch match = LongestWord(Ahead(text, pos));
    if (const size_t scale = ShoreLength(Ahead(text, pos))) return Emit(Role::kUnit, scale);
    if (const size_t ability = AbilityLength(text, pos); ability > match.length)
      match = {Role::kWord, ability};
    // 减排二氧化碳5000吨: a verb with an object.
    const bool has_object = match.role == Role::kSavingName && Ahead(text, pos).starts_with(U"减排二氧化");
    if (has_object) match.role = Role::kDown;
    // 10A下压降: behind a figure 下 ends a condition.
    if (text[pos] == U'下' && match.role == Role::kWord && match.length > 1 && Touches(Role::kUnit) &&
        !Ahead(text, pos).starts_with(U"下限"))
      return Emit(Role::kConditionEnd, 1);
    if (text[pos] == U'处' && Touches(Role::kUnit) && match.length <= 1)  // 1550nm处衰减系数
      return Emit(Role::kConditionEnd, 1);
    const bool shield = match.length > 1 && match.role == Role::kWord;
    // 十分钟 is longer than 十分, 三维 is not longer than its shield.
    if (StartsNumeral() && NumeralLength(text, pos) > (shield ? match.length : 0)) {
      return EmitNumber(*ReadNumeral(Ahead(text, pos)), pos, 1);
    }
    if (WishesChange(*this, match)) return Emit(Role::kFiller, match.length);
    if (const Role trailing = TrailingBound(*this, match); trailing != Role::kWord)
      return Emit(trailing, match.length);
    if (match.length > 0 && match.role != Role::kWord && HoldsHere(*this, match)) {
      Emit(match.role, match.length);
      if (match.role == Role::kClose) ReadUnitBehindBracket();
      return;
    }
    Grow(shield || BeginsName(match, Ahead(text, pos + match.length)) ? match.length : 1);
  }
};

}  // namespace

std::vector<Token> Tokenize(const Runes& text) { return Tokenizer(text, 0, text.size()).Run(); }

std::vector<Token> Tokenize(const Runes& text, size_t begin, size_t end) {
  return Tokenizer(text, begin, end).Run();
}

}  // namespace duijie::indicator
