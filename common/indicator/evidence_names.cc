// SPDX-License-Identifier: GPL-3.0-or-later
// Which stated figure is of the quantity asked for, of the same thing: the part of EvidenceFinder that looks
// at names, owners and counted things.
#include <algorithm>
#include <string>

#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/evidence.h"
#include "common/indicator/holds.h"
#include "common/indicator/name_words.h"
#include "common/indicator/runes.h"
#include "common/indicator/things.h"
#include "common/indicator/word_set.h"

namespace duijie::indicator {
namespace {

// Parts and surroundings of what a need is about: their figures are not its own where it says whose it asks
// for.
constexpr std::string_view kParts[] = {
    "风机",   "原料",   "原材料", "辅料",   "毛坯",   "坯料",   "密封胶", "密封圈", "密封件",
    "防腐层", "保护层", "保温层", "衬里",   "车间",   "作业面", "室内",   "岗位",   "厂界",
    "传感器", "探头",   "锅炉",   "整流器", "变压器", "外壳",   "壳体",   "机壳",   "夹具",
    "工装",   "托盘",   "控制器", "控制柜", "水泵",   "粘结剂", "包装膜", "包装箱", "电缆",
    "支架",   "基板",   "衬底",   "载体",   "溶剂",   "轧辊",   "砂轮",   "刀具",   "辊筒",
    "模具",   "前驱体", "母粒",   "中间体", "半成品", "绕组"};

// 出材率, 成材率, 熔敷效率: how much of a material comes out; a 收率 may be of any substance.
bool AsksYield(View32 name) {
  for (const View32 end :
       {View32(U"成材率"), View32(U"金属收得率"), View32(U"熔敷效率"), View32(U"熔敷率")}) {
    if (name.ends_with(end)) return true;
  }
  return name.size() >= 3 && name.back() == U'率' && name[name.size() - 3] == U'出';
}

// 减速器效率 for the 传动效率 of a 减速机: the stated name is the owner and the end of the name asked for.
bool NamesOwnerAndHead(const PreparedName& wanted, std::string_view owner, const PreparedName& stated) {
  const View32 name = stated.cleaned;
  const size_t head = GeneralHeadLength(name);
  if (head < 2 || head == name.size() || owner.empty()) return false;
  if (!View32(wanted.cleaned).ends_with(name.substr(name.size() - head))) return false;
  if (wanted.decisive != stated.decisive) return false;
  const Runes32 subject = SubjectOfWords(name.substr(0, name.size() - head));
  if (subject.size() < 2) return false;
  const Runes32 whose = SubjectOfWords(ToFolded(owner));
  return whose.size() >= 2 && SubjectsShareWord(subject, whose) && subject.size() <= whose.size() + 1;
}

// 电池重4.2kg for the 整车质量.
bool IsPartOfWhole(const std::string& wanted, const std::string& stated) {
  if (Holds(wanted, "单机")) return false;
  if (!Holds(wanted, "整车") && !Holds(wanted, "整机") && !Holds(wanted, "总重") &&
      !Holds(wanted, "总装机") && !Holds(wanted, "整备"))
    return false;
  for (const std::string_view part : {"电池", "车架", "座椅", "车身", "底盘", "机头", "刀盘", "水箱", "油箱",
                                      "机臂", "压缩机", "电机", "风机", "水泵", "电加热"}) {
    if (Holds(stated, part) && !Holds(wanted, part)) return true;
  }
  return false;
}

// 铜层热导率 for the 热导率 of a substrate: a layer of it, where the need speaks of none.
bool IsOfLayer(const PreparedName& stated, std::string_view need) {
  const View32 name = stated.cleaned;
  const size_t head = std::max(stated.head, GeneralHeadLength(name));
  const auto ends = [&](View32 end) { return name.ends_with(end); };
  if (!ends(U"厚度") && !ends(U"热导率") && !ends(U"导热系数") && !ends(U"密度") && !ends(U"电阻率"))
    return false;
  const size_t layer = name.rfind(U'层');
  if (layer == View32::npos || layer == 0 || layer + 1 + head < name.size() || head == 0) return false;
  for (const std::string_view word : {"层", "涂", "镀", "膜", "漆", "渗", "防腐", "氧化"}) {
    if (Holds(need, word)) return false;
  }
  return true;
}

// 缩合一步收率 for 总收率.
bool IsOfStep(const std::string& wanted, const std::string& stated, std::string_view lead) {
  for (const std::string_view whole : {"总收率", "总得率", "总产率"}) {
    if (Holds(wanted, whole)) return !Holds(stated, "总") && (Holds(lead, "步") || Holds(stated, "步"));
  }
  return false;
}

// 浓缩汁原料在-18℃下保质期24个月: of what it is made from.
bool IsOfMaterial(std::string_view lead, std::string_view need) {
  for (const std::string_view material : {"原料", "原材料", "毛坯", "半成品"}) {
    const size_t at = lead.find(material);
    if (at == std::string_view::npos || at == 0 || Holds(need, material)) continue;
    const std::string_view before = lead.substr(0, at);
    if (before.ends_with("为") || before.ends_with("作") || lead.starts_with("以") || lead.starts_with("用"))
      continue;
    const std::string_view behind = lead.substr(at + material.size());
    if (behind.empty() || behind.starts_with("在") || behind.starts_with("的")) return true;
  }
  return false;
}

// 辊筒磨耗 is a trial, 140个托盘的进出 counts what is moved, the air of a 恒温间 is that of its 室内.
bool IsNoPart(std::string_view part, const Indicator& stated, std::string_view need) {
  if (part == "辊筒") return Holds(stated.name, "辊筒磨耗");
  if (part == "水泵") return Holds(need, "泵");
  if (part == "托盘") return stated.unit.find('/') != std::string::npos;
  return part == "室内" && (Holds(need, "间") || Holds(need, "室") || Holds(need, "房") || Holds(need, "库"));
}

}  // namespace

double EvidenceFinder::Alignment(size_t i) const {
  const Indicator& indicator = stated_.indicators[i];
  double alignment = facts_.names->Align(name_, facts_.prepared[i]);
  if (alignment >= kAligned && facts_.prepared[i].subject.empty()) alignment = WithOwner(i, alignment);
  // 剩余药液 for the 残留量 of 药液.
  if (alignment < kAligned && target_.owned && !facts_.owned[i])
    alignment = std::max(alignment, facts_.names->Align(*target_.owned, facts_.prepared[i]));
  // 对农药残留的去除率 for 农残去除率.
  if (alignment < kAligned && facts_.owned[i])
    alignment = std::max(alignment, facts_.names->Align(name_, *facts_.owned[i]));
  if (alignment < kAligned && facts_.prepared[i].group == 0 &&
      NamesOwnerAndHead(name_, target_.owner, facts_.prepared[i]))
    return kAligned;
  if (alignment < kAligned && DoesSame(indicator)) return kAligned;
  if (alignment < kAligned && (CountsSame(indicator) || YieldsSame(indicator) || IsShareOf(indicator)))
    return kAligned;
  if (alignment >= kAligned &&
      (SaysTooLittle(i) || IsOfOtherThing(i) || IsOfLayer(facts_.prepared[i], context_)))
    return 0;
  if (alignment < kAligned) alignment = std::max(alignment, WithOwners(i));
  if (alignment < kAligned && NamesBefore(i)) return kAligned;
  const bool nominal = wanted_.comparator == Comparator::kPlusMinus && wanted_.value != 0;
  if (!nominal || indicator.comparator != Comparator::kPlusMinus || indicator.value != 0) return alignment;
  const std::string_view bare = WithoutDeviation(indicator.name);
  if (bare.size() == indicator.name.size()) return alignment;
  return std::max(alignment, facts_.names->Align(name_, facts_.names->Prepare(bare)));
}

// 每分钟可完成25包的裹膜收缩 for 包装速度20包/分钟: what is made is counted by the same word.
bool EvidenceFinder::MakesSame(const Indicator& indicator) const {
  static constexpr std::string_view kPieces[] = {"头", "只", "羽", "尾", "包", "瓶", "箱", "袋",
                                                 "支", "片", "张", "罐", "盒", "卷", "枚", "粒",
                                                 "棵", "株", "块", "桶", "双", "盘"};
  const size_t slash = wanted_.unit.find('/');
  if (slash == std::string::npos ||
      !std::string_view(indicator.unit).starts_with(std::string_view(wanted_.unit).substr(0, slash + 1)))
    return false;
  const std::string_view piece = std::string_view(wanted_.unit).substr(0, slash);
  if (std::find(std::begin(kPieces), std::end(kPieces), piece) == std::end(kPieces)) return false;
  for (const std::string_view speed : {"速度", "效率", "产能", "产量", "能力", "速率"}) {
    if (wanted_.name.ends_with(speed)) return true;
  }
  return false;
}

// 每天蒸发水分130吨 for 蒸发量: what is done to something, and how much of it in a time.
bool EvidenceFinder::DoesSame(const Indicator& indicator) const {
  constexpr size_t kVerbBytes = 6;  // bytes: two characters
  if (indicator.unit.find('/') == std::string::npos || wanted_.name.size() < kVerbBytes) return false;
  if (!std::string_view(indicator.name).starts_with(std::string_view(wanted_.name).substr(0, kVerbBytes)))
    return false;
  if (GeneralHeadLength(ToFolded(indicator.name)) > 0 && !indicator.name.ends_with("水分")) return false;
  for (const std::string_view measure : {"量", "效率", "能力", "速度", "速率"}) {
    if (wanted_.name.size() == kVerbBytes + measure.size() && wanted_.name.ends_with(measure)) return true;
  }
  return false;
}

// 珠光体占92% for 珠光体含量, 合格品占99% for 合格率.
bool EvidenceFinder::IsShareOf(const Indicator& indicator) const {
  if (wanted_.unit != "%" || indicator.unit != "%" || IsRelative(indicator) || indicator.name_span.empty())
    return false;
  if (!Holds(Part(text_, {indicator.name_span.end, indicator.value_span.begin}), "占")) return false;
  const std::string_view wanted = wanted_.name;
  for (const std::string_view end : {"含量", "占比", "比例", "纯度", "比重", "率"}) {
    constexpr size_t kShortest = 6;  // bytes: two characters
    if (!wanted.ends_with(end) || wanted.size() < end.size() + kShortest) continue;
    const std::string_view stem = wanted.substr(0, wanted.size() - end.size());
    std::string_view stated = indicator.name;
    if (stated.ends_with(stem)) return true;
    constexpr std::string_view kGood = "品";
    if (!stated.ends_with(kGood)) return false;
    stated.remove_suffix(kGood.size());
    return stated.size() >= kShortest && (stem.ends_with(stated) || stated.ends_with(stem));
  }
  return false;
}

// 每立方原木出板0.69立方 for 出材率: what comes out of what goes in, both by one measure.
bool EvidenceFinder::YieldsSame(const Indicator& indicator) const {
  const size_t stroke = indicator.unit.find('/');
  if (wanted_.unit != "%" || stroke == std::string::npos || IsRelative(indicator)) return false;
  const auto unit = ParseUnit(indicator.unit);
  if (!unit || !IsDimensionless(*unit) || !AsksYield(name_.cleaned)) return false;
  for (const std::string_view verb : {"出", "得", "产", "收", "制成", "做成", "炼成"}) {
    if (Holds(indicator.name, verb)) return true;
  }
  return false;
}

// 检测种类≥20种 and 可检测农残32种: kinds of one thing, counted by the same word.
bool EvidenceFinder::CountsSame(const Indicator& indicator) const {
  if (MakesSame(indicator)) return true;
  if (wanted_.unit != indicator.unit || wanted_.unit.empty()) return false;
  static constexpr std::string_view kClassifiers[] = {"种",   "类",   "路", "通道", "点",
                                                      "点位", "测点", "轴", "把"};
  if (std::find(std::begin(kClassifiers), std::end(kClassifiers), wanted_.unit) == std::end(kClassifiers))
    return false;
  const Runes32 wanted = SubjectOfWords(name_.cleaned);
  // 可识别45类缺陷: the verb stands before the figure, the name behind.
  const TextSpan clause = facts_.places.ClauseOf(indicator.whole).span;
  const Runes32 stated = SubjectOfWords(ToFolded(Part(text_, {clause.begin, indicator.whole.end})));
  return wanted.size() >= 2 && stated.size() >= 2 && SubjectsShareWord(wanted, stated);
}

// Whether the need says what it is about, and the text nothing of it. `word` apart, which both say; it may be
// empty.
bool EvidenceFinder::SpeaksOfOther(View32 word) const {
  constexpr size_t kMinWords = 10;  // code points; a shorter need says nothing else
  const auto without = [word](Runes32 words) {
    for (size_t at = words.find(word); !word.empty() && at != Runes32::npos; at = words.find(word))
      words.erase(at, word.size());
    std::erase_if(words, [](char32_t c) { return !IsHan(c); });
    return words;
  };
  const Runes32 need = without(ToFolded(context_));
  return need.size() >= kMinWords && !SubjectsShareWord(need, without(ToFolded(text_)));
}

// 绵羊毛平均细度 for the 平均细度 of 羊绒.
bool EvidenceFinder::IsOfOtherThing(size_t i) const {
  const std::vector<uint8_t>& own = facts_.prepared[i].things;
  if (own.empty() && facts_.owned[i]) return AreOtherThings(target_.things, facts_.owned[i]->things);
  return AreOtherThings(target_.things, own);
}

// 时间 alone answers 响应时间, and 响应时间 a demand for 时间, only where the other text speaks of the same.
bool EvidenceFinder::SaysTooLittle(size_t i) const {
  static constexpr View32 kUniversal[] = {U"时间", U"温度", U"含量", U"浓度", U"长度", U"数量", U"比例",
                                          U"强度", U"高度", U"厚度", U"直径", U"面积", U"体积", U"周期"};
  const View32 wanted = name_.cleaned;
  const View32 stated = facts_.prepared[i].cleaned;
  if (wanted == stated) return false;
  for (const View32 word : kUniversal) {
    const bool bare_stated = stated == word && wanted.ends_with(word);
    const bool bare_wanted = wanted == word && stated.ends_with(word) && !context_.empty();
    if (!bare_stated && !bare_wanted) continue;
    const View32 longer = bare_stated ? wanted : stated;
    const Runes32 lead = SubjectOfWords(longer.substr(0, longer.size() - word.size()));
    if (lead.empty()) return false;
    if (bare_stated) return !SubjectsShareWord(lead, ToFolded(text_));
    return !SubjectsShareWord(lead, ToFolded(context_)) && SpeaksOfOther(word);
  }
  return false;
}

// 电机的温升 and 电机温升: a decisive word may stand with the owner.
double EvidenceFinder::WithOwners(size_t i) const {
  const PreparedName& stated = facts_.prepared[i];
  const uint64_t differ = name_.decisive ^ stated.decisive;
  if (differ == 0) return 0;
  const uint64_t said = target_.owner_decisive | facts_.owner_decisive[i];
  if ((differ & ~said) != 0) return 0;
  PreparedName excused = stated;
  excused.excused |= said;
  return facts_.names->Align(name_, excused);
}

// 关于抗压强度，试块平均为45MPa: the name asked for stands before a figure that has none of its own.
bool EvidenceFinder::NamesBefore(size_t i) const {
  constexpr size_t kShortest = 9;   // bytes, three characters, of a name that may stand far before
  constexpr size_t kMaxWords = 45;  // bytes between name and figure
  const Indicator& indicator = stated_.indicators[i];
  if (wanted_.name.size() < kShortest || facts_.prepared[i].group != 0) return false;
  const uint32_t value = indicator.value_span.begin;
  const uint32_t reach = std::min(value, static_cast<uint32_t>(wanted_.name.size() + kMaxWords));
  if (!Holds(Part(text_, {value - reach, value}), wanted_.name)) return false;  // the usual case, cheaply
  if (GeneralHeadLength(facts_.prepared[i].cleaned) > 1) return false;
  const TextSpan sentence = facts_.places.SentenceOf(indicator.whole);
  const std::string_view lead = Part(text_, {sentence.begin, indicator.value_span.begin});
  const size_t at = lead.rfind(wanted_.name);
  if (at == std::string_view::npos) return false;
  const std::string_view between = lead.substr(at + wanted_.name.size());
  if (between.size() > kMaxWords || between.find_first_of("0123456789") != std::string_view::npos)
    return false;
  for (const std::string_view thing :
       {"传感器", "探头", "仪", "计", "装置", "设备", "系统", "机", "器", "泵", "剂"}) {
    if (between.starts_with(thing)) return false;
  }
  return true;
}

// How much more a figure counts because it is said of the same thing as the target: 机械密封寿命 among those
// of other parts.
double EvidenceFinder::Affinity(size_t i) const {
  constexpr double kSameOwner = 0.15;
  const Indicator& indicator = stated_.indicators[i];
  if (target_.owner.empty()) return 0;
  const Runes32& wanted = target_.owner_subject;
  Runes32 said = SubjectOfWords(facts_.prepared[i].cleaned);
  if (!indicator.name_span.empty())
    said = SubjectOfWords(ToFolded(OwnerBefore(text_, indicator.name_span.begin))) + said;
  return wanted.size() >= 2 && said.size() >= 2 && SubjectsShareWord(wanted, said) ? kSameOwner : 0;
}

// 总磷的去除率: whose it is stands before 的. Decides where the quantity is nothing without its substance.
double EvidenceFinder::WithOwner(size_t i, double alignment) const {
  if (!facts_.owned[i] || !AsksSubstance(facts_.prepared[i].cleaned)) return alignment;
  const double owned = facts_.names->Align(name_, *facts_.owned[i]);
  return owned < kAligned ? owned : alignment;
}

// 理论回收率 for 回收率.
bool EvidenceFinder::IsTheory(const Indicator& indicator) const {
  return Holds(indicator.name, "理论") && !Holds(wanted_.name, "理论");
}

// 风机功率 for 整机功率.
bool EvidenceFinder::IsOfPart(const Indicator& indicator) const {
  if (IsPartOfWhole(wanted_.name, indicator.name)) return true;
  const TextSpan clause = facts_.places.ClauseOf(indicator.whole).span;
  const uint32_t begin = indicator.name_span.empty() ? indicator.value_span.begin : indicator.name_span.begin;
  const std::string_view lead = Part(text_, {clause.begin, std::max(clause.begin, begin)});
  if (IsOfStep(wanted_.name, indicator.name, lead) || IsOfMaterial(lead, context_)) return true;
  if (!target_.says_owner) return false;
  const TextSpan name = indicator.name_span;
  std::string_view owner = name.empty() ? std::string_view() : OwnerBefore(text_, name.begin);
  if (owner.starts_with("用") || owner.starts_with("采用")) owner = {};  // 用现有模具: a means
  if (HoldsOneOf(owner, {"抓取", "识别", "搬运"})) owner = {};           // 抓取毛坯: what is done
  // The usual case is none.
  static const WordSet kAnyPart(kParts);
  if (!kAnyPart.IsIn(indicator.name) && !kAnyPart.IsIn(owner)) return false;
  return std::any_of(std::begin(kParts), std::end(kParts), [&](std::string_view part) {
    return (Holds(indicator.name, part) || Holds(owner, part)) && !Holds(wanted_.name, part) &&
           !Holds(context_, part) && !IsNoPart(part, indicator, context_);
  });
}

}  // namespace duijie::indicator
