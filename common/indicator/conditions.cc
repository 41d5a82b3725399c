// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/conditions.h"

#include <algorithm>

#include "common/indicator/extract.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

class ConditionFinder {
 public:
  ConditionFinder(const Runes& text, const std::vector<Token>& tokens, size_t begin, size_t end,
                  std::vector<Quantity>* quantities)
      : text_(text), tokens_(tokens), begin_(begin), end_(end), quantities_(*quantities) {}

  std::vector<Stretch> Find() {
    for (size_t i = begin_; i < end_; ++i) {
      if (tokens_[i].role == Role::kConditionEnd) EndsAt(i);
      if (tokens_[i].role == Role::kOpen) Bracket(i);
      if (tokens_[i].role == Role::kConditionWord) Word(i);
    }
    for (size_t i = begin_; i < end_; ++i) {
      if (IsFree(i)) Leading(i);
    }
    for (size_t i = begin_; i < end_; ++i) {
      if (IsFree(i)) Process(i);
    }
    KeepLoneRange();
    std::sort(found_.begin(), found_.end(),
              [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
    return std::move(found_);
  }

 private:
  Role RoleAt(size_t i) const { return i >= begin_ && i < end_ ? tokens_[i].role : Role::kSentenceEnd; }
  bool IsFigure(size_t i) const { return RoleAt(i) == Role::kQuantity; }
  bool IsFree(size_t i) const { return IsFigure(i) && !quantities_[tokens_[i].quantity].is_condition; }

  bool HoldsDigits(size_t i) const {
    if (RoleAt(i) == Role::kOpaque) return text_[tokens_[i].begin] != U'一';  // 一种: an article
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
    while (first > begin_ && mark - first < kMaxContextTokens && !Bounds(tokens_[first - 1].role)) {
      --first;
      if (HoldsDigits(first)) lowest_figure = first;
      if (tokens_[first].role == Role::kAt && lowest_figure < mark) {
        ++first;
        break;
      }
    }
    if (lowest_figure == mark) return State(mark);
    if (first == mark) return;
    while (first < lowest_figure && Skips(tokens_[first].role)) ++first;
    if (IsValueOfName(first, lowest_figure, mark)) {
      Mark(lowest_figure, mark - 1, mark, false);
      found_.back().before_bound = found_.back().of_name = true;
      return;
    }
    const bool keeps_mark = text_[tokens_[mark].begin] == U'后';
    const size_t last = keeps_mark ? mark : mark - 1;
    Mark(first, last, mark, false);
  }

  // 放电比容量0.1C下为205mAh/g: the name stands before the condition, the value right behind it.
  bool IsValueOfName(size_t first, size_t figure, size_t mark) const {
    if (text_[tokens_[mark].begin] != U'下' || figure == first || !IsText(figure - 1)) return false;
    if (!EndsAsQuantity(tokens_[figure - 1])) return false;
    return IsFree(mark + 1) || (IsBound(RoleAt(mark + 1)) && IsFree(mark + 2));
  }

  // 绝缘电阻在干燥状态下为500MΩ: a state without figures between the name and its figure.
  void State(size_t mark) {
    constexpr size_t kMaxState = 6;  // tokens
    const Role next = RoleAt(mark + 1);
    if (tokens_[mark].end - tokens_[mark].begin < 2 || !(IsFigure(mark + 1) || IsBound(next))) return;
    for (size_t at = mark; at > begin_ + 1 && mark - at < kMaxState; --at) {
      if (Bounds(tokens_[at - 1].role)) return;
      if (tokens_[at - 1].role != Role::kAt) continue;
      if (at < mark && IsText(at - 2)) Mark(at, mark - 1, mark, false);
      return;
    }
  }

  static bool Skips(Role role) { return role == Role::kAt || role == Role::kFiller || role == Role::kCutter; }

  void Mark(size_t first, size_t last, size_t token, bool backward) {
    for (size_t i = first; i <= last; ++i) {
      if (IsFigure(i)) quantities_[tokens_[i].quantity].is_condition = true;
    }
    Stretch stretch;
    stretch.begin = tokens_[first].begin;
    stretch.end = std::min<uint32_t>(tokens_[last].end, stretch.begin + kMaxConditionRunes);
    stretch.first = first;
    stretch.token = token;
    stretch.backward = backward;
    found_.push_back(stretch);
  }

  bool StartsWithNow(size_t i) const {
    if (i >= end_) return false;
    const std::u32string_view word = text_.view(tokens_[i].begin, tokens_[i].end);
    return word.starts_with(U"原") || word.starts_with(U"现") || word.starts_with(U"目前");
  }

  // (25℃) behind a figure or a name.
  void Bracket(size_t open) {
    size_t close = open + 1;
    bool figures = false;
    if (RoleAt(open + 1) == Role::kNow || StartsWithNow(open + 1)) return;  // （原来为42%）: another value
    for (; close < end_ && close - open < kMaxContextTokens && tokens_[close].role != Role::kClose; ++close) {
      figures = figures || IsFree(close);
      const Role role = tokens_[close].role;
      if (role == Role::kAtLeast || role == Role::kAtMost) return;
    }
    // （70℃×24h）: a product, which is read as one.
    const bool product =
        RoleAt(open + 1) == Role::kOpaque && close == open + 2 &&
        text_.view(tokens_[open + 1].begin, tokens_[open + 1].end).find(U'℃') != std::u32string_view::npos;
    if ((!figures && !product) || RoleAt(close) != Role::kClose) return;
    const bool behind_figure =
        open > begin_ && (IsFigure(open - 1) || RoleAt(open - 1) == Role::kAtLeastAfter ||
                          RoleAt(open - 1) == Role::kAtMostAfter);
    const Role first = RoleAt(open + 1);
    const bool plain =
        product || first == Role::kQuantity || first == Role::kAt || first == Role::kConditionWord;
    if (!behind_figure && !plain) return;
    size_t from = open + 1;
    while (from + 1 < close && Skips(tokens_[from].role)) ++from;
    Mark(from, close - 1, close, behind_figure);
    found_.back().of_name = !behind_figure;
  }

  // 室温 before a name; 1600℃高温 is what it stands.
  void Word(size_t i) {
    const Role next = RoleAt(i + 1);
    if (RoleAt(i - 1) == Role::kQuantity && !IsText(i + 1)) return;
    if (next != Role::kWord && next != Role::kComma && next != Role::kLatin) return;
    Mark(i, i, i, false);
    found_.back().of_name = next != Role::kComma && RoleAt(i - 1) != Role::kAt;
  }

  bool IsText(size_t i) const {
    return RoleAt(i) == Role::kWord || RoleAt(i) == Role::kLatin || RoleAt(i) == Role::kProcess;
  }

  static bool IsBound(Role role) {
    return role == Role::kAtLeast || role == Role::kAtMost || role == Role::kEqual || role == Role::kSuperior;
  }

  // 透过率在400～700nm波段大于99%: the stretch between 在 and the bound.
  bool Inner(size_t i) {
    constexpr uint32_t kMaxNounRunes = 4;
    if (i < begin_ + 2 || RoleAt(i - 1) != Role::kAt || !IsText(i - 2)) return false;
    if (RoleAt(i + 1) != Role::kWord || !IsBound(RoleAt(i + 2))) return false;
    if (tokens_[i + 1].end - tokens_[i + 1].begin > kMaxNounRunes) return false;
    if (EndsAsQuantity(tokens_[i + 1])) return false;  // 在-30℃启动时间≤10秒
    Mark(i, i + 1, i + 1, false);
    return true;
  }

  // Whether the figure before is of the same unit: 3d≥20MPa，28d≥52.5MPa.
  bool GoesOn(size_t i) const {
    for (size_t k = i; k-- > begin_;) {
      if (!IsFree(k) || k + 2 == i) continue;
      return quantities_[tokens_[k].quantity].unit == quantities_[tokens_[i].quantity].unit;
    }
    return false;
  }

  // 抗压强度28d不低于52.5MPa, 粘度25℃≤300mPa·s: between a name and its bound.
  bool BeforeBound(size_t i) {
    static const Unit kTime = *ParseUnit("s");
    static const Unit kTemperature = *ParseUnit("K");
    if (i == begin_ || !IsBound(RoleAt(i + 1)) || !IsFree(i + 2)) return false;
    if (!IsText(i - 1) && !(RoleAt(i - 1) == Role::kComma && GoesOn(i + 2))) return false;
    const std::string& unit = quantities_[tokens_[i].quantity].unit;
    const auto parsed = ParseUnit(unit);
    if (!parsed || unit == quantities_[tokens_[i + 2].quantity].unit) return false;
    if (!Convertible(*parsed, kTime) && !Convertible(*parsed, kTemperature)) return false;
    Mark(i, i, i, false);
    found_.back().before_bound = found_.back().of_name = true;
    return true;
  }

  // 7d、28d抗压强度分别为42MPa和58MPa: conditions in a list.
  bool Listed(size_t i) {
    size_t last = i;
    while (RoleAt(last + 1) == Role::kAnd && IsFree(last + 2)) last += 2;
    if (last == i || !IsText(last + 1)) return false;
    size_t figures = 0;
    for (size_t k = last + 1; k < end_ && RoleAt(k) != Role::kComma; ++k) figures += IsFree(k) ? 1 : 0;
    if (figures != (last - i) / 2 + 1) return false;
    for (size_t k = i; k <= last; k += 2) Mark(k, k, k, false);
    return true;
  }

  // 经1500小时盐雾试验: what it went through.
  bool Trial(size_t i) {
    if (i == begin_ || RoleAt(i - 1) != Role::kAt || text_[tokens_[i - 1].begin] != U'经') return false;
    size_t last = i;
    while (IsText(last + 1)) ++last;
    if (last == i) return false;
    Mark(i, last, last, false);
    return true;
  }

  // 处理1吨废酸可回收0.35吨: what the next figure is for one of.
  bool Basis(size_t i) {
    const Quantity& quantity = quantities_[tokens_[i].quantity];
    if (quantity.value != 1 || quantity.form != Form::kSingle || quantity.unit.empty() || i == begin_)
      return false;
    if (RoleAt(i - 1) != Role::kWord || RoleAt(i + 1) != Role::kWord || NextFigure(i + 1) == end_)
      return false;
    const std::u32string_view word = text_.view(tokens_[i - 1].begin, tokens_[i - 1].end);
    for (const std::u32string_view verb :
         {U"处理", U"生产", U"加工", U"每", U"燃烧", U"冶炼", U"制取", U"消耗"}) {
      if (!word.ends_with(verb)) continue;
      Mark(i - 1, i + 1, i + 1, false);
      LeaveQuantity(i + 1);
      return true;
    }
    return false;
  }

  // 处理1吨废水成本: the condition found last ends before what is told.
  void LeaveQuantity(size_t i) {
    const std::u32string_view word = text_.view(tokens_[i].begin, tokens_[i].end);
    for (const std::u32string_view quantity :
         {U"运行成本", U"成本", U"费用", U"电耗", U"能耗", U"水耗", U"药耗", U"耗电", U"用电", U"耗水"}) {
      if (!word.ends_with(quantity) || word.size() == quantity.size()) continue;
      found_.back().end = tokens_[i].end - static_cast<uint32_t>(quantity.size());
      found_.back().token = i - 1;
      return;
    }
  }

  // 对0.1mm以上缺陷的检出率: what the next figure holds for.
  bool Sized(size_t i) {
    const Role after = RoleAt(i + 1);
    if (after != Role::kAtLeastAfter && after != Role::kAtMostAfter) return false;
    if (RoleAt(i + 2) != Role::kWord || RoleAt(i + 3) != Role::kOf || !IsText(i + 4)) return false;
    if (NextFigure(i + 4) == end_) return false;
    Mark(i, i + 2, i + 2, false);
    return true;
  }

  // 3mm以上毛羽每米不足10根: the size of what is counted.
  bool SizedThing(size_t i) {
    static const Unit kMetre = *ParseUnit("m");
    const Role after = RoleAt(i + 1);
    if ((after != Role::kAtLeastAfter && after != Role::kAtMostAfter) || RoleAt(i + 2) != Role::kWord)
      return false;
    const auto unit = ParseUnit(quantities_[tokens_[i].quantity].unit);
    const size_t next = NextFigure(i + 3);
    if (!unit || !Convertible(*unit, kMetre) || next == end_) return false;
    if (EndsAsQuantity(tokens_[i + 2])) return false;
    Mark(i, i + 1, i + 1, false);
    return true;
  }

  // 180d内生物降解率大于90%, 在0~20kPa内线性度优于3%: what the next figure holds within.
  bool Within(size_t i) {
    if (RoleAt(i + 1) != Role::kAtMostAfter || text_[tokens_[i + 1].end - 1] != U'内') return false;
    const bool cut = RoleAt(i + 2) == Role::kCutter && tokens_[i + 2].end - tokens_[i + 2].begin == 1;
    const size_t word = i + 2 + (cut ? 1 : 0);
    if (!IsText(word)) return false;
    const size_t next = NextFigure(word);
    if (next == end_ || quantities_[tokens_[next].quantity].unit == quantities_[tokens_[i].quantity].unit)
      return false;
    Mark(i, i + 1, i + 1, false);
    return true;
  }

  // 添加0.3%缓凝剂的砂浆: what is in the thing whose figures follow.
  bool Dosed(size_t i) {
    if (i == begin_ || RoleAt(i - 1) != Role::kWord || !IsText(i + 1)) return false;
    const std::u32string_view word = text_.view(tokens_[i - 1].begin, tokens_[i - 1].end);
    const bool dosed = word.ends_with(U"添加") || word.ends_with(U"掺入") || word.ends_with(U"加入") ||
                       word.ends_with(U"掺加") || word.ends_with(U"投加");
    if (!dosed || quantities_[tokens_[i].quantity].form != Form::kSingle) return false;
    for (size_t k = i + 1; k < end_; ++k) {
      if (!IsFree(k)) continue;
      Mark(i - 1, i + 1, i + 1, false);
      return true;
    }
    return false;
  }

  // Q name … Q2 within a clause: 28d抗压强度超过52.5MPa; 在25℃的粘度为300mPa·s.
  void Leading(size_t i) {
    if (Inner(i) || BeforeBound(i) || Listed(i) || Basis(i) || Trial(i)) return;
    if (Sized(i) || SizedThing(i) || Within(i) || Dosed(i)) return;
    const bool at_of =
        i > begin_ && RoleAt(i - 1) == Role::kAt && RoleAt(i + 1) == Role::kOf && IsText(i + 2);
    const bool direct = IsText(i + 1) && (i == begin_ || IsText(i - 1) || RoleAt(i - 1) == Role::kComma ||
                                          RoleAt(i - 1) == Role::kAt || RoleAt(i - 1) == Role::kSentenceEnd ||
                                          RoleAt(i - 1) == Role::kWish ||
                                          RoleAt(i - 1) == Role::kConditionEnd || RoleAt(i - 1) == Role::kOf);
    if (!at_of && !direct) return;
    const Quantity& quantity = quantities_[tokens_[i].quantity];
    if (quantity.unit.empty() || quantity.by_heading || (direct && NamedBefore(i))) return;
    const size_t next = NextFigure(i + 1);
    if (next == end_ || quantities_[tokens_[next].quantity].unit == quantity.unit) return;
    if (direct && RoleAt(i + 1) == Role::kWord &&
        text_.view(tokens_[i + 1].begin, tokens_[i + 1].end).starts_with(U"倍率")) {
      MarkRunes(i, tokens_[i + 1].begin + 2);
      return;
    }
    Mark(i, i, i, false);
    found_.back().of_name = direct && (i == begin_ || RoleAt(i - 1) != Role::kAt);
  }

  void MarkRunes(size_t i, uint32_t end) {
    Mark(i, i, i, false);
    found_.back().end = end;
  }

  // Whether the word before the figure is the name of a quantity of its own.
  bool NamedBefore(size_t i) const {
    if (i == begin_ || !IsText(i - 1)) return false;
    return RoleAt(i - 1) == Role::kLatin || EndsAsQuantity(tokens_[i - 1]);
  }

  bool EndsAsQuantity(const Token& token) const {
    static constexpr std::u32string_view kEnds = U"度率量值比数压力径长宽高厚温时间寿命耗距性差积成价";
    return kEnds.find(text_[token.end - 1]) != std::u32string_view::npos;
  }

  // The next free figure of the clause that has words of its own before it.
  size_t NextFigure(size_t from) const {
    for (size_t i = from; i < end_ && i - from < kMaxContextTokens; ++i) {
      const Role role = tokens_[i].role;
      if (role == Role::kComma || role == Role::kSentenceEnd || role == Role::kAnd) break;
      if (IsFree(i)) return i;
    }
    return end_;
  }

  // 保压30min beside another figure of the sentence.
  void Process(size_t i) {
    if (RoleAt(i - 1) != Role::kProcess || i == begin_) return;
    const bool alone =
        std::none_of(tokens_.begin() + static_cast<std::ptrdiff_t>(begin_),
                     tokens_.begin() + static_cast<std::ptrdiff_t>(end_), [&](const Token& token) {
                       return token.role == Role::kQuantity && !quantities_[token.quantity].is_condition &&
                              token.begin > tokens_[i].begin;
                     });
    if (!alone && RoleAt(i + 1) == Role::kComma) Mark(i - 1, i, i, false);
  }

  // A range that stands alone is the indicator itself: 可在-40～60℃下正常工作.
  void KeepLoneRange() {
    std::vector<size_t> figures;
    for (size_t i = begin_; i < end_; ++i) {
      if (IsFree(i)) return;
      if (IsFigure(i)) figures.push_back(i);
    }
    if (figures.size() != 1) return;
    Quantity& quantity = quantities_[tokens_[figures.front()].quantity];
    if (quantity.form != Form::kRange) return;
    quantity.is_condition = false;
    found_.clear();
  }

  const Runes& text_;
  const std::vector<Token>& tokens_;
  const size_t begin_;
  const size_t end_;
  std::vector<Quantity>& quantities_;
  std::vector<Stretch> found_;
};

}  // namespace

std::vector<Stretch> FindConditions(const Runes& text, const std::vector<Token>& tokens, size_t begin,
                                    size_t end, std::vector<Quantity>* quantities) {
  return ConditionFinder(text, tokens, begin, end, quantities).Find();
}

}  // namespace duijie::indicator
