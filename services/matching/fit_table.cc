// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/fit_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "common/demand/demand_reader.h"
#include "services/matching/wording.h"

namespace duijie::matching {
namespace {

using indicator::Indicator;
using indicator::Judgement;
using indicator::TextSpan;

constexpr size_t kMaxSummaryNames = 3;  // of each verdict
constexpr std::string_view kUnclearBound = "；需求没有说明这一数值是上限、下限还是定值";
constexpr std::string_view kUnclearSubject = "；双方都没有说明是什么的数值，不能认定是同一项";
constexpr auto kBareNames = std::to_array<std::string_view>(
    {"温度", "时间", "压力", "压强", "厚度", "长度", "宽度", "高度", "直径", "尺寸", "重量", "质量",
     "浓度", "流量", "转速", "速度", "功率", "含量", "数量", "频率", "电压", "电流", "面积", "体积"});

constexpr auto kProblemWords = std::to_array<std::string_view>(
    {"问题", "难题", "不足", "缺陷", "缺点", "困难", "瓶颈", "弊端", "痛点", "难以", "仅为", "只有", "高达"});

bool TellsProblem(std::string_view text, const Indicator& figure) {
  const TextSpan sentence = SentenceAround(text, figure.whole);
  const std::string_view words = text.substr(sentence.begin, sentence.end - sentence.begin);
  return std::any_of(kProblemWords.begin(), kProblemWords.end(),
                     [&](std::string_view word) { return words.find(word) != std::string_view::npos; });
}

void Shift(size_t by, TextSpan* span) {
  span->begin += static_cast<uint32_t>(by);
  span->end += static_cast<uint32_t>(by);
}

v1::Verdict ToProto(indicator::Verdict verdict) {
  switch (verdict) {
    case indicator::Verdict::kSatisfied:
      return v1::VERDICT_SATISFIED;
    case indicator::Verdict::kPartly:
      return v1::VERDICT_PARTLY;
    case indicator::Verdict::kViolated:
      return v1::VERDICT_VIOLATED;
    case indicator::Verdict::kNotStated:
      return v1::VERDICT_NOT_STATED;
  }
  return v1::VERDICT_NOT_STATED;
}

std::string StatedText(const Indicator& figure) {
  std::string text = figure.name;
  if (!text.empty()) text += " ";
  text += indicator::BoundText(figure);
  if (!figure.condition.empty()) text += "（" + figure.condition + "）";
  return text;
}

// Of a bare demand: 压力10MPa, and 10MPa or a range that holds it is stated. Whether 10.5 is too much, or
// 不超过0.5 too little, such a need does not say.
bool IsPlainYes(const Judgement& judgement) {
  if (judgement.verdict == indicator::Verdict::kViolated || !judgement.evidence) return false;
  return judgement.evidence->comparator == indicator::Comparator::kEqual ||
         judgement.evidence->comparator == indicator::Comparator::kBetween ||
         judgement.evidence->comparator == indicator::Comparator::kPlusMinus;
}

// 温度 of a text against 温度 of another: both name a quantity, neither says of what.
bool SaysOfNothing(const Demand& demand, const Judgement& judgement) {
  const auto is_bare = [](const std::string& name) {
    return std::find(kBareNames.begin(), kBareNames.end(), name) != kBareNames.end();
  };
  return !demand.quote.empty() && judgement.evidence && is_bare(demand.target.indicator.name) &&
         is_bare(judgement.evidence->name);
}

// What is made of a judgement, and the note that says why.
v1::Verdict Weighed(const Demand& demand, const Judgement& judgement, std::string* note) {
  const v1::Verdict verdict = ToProto(judgement.verdict);
  if (verdict == v1::VERDICT_NOT_STATED) return verdict;
  if (demand.is_bare && !IsPlainYes(judgement)) {
    *note = kUnclearBound;
    return v1::VERDICT_NOT_STATED;
  }
  if (!SaysOfNothing(demand, judgement)) return verdict;
  *note = kUnclearSubject;
  return verdict == v1::VERDICT_VIOLATED ? v1::VERDICT_NOT_STATED : v1::VERDICT_PARTLY;
}

v1::FitRow RowOf(const Demand& demand, const StatedFigures& stated, const indicator::NameTable& names) {
  const Judgement judgement = indicator::Judge(demand.target, stated.stated(), names);
  v1::FitRow row;
  row.set_indicator(demand.target.indicator.name);
  row.set_demand(demand.text);
  row.set_demand_quote(demand.quote);
  std::string note;
  row.set_verdict(Weighed(demand, judgement, &note));
  const bool named = judgement.reason.find("“" + row.indicator() + "”") != std::string::npos;
  row.set_text(VerdictName(row.verdict()) + "：" + (named ? "" : row.indicator() + " ") + judgement.reason +
               note);
  if (row.verdict() == v1::VERDICT_NOT_STATED) return row;
  const std::string quote = stated.Quote(judgement);
  row.set_stated(judgement.evidence ? StatedText(*judgement.evidence) : quote);
  row.set_stated_quote(quote);
  row.set_conversion(judgement.conversion);
  row.set_alignment(judgement.alignment);
  if (judgement.margin && std::isfinite(*judgement.margin)) row.set_margin(*judgement.margin);
  return row;
}

// "抗拉强度差6%、伸长率": the first names of a verdict.
std::string NamesOf(const v1::FitTable& table, v1::Verdict verdict) {
  std::string names;
  size_t count = 0;
  for (const v1::FitRow& row : table.rows()) {
    if (row.verdict() != verdict) continue;
    if (++count > kMaxSummaryNames) return names + "等";
    names += (names.empty() ? "" : "、") + row.indicator();
    if (verdict == v1::VERDICT_VIOLATED && row.has_margin() && row.margin() < 0)
      names += "差" + indicator::PercentText(row.margin());
  }
  return names;
}

std::string SummaryOf(const v1::FitTable& table) {
  std::string text = std::to_string(table.rows_size()) + "项指标：";
  const auto add = [&](v1::Verdict verdict, int count, bool named) {
    if (count == 0) return;
    if (!text.ends_with("：")) text += "、";
    text += VerdictName(verdict) + std::to_string(count);
    if (named) text += "（" + NamesOf(table, verdict) + "）";
  };
  add(v1::VERDICT_SATISFIED, table.satisfied(), false);
  add(v1::VERDICT_PARTLY, table.partly(), true);
  add(v1::VERDICT_VIOLATED, table.violated(), true);
  add(v1::VERDICT_NOT_STATED, table.not_stated(), false);
  return text;
}

std::string WithoutBreaks(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return text;
}

}  // namespace

StatedFigures::StatedFigures(const SourceRecord& achievement, const indicator::NameTable& names) {
  Indicators figures;
  for (const FigureText& text : achievement.figure_texts) {
    AddText(text.kind == FigureTextKind::kTitle ? achievement.title : achievement.body[text.body], text.kind,
            &figures);
  }
  for (const std::string& keyword : achievement.keywords) AddText(keyword, FigureTextKind::kTitle, &figures);
  structured_begin_ = text_.size();
  for (const v1::Indicator& structured : achievement.indicators) AddStructured(structured, &figures);
  stated_ = indicator::MakeStated(text_, std::move(figures), names);
}

void StatedFigures::AddText(const std::string& text, FigureTextKind kind, Indicators* figures) {
  const size_t begin = text_.size();
  text_ += text;
  text_ += '\n';
  for (Indicator& figure : indicator::Extract(text)) {
    if (figures->size() == kMaxStatedFigures) return;
    if (kind == FigureTextKind::kProblemSolved && TellsProblem(text, figure)) continue;
    for (TextSpan* span : {&figure.whole, &figure.name_span, &figure.value_span, &figure.condition_span})
      Shift(begin, span);
    figures->push_back(std::move(figure));
  }
}

void StatedFigures::AddStructured(const v1::Indicator& structured, Indicators* figures) {
  std::optional<Indicator> figure = FromStructured(structured);
  if (!figure || figures->size() == kMaxStatedFigures) return;
  figure->whole.begin = static_cast<uint32_t>(text_.size());
  text_ += WithoutBreaks(StatedText(*figure));
  figure->whole.end = static_cast<uint32_t>(text_.size());
  figure->value_span = figure->whole;
  text_ += '\n';
  figures->push_back(std::move(*figure));
}

std::string StatedFigures::Quote(const Judgement& judgement) const {
  if (judgement.evidence && judgement.evidence->whole.begin >= structured_begin_)
    return QuoteOf(text_, judgement.evidence->whole, judgement.evidence->whole);
  return QuoteOf(text_, judgement.quote, judgement.evidence ? judgement.evidence->whole : judgement.quote);
}

size_t StatedFigures::bytes() const { return sizeof(*this) + text_.capacity() + indicator::BytesOf(stated_); }

v1::FitTable MakeFitTable(const std::vector<Demand>& demands, const StatedFigures& stated,
                          const indicator::NameTable& names) {
  v1::FitTable table;
  for (const Demand& demand : demands) {
    v1::FitRow& row = *table.add_rows();
    row = RowOf(demand, stated, names);
    table.set_satisfied(table.satisfied() + (row.verdict() == v1::VERDICT_SATISFIED ? 1 : 0));
    table.set_partly(table.partly() + (row.verdict() == v1::VERDICT_PARTLY ? 1 : 0));
    table.set_violated(table.violated() + (row.verdict() == v1::VERDICT_VIOLATED ? 1 : 0));
    table.set_not_stated(table.not_stated() + (row.verdict() == v1::VERDICT_NOT_STATED ? 1 : 0));
  }
  if (!table.rows().empty()) table.set_summary(SummaryOf(table));
  return table;
}

double IndicatorsMet(const v1::FitTable& table) {
  if (table.rows().empty()) return 0;
  return (table.satisfied() + table.partly() / 2.0) / table.rows_size();
}

double IndicatorsMissed(const v1::FitTable& table) {
  return table.rows().empty() ? 0 : static_cast<double>(table.violated()) / table.rows_size();
}

}  // namespace duijie::matching
