// SPDX-License-Identifier: GPL-3.0-or-later
// Under what conditions the figures of a sentence hold, 目前 among them: the part of SentenceReader that
// gives them out.
#include <algorithm>
#include <optional>
#include <utility>

#include "common/indicator/sentence_reader.h"

namespace duijie::indicator {

void SentenceReader::ReadConditions() const {
  if (others_ == nullptr) return;
  std::vector<Indicator>& conditions = others_->conditions;
  for (const Stretch& stretch : stretches_) {
    for (size_t i = stretch.first; i <= stretch.token && conditions.size() < kMaxIndicators; ++i) {
      if (RoleAt(i) != Role::kQuantity || !QuantityAt(i).is_condition) continue;
      const Quantity& quantity = QuantityAt(i);
      Indicator figure;
      figure.comparator = quantity.form == Form::kRange ? Comparator::kBetween : Comparator::kEqual;
      figure.value = quantity.value;
      if (quantity.form == Form::kRange) figure.upper = quantity.upper;
      figure.unit = quantity.unit;
      figure.value_span = Span(quantity.begin, quantity.end);
      figure.whole = Span(std::min(stretch.begin, quantity.begin), std::max(stretch.end, quantity.end));
      conditions.push_back(std::move(figure));
    }
  }
}

// 利用现有加氢尾油: what is there and used, not how things are today.
bool SentenceReader::IsMeantThing(size_t now) const {
  if (now == begin_ || now + 1 >= end_ || RoleAt(now + 1) != Role::kWord) return false;
  const Token& before = tokens_[now - 1];
  const std::u32string_view word = text_.view(before.begin, before.end);
  for (const std::u32string_view verb :
       {U"利用", U"沿用", U"依托", U"借助", U"兼容", U"不改", U"不动", U"不换", U"适配", U"使用", U"采用",
        U"保留", U"替代", U"取代", U"代替", U"改造", U"适应", U"适合", U"匹配"}) {
    if (word.ends_with(verb)) return true;
  }
  return false;
}

// 28d抗压强度≥50MPa，抗折强度≥8MPa，吨成本≤300元: the days are of both strengths, not of the cost; no trial
// is of money.
bool SentenceReader::IsOfAnotherName(const Stretch& stretch, size_t token) const {
  if (ClauseBegin(token) <= stretch.token) return false;
  if (quantities_[tokens_[token].quantity].unit.find("元") != std::string::npos) return true;
  if (!stretch.of_name) return false;
  for (size_t i = stretch.token + 1; i < token; ++i) {
    if (IsFree(i)) return quantities_[tokens_[i].quantity].unit != quantities_[tokens_[token].quantity].unit;
  }
  return false;
}

// 目前, 现有, 原来 as the time of a figure; not 现有的1.2倍, which is measured by it.
bool SentenceReader::TellsOfNow(size_t i) const {
  const Token& token = tokens_[i];
  if (token.role == Role::kFiller) return text_.view(token.begin, token.end) == U"原来";
  return token.role == Role::kNow && !IsMeantThing(i) && RoleAt(i + 1) != Role::kOf;
}

// 现有喷涂线靠人工，改造后操作工不超过2人; 现在要60小时，想压到一天之内.
bool SentenceReader::EndsNow(size_t i) const {
  const Token& token = tokens_[i];
  if (token.role == Role::kWish || token.role == Role::kTo) return true;
  const std::u32string_view word = text_.view(token.begin, token.end);
  if (token.role == Role::kFiller) return word.starts_with(U"目标");
  if (token.role != Role::kCutter) return false;
  return word == U"想" || word == U"拟" || (word.size() > 1 && word.back() == U'后');
}

// The stretches before the figure since the last ones that a figure used, 目前 among them.
void SentenceReader::SetCondition(size_t token, Indicator* indicator) {
  const Stretch* last = nullptr;
  std::string joined;
  for (const Stretch& stretch : stretches_) {
    const bool holds = stretch.backward
                           ? stretch.token > token && stretch.token - token < kMaxContextTokens &&
                                 ClauseBegin(stretch.token) > token && ClauseBegin(stretch.token) <= token + 3
                           : stretch.token < token;
    if (!holds || IsOfAnotherName(stretch, token)) continue;
    if (last != nullptr) {
      bool figure_between = false;
      for (size_t i = last->token + 1; i < stretch.token && !figure_between; ++i) figure_between = IsFree(i);
      if (figure_between) joined.clear();
    }
    last = &stretch;
    const std::string_view words = text_.Bytes(stretch.begin, stretch.end);
    if (joined.find(words) != std::string::npos) continue;
    if (!joined.empty()) joined += "，";
    joined += words;
  }
  std::optional<size_t> now;
  for (size_t i = begin_; i < token; ++i) {
    if (TellsOfNow(i)) now = i;
    if (EndsNow(i)) now.reset();
  }
  if (now) {
    if (!joined.empty()) joined += "，";
    joined += text_.Bytes(tokens_[*now].begin, tokens_[*now].end);
    indicator->condition_span = Span(tokens_[*now].begin, tokens_[*now].end);
  }
  if (last != nullptr) indicator->condition_span = Span(last->begin, last->end);
  indicator->condition = std::move(joined);
}

}  // namespace duijie::indicator
