// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/demands.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "common/demand/demand_reader.h"
#include "common/indicator/better_side.h"
#include "common/text/encoding.h"

namespace duijie::matching {
namespace {

using indicator::Comparator;
using indicator::Indicator;
using indicator::TextSpan;

constexpr size_t kRunesBeforeCore = 60;  // of a long sentence, shown before the figure
constexpr std::string_view kMeantAtLeast = "（按不低于理解）";
constexpr std::string_view kMeantAtMost = "（按不高于理解）";
constexpr auto kMoreIsBetter = std::to_array<std::string_view>(
    {"耐",     "寿命",   "强度", "合格率", "回收率", "去除率", "脱除率", "收率", "转化率", "保持率", "准确率",
     "识别率", "成活率", "效率", "容量",   "续航",   "带宽",   "准确度", "能力", "货架期", "保质期"});

bool EndsOrBegins(std::string_view name, std::string_view word) {
  return name.starts_with(word) || name.ends_with(word);
}

// The note for the text; "" where the figure is left as it is. Below zero (耐寒-15℃) more would be less.
std::string_view ReadAsBound(Indicator* figure) {
  if (figure->comparator != Comparator::kEqual || figure->is_about || figure->value <= 0) return "";
  if (indicator::IsBetterSmall(figure->name)) {
    figure->comparator = Comparator::kAtMost;
    return kMeantAtMost;
  }
  const bool more = std::any_of(kMoreIsBetter.begin(), kMoreIsBetter.end(),
                                [&](std::string_view word) { return EndsOrBegins(figure->name, word); });
  if (!more) return "";
  figure->comparator = Comparator::kAtLeast;
  return kMeantAtLeast;
}

std::string TextOf(const Indicator& figure) {
  std::string text = indicator::BoundText(figure);
  if (!figure.condition.empty()) text += "（" + figure.condition + "）";
  return text;
}

bool SameDemand(const Indicator& a, const Indicator& b) {
  return a.name == b.name && a.comparator == b.comparator && a.value == b.value && a.upper == b.upper &&
         a.unit == b.unit && a.condition == b.condition;
}

class Collector {
 public:
  Collector(const SourceRecord& need, const indicator::NameTable& names) : need_(need), names_(names) {}

  std::vector<Demand> Run() {
    for (const v1::Indicator& target : need_.indicators) AddStructured(target);
    structured_ = demands_.size();
    for (const FigureText& text : need_.figure_texts) {
      switch (text.kind) {
        case FigureTextKind::kTitle:
          AddText(need_.title, DemandText::kTitle);
          break;
        case FigureTextKind::kDescription:
          AddText(need_.body[text.body], DemandText::kDescription);
          break;
        case FigureTextKind::kCurrentPractice:
          AddText(need_.body[text.body], DemandText::kCurrentPractice);
          break;
        case FigureTextKind::kSpecification:
          AddText(need_.body[text.body], DemandText::kSpecification);
          break;
        default:
          break;
      }
    }
    for (Demand& demand : demands_) indicator::Prepare(names_, &demand.target);
    return std::move(demands_);
  }

 private:
  void AddStructured(const v1::Indicator& target) {
    std::optional<Indicator> figure = FromStructured(target);
    if (!figure || demands_.size() == kMaxDemands) return;
    std::string text = TextOf(*figure);
    // The quantity's own words are the context: they tell a range to cover (工作温度) from a window.
    demands_.push_back({{*figure, figure->name + "，" + figure->condition}, std::move(text), "", false});
  }

  void AddText(const std::string& text, DemandText kind) {
    const DemandReader reader(text, kind);
    std::vector<Indicator> figures = reader.Figures();
    figures.resize(std::min(figures.size(), kMaxReadFigures));
    for (Indicator& figure : figures) {
      if (demands_.size() == kMaxDemands) return;
      if (!reader.IsDemanded(figure)) continue;
      const TextSpan sentence = SentenceAround(text, figure.whole);
      std::string shown = TextOf(figure);
      shown += ReadAsBound(&figure);
      if (IsKnown(figure)) continue;
      Demand& demand = demands_.emplace_back();
      demand.quote = QuoteOf(text, sentence, figure.whole);
      demand.text = std::move(shown);
      demand.is_bare = figure.comparator == Comparator::kEqual;
      demand.target.context = text.substr(sentence.begin, sentence.end - sentence.begin);
      if (demand.target.context.size() > kMaxContextBytes) demand.target.context = demand.quote;
      demand.target.indicator = std::move(figure);
    }
  }

  bool IsKnown(const Indicator& figure) const {
    for (size_t i = 0; i < demands_.size(); ++i) {
      const Indicator& known = demands_[i].target.indicator;
      if (SameDemand(known, figure)) return true;
      if (i >= structured_ || known.comparator != figure.comparator) continue;
      if (names_.Align(known.name, figure.name) >= indicator::kAligned) return true;
    }
    return false;
  }

  const SourceRecord& need_;
  const indicator::NameTable& names_;
  std::vector<Demand> demands_;
  size_t structured_ = 0;
};

std::string_view Trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// The begin of the code point `runes` before `at`, not before `first`.
size_t Back(std::string_view text, size_t at, size_t runes, size_t first) {
  while (at > first && runes > 0) {
    --at;
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) --runes;
  }
  return at;
}

}  // namespace

std::vector<Demand> DemandsOf(const SourceRecord& need, const indicator::NameTable& names) {
  return Collector(need, names).Run();
}

std::optional<Indicator> FromStructured(const v1::Indicator& structured) {
  if (!structured.has_value() || !std::isfinite(structured.value()) || structured.name().empty())
    return std::nullopt;
  Indicator figure;
  figure.name = structured.name();
  figure.value = structured.value();
  figure.unit = structured.unit();
  figure.condition = structured.condition();
  switch (structured.comparator()) {
    case v1::COMPARATOR_AT_LEAST:
    case v1::COMPARATOR_GREATER_THAN:
      figure.comparator = Comparator::kAtLeast;
      return figure;
    case v1::COMPARATOR_AT_MOST:
    case v1::COMPARATOR_LESS_THAN:
      figure.comparator = Comparator::kAtMost;
      return figure;
    case v1::COMPARATOR_BETWEEN:
      if (!structured.has_upper_value() || !std::isfinite(structured.upper_value())) return std::nullopt;
      figure.comparator = Comparator::kBetween;
      figure.upper = structured.upper_value();
      return figure;
    case v1::COMPARATOR_APPROXIMATELY:
      figure.is_about = true;
      return figure;
    default:
      return figure;
  }
}

std::string QuoteOf(std::string_view text, TextSpan sentence, TextSpan core) {
  const std::string_view whole = Trimmed(text.substr(sentence.begin, sentence.end - sentence.begin));
  if (CountCodePoints(whole) <= kMaxQuoteRunes) return std::string(whole);
  const size_t begin = Back(text, core.begin, kRunesBeforeCore, sentence.begin);
  const std::string_view rest = text.substr(begin, sentence.end - begin);
  std::string quote = begin > sentence.begin ? "…" : "";
  quote += TruncateCodePoints(Trimmed(rest), kMaxQuoteRunes);
  if (CountCodePoints(Trimmed(rest)) > kMaxQuoteRunes) quote += "…";
  return quote;
}

}  // namespace duijie::matching
