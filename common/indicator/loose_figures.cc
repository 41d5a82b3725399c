// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/loose_figures.h"

#include <algorithm>
#include <optional>
#include <string>

#include "common/indicator/number.h"
#include "common/indicator/runes.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

using View = std::u32string_view;

constexpr size_t kReach = 48;        // code points that a figure may span
constexpr double kFewest = 10;       // of what is counted in numerals: 三个 are mostly no figure
constexpr double kFirstOrdinal = 3;  // 第一年, 第二次 count nothing

struct LooseMeasure {
  View word;
  std::string_view unit;
  double factor;
};
// Longer words before those that begin them.
constexpr LooseMeasure kTimes[] = {{U"个世纪", "年", 100}, {U"世纪", "年", 100},   {U"个季度", "个月", 3},
                                   {U"季度", "个月", 3},   {U"个月", "个月", 1},   {U"个星期", "天", 7},
                                   {U"星期", "天", 7},     {U"昼夜", "天", 1},     {U"个小时", "小时", 1},
                                   {U"小时", "小时", 1},   {U"个钟头", "小时", 1}, {U"钟头", "小时", 1},
                                   {U"刻钟", "分钟", 15},  {U"分钟", "分钟", 1},   {U"min", "分钟", 1},
                                   {U"秒钟", "秒", 1},     {U"秒", "秒", 1},       {U"年", "年", 1},
                                   {U"天", "天", 1},       {U"h", "小时", 1},      {U"s", "秒", 1}};
constexpr LooseMeasure kTurns[] = {{U"个来回", "次", 1}, {U"来回", "次", 1}, {U"个循环", "次", 1},
                                   {U"趟", "次", 1},     {U"遍", "次", 1},   {U"轮", "次", 1},
                                   {U"批", "次", 1},     {U"回", "次", 1},   {U"炉", "次", 1},
                                   {U"代", "次", 1},     {U"圈", "次", 1},   {U"次", "次", 1}};

template <size_t kCount>
const LooseMeasure* LooseMeasureAt(const LooseMeasure (&measures)[kCount], View text) {
  const auto found = std::find_if(std::begin(measures), std::end(measures), [&](const LooseMeasure& measure) {
    return text.starts_with(measure.word);
  });
  if (found == std::end(measures)) return nullptr;
  // s of sccm is no second.
  const bool ends_in_letters = IsLatin(found->word.back());
  const bool goes_on = text.size() > found->word.size() &&
                       (IsLatin(text[found->word.size()]) || text[found->word.size()] == U'/');
  return ends_in_letters && goes_on ? nullptr : found;
}

struct SpokenValue {
  double value = 0;
  std::string unit;
  size_t length = 0;  // code points
  bool about = false;
};

SpokenValue Of(double value, const LooseMeasure& measure, size_t length) {
  return {value * measure.factor, std::string(measure.unit), length, false};
}

// 半年, 半个世纪, 半个月.
std::optional<SpokenValue> Half(View text) {
  if (!text.starts_with(U'半')) return std::nullopt;
  const LooseMeasure* const time = LooseMeasureAt(kTimes, text.substr(1));
  if (time == nullptr) return std::nullopt;
  return Of(0.5, *time, 1 + time->word.size());
}

// 一刻钟, 三个半钟头, 一分半钟, 两年半, 十来秒钟, 620万趟.
std::optional<SpokenValue> Measured(View text) {
  const auto number = ReadScaled(text);
  if (!number) return std::nullopt;
  View rest = text.substr(number->length);
  size_t length = number->length;
  constexpr View kOneHalf = U"个半";
  const bool half = rest.starts_with(kOneHalf);
  if (half || (rest.starts_with(U'来') && !rest.starts_with(U"来回"))) {
    const size_t word = half ? kOneHalf.size() : 1;
    length += word;
    rest.remove_prefix(word);
  }
  if (half && rest.starts_with(U'月')) return SpokenValue{number->value + 0.5, "个月", length + 1, false};
  if (rest.starts_with(U"分半")) {
    const size_t clock = rest.starts_with(U"分半钟") ? 3 : 2;
    return SpokenValue{number->value + 0.5, "分钟", length + clock, false};
  }
  const LooseMeasure* measure = LooseMeasureAt(kTimes, rest);
  if (measure == nullptr && !half) measure = LooseMeasureAt(kTurns, rest);
  if (measure == nullptr) return std::nullopt;
  SpokenValue figure = Of(number->value + (half ? 0.5 : 0), *measure, length + measure->word.size());
  figure.about = length > number->length && !half;
  const bool and_half = number->chinese && text.substr(figure.length).starts_with(U'半');
  if (and_half && !half) {
    figure.value += 0.5 * measure->factor;
    ++figure.length;
  }
  return figure;
}

// 六千张, 四万八千个.
std::optional<SpokenValue> Counted(View text) {
  const auto number = ReadScaled(text);
  if (!number || !number->chinese || number->value < kFewest) return std::nullopt;
  const View rest = text.substr(number->length);
  const size_t unit = UnitLength(rest);
  if (unit == 0) return std::nullopt;
  return SpokenValue{number->value, ToUtf8(rest.substr(0, unit)), number->length + unit, false};
}

class LooseReader {
 public:
  explicit LooseReader(std::string_view text) : runes_(text, kMaxTextBytes) {}

  std::vector<LooseFigure> Run() {
    for (size_t at = 0; at < runes_.size() && found_.size() < kMaxLooseFigures;)
      at = std::max(Read(at), at + 1);
    return std::move(found_);
  }

 private:
  View Ahead(size_t at) const {
    return runes_.view(std::min(at, runes_.size()), std::min(runes_.size(), at + kReach));
  }

  // Where to go on.
  size_t Read(size_t at) {
    const char32_t c = runes_[at];
    if (c == U'第') return ReadOrdinal(at);
    if (c == U'每') return ReadEach(at);
    if (c == U'半') {
      if (const auto half = Half(Ahead(at))) return Add(at, *half, LooseAs::kSpoken);
      return at;
    }
    if (!IsDigit(c) && !IsNumeral(c)) return at;
    auto figure = Measured(Ahead(at));
    if (!figure) figure = Counted(Ahead(at));
    if (figure) return Add(at, *figure, LooseAs::kSpoken);
    while (IsDigit(runes_[at]) || runes_[at] == U'.') ++at;
    return at;
  }

  size_t ReadOrdinal(size_t at) {
    const auto figure = Measured(Ahead(at + 1));
    if (!figure) return at;
    if (figure->value < kFirstOrdinal) return at + 1 + figure->length;
    return Add(at + 1, *figure, LooseAs::kOrdinal);
  }

  size_t ReadEach(size_t at) {
    constexpr size_t kMaxDoing = 8;  // code points of what is done in the time
    size_t begin = at + 1;
    if (runes_[begin] == U'隔') ++begin;
    if (const LooseMeasure* const time = LooseMeasureAt(kTimes, Ahead(begin)))
      return Add(at, Of(1, *time, begin - at + time->word.size()), LooseAs::kPer);
    auto figure = Measured(Ahead(begin));
    if (!figure || figure->unit == "次") return at;
    const View behind = Ahead(begin + figure->length).substr(0, kMaxDoing);
    const size_t one = behind.find_first_of(U"一1");
    if (one == View::npos || behind.find_first_of(U"，。；,;") < one) return at;
    figure->unit += "/件";
    return Add(begin, *figure, LooseAs::kTurn);
  }

  size_t Add(size_t at, const SpokenValue& figure, LooseAs as) {
    LooseFigure loose{{}, as};
    loose.figure.value = figure.value;
    loose.figure.unit = figure.unit;
    loose.figure.is_about = figure.about;
    loose.figure.value_span = {runes_.ByteOf(at), runes_.ByteOf(at + figure.length)};
    loose.figure.whole = loose.figure.value_span;
    found_.push_back(std::move(loose));
    return at + figure.length;
  }

  const Runes runes_;
  std::vector<LooseFigure> found_;
};

}  // namespace

std::vector<LooseFigure> LooseFigures(std::string_view text) { return LooseReader(text).Run(); }

}  // namespace duijie::indicator
