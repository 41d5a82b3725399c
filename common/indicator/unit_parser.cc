// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/unit_parser.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "common/indicator/runes.h"

namespace duijie::indicator {
namespace {

constexpr int kMaxDenominatorDigits = 6;

char32_t Lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; }

// Multiplies `to` by from^(half_power / 2); false, `to` as it was, where a power or the factor leaves its
// range.
bool Multiply(const Unit& from, int half_power, Unit* to) {
  Dimensions product = to->dimensions;
  const auto add = [&](auto power_of) {
    int beyond = 0;
    for (size_t i = 0; i < kDimensions; ++i) {
      const int sum = product[i] + power_of(from.dimensions[i]);
      beyond |= static_cast<int>(std::abs(sum) > 2 * kMaxPower);
      product[i] = static_cast<int8_t>(sum);
    }
    return beyond == 0;
  };
  // The usual powers apart: they are sums.
  const bool fits = half_power == 2    ? add([](int own) { return own; })
                    : half_power == -2 ? add([](int own) { return -own; })
                                       : add([&](int own) { return own * half_power / 2; });
  if (!fits) return false;
  const double factor = half_power == 2    ? from.factor
                        : half_power == -2 ? 1 / from.factor
                                           : std::pow(from.factor, half_power / 2.0);
  if (!std::isfinite(to->factor * factor) || to->factor * factor <= 0) return false;
  to->dimensions = product;
  to->factor *= factor;
  return true;
}

double MultiplierOf(char32_t c) {
  switch (c) {
    case U'十':
      return 1e1;
    case U'百':
      return 1e2;
    case U'千':
      return 1e3;
    case U'万':
      return 1e4;
    case U'亿':
      return 1e8;
    default:
      return 0;
  }
}

class Parser {
 public:
  Parser(std::u32string_view text, const UnitVocabulary& vocabulary)
      : text_(text.substr(0, kMaxUnitRunes)), vocabulary_(vocabulary) {}

  std::optional<ParsedUnit> Parse() {
    ParsedUnit result;
    const bool multiplied = ReadMultiplier(&result.unit);
    const size_t name_begin = pos_;
    int powers = 0;
    bool powered = false;
    if (ReadPower(1, &result.unit, &powered)) {
      ++powers;
      result.name = text_.substr(name_begin, name_length_);
      while (ReadJoint() && ReadPower(1, &result.unit, &powered)) ++powers;
      pos_ = joint_start_;
    } else if (!multiplied && At(0) != U'/') {
      return std::nullopt;
    }
    const bool divided = ReadDenominators(&result.unit);
    if (!multiplied && powers == 0 && !divided) return std::nullopt;
    result.lone = powers == 1 && !multiplied && !divided && !powered;
    result.unit.offset = result.lone ? offset_ : 0;
    result.length = pos_;
    return result;
  }

 private:
  char32_t At(size_t ahead) const { return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : U'\0'; }

  bool ReadMultiplier(Unit* unit) {
    const size_t start = pos_;
    while (const double multiplier = MultiplierOf(At(0))) {
      // 千瓦 is a unit of its own; 千 alone belongs to the number.
      if (NameLength() > 1) break;
      unit->factor *= multiplier;
      ++pos_;
    }
    return pos_ > start;
  }

  // Code points of the longest name that starts with `first`, in either case.
  size_t LongestFrom(char32_t first) const {
    const auto exact = vocabulary_.longest.find(first);
    const auto lower = IsLatin(first) ? vocabulary_.longest.find(Lower(first)) : exact;
    const size_t length = exact == vocabulary_.longest.end() ? 0 : exact->second;
    return std::max(length, lower == vocabulary_.longest.end() ? 0 : lower->second);
  }

  // Length of the longest name here, 0 if none.
  size_t NameLength() {
    const size_t limit = std::min(LongestFrom(At(0)), text_.size() - pos_);
    std::u32string lower;
    for (size_t length = limit; length > 0; --length) {
      const std::u32string_view name = text_.substr(pos_, length);
      if (IsLatin(name.back()) && IsLatin(At(length)) && !QualifierLength(length)) continue;
      if (auto it = vocabulary_.exact.find(name); it != vocabulary_.exact.end()) {
        found_ = &it->second;
        return length;
      }
      // One letter in the wrong case is no unit on its own, but it is in W/m.k.
      if (!IsLatin(name.front()) || (length == 1 && pos_ == 0)) continue;
      lower.assign(name);
      std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
      if (auto it = vocabulary_.caseless.find(lower); it != vocabulary_.caseless.end()) {
        found_ = &it->second;
        return length;
      }
    }
    return 0;
  }

  // 油 of 每百公里油耗 is no qualifier.
  static bool NamesQuantity(char32_t next) {
    constexpr std::u32string_view kBegins = U"耗率量价费用成含度质气";
    return next != 0 && kBegins.find(next) != std::u32string_view::npos;
  }

  // Length of the qualifier `ahead` code points further on.
  size_t QualifierLength(size_t ahead) const {
    const size_t left = text_.size() - std::min(text_.size(), pos_ + ahead);
    for (size_t length = std::min(vocabulary_.longest_qualifier, left); length > 0; --length) {
      const std::u32string_view word = text_.substr(pos_ + ahead, length);
      if (IsLatin(word.back()) && IsLatin(At(ahead + length))) continue;
      if (vocabulary_.qualifiers.contains(word) && !NamesQuantity(At(ahead + length))) return length;
    }
    return 0;
  }

  // [name][power][qualifier]; `sign` is -1 in a denominator.
  bool ReadPower(int sign, Unit* unit, bool* powered) {
    const size_t length = NameLength();
    if (length == 0) return false;
    const Unit& named = *found_;
    name_length_ = length;
    const bool is_percent = text_[pos_ + length - 1] == U'%';
    pos_ += length;
    const int half_power = ReadExponent();
    if (half_power != 2) *powered = true;
    if (!Multiply(named, sign * half_power, unit)) return false;
    offset_ = named.offset;
    if (sign < 0 || is_percent) pos_ += QualifierLength(0);
    return true;
  }

  // Twice the exponent; 2 where none is written.
  int ReadExponent() {
    switch (At(0)) {
      case U'²':
        ++pos_;
        return 4;
      case U'³':
        ++pos_;
        return 6;
      case U'⁻':
        return ReadSuperscript();
      case U'^':
        return ReadCaret();
      default:
        return ReadPlainExponent();
    }
  }

  int ReadSuperscript() {
    static constexpr std::u32string_view kDigits = U"⁰¹²³⁴⁵⁶";
    const size_t digit = kDigits.find(At(1));
    if (At(1) == U'\0' || digit == std::u32string_view::npos || digit == 0) return 2;
    pos_ += 2;
    return -2 * static_cast<int>(digit);
  }

  int ReadCaret() {
    const bool bracket = At(1) == U'(';
    size_t at = 1 + (bracket ? 1 : 0);
    const bool minus = At(at) == U'-';
    if (minus) ++at;
    if (!IsDigit(At(at))) return 2;
    int halves = 2 * static_cast<int>(At(at) - U'0');
    ++at;
    if (At(at) == U'/' && At(at + 1) == U'2') {
      halves /= 2;
      at += 2;
    } else if (At(at) == U'.' && At(at + 1) == U'5') {
      halves += 1;
      at += 2;
    }
    if (bracket && At(at) == U')') ++at;
    pos_ += at;
    return minus ? -halves : halves;
  }

  // m2, m3, s-1: not where more of a number follows, as in 5m2.5.
  int ReadPlainExponent() {
    const bool minus = At(0) == U'-';
    const size_t at = minus ? 1 : 0;
    const char32_t digit = At(at);
    const bool allowed = (digit == U'2' || digit == U'3' || (minus && digit == U'1')) && pos_ > 0 &&
                         (IsLatin(text_[pos_ - 1]) || text_[pos_ - 1] == U'米');
    const char32_t next = At(at + 1);
    if (!allowed || IsDigit(next) || next == U'.' || next == U'%') return 2;
    // 5mm-2mm is a range.
    if (minus && IsLatin(next)) return 2;
    pos_ += at + 1;
    return (minus ? -2 : 2) * static_cast<int>(digit - U'0');
  }

  // A product sign before another name; leaves joint_start_ where it began.
  bool ReadJoint() {
    joint_start_ = pos_;
    const char32_t c = At(0);
    if (c != U'·' && c != U'*' && c != U'×' && c != U'.') return false;
    ++pos_;
    if (NameLength() > 0 && !IsDigit(At(0))) return true;
    pos_ = joint_start_;
    return false;
  }

  // Code points of / or 每, or of / with blanks around it before a name; 0 if there is none.
  size_t StrokeLength() const {
    if (At(0) == U'/' || At(0) == U'每') return At(0) == U'/' && At(1) == U' ' && IsLatin(At(2)) ? 2 : 1;
    return At(0) == U' ' && At(1) == U'/' && At(2) == U' ' && IsLatin(At(3)) ? 3 : 0;
  }

  bool ReadDenominators(Unit* unit) {
    bool any = false;
    for (size_t stroke = StrokeLength(); stroke > 0; stroke = StrokeLength()) {
      const size_t start = pos_;
      const Unit before = *unit;
      pos_ += stroke;
      if (!ReadDenominator(unit)) {
        *unit = before;
        pos_ = start;
        break;
      }
      any = true;
    }
    return any;
  }

  bool ReadDenominator(Unit* unit) {
    const bool bracket = At(0) == U'(';
    if (bracket) ++pos_;
    // 3000V/1min: for a minute.
    if (At(0) == U'1' && (At(1) == U'm' || At(1) == U's')) return false;
    ReadDivisor(unit);
    bool powered = false;
    if (!ReadPower(-1, unit, &powered)) return false;
    while (true) {
      if (bracket && At(0) == U'·' && IsDigit(At(1))) {  // g/(m²·24h)
        ++pos_;
        ReadDivisor(unit);
        if (!ReadPower(-1, unit, &powered)) return false;
      } else if (!ReadJoint() || !ReadPower(-1, unit, &powered)) {
        break;
      }
    }
    pos_ = joint_start_;
    if (!bracket) return true;
    if (At(0) != U')') return false;
    ++pos_;
    return true;
  }

  // 100 of L/100km, 万 of 次/万km.
  void ReadDivisor(Unit* unit) {
    double divisor = 0;
    for (int i = 0; i < kMaxDenominatorDigits && IsDigit(At(0)); ++i, ++pos_)
      divisor = divisor * 10 + (At(0) - U'0');
    if (divisor > 0) unit->factor /= divisor;
    while (MultiplierOf(At(0)) > 0 && NameLength() <= 1) {
      unit->factor /= MultiplierOf(At(0));
      ++pos_;
    }
  }

  const std::u32string_view text_;
  const UnitVocabulary& vocabulary_;
  const Unit* found_ = nullptr;
  double offset_ = 0;
  size_t pos_ = 0;
  size_t name_length_ = 0;
  size_t joint_start_ = 0;
};

}  // namespace

std::optional<ParsedUnit> ParseUnitPrefix(std::u32string_view text, const UnitVocabulary& vocabulary) {
  return Parser(text, vocabulary).Parse();
}

}  // namespace duijie::indicator
