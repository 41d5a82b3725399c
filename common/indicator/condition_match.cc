// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/condition_match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "common/indicator/holds.h"
#include "common/indicator/quantities.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

constexpr size_t kMaxConditionBytes = 1024;
constexpr double kRoomCelsius = 25;
constexpr double kMildKelvin = 40;  // from room temperature
constexpr double kSameTolerance = 1e-6;
constexpr double kKelvinOfRoom = 273.15 + kRoomCelsius;

constexpr std::array<std::u32string_view, 17> kDefaults = {
    U"室温", U"常温",     U"常压", U"常温常压", U"25℃",    U"20℃",  U"23℃",  U"25°C", U"目前",
    U"现有", U"标准状态", U"现",   U"原来",     U"室温下", U"现在", U"原有", U"传统"};
constexpr std::array<std::u32string_view, 6> kFullLoad = {U"满负荷",   U"满载",     U"满载工况",
                                                          U"额定负荷", U"额定负载", U"额定工况"};

std::u32string Bare(std::string_view condition) {
  std::u32string folded = ToFolded(condition.substr(0, kMaxConditionBytes));
  std::erase_if(folded, [](char32_t c) { return c == U' ' || c == U'，' || c == U','; });
  for (const std::u32string_view end : {U"条件下", U"环境下", U"时", U"下", U"后", U"倍率"}) {
    if (folded.ends_with(end) && folded.size() > end.size()) folded.resize(folded.size() - end.size());
  }
  return folded;
}

bool IsDefault(const std::u32string& condition) {
  return condition.empty() || std::find(kDefaults.begin(), kDefaults.end(), condition) != kDefaults.end();
}

struct Measured {
  double value;
  Unit unit;
};

// The figures of the condition in the order of the text; full load is 100 %.
std::vector<Measured> FiguresOf(std::string_view condition) {
  const std::u32string folded = ToFolded(condition);
  for (const std::u32string_view load : kFullLoad) {
    if (folded.find(load) != std::u32string::npos) return {Measured{100, *ParseUnit("%")}};
  }
  std::vector<Measured> figures;
  // 双85: 85 ℃ and 85 % of humidity.
  if (folded.find(U"双85") != std::u32string::npos) {
    figures.push_back({85, *ParseUnit("℃")});
    figures.push_back({85, *ParseUnit("%RH")});
  }
  // 85℃/85%RH: two figures, no unit of its own.
  std::string apart(condition.substr(0, kMaxConditionBytes));
  for (size_t at = apart.find("℃/"); at != std::string::npos; at = apart.find("℃/")) {
    apart.replace(at + std::string_view("℃").size(), 1, "，");
  }
  const Runes runes(apart, kMaxConditionBytes);
  for (const Quantity& quantity : GroupQuantities(runes, Tokenize(runes)).quantities) {
    if (const auto unit = ParseUnit(quantity.unit); unit && !quantity.unit.empty())
      figures.push_back({quantity.upper.value_or(quantity.value), *unit});
  }
  return figures;
}

bool IsTemperature(const Unit& unit) { return unit.offset != 0 || Convertible(unit, *ParseUnit("K")); }

// How far from room temperature, and on which side; other quantities are harder where they are larger.
double Severity(const Measured& figure) {
  const double base = figure.value * figure.unit.factor + figure.unit.offset;
  return IsTemperature(figure.unit) ? base - kKelvinOfRoom : base;
}

// Temperatures far from that of a room.
const Measured* SevereTemperature(const std::vector<Measured>& figures) {
  for (const Measured& figure : figures) {
    if (IsTemperature(figure.unit) && std::abs(Severity(figure)) > kMildKelvin) return &figure;
  }
  return nullptr;
}

ConditionMatch BySeverity(double wanted, double stated) {
  if (wanted * stated < 0 && std::abs(wanted) > 0) {
    // Cold against hot, except that near room temperature the other side is merely easier.
    return std::abs(stated) < std::abs(wanted) ? ConditionMatch::kEasier : ConditionMatch::kOther;
  }
  if (std::abs(wanted - stated) <= kSameTolerance * std::max(std::abs(wanted), std::abs(stated)))
    return ConditionMatch::kSame;
  return std::abs(stated) > std::abs(wanted) ? ConditionMatch::kHarder : ConditionMatch::kEasier;
}

// What heat makes better, and what it wears.
bool GainsByHeat(std::string_view name) {
  return HoldsOneOf(name, {"粘度", "黏度", "电导率", "溶解度", "流动"});
}
bool SuffersByHeat(std::string_view name) {
  return HoldsOneOf(name,
                    {"强度", "硬度", "模量", "保持率", "绝缘", "寿命", "附着", "粘结力", "拉力", "承载"});
}

// States of one scale from the easy to the hard, words separated by '|'.
constexpr std::u32string_view kScales[][3] = {
    {U"干态|干燥|干摩擦|干式|绝干", U"湿态|潮湿|浸水|吸水饱和|饱水|湿热|泡水", U""},
    {U"空载|待机|怠速", U"半载|轻载|部分负荷|50%负荷", U"满载|满负荷|额定负"},
    {U"实验室|小试|烧杯|试验室", U"中试", U"量产|批量|工业化|规模化|生产线"},
    {U"静态", U"动态", U""},
    {U"室内", U"室外|户外|野外|露天", U""},
    {U"清水", U"污水|含砂|含沙|海水", U""},
};

bool HoldsAny(std::u32string_view text, std::u32string_view words) {
  while (!words.empty()) {
    const size_t bar = std::min(words.find(U'|'), words.size());
    if (text.find(words.substr(0, bar)) != std::u32string_view::npos) return true;
    words.remove_prefix(std::min(bar + 1, words.size()));
  }
  return false;
}

// Of conditions that a scale holds both of.
std::optional<ConditionMatch> ByScale(std::u32string_view wanted, std::u32string_view stated) {
  for (const auto& scale : kScales) {
    int a = -1;
    int b = -1;
    for (int rank = 0; rank < 3; ++rank) {
      if (HoldsAny(wanted, scale[rank])) a = rank;
      if (HoldsAny(stated, scale[rank])) b = rank;
    }
    if (a < 0 || b < 0) continue;
    return a == b ? ConditionMatch::kSame : a < b ? ConditionMatch::kHarder : ConditionMatch::kEasier;
  }
  return std::nullopt;
}

// The worst of the pairs of figures whose units convert; nullopt if there is none.
std::optional<ConditionMatch> ByFigures(const std::vector<Measured>& wanted,
                                        const std::vector<Measured>& stated) {
  constexpr ConditionMatch kWorstFirst[] = {ConditionMatch::kOther, ConditionMatch::kEasier,
                                            ConditionMatch::kSame, ConditionMatch::kHarder};
  std::optional<size_t> worst;
  for (const Measured& a : wanted) {
    for (const Measured& b : stated) {
      if (!Convertible(a.unit, b.unit)) continue;
      const ConditionMatch match = BySeverity(Severity(a), Severity(b));
      const size_t rank = static_cast<size_t>(
          std::find(std::begin(kWorstFirst), std::end(kWorstFirst), match) - std::begin(kWorstFirst));
      worst = std::min(worst.value_or(rank), rank);
      break;
    }
  }
  return worst ? std::optional(kWorstFirst[*worst]) : std::nullopt;
}

// The target asks for nothing, or for a room's temperature.
ConditionMatch AgainstDefault(std::string_view wanted, std::string_view stated, std::string_view name) {
  const std::vector<Measured> figures = FiguresOf(stated);
  const Measured* severe = SevereTemperature(figures);
  const bool hot = severe != nullptr ? Severity(*severe) > 0 : stated.find("高温") != std::string_view::npos;
  if (hot && GainsByHeat(name)) return ConditionMatch::kEasier;
  if (wanted.empty()) return severe != nullptr ? ConditionMatch::kHarder : ConditionMatch::kSame;
  // 平均温度25℃: near that of a room.
  const bool mild =
      severe == nullptr && std::any_of(figures.begin(), figures.end(),
                                       [](const Measured& figure) { return IsTemperature(figure.unit); });
  if (mild) return ConditionMatch::kSame;
  return hot && SuffersByHeat(name) ? ConditionMatch::kHarder : ConditionMatch::kOther;
}

}  // namespace

ConditionMatch MatchConditions(std::string_view wanted, std::string_view stated, std::string_view name) {
  if (wanted == stated) return ConditionMatch::kSame;
  const std::u32string want = Bare(wanted);
  const std::u32string have = Bare(stated);
  if (want == have) return ConditionMatch::kSame;
  const bool default_wanted = IsDefault(want);
  const bool default_stated = IsDefault(have);
  if (default_wanted && default_stated) return ConditionMatch::kSame;
  if (default_wanted) return AgainstDefault(wanted, stated, name);
  if (have.empty()) return ConditionMatch::kMissing;
  if (have.find(want) != std::u32string::npos) return ConditionMatch::kSame;
  if (const auto match = ByFigures(FiguresOf(wanted), FiguresOf(stated))) return *match;
  if (const auto match = ByScale(want, have)) return *match;
  return default_stated ? ConditionMatch::kEasier : ConditionMatch::kOther;
}

}  // namespace duijie::indicator
