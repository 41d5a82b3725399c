// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/figure_places.h"

#include <algorithm>

#include "common/indicator/context_words.h"
#include "common/indicator/holds.h"
#include "common/indicator/runes.h"

namespace duijie::indicator {
namespace {

// 与硫化时间为7.5min的传统配方相比: where that stands in the clause.
size_t ComparisonIn(std::string_view clause) {
  for (const std::string_view with : {"与", "和", "同", "跟"}) {
    if (clause.starts_with(with)) return std::min(clause.find("相比"), clause.find("相较"));
  }
  return std::string_view::npos;
}

// 原异步电机效率为93.2%: what was there before. 现有板材, where the text goes on with its own.
bool IsFormer(std::string_view condition, std::string_view clause, std::string_view behind) {
  const bool existing = condition == "现有";
  if (!existing && condition != "原" && condition != "原来" && condition != "原有" && condition != "原先")
    return false;
  if (HoldsOneOf(clause, {"改造后", "改进后", "优化后", "升级后", "更换后"})) return false;
  return !existing || Holds(behind, "本发明");
}

}  // namespace

std::string_view Part(std::string_view text, TextSpan span) {
  const size_t begin = std::min<size_t>(span.begin, text.size());
  return text.substr(begin, span.end > begin ? span.end - begin : 0);
}

// 普通冷库贮藏180天，损耗率为11.5%: a clause before says that the sentence is of another product, none since
// that it is of one's own.
bool FigurePlaces::FollowsOther(TextSpan clause) const {
  constexpr int kMaxClauses = 4;
  constexpr std::string_view kComma = "，";
  for (int i = 0; i < kMaxClauses; ++i) {
    const std::string_view words = Part(text_, clause);
    if (HoldsOneOf(words, {"本", "该", "所", "采用", "改造后", "改进后", "优化后", "新", "后"})) return false;
    if (i > 0 && BeginsWithOther(words)) return true;
    if (!text_.substr(0, clause.begin).ends_with(kComma)) return false;
    const auto at = static_cast<uint32_t>(clause.begin - kComma.size());
    clause = {marks_.ClauseOf({at, at}).begin, at};
  }
  return false;
}

ClauseFacts FigurePlaces::FactsOf(TextSpan span) const {
  const std::string_view words = Part(text_, span);
  ClauseFacts facts;
  facts.span = span;
  facts.runes = ToFolded(words);
  facts.decisive = DecisiveRows(facts.runes);
  facts.substances = SubstanceRows(facts.runes);
  facts.tells_loss = TellsLoss(words);
  facts.step_words = StepWords(words);
  facts.is_plan = IsPlan(words) || LeadsPlan(LeadClause(text_, span));
  facts.is_of_other = IsOtherProduct(words);
  facts.follows_other = FollowsOther(span);
  const size_t compared = ComparisonIn(words);
  if (compared != std::string_view::npos) facts.compared = span.begin + compared;
  return facts;
}

void FigurePlaces::Add(TextSpan whole) {
  const auto [place, is_new] = places_.try_emplace(Key(whole));
  if (!is_new) return;
  const TextSpan clause = marks_.ClauseOf(whole);
  const auto [number, is_new_clause] = numbers_.try_emplace(Key(clause), clauses_.size());
  if (is_new_clause) clauses_.push_back(FactsOf(clause));
  place->second = {marks_.SentenceOf(whole), number->second};
}

size_t FigurePlaces::bytes() const {
  constexpr size_t kNode = 48;  // of a map, besides what it holds
  size_t bytes = marks_.bytes() + places_.size() * (kNode + sizeof(Ends) + sizeof(Place)) +
                 numbers_.size() * (kNode + sizeof(Ends) + sizeof(size_t));
  for (const ClauseFacts& clause : clauses_)
    bytes += sizeof(clause) + clause.runes.capacity() * sizeof(char32_t);
  return bytes;
}

bool IsUnusable(std::string_view text, const FigurePlaces& places, const Indicator& figure) {
  const ClauseFacts& clause = places.ClauseOf(figure.whole);
  if (clause.is_plan) return true;
  if (clause.compared != std::string_view::npos && clause.compared >= figure.value_span.begin) return true;
  // 由过去的3.2%降到1.8%: the former figure is where the change starts.
  if (figure.from) return false;
  if (clause.follows_other) return true;
  // 成本仅为进口产品的60%: the other product is what the share is of.
  if (clause.is_of_other && !figure.is_of_former) return true;
  return IsFormer(figure.condition, Part(text, clause.span), text.substr(clause.span.end));
}

}  // namespace duijie::indicator
