// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/names.h"

#include <algorithm>

#include "common/indicator/extract.h"
#include "common/indicator/name_words.h"
#include "common/indicator/table_heading.h"

namespace duijie::indicator {
namespace {

constexpr size_t kMaxBracketTokens = 12;
constexpr std::u32string_view kSizeWords = U"厚宽长高深径";  // 0.3mm厚

class NameReader {
 public:
  NameReader(const std::vector<Token>& tokens, size_t end, size_t begin) : tokens_(tokens), begin_(begin) {
    first_ = end_ = end;
  }

  Name Read() {
    while (first_ > begin_ && end_ - first_ < kMaxContextTokens && Take()) {
    }
    return Finish();
  }

 private:
  bool Empty() const { return first_ == end_; }
  bool Accept() {
    --first_;
    return true;
  }

  bool Take() {
    const Role role = tokens_[first_ - 1].role;
    switch (role) {
      case Role::kWord:
      case Role::kLatin:
      case Role::kProcess:
      case Role::kConditionWord:
        return Accept();
      case Role::kClose:
        return TakeBracket();
      case Role::kUp:
      case Role::kDown:
        if (!Empty()) name_.change = role;
        return false;
      case Role::kSavingName:
      case Role::kGainName:
        return TakeVerbName(role);
      case Role::kNow:  // 附着力目前达不到8MPa
        if (!Empty()) return false;
        end_ = --first_;
        return true;
      case Role::kBaseline:  // the name stands before 比…, but behind 与…相比
        if (!Empty() && tokens_[first_ - 1].end - tokens_[first_ - 1].begin == 2) return false;
        end_ = --first_;
        return true;
      case Role::kAnd:
        name_.joined = !Empty();
        return false;
      case Role::kPer:
      case Role::kEach:
        if (!Empty()) return false;
        end_ = --first_;
        return true;
      default:
        return false;
    }
  }

  bool TakeVerbName(Role role) {
    if (!Empty()) return false;
    name_.change = role == Role::kSavingName ? Role::kDown : Role::kUp;
    name_.own_verb = true;
    --first_;
    return false;
  }

  // 室温 of 室温抗拉强度 is a condition.
  void SkipConditionWord() {
    if (end_ - first_ < 2 || tokens_[first_].role != Role::kConditionWord) return;
    const Token& next = tokens_[first_ + 1];
    if (next.role == Role::kWord && next.end - next.begin >= 2) ++first_;
  }

  // 粗糙度（Ra） is one name; a bracket with figures is left out.
  bool TakeBracket() {
    size_t open = first_ - 1;
    bool figures = false;
    while (open > begin_ && tokens_[open].role != Role::kOpen && first_ - open < kMaxBracketTokens) {
      figures = figures || tokens_[open].role == Role::kQuantity;
      --open;
    }
    if (tokens_[open].role != Role::kOpen) return false;
    if (figures && !Empty()) return false;
    first_ = open;
    if (figures || Empty()) {
      if (figures) end_ = open;
    }
    return true;
  }

  Name Finish() {
    name_.first = first_;
    if (Empty()) return name_;
    SkipConditionWord();
    name_.begin = tokens_[first_].begin;
    name_.end = tokens_[end_ - 1].end;
    name_.begin = std::max<uint32_t>(name_.begin, name_.end - std::min<uint32_t>(name_.end, kMaxNameRunes));
    return name_;
  }

  const std::vector<Token>& tokens_;
  const size_t begin_;
  size_t first_;
  size_t end_;
  Name name_;
};

// 0.3mm厚, 2mm厚钢板; 35MPa高压水 names no height.
bool IsSizeWord(const Runes& text, const Token& token) {
  if (token.role != Role::kWord || kSizeWords.find(text[token.begin]) == std::u32string_view::npos)
    return false;
  const bool alone = token.end == token.begin + 1;
  static constexpr std::u32string_view kOthers = U"电温频范";  // 宽电压
  if (kOthers.find(text[token.begin + 1]) != std::u32string_view::npos) return false;
  return alone || text[token.begin] == U'厚' || text[token.begin] == U'宽';
}

// 承受1600℃高温.
bool IsEndured(std::u32string_view word) { return word == U"高温" || word == U"低温"; }

// 平均 of 衰减平均0.03dB.
constexpr std::u32string_view kTrailing[] = {U"平均", U"最好", U"稳定", U"实际", U"整体",   U"总体", U"普遍",
                                             U"一般", U"稳住", U"得",   U"务必", U"说什么", U"往",   U"扛住"};

// What is done within a time that nothing else names: 40分钟即可充满.
constexpr std::u32string_view kDone[] = {
    U"出结果", U"出报告", U"完成", U"充满", U"充至", U"收回", U"回本", U"固化", U"硬化", U"凝固", U"见效",
    U"启动",   U"切换",   U"检出", U"干燥", U"烘干", U"降解", U"换",   U"愈合", U"成型", U"脱模", U"杀灭",
    U"响应",   U"充电",   U"起效", U"溶解", U"崩解", U"报警", U"定位", U"获得", U"得到", U"更换", U"成苗",
    U"不粘手", U"不沾手", U"表干", U"实干", U"硬干", U"加满", U"灌满", U"装满", U"卸完", U"装完", U"出值",
    U"出数",   U"报出",   U"到位", U"崩散", U"崩解", U"化开", U"溶清", U"溶完", U"速溶", U"初凝", U"终凝",
    U"拆模",   U"交联",   U"硫化", U"熔化", U"熔清", U"冷却", U"降至", U"升至", U"升温", U"抽至", U"抽空",
    U"停机",   U"停车",   U"开机", U"开门", U"打开", U"分闸", U"合闸", U"切断", U"动作", U"恢复", U"复位",
    U"止血",   U"发芽",   U"出苗", U"开花", U"蒸熟", U"煮熟", U"复水", U"泡开", U"出锅", U"退火", U"退浆",
    U"沉淀",   U"分层",   U"澄清", U"出图", U"建模", U"下线", U"完工", U"送达", U"发货", U"完全", U"自动",
    U"换完",   U"装好",   U"搭建", U"展开", U"出圃", U"成熟", U"出栏", U"出罐", U"腐熟", U"采收", U"收获",
    U"上市",   U"出窑",   U"出炉", U"交货"};

// 标准是15mg/L以下: who sets the figure, no quantity.
bool NamesNothing(std::u32string_view word) {
  if (word.ends_with(U"标准")) return true;
  for (const std::u32string_view whole :
       {U"国标", U"行标", U"规定", U"新规", U"客户", U"用户", U"业主", U"甲方", U"主机厂", U"验收", U"合格线",
        U"是有", U"还是", U"还有", U"也就"}) {
    if (word == whole) return true;
  }
  return false;
}

// 可靠性试验 of 可靠性试验中.
bool EndsInDoing(std::u32string_view word) {
  for (const std::u32string_view end : {U"试验", U"过程", U"生产", U"运行", U"测试", U"应用", U"使用",
                                        U"示范", U"检测", U"作业", U"实验", U"实践", U"工程", U"考核"}) {
    if (word.ends_with(end)) return true;
  }
  return false;
}

// Code points of 入口浓度变化时 before 脱硫率: what says when. 0 if there are none.
size_t WhenLength(std::u32string_view word) {
  static constexpr std::u32string_view kBefore = U"小同及实瞬延定临工按台用耗历随即有平计超学当费省适准";
  static constexpr std::u32string_view kBehind = U"间长段期刻速延滞效限钟序域空变差代光";
  for (size_t at = word.size(); at-- > 2;) {
    if (word[at] == U'中' && at + 3 <= word.size() && EndsInDoing(word.substr(0, at))) return at + 1;
    if (word[at] != U'时' || at + 3 > word.size()) continue;
    if (kBefore.find(word[at - 1]) == std::u32string_view::npos &&
        kBehind.find(word[at + 1]) == std::u32string_view::npos)
      return at + 1;
  }
  return 0;
}

}  // namespace

Name DoneWithin(const Runes& text, const std::vector<Token>& tokens, size_t index, size_t end) {
  constexpr size_t kMaxDoneRunes = 10;
  constexpr size_t kMaxTakenOver = 5;  // 备库接管
  Name name;
  while (index < end && (tokens[index].role == Role::kFiller || tokens[index].role == Role::kEach ||
                         text.view(tokens[index].begin, tokens[index].end) == U"即可" ||
                         text.view(tokens[index].begin, tokens[index].end) == U"便可" ||
                         text.view(tokens[index].begin, tokens[index].end) == U"就可"))
    ++index;
  if (index >= end) return name;
  const uint32_t begin = tokens[index].begin;
  const std::u32string_view rest = text.view(begin, std::min<size_t>(text.size(), begin + kMaxDoneRunes));
  const size_t may = rest.find_first_not_of(U"即就便可能已");  // 即不粘手
  const std::u32string_view verb = rest.substr(std::min(may, rest.size()));
  const bool done = std::any_of(std::begin(kDone), std::end(kDone),
                                [&](std::u32string_view word) { return verb.starts_with(word); }) ||
                    verb.substr(0, kMaxTakenOver).find(U"接管") != std::u32string_view::npos;
  if (!done) return name;
  size_t last = index;
  while (last + 1 < end && tokens[last + 1].begin < begin + kMaxDoneRunes &&
         (tokens[last + 1].role == Role::kWord || tokens[last + 1].role == Role::kLatin ||
          tokens[last + 1].role == Role::kEach))
    ++last;
  name.begin = begin + static_cast<uint32_t>(rest.size() - verb.size());
  name.end = std::min<uint32_t>(tokens[last].end, begin + kMaxDoneRunes);
  return name;
}

Name NameBefore(const std::vector<Token>& tokens, size_t end, size_t begin) {
  return NameReader(tokens, end, begin).Read();
}

Name NameWithVerb(const std::vector<Token>& tokens, size_t end, size_t begin) {
  if (end <= begin || tokens[end - 1].role != Role::kCutter ||
      tokens[end - 1].end - tokens[end - 1].begin < 2)
    return {};
  Name name = NameBefore(tokens, end - 1, begin);
  if (!name.empty()) name.end = tokens[end - 1].end;
  return name;
}

Name NameEndured(const Runes& text, const std::vector<Token>& tokens, size_t first, size_t index,
                 size_t begin, size_t end) {
  static constexpr std::u32string_view kEndures[] = {U"承受",   U"耐受",   U"通过",   U"通过了", U"经受",
                                                     U"经受住", U"可承受", U"能承受", U"经受了"};
  static constexpr std::u32string_view kStops = U"而不无后并且仍的";
  Name name;
  const auto is_text = [&](size_t i) {
    return i < end && (tokens[i].role == Role::kWord || tokens[i].role == Role::kProcess);
  };
  if (first <= begin || !is_text(index)) return name;
  const std::u32string_view verb = text.view(tokens[first - 1].begin, tokens[first - 1].end);
  const bool endures = std::any_of(std::begin(kEndures), std::end(kEndures),
                                   [&](std::u32string_view word) { return verb.ends_with(word); });
  if (!endures) return name;
  name.begin = name.end = tokens[index].begin;
  size_t last = index;
  while (is_text(last + 1)) ++last;
  while (name.end < tokens[last].end && kStops.find(text[name.end]) == std::u32string_view::npos) ++name.end;
  // 通过400目筛: one character, but a thing.
  const bool sieve = name.end == name.begin + 1 && text[name.begin] == U'筛';
  if (name.end < name.begin + 2 && !sieve) name.end = name.begin;
  return name;
}

Name NameOfFault(const Runes& text, const std::vector<Token>& tokens, size_t end, size_t begin) {
  static constexpr std::u32string_view kFaults[] = {
      U"偏低", U"偏高",   U"较低", U"较高", U"过低", U"过高", U"不高", U"不足", U"偏大",
      U"偏长", U"不稳定", U"太低", U"太高", U"太长", U"太短", U"太慢", U"太大", U"过长",
      U"过慢", U"过大",   U"偏慢", U"偏短", U"较长", U"较慢", U"低",   U"高"};
  Name name;
  size_t first = end;
  while (first > begin && tokens[first - 1].role != Role::kComma && end - first < kMaxContextTokens) {
    if (tokens[first - 1].role == Role::kQuantity) return name;
    --first;
  }
  if (first == end) return name;
  const std::u32string_view last = text.view(tokens[end - 1].begin, tokens[end - 1].end);
  for (const std::u32string_view fault : kFaults) {
    if (!last.ends_with(fault)) continue;
    name = NameBefore(tokens, end, first);
    if (name.empty() || name.end < name.begin + fault.size() + 2) return {};
    name.end -= static_cast<uint32_t>(fault.size());
    return name;
  }
  return name;
}

void TrimName(const Runes& text, Name* name) {
  const std::u32string_view word = text.view(name->begin, name->end);
  const bool letters =
      std::any_of(word.begin(), word.end(), [](char32_t c) { return c > 0x370 || IsLatin(c); });
  if (!letters) {  // a stroke, a times sign
    name->end = name->begin;
    return;
  }
  static constexpr std::u32string_view kFunctionWords = U"以数下上为对将把至使从当于在新别不得是往";
  if (word.size() == 1 && kFunctionWords.find(word.front()) != std::u32string_view::npos) {
    name->end = name->begin;
    return;
  }
  if (NamesNothing(word)) {
    name->end = name->begin;
    return;
  }
  if (word.size() > 2 && word.front() == U'至') ++name->begin;  // 烘至含水量12%
  name->begin += static_cast<uint32_t>(WhenLength(word));
  if (const size_t unit = HeadingUnitLength(word)) {  // 拉伸强度/MPa
    name->end -= static_cast<uint32_t>(unit);
    return;
  }
  for (const std::u32string_view end : kTrailing) {
    if (word.size() > end.size() + 1 && word.ends_with(end)) {
      name->end -= static_cast<uint32_t>(end.size());
      return;
    }
  }
}

namespace {

// 作业速度播种玉米: where the quantity ends and what is done with it begins; the whole length if nothing is.
size_t QuantityLength(std::u32string_view words) {
  constexpr size_t kMinHead = 2;  // code points of 速度; 率 is enough by itself
  constexpr size_t kMinRest = 2;
  // 压力损失 and 温度变化 are quantities of their own.
  static constexpr std::u32string_view kOwn[] = {
      U"损失", U"变化", U"波动", U"均匀", U"系数", U"分布", U"梯度", U"下降", U"上升", U"衰减",
      U"公差", U"偏差", U"稳定", U"控制", U"调节", U"保持", U"提升", U"降低", U"传感", U"范围"};
  if (GeneralHeadLength(words) > 0) return words.size();
  for (size_t length = words.size() - std::min(words.size(), kMinRest); length > kMinHead; --length) {
    const std::u32string_view name = words.substr(0, length);
    if (name.back() != U'率' && GeneralHeadLength(name) < kMinHead) continue;
    const std::u32string_view rest = words.substr(length);
    const bool own = std::any_of(std::begin(kOwn), std::end(kOwn),
                                 [&](std::u32string_view word) { return rest.starts_with(word); });
    return own ? words.size() : length;
  }
  return words.size();
}

}  // namespace

Name NameBehind(const Runes& text, const std::vector<Token>& tokens, size_t index, size_t end, bool counted) {
  Name name;
  if (index >= end) return name;
  const Token& next = tokens[index];
  const bool of = next.role == Role::kOf;
  size_t at = of ? index + 1 : index;
  if (!of && IsSizeWord(text, next)) {
    name.begin = next.begin;
    name.end = next.begin + 1;
    return name;
  }
  const Role then = index + 1 < end ? tokens[index + 1].role : Role::kSentenceEnd;
  const bool ends =
      then == Role::kComma || then == Role::kSentenceEnd || then == Role::kOf || then == Role::kAnd;
  if (!of && ends && next.role == Role::kConditionWord && IsEndured(text.view(next.begin, next.end))) {
    name.begin = next.begin;
    name.end = next.end;
    return name;
  }
  if (!of && !counted) return name;
  if (!of && next.role == Role::kEach) ++at;  // 8000人同时在线
  const size_t first = at;
  while (at < end && at - first < kMaxContextTokens &&
         (tokens[at].role == Role::kWord || tokens[at].role == Role::kLatin)) {
    ++at;
  }
  if (at == first) return name;
  // 完成60个纸箱的开箱成形: what is done to them.
  const bool of_them = !of && at + 1 < end && tokens[at].role == Role::kOf &&
                       tokens[at + 1].role == Role::kWord && first > 1 &&
                       text.view(tokens[first - 2].begin, tokens[first - 2].end) == U"完成";
  if (of_them) {
    name.begin = tokens[at + 1].begin;
    name.end = std::min<uint32_t>(tokens[at + 1].end, name.begin + kMaxNameRunes);
    return name;
  }
  name.begin = tokens[first].begin;
  name.end = std::min<uint32_t>(tokens[at - 1].end, name.begin + kMaxNameRunes);
  if (of) name.end = name.begin + static_cast<uint32_t>(QuantityLength(text.view(name.begin, name.end)));
  return name;
}

}  // namespace duijie::indicator
