// SPDX-License-Identifier: GPL-3.0-or-later
// What the figures of a sentence are called: the part of SentenceReader that looks for names.
#include <algorithm>
#include <utility>

#include "common/indicator/name_words.h"
#include "common/indicator/relevance.h"
#include "common/indicator/sentence_reader.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

// 64路, 4名, but not 400只/分钟.
bool IsCount(const Quantity& quantity) {
  const auto unit = ParseUnit(quantity.unit);
  if (!unit || quantity.unit.find('/') != std::string::npos) return false;
  return unit->dimensions[static_cast<size_t>(Base::kItem)] == 2 ||
         unit->dimensions[static_cast<size_t>(Base::kPerson)] == 2;
}

// 低温性能：, 主要要求：: a heading, not a quantity.
bool IsHeading(std::u32string_view name) {
  for (const std::u32string_view end :
       {U"性能", U"指标", U"要求", U"参数", U"条件", U"方面", U"目标", U"效果", U"内容", U"技术", U"问题",
        U"工艺", U"情况", U"如下", U"规格", U"特点", U"方法", U"标准"}) {
    if (name.ends_with(end)) return true;
  }
  return false;
}

// 车辆以25m/s的速度: what stands before the figure says who does it.
bool LeadsFigure(std::u32string_view word) {
  static constexpr std::u32string_view kOthers = U"可得足难所加予给用是";  // 可以, 加以
  return word.ends_with(U"以") &&
         (word.size() == 1 || kOthers.find(word[word.size() - 2]) == std::u32string_view::npos);
}

// 离冠层3m的作业高度: what stands behind is a quantity, what stands before is none.
bool IsQuantityOf(std::u32string_view behind, std::u32string_view before) {
  return GeneralHeadLength(behind) >= 2 && !behind.ends_with(U"能力") && GeneralHeadLength(before) == 0;
}

bool IsTime(const Quantity& quantity) {
  const auto unit = ParseUnit(quantity.unit);
  const auto second = ParseUnit("s");
  return unit && second && Convertible(*unit, *second);
}

}  // namespace

// Names joined by 和 and 、 that end before token `end`, in the order of the text.
std::vector<Name> SentenceReader::NamesBefore(size_t end, size_t begin) const {
  std::vector<Name> names;
  // 成本增加 of 成本增加不超过5%.
  const bool with_change = end > begin && (RoleAt(end - 1) == Role::kUp || RoleAt(end - 1) == Role::kDown);
  while (names.size() < kMaxGroup) {
    Name name = NameBefore(tokens_, with_change && names.empty() ? end - 1 : end, begin);
    if (with_change && names.empty() && !name.empty()) name.end = tokens_[end - 1].end;
    if (name.empty() && !names.empty()) break;
    names.insert(names.begin(), name);
    if (!name.joined || name.empty()) break;
    end = name.first - 1;
  }
  return names;
}

// 涂层厚度：0.8～1.2mm, 温差（≤3℃）: the name stands before the mark that opens the clause.
std::vector<Name> SentenceReader::NamesBeforeMark(const Group& group) const {
  const size_t clause = group.clause_begin;
  if (clause == begin_ || BeforeStart(group.cues.first, clause) != clause) return {};
  const Role mark = RoleAt(clause - 1);
  if (mark != Role::kColon && mark != Role::kOpen) return {};
  const size_t end = clause - 1;
  std::vector<Name> names = NamesBefore(end, ClauseBegin(end));
  if (!names.empty() && IsHeading(text_.view(names.back().begin, names.back().end))) names.clear();
  return names;
}

// Where the name of 由A提高到B ends: before 由.
size_t SentenceReader::BeforeStart(size_t end, size_t begin) const {
  if (end == begin_ || RoleAt(end - 1) != Role::kQuantity || !QuantityAt(end - 1).is_start) return end;
  return ReadCues(text_, tokens_, end - 1, begin, end_).name_end;
}

// Where the name of 剥离强度在80℃时为3N/mm ends: before 在.
size_t SentenceReader::BeforeInner(size_t end) const {
  for (const Stretch& stretch : stretches_) {
    if (stretch.backward || stretch.token + 1 != end || stretch.first <= begin_) continue;
    if (stretch.before_bound) return stretch.first;
    if (RoleAt(stretch.first - 1) != Role::kAt || stretch.first <= begin_ + 1) continue;
    const Role before = RoleAt(stretch.first - 2);
    if (before == Role::kWord || before == Role::kLatin) return stretch.first - 1;
  }
  return end;
}

// 通过智能排版提升到90%: a way, not a quantity.
bool SentenceReader::IsMeans(const Group& group, const Name& name) const {
  if (!group.cues.change || !group.cues.to || name.empty() || name.first <= begin_) return false;
  const Token& before = tokens_[name.first - 1];
  const std::u32string_view word = text_.view(before.begin, before.end);
  return before.role == Role::kCutter && (word == U"通过" || word == U"采用" || word == U"利用");
}

// 湿态0.3以上, behind another figure of the quantity.
bool SentenceReader::IsConditionWord(const Name& name) const {
  if (name.empty() || RoleAt(name.first) != Role::kConditionWord) return false;
  return tokens_[name.first].begin == name.begin && tokens_[name.first].end == name.end;
}

void SentenceReader::ReadNames(Group* group) const {
  const size_t wanted = group->members.size();
  const size_t begin = group->clause_begin;
  const size_t name_end = BeforeStart(group->cues.name_end, begin);
  std::vector<Name> names = NamesBefore(BeforeInner(name_end), begin);
  if (wanted == 1) {
    const bool replicate = group->cues.each && names.size() > 1;
    if (!replicate) names.erase(names.begin(), names.end() - 1);
    names.back() = NameOfOne(*group, names.back(), name_end);
  } else if (names.size() >= wanted) {
    names.erase(names.begin(), names.end() - static_cast<std::ptrdiff_t>(wanted));
  } else {
    names.resize(wanted, names.back());
  }
  for (Name& name : names) TrimName(text_, &name);
  group->names = std::move(names);
}

// 每5秒上传一次: what is done in turn; 每包只需0.8秒: of each piece.
Name SentenceReader::NameOfTurn(const Group& group, size_t last) const {
  Name name;
  const uint32_t value = QuantityAt(group.members.front()).begin;
  const bool each = value > 0 && (text_[value - 1] == U'每' || text_[value - 1] == U'隔');
  if (each && RoleAt(last) == Role::kWord && RoleAt(last + 1) == Role::kQuantity) {
    const std::u32string_view count = text_.view(tokens_[last + 1].begin, tokens_[last + 1].end);
    if (count != U"一次" && count != U"1次") return name;
    name.begin = tokens_[last].begin;
    name.end = tokens_[last].end;
  } else if (group.cues.per) {
    name.begin = tokens_[*group.cues.per].begin;
    name.end = tokens_[*group.cues.per].end;
  }
  return name;
}

// 率 of 回用率 and 期 of 覆盖期 whose first part is a word of another role: the whole word.
Name SentenceReader::WholeWord(Name name) const {
  static constexpr std::u32string_view kEnds = U"率期量度值";
  const bool end = name.end == name.begin + 1 && kEnds.find(text_[name.begin]) != std::u32string_view::npos;
  if (!end || name.first <= begin_ || RoleAt(name.first - 1) != Role::kCutter) return name;
  const Token& cut = tokens_[name.first - 1];
  if (cut.end != name.begin) return name;
  name.begin = cut.begin;
  const bool more = name.first > begin_ + 1 && RoleAt(name.first - 2) == Role::kWord;
  if (more && cut.end == cut.begin + 1) name.begin = tokens_[name.first - 2].begin;
  return name;
}

// The name of a figure alone, `name` being what stands before it.
Name SentenceReader::NameOfOne(const Group& group, Name name, size_t name_end) const {
  const Quantity& quantity = QuantityAt(group.members.front());
  const size_t last = group.cues.last;
  const bool counted = IsCount(quantity);
  if (LeadsFigure(text_.view(name.begin, name.end))) name.end = name.begin;
  const std::u32string_view word = text_.view(name.begin, name.end);
  const bool output = word.ends_with(U"产") || word.ends_with(U"处理") || word.ends_with(U"能力");
  const bool verb_only = counted && !output && SizesTechnique(word) && RoleAt(last) != Role::kSentenceEnd;
  if (name.empty() || verb_only) {
    const Name behind = NameBehind(text_, tokens_, last, end_, counted);
    if (!behind.empty()) name = behind;
    name.sized = verb_only;
  }
  if (!name.empty() && RoleAt(last) == Role::kOf) {
    const Name behind = NameBehind(text_, tokens_, last, end_, false);
    if (!behind.empty() && IsQuantityOf(text_.view(behind.begin, behind.end), word)) name = behind;
  }
  // 人工胃液中1200s内完全崩解: where it is done, no quantity.
  const bool place = word.size() > 2 && word.ends_with(U"中");
  if ((name.empty() || place) && IsTime(quantity)) {
    const Name done = DoneWithin(text_, tokens_, last, end_);
    if (!done.empty()) name = done;
  }
  const bool turns = group.cues.each && !NameOfTurn(group, last).empty();
  if ((name.empty() || turns) && IsTime(quantity)) name = NameOfTurn(group, last);
  if (name.empty()) {
    std::vector<Name> heading = NamesBeforeMark(group);
    if (!heading.empty() && !heading.back().empty()) name = heading.back();
  }
  if (name.empty()) name = NameEndured(text_, tokens_, group.cues.first, last, group.clause_begin, end_);
  if (name.empty()) name = NameWithVerb(tokens_, name_end, group.clause_begin);
  const bool starts_sentence = out_.size() == first_out_ && group.clause_begin > begin_ + 1;
  if (name.empty() && starts_sentence && RoleAt(group.clause_begin - 1) == Role::kComma)
    name = NameOfFault(text_, tokens_, group.clause_begin - 1, begin_);
  if (IsMeans(group, name)) name.end = name.begin;
  return WholeWord(name);
}

}  // namespace duijie::indicator
