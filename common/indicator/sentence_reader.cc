// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/sentence_reader.h"

#include <algorithm>
#include <utility>

#include "common/indicator/relevance.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

bool IsBoundary(Role role) {
  return role == Role::kComma || role == Role::kColon || role == Role::kSentenceEnd;
}

// A year, a cycle: a share of one is told for it.
bool IsTimeOrCycle(std::string_view unit) {
  const auto parsed = ParseUnit(unit);
  return parsed && (Convertible(*parsed, *ParseUnit("s")) || Convertible(*parsed, *ParseUnit("次")));
}

// Areas and volumes.
bool IsPlace(std::string_view unit) {
  const auto parsed = ParseUnit(unit);
  return parsed && (Convertible(*parsed, *ParseUnit("m²")) || Convertible(*parsed, *ParseUnit("m³")));
}

std::string BothUnits(std::string_view a, std::string_view b) {
  std::string both = "(";
  both += a;
  both += "·";
  both += b;
  both += ")";
  return both;
}

}  // namespace

SentenceReader::SentenceReader(const Runes& text, Grouped* grouped, size_t begin, size_t end,
                               std::vector<Indicator>* out, OtherFigures* others)
    : text_(text),
      tokens_(grouped->tokens),
      quantities_(grouped->quantities),
      begin_(begin),
      end_(end),
      out_(*out),
      others_(others),
      first_out_(out->size()) {}

void SentenceReader::Run() {
  const bool has_figures = std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(begin_),
                                       tokens_.begin() + static_cast<std::ptrdiff_t>(end_),
                                       [](const Token& token) { return token.role == Role::kQuantity; });
  if (!has_figures) return;
  JoinDoubleBounds();
  stretches_ = FindConditions(text_, tokens_, begin_, end_, &quantities_);
  MarkStarts();
  ReadConditions();
  for (size_t i = begin_; i < end_;) i = IsFree(i) ? ReadGroup(i) : i + 1;
}

bool SentenceReader::IsFree(size_t i) const {
  return RoleAt(i) == Role::kQuantity && !QuantityAt(i).is_condition && !QuantityAt(i).is_start;
}

// 180≤HB＜240: one range, its name between the bounds.
void SentenceReader::JoinDoubleBounds() {
  constexpr size_t kMaxBetween = 4;
  const auto is_sign = [&](size_t i) {
    const char32_t sign = RoleAt(i) == Role::kSentenceEnd ? U'\0' : text_[tokens_[i].begin];
    return sign == U'≤' || sign == U'<';
  };
  for (size_t i = begin_; i + 3 < end_; ++i) {
    if (!IsFree(i) || !is_sign(i + 1)) continue;
    size_t next = i + 2;
    while (next < end_ && next - i <= kMaxBetween + 1 &&
           (RoleAt(next) == Role::kWord || RoleAt(next) == Role::kLatin || RoleAt(next) == Role::kUnit))
      ++next;
    if (next == i + 2 || !is_sign(next) || !IsFree(next + 1)) continue;
    Quantity& low = QuantityAt(i);
    Quantity& high = QuantityAt(next + 1);
    if (low.form != Form::kSingle || high.form != Form::kSingle || low.value >= high.value) continue;
    high.form = Form::kRange;
    high.upper = std::exchange(high.value, low.value);
    if (high.unit.empty()) high.unit = low.unit;
    low.is_start = true;
  }
}

// 96h→≤24h: as 由96h到≤24h.
bool SentenceReader::IsArrow(size_t i) const {
  if (RoleAt(i) != Role::kTo) return false;
  const char32_t first = text_[tokens_[i].begin];
  return first == U'→' || first == U'➔' || first == U'⇒' || first == U'-' || first == U'－';
}

// A of 由A提高到B, 从A降至B.
void SentenceReader::MarkStarts() {
  for (size_t i = begin_; i < end_; ++i) {
    if (!IsFree(i)) continue;
    const Cues cues = ReadCues(text_, tokens_, i, ClauseBegin(i), end_);
    if (IsArrow(cues.last)) QuantityAt(i).is_start = true;
    if (!cues.start) continue;
    for (size_t next = cues.last; next < end_ && next - i < kMaxContextTokens; ++next) {
      const Role role = tokens_[next].role;
      if (role == Role::kSentenceEnd || role == Role::kQuantity) break;
      const bool becomes = (role == Role::kUp || role == Role::kDown) && RoleAt(next + 1) == Role::kEqual;
      // 由50分钟缩短了60%: not the figure that was reached.
      const bool changed = (role == Role::kUp || role == Role::kDown) && IsFree(next + 1) &&
                           QuantityAt(next + 1).unit == "%" && QuantityAt(i).unit != "%";
      if (changed || role == Role::kTo || role == Role::kAtLeast || role == Role::kAtMost || becomes) {
        QuantityAt(i).is_start = true;
        break;
      }
    }
  }
}

size_t SentenceReader::ClauseBegin(size_t i) const {
  size_t depth = 0;
  while (i > begin_) {
    const Role role = tokens_[i - 1].role;
    if (role == Role::kClose) ++depth;
    if (role == Role::kOpen && depth-- == 0) break;
    if (depth == 0 && IsBoundary(role)) break;
    --i;
  }
  return i;
}

size_t SentenceReader::ClauseEnd(size_t i) const {
  while (i < end_ && !IsBoundary(tokens_[i].role)) ++i;
  return i;
}

size_t SentenceReader::ReadGroup(size_t i) {
  Group group;
  group.members.push_back(i);
  group.clause_begin = ClauseBegin(i);
  group.clause_end = ClauseEnd(i);
  group.cues = ReadCues(text_, tokens_, i, group.clause_begin, end_);
  size_t last = group.cues.last;
  while (group.members.size() < kMaxGroup && RoleAt(last) == Role::kAnd && IsFree(last + 1)) {
    group.members.push_back(last + 1);
    last = ReadCues(text_, tokens_, last + 1, last + 1, end_).last;
  }
  ShareUnits(group.members);
  ReadNames(&group);
  if (group.members.size() == 1) {
    for (const Name& name : group.names) Emit(group, i, name);
  } else {
    for (size_t k = 0; k < group.members.size(); ++k) Emit(group, group.members[k], group.names[k]);
  }
  return last;
}

void SentenceReader::ShareUnits(const std::vector<size_t>& members) const {
  for (size_t k = members.size(); k-- > 1;) {
    Quantity& before = QuantityAt(members[k - 1]);
    if (before.unit.empty()) before.unit = QuantityAt(members[k]).unit;
  }
}

void SentenceReader::Emit(const Group& group, size_t member, const Name& named) {
  const Quantity& quantity = QuantityAt(member);
  Name name = named;
  const bool of_condition =
      IsConditionWord(name) && out_.size() > first_out_ && out_.back().unit == quantity.unit;
  if (of_condition) name.end = name.begin;
  Cues cues = group.cues;
  if (member != group.members.front()) {
    const Cues own = ReadCues(text_, tokens_, member, member, end_);
    cues.after = own.after;
    cues.last = own.last;
  }
  const std::string column_unit = TakeColumnUnit(quantity, cues, &name);
  // 提高合格率在98%以上 tells where it ends, not by how much it rises.
  if (!cues.change && name.change && !cues.bound && !cues.to && !cues.at) cues.change = name.change;
  Indicator indicator;
  const std::u32string_view word = text_.view(name.begin, name.end);
  indicator.name = text_.Written(name.begin, name.end);
  if (name.empty()) Inherit(cues, quantity, &indicator);
  const std::u32string known = name.empty() ? ToFolded(indicator.name) : std::u32string(word);
  Figure figure{
      &quantity, &cues,     known, member, group.clause_begin, std::max(group.clause_end, member + 1),
      begin_,    name.sized};
  const bool read = IsIndicator(text_, tokens_, figure);
  const bool counted = !read && others_ != nullptr && others_->counts.size() < kMaxIndicators &&
                       IsOtherCount(text_, tokens_, figure);
  if (!read && !counted) return KeepEndured(group, name, quantity);
  indicator.comparator = ComparatorOf(cues, quantity, known);
  indicator.value = quantity.value;
  indicator.upper = quantity.upper;
  indicator.is_maximum = cues.maximum;
  indicator.is_highest = cues.highest;
  indicator.is_lowest = cues.lowest;
  indicator.is_negated = cues.negated;
  indicator.is_about = cues.about;
  indicator.is_of_former = cues.of_former;
  SetUnit(group, cues, quantity, &indicator);
  if (indicator.unit.empty()) indicator.unit = column_unit;
  SetStart(group, quantity, &indicator);
  SetCondition(member, &indicator);
  if (of_condition) {
    indicator.condition = text_.Bytes(named.begin, named.end);
    indicator.condition_span = Span(named.begin, named.end);
  }
  SetSpans(group, cues, name, quantity, &indicator);
  (read ? out_ : others_->counts).push_back(std::move(indicator));
}

// 抗拉强度 MPa ≥ 520: a row of a table, whose unit stands behind the name. Leaves it out of the name.
std::string SentenceReader::TakeColumnUnit(const Quantity& quantity, const Cues& cues, Name* name) const {
  if (!quantity.unit.empty() || cues.leading_unit || name->empty()) return "";
  const std::u32string_view word = text_.view(name->begin, name->end);
  const size_t blank = word.rfind(U' ');
  if (blank == std::u32string_view::npos || blank == 0 || blank + 1 == word.size()) return "";
  const auto begin = static_cast<uint32_t>(name->begin + blank + 1);
  std::string unit = text_.Written(begin, name->end);
  if (UnitLength(word.substr(blank + 1)) != word.size() - blank - 1) return "";
  name->end = static_cast<uint32_t>(name->begin + blank);
  return unit;
}

// 36万次未出现裂纹: no indicator by itself, but an answer where a trial is spoken of.
void SentenceReader::KeepEndured(const Group& group, const Name& name, const Quantity& quantity) const {
  if (others_ == nullptr || !name.empty() || quantity.indefinite || quantity.form != Form::kSingle) return;
  if (others_->conditions.size() >= kMaxIndicators || quantity.unit.empty()) return;
  Indicator figure;
  figure.value = quantity.value;
  SetUnit(group, group.cues, quantity, &figure);
  figure.value_span = Span(quantity.begin, quantity.end);
  figure.whole = figure.value_span;
  others_->conditions.push_back(std::move(figure));
}

// 希望降到3%以下: the name is that of the figure before, if that is of the same unit.
void SentenceReader::Inherit(const Cues& cues, const Quantity& quantity, Indicator* indicator) const {
  if (out_.size() == first_out_) return;
  const Indicator& last = out_.back();
  const auto unit = ParseUnit(quantity.unit);
  const auto last_unit = ParseUnit(last.unit);
  const bool same = quantity.unit == last.unit || (unit && last_unit && Convertible(*unit, *last_unit));
  // ≥8 10.6 of a table: what is asked for, then what was measured.
  const bool cell = quantity.by_heading && cues.first > begin_ && RoleAt(cues.first - 1) == Role::kQuantity;
  const bool under = cues.first > begin_ && RoleAt(cues.first - 1) == Role::kConditionEnd;  // ，1C下182mAh/g
  if (same && (cues.bound || cues.to || cues.after || cues.equal || cell || under))
    indicator->name = last.name;
}

// 每吨 and a scale before the value join the unit.
void SentenceReader::SetUnit(const Group& group, const Cues& cues, const Quantity& quantity,
                             Indicator* indicator) const {
  indicator->unit = quantity.unit;
  if (indicator->unit.empty() && cues.leading_unit) {
    const Token& unit = tokens_[*cues.leading_unit];
    indicator->unit = text_.Written(unit.begin, unit.end);
  }
  if (indicator->unit.empty() || indicator->unit.find('/') != std::string::npos) return;
  bool in_start = false;
  std::string own;  // the nearest
  for (size_t i = group.members.front(); i > group.clause_begin; --i) {
    const Token& token = tokens_[i - 1];
    if (token.role == Role::kQuantity && i - 1 < group.members.front()) {
      if (!QuantityAt(i - 1).is_start) break;
      in_start = true;
    }
    // 每件成本从38元降低至31元, but not 由每班6人减到2人: what stands with the start value is its own.
    if (token.role == Role::kFrom) in_start = false;
    if (in_start) continue;
    if (token.role != Role::kPer) continue;
    const std::string per = text_.Written(token.begin + 1, token.end);
    // 每吨瓷砖耗用的能量少12%: a share of what a tonne takes; a year's is one for a year.
    if (indicator->unit == "%" && !IsTimeOrCycle(per)) break;
    if (own.empty()) {
      own = per;
    } else {
      if (IsPlace(per) != IsPlace(own)) own = BothUnits(per, own);  // 每平方米每小时
      break;
    }
  }
  if (!own.empty()) indicator->unit += "/" + own;
}

// A of 由A降到B, in the unit of B.
void SentenceReader::SetStart(const Group& group, const Quantity& quantity, Indicator* indicator) const {
  const size_t end = group.cues.name_end;
  if (end <= group.clause_begin || RoleAt(end - 1) != Role::kQuantity || !QuantityAt(end - 1).is_start)
    return;
  const Quantity& start = QuantityAt(end - 1);
  const auto from = ParseUnit(start.unit);
  const auto to = ParseUnit(quantity.unit);
  if (start.unit.empty() || start.unit == quantity.unit) {
    indicator->from = start.value;
  } else if (from && to && Convertible(*from, *to)) {
    indicator->from = Convert(start.value, *from, *to);
  }
}

TextSpan SentenceReader::Span(uint32_t begin, uint32_t end) const {
  return {text_.ByteOf(begin), text_.ByteOf(end)};
}

void SentenceReader::SetSpans(const Group& group, const Cues& cues, const Name& name,
                              const Quantity& quantity, Indicator* indicator) const {
  indicator->value_span = Span(quantity.begin, quantity.end);
  if (!name.empty()) indicator->name_span = Span(name.begin, name.end);
  uint32_t begin = std::min(quantity.begin, tokens_[group.cues.first].begin);
  uint32_t end = std::max(quantity.end, cues.last > 0 ? tokens_[cues.last - 1].end : quantity.end);
  if (!name.empty()) {
    begin = std::min(begin, name.begin);
    end = std::max(end, name.end);
  }
  indicator->whole = Span(begin, end);
}

}  // namespace duijie::indicator
