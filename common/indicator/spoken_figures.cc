// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/spoken_figures.h"

#include <algorithm>

#include "common/indicator/look_ahead.h"
#include "common/indicator/number.h"
#include "common/indicator/units.h"

namespace duijie::indicator {

std::optional<SpokenFigure> FractionAt(const Runes& text, size_t at) {
  const size_t slash = at + 1;
  if (text[slash] != U'/' || !IsDigit(text[slash + 1]) || text[at] == U'0') return std::nullopt;
  const size_t digits = IsDigit(text[slash + 2]) ? 2 : 1;
  const size_t end = slash + 1 + digits;
  if (IsDigit(text[end]) || IsLatin(text[end]) || text[end] == U'/' || text[end] == U'.') return std::nullopt;
  double whole = 0;
  for (size_t i = slash + 1; i < end; ++i) whole = whole * 10 + (text[i] - U'0');
  const double part = text[at] - U'0';
  if (whole <= part) return std::nullopt;
  return SpokenFigure{part * 100 / whole, "%", end - at, false};
}

std::optional<SpokenFigure> TwoPartTimeAt(const Runes& text, size_t at) {
  struct TwoParts {
    std::u32string_view larger;
    std::u32string_view smaller;
    std::string_view unit;
    double ratio;
  };
  // Longer words before those that begin them.
  static constexpr TwoParts kTimes[] = {{U"分钟", U"秒", "秒", 60},     {U"分", U"秒", "秒", 60},
                                        {U"min", U"s", "s", 60},        {U"小时", U"分", "分钟", 60},
                                        {U"个小时", U"分", "分钟", 60}, {U"h", U"min", "min", 60},
                                        {U"天", U"小时", "小时", 24},   {U"天", U"个小时", "小时", 24},
                                        {U"d", U"h", "h", 24},          {U"年", U"个月", "个月", 12}};
  const ReadNumber first = ReadDigits(Ahead(text, at));
  for (const TwoParts& time : kTimes) {
    const size_t middle = at + first.length;
    if (first.length == 0 || !Ahead(text, middle).starts_with(time.larger)) continue;
    const size_t rest = middle + time.larger.size();
    if (!IsDigit(text[rest])) continue;
    const ReadNumber second = ReadDigits(Ahead(text, rest));
    size_t end = rest + second.length;
    if (second.value >= time.ratio || !Ahead(text, end).starts_with(time.smaller)) continue;
    end += time.smaller.size();
    if (text[end] == U'钟') ++end;
    if (IsLatin(text[end]) || text[end] == U'/') continue;
    return SpokenFigure{first.value * time.ratio + second.value, time.unit, end - at, false};
  }
  return std::nullopt;
}

std::optional<SpokenFigure> HoursAt(const Runes& text, size_t at, const ReadNumber& number) {
  if (text[at] != U'个' || !number.unit.empty()) return std::nullopt;
  const bool half = text[at + 1] == U'半';
  const size_t unit = at + (half ? 2 : 1);
  for (const auto& [word, name] : {std::pair{U"小时", "小时"}, {U"钟头", "钟头"}}) {
    if (Ahead(text, unit).starts_with(word))
      return SpokenFigure{number.value + (half ? 0.5 : 0), name, unit + 2 - (at - number.length), false};
  }
  return std::nullopt;
}

std::optional<SpokenFigure> DoublingAt(const Runes& text, size_t at) {
  if (text[at] != U'翻' && text[at] != U'减') return std::nullopt;
  const std::u32string_view rest = Ahead(text, at);
  for (const std::u32string_view word : {U"翻了一番", U"翻一番", U"翻番", U"翻了一倍", U"翻一倍", U"翻倍"}) {
    if (rest.starts_with(word)) return SpokenFigure{1, "倍", word.size(), false};
  }
  for (const std::u32string_view word : {U"翻了两番", U"翻两番"}) {
    if (rest.starts_with(word)) return SpokenFigure{3, "倍", word.size(), false};
  }
  if (rest.starts_with(U"减半")) return SpokenFigure{50, "%", 2, true};
  return std::nullopt;
}

size_t IndefiniteLength(const Runes& text, size_t at) {
  static constexpr std::u32string_view kPlaces = U"十百千万亿";
  const bool vague = text[at] == U'数' || text[at] == U'几' || text[at] == U'上';
  if (!vague || text[at + 1] == 0 || kPlaces.find(text[at + 1]) == std::u32string_view::npos) return 0;
  size_t end = at + 2;
  while (text[end] != 0 && kPlaces.find(text[end]) != std::u32string_view::npos) ++end;
  const size_t unit = UnitLength(Ahead(text, end));
  return unit == 0 ? 0 : end + unit - at;
}

}  // namespace duijie::indicator
