// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/relevance.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

constexpr double kDaySeconds = 86400;
constexpr size_t kMaxHistoryRunes = 5;
// Deadlines of projects: 在18个月内完成中试.
constexpr std::array<std::u32string_view, 20> kScheduleWords = {
    U"完成中试", U"交付",     U"提交",     U"投产", U"建成", U"验收", U"实施", U"交货", U"结题", U"完成研发",
    U"完成开发", U"完成全部", U"完成项目", U"合同", U"攻关", U"结项", U"达产", U"落地", U"鉴定", U"完成合作"};

bool HasExplicitBound(const Figure& figure) {
  return figure.cues->bound || figure.cues->after || figure.cues->change || figure.cues->to ||
         figure.cues->negated || figure.quantity->form != Form::kSingle;
}

bool IsOnly(const Unit& unit, Base base) {
  Unit copy = unit;
  copy.dimensions[static_cast<size_t>(base)] = 0;
  return unit.dimensions[static_cast<size_t>(base)] != 0 && IsDimensionless(copy);
}

bool ClauseHolds(const std::vector<Token>& tokens, size_t begin, size_t end, Role role) {
  return std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                     tokens.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](const Token& token) { return token.role == role; });
}

// 3项, 600MPa级: more of a word follows directly.
bool RunsIntoWord(const Runes& text, const std::vector<Token>& tokens, const Figure& figure) {
  const Quantity& quantity = *figure.quantity;
  if (text[quantity.end] == U'级') return true;
  if (!quantity.unit.empty()) return false;
  if (figure.index + 1 >= tokens.size()) return false;
  const Token& next = tokens[figure.index + 1];
  return next.begin == quantity.end && (next.role == Role::kWord || next.role == Role::kLatin);
}

// 一级洗脱, 六元环, 两个线圈: an article or part of a word, not a figure.
bool IsArticle(const Runes& text, const std::vector<Token>& tokens, const Figure& figure, const Unit& unit) {
  const Quantity& quantity = *figure.quantity;
  if (!quantity.chinese || HasExplicitBound(figure) || figure.cues->equal || figure.cues->maximum)
    return false;
  const bool countable = IsOnly(unit, Base::kItem) || IsOnly(unit, Base::kCycle) ||
                         IsOnly(unit, Base::kGrade) || IsOnly(unit, Base::kYuan) ||
                         IsOnly(unit, Base::kData) || IsOnly(unit, Base::kRate);
  if (!countable) return false;
  if (figure.index + 1 >= tokens.size() || figure.sized) return false;
  return IsHan(text[quantity.end]);
}

// 连续9年, 6年的经验, 24年来: how long something has gone on.
bool IsHistory(const Runes& text, const Figure& figure) {
  const std::u32string_view rest =
      text.view(figure.quantity->end, std::min<size_t>(text.size(), figure.quantity->end + kMaxHistoryRunes));
  for (const std::u32string_view word :
       {U"的经验", U"经验", U"以上经验", U"以上工作经验", U"以上从业经验", U"的历史", U"历史", U"以来",
        U"来,", U"来的", U"来，", U"多的", U"的研究", U"的实践", U"的发展", U"的努力", U"的攻关", U"评为"}) {
    if (rest.starts_with(word)) return true;
  }
  return false;
}

bool IsScheduled(const Runes& text, const std::vector<Token>& tokens, const Figure& figure) {
  const size_t end = figure.clause_end;
  if (end == 0 || end > tokens.size()) return false;
  const std::u32string_view rest =
      text.view(figure.quantity->end, std::max(figure.quantity->end, tokens[end - 1].end));
  return std::any_of(kScheduleWords.begin(), kScheduleWords.end(),
                     [&](std::u32string_view word) { return rest.find(word) != std::u32string_view::npos; });
}

bool IsCountWorthReading(const Figure& figure) {
  if (HasExplicitBound(figure)) return true;
  return !figure.quantity->indefinite && (figure.sized || SizesTechnique(figure.name));
}

// 整线只需4名工人, 操作人员不超过3人/班: how many hands a line needs, not how many a firm has.
bool CountsHands(const Runes& text, const std::vector<Token>& tokens, const Figure& figure) {
  const size_t end = std::min(figure.clause_end, tokens.size());
  if (end <= figure.clause_begin) return false;
  const std::u32string_view clause = text.view(tokens[figure.clause_begin].begin, tokens[end - 1].end);
  const auto says = [&](std::u32string_view word) { return clause.find(word) != std::u32string_view::npos; };
  const bool needs = says(U"需");
  if (!needs && (!HasExplicitBound(figure) || figure.quantity->chinese)) return false;
  for (const std::u32string_view word :
       {U"用工", U"操作工", U"操作人员", U"值守", U"看管", U"用人", U"定员", U"工人", U"人工", U"岗位人员",
        U"每班", U"单班", U"整线", U"每条线", U"/班"}) {
    if (says(word)) return true;
  }
  return false;
}

bool IsPlainNumberWorthReading(const Figure& figure) {
  constexpr double kMaxItemNumber = 20;
  const bool bounded = HasExplicitBound(figure);
  // 经济指标1、: the number of a list. SEQ ID NO. 1-16: of a sequence.
  const double value = figure.quantity->value;
  const bool numbered = !bounded && value <= kMaxItemNumber && value == std::floor(value);
  if ((numbered && figure.name.ends_with(U"指标")) || figure.name.starts_with(U"SEQ")) return false;
  return !figure.name.empty() && (bounded || NamesPureNumber(figure.name));
}

bool IsBackground(const Runes& text, const std::vector<Token>& tokens, const Figure& figure) {
  if (ClauseHolds(tokens, figure.clause_begin, figure.clause_end, Role::kNoise)) return true;
  const bool of_owner = ClauseHolds(tokens, figure.sentence_begin, figure.clause_end, Role::kOwner);
  if (!of_owner || HasExplicitBound(figure)) return false;
  // 年产各类止水带200万米: the verb stands before the name.
  const uint32_t begin = tokens[figure.clause_begin].begin;
  const std::u32string_view clause = text.view(begin, std::max(begin, figure.quantity->begin));
  return MayBeBackground(figure.name) || clause.starts_with(U"年产") || clause.starts_with(U"年加工");
}

}  // namespace

bool IsOtherCount(const Runes& text, const std::vector<Token>& tokens, const Figure& figure) {
  const Quantity& quantity = *figure.quantity;
  if (figure.name.empty() || quantity.chinese || quantity.indefinite) return false;
  if (IsBackground(text, tokens, figure) || RunsIntoWord(text, tokens, figure)) return false;
  if (quantity.unit.empty()) return true;
  const auto unit = ParseUnit(quantity.unit);
  return unit && (IsOnly(*unit, Base::kItem) || IsOnly(*unit, Base::kPerson));
}

bool IsIndicator(const Runes& text, const std::vector<Token>& tokens, const Figure& figure) {
  if (IsBackground(text, tokens, figure) || RunsIntoWord(text, tokens, figure)) return false;
  const Quantity& quantity = *figure.quantity;
  if (quantity.chinese && quantity.unit == "方") return false;  // 企业、高校三方
  // 数量：2台, 期限2年: of an order, not of a technique.
  if (!HasExplicitBound(figure) && (figure.name == U"数量" || figure.name == U"期限")) return false;
  // 能效均为一级: a grade by code.
  if (quantity.unit == "级" && (figure.name.ends_with(U"能效") || figure.name.ends_with(U"水效")))
    return false;
  if (figure.name.starts_with(U"合同") || figure.name == U"合作") return false;
  if (quantity.unit.empty()) return IsPlainNumberWorthReading(figure);
  const auto unit = ParseUnit(quantity.unit);
  if (!unit) return !figure.name.empty() || HasExplicitBound(figure);
  if (unit->dimensions[static_cast<size_t>(Base::kPerson)] > 0) return CountsHands(text, tokens, figure);
  if (quantity.indefinite && IsOnly(*unit, Base::kItem)) return false;  // 至少一个
  if (IsArticle(text, tokens, figure, *unit)) return false;
  const bool rate = ClauseHolds(tokens, figure.clause_begin, figure.index, Role::kPer) &&
                    !figure.name.empty() && !figure.name.starts_with(U"人") && !figure.name.ends_with(U"人");
  if (IsOnly(*unit, Base::kItem)) return rate || IsCountWorthReading(figure);
  if (IsOnly(*unit, Base::kTime) && unit->factor >= kDaySeconds && IsHistory(text, figure)) return false;
  if (quantity.indefinite && !HasExplicitBound(figure) && figure.name.empty()) return false;
  if (IsOnly(*unit, Base::kTime) && unit->factor >= kDaySeconds && IsScheduled(text, tokens, figure))
    return false;
  return !figure.name.empty() || HasExplicitBound(figure);
}

}  // namespace duijie::indicator
