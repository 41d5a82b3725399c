// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/cues.h"

#include <algorithm>
#include <string>

#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

class CueReader {
 public:
  CueReader(const Runes& text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

  Cues Read(size_t index, size_t begin, size_t end) {
    cues_.first = cues_.name_end = index;
    for (size_t i = index; i > begin && index - i < kMaxContextTokens;) {
      const size_t taken = TakeShareOf(i - 1, index, begin) ? share_begin_ : Take(i - 1) ? i - 1 : i;
      if (taken == i) break;
      i = cues_.first = taken;
    }
    if (!name_end_fixed_) cues_.name_end = cues_.first;
    TakeBoundOfDoing(begin);
    cues_.last = index + 1;
    while (cues_.last < end && !LeadsNext(cues_.last, end) && TakeAfter(tokens_[cues_.last].role))
      ++cues_.last;
    return cues_;
  }

 private:
  bool Holds(size_t i, std::u32string_view word) const {
    return text_.view(tokens_[i].begin, tokens_[i].end).find(word) != std::u32string_view::npos;
  }

  static bool IsBound(Role role) {
    switch (role) {
      case Role::kAtLeast:
      case Role::kAtMost:
      case Role::kEqual:
      case Role::kTo:
      case Role::kUp:
      case Role::kDown:
        return true;
      default:
        return false;
    }
  }

  bool IsShare(size_t index) const {
    const Token& figure = tokens_[index];
    const char32_t last = text_[figure.end - 1];
    static constexpr std::u32string_view kEnds = U"%倍半一二三四五六七八九成";
    return kEnds.find(last) != std::u32string_view::npos;
  }

  // 额定容量的 of 不低于额定容量的80%, 原来的 of 降到原来的一半: what the share is of.
  bool TakeShareOf(size_t i, size_t index, size_t begin) {
    constexpr size_t kMaxOfTokens = 4;
    size_t first = i + 1;
    if (tokens_[i].role == Role::kOf) {
      first = i;
    } else if (!Holds(i, U"的")) {
      return false;
    }
    if (i + 1 != index || !IsShare(index)) return false;
    bool former = false;
    size_t at = std::min(first, i + 1);
    for (; at > begin && i + 1 - at < kMaxOfTokens; --at) {
      const Role role = tokens_[at - 1].role;
      if (IsBound(role) || (role == Role::kCutter && Holds(at - 1, U"占"))) break;
      if (role != Role::kWord && role != Role::kLatin && role != Role::kNow && role != Role::kFiller &&
          role != Role::kConditionWord)
        return false;
      former = former || role == Role::kNow || NamesFormer(at - 1);
    }
    former = former || NamesFormer(i);
    if (at == begin || (!IsBound(tokens_[at - 1].role) && !Holds(at - 1, U"占"))) return false;
    // 是平库的2.5倍: of something that is left behind, unless it is a rating.
    const bool times = text_[tokens_[index].end - 1] == U'倍' && tokens_[at - 1].role == Role::kEqual;
    former = former || (times && !IsRating(at, i + 1));
    share_begin_ = at;
    cues_.of_former = former;
    return true;
  }

  bool IsRating(size_t first, size_t end) const {
    for (size_t i = first; i < end; ++i) {
      for (const std::u32string_view word :
           {U"额定", U"设计", U"标准", U"理论", U"公称", U"工作", U"最大", U"自重", U"自身"}) {
        if (Holds(i, word)) return true;
      }
    }
    return false;
  }

  bool NamesFormer(size_t i) const {
    for (const std::u32string_view word :
         {U"原", U"传统", U"常规", U"现有", U"以前", U"之前", U"过去", U"普通", U"同类", U"国外", U"进口",
          U"改造前", U"旧", U"目前", U"一般", U"人工", U"手工"}) {
      if (Holds(i, word)) return true;
    }
    return false;
  }

  bool IsSpoken(size_t i) const { return SpeaksOfBound(text_.view(tokens_[i].begin, tokens_[i].end)); }

  // 成品率打底九成, 撑死2%: words that as a rule stand behind.
  bool TakeSpoken(size_t i) {
    const bool spoken = IsSpoken(i);
    if (spoken && !cues_.bound && !cues_.change && !cues_.to)
      cues_.bound = tokens_[i].role == Role::kAtLeastAfter ? Role::kAtLeast : Role::kAtMost;
    return spoken;
  }

  void TakeBound(size_t i) {
    cues_.bound = tokens_[i].role;
    const std::u32string_view word = text_.view(tokens_[i].begin, tokens_[i].end);
    cues_.reaches = word.find(U'达') != std::u32string_view::npos;
    cues_.compares = word.find_first_of(U"低高") != std::u32string_view::npos;
  }

  // 每天至少处理20吨: the bound stands before what is done, which names the figure.
  void TakeBoundOfDoing(size_t begin) {
    constexpr uint32_t kMaxDoing = 3;  // code points
    const size_t first = cues_.first;
    if (cues_.bound || cues_.change || cues_.to || cues_.equal || first < begin + 2) return;
    const Token& doing = tokens_[first - 1];
    const Token& bound = tokens_[first - 2];
    if (doing.role != Role::kWord || doing.end - doing.begin > kMaxDoing || bound.end != doing.begin) return;
    const std::u32string_view word = text_.view(bound.begin, bound.end);
    const bool least = word == U"至少" || word == U"起码" || word == U"最少" || word == U"至少要" ||
                       word == U"至少得" || word == U"起码得" || word == U"至少能";
    if (least || word == U"至多" || word == U"顶多") cues_.bound = least ? Role::kAtLeast : Role::kAtMost;
  }

  // The first bound or change met, seen from the figure, decides.
  bool Take(size_t i) {
    switch (tokens_[i].role) {
      case Role::kAtLeast:
      case Role::kAtMost:
      case Role::kSuperior:
        if (!cues_.bound && !cues_.change && !cues_.to) TakeBound(i);
        return true;
      case Role::kUp:
      case Role::kDown:
        return TakeChange(i);
      case Role::kTo:
        cues_.to = cues_.to || !cues_.change;
        return true;
      case Role::kEqual:
        TakeEqual(i);
        return true;
      case Role::kAtLeastAfter:
      case Role::kAtMostAfter:
        return TakeSpoken(i);
      case Role::kMaximum:
        TakeMaximum(i);
        return true;
      case Role::kNegation:
        cues_.negated = true;
        return true;
      case Role::kEach:
        cues_.each = true;
        return true;
      case Role::kFrom:
        cues_.start = true;
        return true;
      case Role::kAt:
        cues_.at = true;
        return true;
      case Role::kPer:
        cues_.per = i;
        return true;
      case Role::kUnit:
        cues_.leading_unit = i;
        return true;
      case Role::kFiller:
        cues_.at = cues_.at || text_[tokens_[i].end - 1] == U'在';
        return true;
      case Role::kWish:
      case Role::kBetween:
        return true;
      case Role::kLatin:
        return IsRoughnessSign(i);
      case Role::kCutter:
        return Holds(i, U"占") || Holds(i, U"低至");
      case Role::kOf:
        return cues_.first > i && cues_.first < tokens_.size() && IsOrigin(i);
      default:
        return false;
    }
  }

  void TakeEqual(size_t i) {
    // 缩短为40分钟: an end value.
    if (i > 0 && (tokens_[i - 1].role == Role::kUp || tokens_[i - 1].role == Role::kDown) &&
        text_.view(tokens_[i].begin, tokens_[i].end) == U"为") {
      cues_.to = true;
    }
    cues_.equal = true;
    cues_.about = cues_.about || Holds(i, U"约") || Holds(i, U"近");
  }

  // 最低35MPa bounds from below, 最高可达 only boasts.
  void TakeMaximum(size_t i) {
    cues_.maximum = true;
    const bool boasts = Holds(i, U"可") || Holds(i, U"达") || Holds(i, U"至");
    if (boasts) return;
    cues_.highest = Holds(i, U"最高") || Holds(i, U"最大") || Holds(i, U"最多") || Holds(i, U"最长");
    cues_.lowest = Holds(i, U"最低") || Holds(i, U"最小") || Holds(i, U"最短");
  }

  // 粗糙度不大于Ra25μm: the sign between bound and value.
  bool IsRoughnessSign(size_t i) const {
    const bool sign = Holds(i, U"Ra") || Holds(i, U"Rz");
    return sign && i > 0 && cues_.first == i + 1 &&
           (tokens_[i - 1].role == Role::kAtMost || tokens_[i - 1].role == Role::kAtLeast) && i > 1 &&
           tokens_[i - 2].role == Role::kWord;
  }

  // 原来的, 基础上的: the baseline of an end value.
  bool IsOrigin(size_t i) const { return i > 0 && tokens_[i - 1].role == Role::kNow && !name_end_fixed_; }

  bool TakeChange(size_t i) {
    // 提高在98%以上: to, not by.
    if (cues_.at && !cues_.bound) cues_.to = true;
    // 增加不超过5%: the rise is what is bounded, so it belongs to the name.
    if (cues_.bound == Role::kAtMost && !cues_.to) {
      cues_.name_end = i + 1;
      name_end_fixed_ = true;
      return false;
    }
    if (!cues_.change) cues_.change = tokens_[i].role;
    return true;
  }

  // 一公斤撑死14块钱: the bound is of the figure behind it.
  bool LeadsNext(size_t i, size_t end) const {
    return i + 1 < end && tokens_[i + 1].role == Role::kQuantity && IsSpoken(i);
  }

  bool TakeAfter(Role role) {
    switch (role) {
      case Role::kAtLeastAfter:
      case Role::kAtMostAfter:
        cues_.after = role;
        return true;
      case Role::kAboutAfter:
        cues_.about = true;
        return true;
      case Role::kBetweenAfter:
        return true;
      default:
        return false;
    }
  }

  const Runes& text_;
  const std::vector<Token>& tokens_;
  Cues cues_;
  bool name_end_fixed_ = false;
  size_t share_begin_ = 0;  // of what TakeShareOf took
};

// Whether a precision told in the unit is an error: in mm, °, ℃, s, g, V, but not in %, bit or 目.
bool MeasuresErrors(const std::string& unit) {
  static const Unit kOfErrors[] = {*ParseUnit("m"), *ParseUnit("°"), *ParseUnit("K"),
                                   *ParseUnit("s"), *ParseUnit("g"), *ParseUnit("V")};
  const auto parsed = ParseUnit(unit);
  return parsed && std::any_of(std::begin(kOfErrors), std::end(kOfErrors),
                               [&](const Unit& error) { return Convertible(*parsed, error); });
}

// 真空度达到5×10⁻⁴Pa: what is left; 0.09MPa is what was taken away.
bool IsPressureLeft(std::u32string_view name, const std::string& unit) {
  return name.ends_with(U"真空度") && (unit == "Pa" || unit == "mbar" || unit == "Torr");
}

// Whether a word for at least means at most: 平面度达到0.02mm, 定位精度不低于0.01mm.
bool MeansAtMost(const Cues& cues, const Quantity& quantity, std::u32string_view name) {
  if (cues.reaches && (IsBetterSmall(name) || IsPressureLeft(name, quantity.unit))) return true;
  return (cues.reaches || cues.compares) && IsPrecision(name) && MeasuresErrors(quantity.unit);
}

Comparator OfBound(const Cues& cues, const Quantity& quantity, std::u32string_view name) {
  if (cues.bound == Role::kSuperior) return IsSmallIfSuperior(name) ? Comparator::kAtMost : Comparator::kAtLeast;
  if (cues.bound != Role::kAtLeast) return Comparator::kAtMost;
  return MeansAtMost(cues, quantity, name) ? Comparator::kAtMost : Comparator::kAtLeast;
}

}  // namespace

Cues ReadCues(const Runes& text, const std::vector<Token>& tokens, size_t index, size_t begin, size_t end) {
  return CueReader(text, tokens).Read(index, begin, end);
}

Comparator ComparatorOf(const Cues& cues, const Quantity& quantity, std::u32string_view name) {
  if (quantity.form == Form::kTolerance) return Comparator::kPlusMinus;
  const bool rises = cues.change == Role::kUp;
  if (cues.change && !cues.to) return rises ? Comparator::kIncreaseBy : Comparator::kDecreaseBy;
  if (quantity.form == Form::kRange) return Comparator::kBetween;
  if (cues.after) return *cues.after == Role::kAtLeastAfter ? Comparator::kAtLeast : Comparator::kAtMost;
  if (cues.about) return Comparator::kEqual;  // also 缩短到120天左右
  if (cues.change) return rises ? Comparator::kAtLeast : Comparator::kAtMost;
  if (cues.bound) return OfBound(cues, quantity, name);
  return Comparator::kEqual;
}

}  // namespace duijie::indicator
