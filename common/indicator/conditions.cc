// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/conditions.h"

#include <algorithm>
#include <utility>

#include "common/indicator/condition_scan.h"
#include "common/indicator/extract.h"
#include "common/indicator/leading_conditions.h"

namespace duijie::indicator {
namespace {

class ConditionFinder : private ConditionScan {
 public:
  explicit ConditionFinder(ConditionScan sentence) : ConditionScan(std::move(sentence)) {}

  std::vector<Stretch> Find() {
    for (size_t i = begin; i < end; ++i) {
      if (tokens[i].role == Role::kConditionEnd) EndsAt(i);
      if (tokens[i].role == Role::kOpen) Bracket(i);
      if (tokens[i].role == Role::kConditionWord) Word(i);
    }
    for (size_t i = begin; i < end; ++i) {
      if (IsFree(i)) MarkLeading(*this, i);
    }
    for (size_t i = begin; i < end; ++i) {
      if (IsFree(i)) Process(i);
    }
    KeepLoneRange();
    std::sort(found.begin(), found.end(),
              [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
    return std::move(found);
  }

 private:
  bool HoldsDigits(size_t i) const {
    if (RoleAt(i) == Role::kOpaque) return text[tokens[i].begin] != U'一';  // 一种: an article
    return RoleAt(i) == Role::kQuantity || RoleAt(i) == Role::kConditionWord;
  }

  static bool Bounds(Role role) {
    switch (role) {
      case Role::kComma:
      case Role::kColon:
      case Role::kSentenceEnd:
      case Role::kConditionEnd:
      case Role::kOpen:
      case Role::kWish:
      case Role::kNow:
        return true;
      default:
        return false;
    }
  }

  // … 下, … 后: back to the start of the clause or to 在.
  void EndsAt(size_t mark) {
    size_t first = mark;
    size_t lowest_figure = mark;
    while (first > begin && mark - first < kMaxContextTokens && !Bounds(tokens[first - 1].role)) {
      --first;
      if (HoldsDigits(first)) lowest_figure = first;
      if (tokens[first].role == Role::kAt && lowest_figure < mark) {
        ++first;
        break;
      }
    }
    if (lowest_figure == mark) return State(mark);
    if (first == mark) return;
    while (first < lowest_figure && Skips(tokens[first].role)) ++first;
    if (IsValueOfName(first, lowest_figure, mark)) {
      Stretch& stretch = Mark(lowest_figure, mark - 1, mark);
      stretch.before_bound = stretch.of_name = true;
      return;
    }
    const bool keeps_mark = text[tokens[mark].begin] == U'后';
    const size_t last = keeps_mark ? mark : mark - 1;
    Mark(first, last, mark);
  }

  // 放电比容量0.1C下为205mAh/g: the name stands before the condition, the value right behind it.
  bool IsValueOfName(size_t first, size_t figure, size_t mark) const {
    if (text[tokens[mark].begin] != U'下' || figure == first || !IsText(figure - 1)) return false;
    if (!EndsAsQuantity(figure - 1)) return false;
    return IsFree(mark + 1) || (IsBound(RoleAt(mark + 1)) && IsFree(mark + 2));
  }

  // 绝缘电阻在干燥状态下为500MΩ: a state without figures between the name and its figure.
  void State(size_t mark) {
    constexpr size_t kMaxState = 6;  // tokens
    const Role next = RoleAt(mark + 1);
    if (tokens[mark].end - tokens[mark].begin < 2 || !(IsFigure(mark + 1) || IsBound(next))) return;
    for (size_t at = mark; at > begin + 1 && mark - at < kMaxState; --at) {
      if (Bounds(tokens[at - 1].role)) return;
      if (tokens[at - 1].role != Role::kAt) continue;
      if (at < mark && IsText(at - 2)) Mark(at, mark - 1, mark);
      return;
    }
  }

  static bool Skips(Role role) { return role == Role::kAt || role == Role::kFiller || role == Role::kCutter; }

  bool StartsWithNow(size_t i) const {
    if (i >= end) return false;
    const std::u32string_view word = WordAt(i);
    return word.starts_with(U"原") || word.starts_with(U"现") || word.starts_with(U"目前");
  }

  // (25℃) behind a figure or a name.
  void Bracket(size_t open) {
    size_t close = open + 1;
    bool figures = false;
    if (RoleAt(open + 1) == Role::kNow || StartsWithNow(open + 1)) return;  // （原来为42%）: another value
    for (; close < end && close - open < kMaxContextTokens && tokens[close].role != Role::kClose; ++close) {
      figures = figures || IsFree(close);
      const Role role = tokens[close].role;
      if (role == Role::kAtLeast || role == Role::kAtMost) return;
    }
    // （70℃×24h）: a product, which is read as one.
    const bool product = RoleAt(open + 1) == Role::kOpaque && close == open + 2 &&
                         WordAt(open + 1).find(U'℃') != std::u32string_view::npos;
    if ((!figures && !product) || RoleAt(close) != Role::kClose) return;
    const bool behind_figure =
        open > begin && (IsFigure(open - 1) || RoleAt(open - 1) == Role::kAtLeastAfter ||
                         RoleAt(open - 1) == Role::kAtMostAfter);
    const Role first = RoleAt(open + 1);
    const bool plain =
        product || first == Role::kQuantity || first == Role::kAt || first == Role::kConditionWord;
    if (!behind_figure && !plain) return;
    size_t from = open + 1;
    while (from + 1 < close && Skips(tokens[from].role)) ++from;
    Mark(from, close - 1, close, behind_figure).of_name = !behind_figure;
  }

  // 室温 before a name; 1600℃高温 is what it stands.
  void Word(size_t i) {
    const Role next = RoleAt(i + 1);
    if (RoleAt(i - 1) == Role::kQuantity && !IsText(i + 1)) return;
    if (next != Role::kWord && next != Role::kComma && next != Role::kLatin) return;
    Mark(i, i, i).of_name = next != Role::kComma && RoleAt(i - 1) != Role::kAt;
  }

  // 保压30min beside another figure of the sentence.
  void Process(size_t i) {
    if (RoleAt(i - 1) != Role::kProcess || i == begin) return;
    const bool alone =
        std::none_of(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                     tokens.begin() + static_cast<std::ptrdiff_t>(end), [&](const Token& token) {
                       return token.role == Role::kQuantity && !quantities[token.quantity].is_condition &&
                              token.begin > tokens[i].begin;
                     });
    if (!alone && RoleAt(i + 1) == Role::kComma) Mark(i - 1, i, i);
  }

  // A range that stands alone is the indicator itself: 可在-40～60℃下正常工作.
  void KeepLoneRange() {
    std::vector<size_t> figures;
    for (size_t i = begin; i < end; ++i) {
      if (IsFree(i)) return;
      if (IsFigure(i)) figures.push_back(i);
    }
    if (figures.size() != 1) return;
    Quantity& quantity = quantities[tokens[figures.front()].quantity];
    if (quantity.form != Form::kRange) return;
    quantity.is_condition = false;
    found.clear();
  }
};

}  // namespace

std::vector<Stretch> FindConditions(const Runes& text, const std::vector<Token>& tokens, size_t begin,
                                    size_t end, std::vector<Quantity>* quantities) {
  return ConditionFinder({text, tokens, begin, end, *quantities}).Find();
}

}  // namespace duijie::indicator
