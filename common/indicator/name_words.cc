// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/name_words.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "common/indicator/name_rules.h"
#include "common/indicator/runes.h"
#include "common/indicator/word_rows.h"

namespace duijie::indicator {
namespace {

struct FoldedRewrite {
  Runes32 end;
  Runes32 read_as;
};

std::vector<FoldedRewrite> FoldRewrites() {
  std::vector<FoldedRewrite> folded;
  for (const NameRewrite& rewrite : Rewrites())
    folded.push_back({ToFolded(rewrite.end), ToFolded(rewrite.read_as)});
  return folded;
}

void Rewrite(Runes32* name) {
  static const std::vector<FoldedRewrite> kFoldedRewrites = FoldRewrites();
  for (const FoldedRewrite& rewrite : kFoldedRewrites) {
    if (!name->ends_with(rewrite.end)) continue;
    name->resize(name->size() - rewrite.end.size());
    *name += rewrite.read_as;
    return;
  }
}

// 除臭效率 and 脱氯率 are 臭去除率 and 氯去除率.
void RewriteRemoval(Runes32* name) {
  constexpr size_t kMaxSubstance = 2;  // code points
  static constexpr View32 kBefore = U"去清删解扣消排切脱";
  const size_t end = name->ends_with(U"效率") ? 2 : name->ends_with(U"率") ? 1 : 0;
  if (end == 0) return;
  const size_t stem = name->size() - end;
  for (size_t length = 1; length <= kMaxSubstance && length < stem; ++length) {
    const size_t at = stem - length - 1;
    const char32_t verb = (*name)[at];
    if (verb != U'除' && verb != U'脱') continue;
    const char32_t first = (*name)[at + 1];
    const bool inside = at > 0 && kBefore.find((*name)[at - 1]) != View32::npos;
    if (inside || first == U'除' || first == U'去') return;
    const Runes32 substance = name->substr(at + 1, length);
    name->resize(at);
    *name += substance + U"去除率";
    return;
  }
}

struct Element {
  View32 symbol;  // lower case
  char32_t name;
};
constexpr Element kElements[] = {
    {U"cr", U'铬'}, {U"ni", U'镍'}, {U"cu", U'铜'}, {U"pb", U'铅'}, {U"cd", U'镉'}, {U"as", U'砷'},
    {U"hg", U'汞'}, {U"zn", U'锌'}, {U"fe", U'铁'}, {U"al", U'铝'}, {U"mn", U'锰'}, {U"si", U'硅'},
    {U"ti", U'钛'}, {U"mo", U'钼'}, {U"mg", U'镁'}, {U"na", U'钠'}, {U"ca", U'钙'}, {U"co", U'钴'},
    {U"li", U'锂'}, {U"c", U'碳'},  {U"s", U'硫'},  {U"p", U'磷'},  {U"n", U'氮'},  {U"o", U'氧'},
    {U"h", U'氢'},  {U"v", U'钒'},  {U"f", U'氟'},  {U"k", U'钾'}};

// Cr(VI) is not all of Cr, and n is a number.
bool MayBeElement(std::string_view name) {
  constexpr size_t kLongest = 2;  // letters of a symbol
  if (name.find('(') != std::string_view::npos || name.find("（") != std::string_view::npos) return false;
  const size_t letters = name.size() - std::min(name.size(), kLongest);
  return std::any_of(name.begin() + static_cast<std::ptrdiff_t>(letters), name.end(),
                     [](char c) { return c >= 'A' && c <= 'Z'; });
}

// 化学成分中C as 碳含量: nothing but the sign of an element, behind what holds it.
bool RewriteLoneElement(Runes32* name) {
  const size_t in = name->rfind(U'中');
  const View32 symbol = View32(*name).substr(in == Runes32::npos ? 0 : in + 1);
  for (const Element& element : kElements) {
    if (element.symbol != symbol || symbol == U"co") continue;
    *name = Runes32(1, element.name) + U"含量";
    return true;
  }
  return false;
}

// [S] and S含量 as 硫含量, Cr浓度 as 铬浓度.
void RewriteElement(Runes32* name) {
  const bool bracket = name->ends_with(U']');
  if (!bracket && !name->ends_with(U"含量") && !name->ends_with(U"浓度")) return;
  const size_t end = name->size() - (bracket ? 1 : 2);
  size_t begin = end;
  while (begin > 0 && (*name)[begin - 1] >= U'a' && (*name)[begin - 1] <= U'z') --begin;
  if (begin == end || (bracket && (begin == 0 || (*name)[begin - 1] != U'['))) return;
  const View32 symbol = View32(*name).substr(begin, end - begin);
  for (const Element& element : kElements) {
    if (element.symbol != symbol || (symbol == U"co" && !bracket)) continue;  // 一氧化碳
    const Runes32 amount = bracket ? Runes32(U"含量") : name->substr(end);
    name->resize(bracket ? begin - 1 : begin);
    *name += element.name;
    *name += amount;
    return;
  }
}

// What a bracket holds comes first: 染色牢度（耐洗） is 耐洗染色牢度.
Runes32 WithoutBrackets(Runes32 name) {
  const size_t open = name.find(U'(');
  const size_t close = name.find(U')', open == Runes32::npos ? 0 : open);
  if (open == Runes32::npos || close == Runes32::npos || open == 0) return name;
  const Runes32 inside = name.substr(open + 1, close - open - 1);
  const bool words = std::all_of(inside.begin(), inside.end(), [](char32_t c) { return IsHan(c); });
  name.erase(open, close - open + 1);
  return words ? inside + name : name;
}

}  // namespace

Runes32 CleanedName(std::string_view name) {
  Runes32 out;
  for (const char32_t c : WithoutBrackets(ToFolded(name.substr(0, kMaxAlignedRunes * 4)))) {
    if (c == U' ' || c == U'(' || c == U')' || c == U'、') continue;
    out.push_back(c >= U'A' && c <= U'Z' ? c + 32 : c);
  }
  for (const auto& [variant, usual] :
       {std::pair(View32(U"起动"), View32(U"启动")), std::pair(View32(U"泄露"), View32(U"泄漏")),
        std::pair(View32(U"黏"), View32(U"粘")), std::pair(View32(U"磨擦"), View32(U"摩擦")),
        std::pair(View32(U"噪音"), View32(U"噪声")), std::pair(View32(U"联接"), View32(U"连接")),
        std::pair(View32(U"md方向"), View32(U"纵向")), std::pair(View32(U"cd方向"), View32(U"横向"))}) {
    const size_t at = out.find(variant);
    if (at != Runes32::npos) out.replace(at, variant.size(), usual);
  }
  if (out.size() > 2 && out.front() == U'每') out.erase(0, 1);  // 每故障间隔时间
  // 上下料一次用时
  for (const View32 end : {U"用时", U"耗时", U"时间", U"费用", U"成本"}) {
    const size_t once = out.size() - std::min(out.size(), end.size() + 2);
    if (once > 0 && out.ends_with(end) && View32(out).substr(once).starts_with(U"一次")) out.erase(once, 2);
  }
  static constexpr View32 kEnds[] = {U"范围", U"数值", U"区间", U"指标", U"要求", U"水平", U"大小",
                                     U"调节", U"可调", U"适应", U"适用", U"出水", U"测试", U"能力值"};
  for (const View32 end : kEnds) {
    if (out.ends_with(end) && out.size() > end.size() + 1) out.resize(out.size() - end.size());
  }
  // 漆中挥发性有机化合物有120g: what holds it, and that it does.
  if (out.size() > 3 && out.back() == U'有' && out[out.size() - 2] != U'含') out.pop_back();
  if (!MayBeElement(name) || !RewriteLoneElement(&out)) RewriteElement(&out);
  Rewrite(&out);
  RewriteRemoval(&out);
  if (out.size() > kMaxAlignedRunes) out.erase(0, out.size() - kMaxAlignedRunes);
  return out;
}

uint64_t DecisiveRows(View32 name) {
  static const WordRows kRows(DecisiveWords());
  return kRows.RowsIn(name);
}

uint64_t MildRows(View32 name) {
  static const WordRows kRows(MildWords());
  return kRows.RowsIn(name);
}

uint64_t SubstanceRows(View32 name) {
  static const WordRows kRows(Substances());
  return kRows.RowsIn(name);
}

bool HoldsHeadSubject(View32 words) {
  static const WordRows kRows(HeadSubjects());
  return kRows.RowsIn(words) != 0;
}

bool HoldsDefect(View32 name) {
  static const WordRows kRows(Defects());
  return kRows.RowsIn(name) != 0;
}

Runes32 SubjectOfWords(View32 words) {
  static const WordRows kGeneralRows(GeneralWords());
  static const WordRows kSynonymRows(SubjectSynonyms());
  Runes32 bare;
  for (size_t at = 0; at < words.size();) {
    const auto match = kGeneralRows.LongestAt(words, at);
    at += match.length;
    if (match.length > 0) continue;
    if (words[at] != U'的' && words[at] != U'之') bare.push_back(words[at]);
    ++at;
  }
  Runes32 subject;
  for (size_t at = 0; at < bare.size();) {
    const auto match = kSynonymRows.LongestAt(bare, at);
    if (match.length == 0) {
      subject.push_back(bare[at++]);
    } else {
      subject += kSynonymRows.FirstOf(match.row);
      at += match.length;
    }
  }
  return subject;
}

Runes32 SpecificOfWords(View32 words) {
  static const WordRows kRows(SpecificSynonyms());
  Runes32 subject = SubjectOfWords(words);
  if (subject.empty()) return subject;
  const auto match = kRows.LongestAt(subject, 0);
  if (match.length < subject.size()) return subject;
  return match.row == 0 ? Runes32() : kRows.FirstOf(match.row);
}

size_t GeneralHeadLength(View32 name) {
  // By their last code point, because every name is asked.
  static const auto kHeadsByEnd = [] {
    std::unordered_map<char32_t, std::vector<Runes32>> by_end;
    for (const std::vector<Runes32>& row : FoldRows(GeneralHeads()))
      by_end[row.front().back()].push_back(row.front());
    return by_end;
  }();
  const auto found = name.empty() ? kHeadsByEnd.end() : kHeadsByEnd.find(name.back());
  if (found == kHeadsByEnd.end()) return 0;
  size_t longest = 0;
  for (const Runes32& head : found->second) {
    if (head.size() > longest && name.ends_with(head)) longest = head.size();
  }
  return longest;
}

bool IsVerbOf(View32 verb, View32 name) {
  static constexpr View32 kHeads[] = {
      U"次数", U"时间",   U"时限", U"量",     U"厚度",   U"宽度",   U"直径",   U"长度", U"能力", U"速度",
      U"效率", U"重量",   U"里程", U"距离",   U"周期",   U"高度",   U"深度",   U"面积", U"寿命", U"温度",
      U"压力", U"流量",   U"时长", U"频率",   U"率",     U"数量",   U"规模",   U"用量", U"体积", U"排放量",
      U"排放", U"产生量", U"消耗", U"消耗量", U"使用量", U"施用量", U"投入量", U"容量"};
  if (verb.size() < 2 || !name.starts_with(verb)) return false;
  const View32 rest = name.substr(verb.size());
  return std::find(std::begin(kHeads), std::end(kHeads), rest) != std::end(kHeads);
}

namespace {

constexpr size_t kMinStem = 2;  // code points of a name without its measure

// 弓形弯曲 ends with 弯曲, 抗老化 is the contrary of 老化.
bool EndsOther(View32 name, View32 end) {
  static constexpr View32 kContrary = U"抗耐防不非未无反再";
  if (!name.ends_with(end)) return false;
  return name.size() == end.size() || kContrary.find(name[name.size() - end.size() - 1]) == View32::npos;
}

}  // namespace

size_t MeasureLength(View32 name) {
  static constexpr View32 kMeasures[] = {U"有效值", U"系数", U"比例", U"效率", U"指数", U"比率",
                                         U"程度",   U"数值", U"含量", U"速率", U"倍数", U"倍率",
                                         U"消耗",   U"水平", U"能力", U"率",   U"度",   U"性",
                                         U"值",     U"比",   U"量",   U"数",   U"力"};
  for (const View32 measure : kMeasures) {
    if (name.ends_with(measure) && name.size() >= measure.size() + kMinStem) return measure.size();
  }
  return 0;
}

bool SameStem(View32 a, View32 b) {
  if (a.size() < kMinStem || b.size() < kMinStem) return false;
  return a.size() < b.size() ? EndsOther(b, a) : EndsOther(a, b);
}

bool IsInstrument(View32 words) {
  for (const View32 end :
       {U"计", U"仪", U"表", U"传感器", U"探头", U"变送器", U"测量系统", U"监测系统", U"检测系统"}) {
    if (words.ends_with(end) && words.size() > 1) return true;
  }
  return false;
}

bool IsMeasuring(View32 words) {
  for (const View32 verb :
       {U"观测", U"测量", U"检测", U"监测", U"测试", U"计量", U"测定", U"量测", U"探测"}) {
    if (words.ends_with(verb)) return true;
  }
  return false;
}

bool AsksSubstance(View32 name) {
  for (const View32 end :
       {View32(U"含量"), View32(U"浓度"), View32(U"去除率"), View32(U"脱除率"), View32(U"残留量"),
        View32(U"回收率"), View32(U"提取率"), View32(U"转化率"), View32(U"降解率"), View32(U"剩余量"),
        View32(U"残余量"), View32(U"质量分数"), View32(U"体积分数")}) {
    if (name.ends_with(end)) return true;
  }
  return false;
}

size_t PrecisionLength(View32 name) {
  static constexpr View32 kEnds[] = {U"不确定度", U"准确度", U"精确度", U"精度", U"误差", U"偏差", U"公差"};
  for (const View32 end : kEnds) {
    if (name.size() > end.size() && name.ends_with(end)) return end.size();
  }
  return 0;
}

View32 SubstanceOf(View32 name) {
  static constexpr View32 kEnds[] = {U"质量浓度", U"质量分数", U"体积分数", U"残留浓度",
                                     U"剩余量",   U"残留含量", U"残留量",   U"残余量",
                                     U"含量",     U"浓度",     U"残留",     U"残余"};
  static constexpr View32 kBegins[] = {U"残留溶剂", U"溶剂残留", U"残留", U"残余", U"剩余", U"含"};
  static constexpr View32 kLast = U"量度数留余";
  static constexpr View32 kFirst = U"残溶含剩";
  if (name.empty()) return name;
  if (kLast.find(name.back()) != View32::npos) {
    for (const View32 end : kEnds) {
      if (name.size() > end.size() && name.ends_with(end)) return name.substr(0, name.size() - end.size());
    }
  }
  if (kFirst.find(name.front()) == View32::npos) return name;
  for (const View32 begin : kBegins) {
    if (!name.starts_with(begin)) continue;
    View32 rest = name.substr(begin.size());
    if (begin == U"含" && (!rest.ends_with(U'量') || rest.size() < 2)) continue;
    if (rest.size() > 1 && rest.ends_with(U'量')) rest.remove_suffix(1);
    return rest.empty() ? name : rest;
  }
  return name;
}

size_t RemarkLength(View32 name) {
  static constexpr View32 kRemarks[] = {
      U"第三方", U"检测", U"测试", U"测定", U"检验", U"实测", U"测得", U"测量", U"结果", U"平均",
      U"均值",   U"稳定", U"保持", U"维持", U"最终", U"实际", U"表现", U"数据", U"情况", U"整体",
      U"总体",   U"基本", U"普遍", U"一般", U"通常", U"始终", U"控制", U"提高", U"降低", U"优化",
      U"改善",   U"显示", U"表明", U"随机", U"抽检", U"多次", U"连续", U"长期", U"目前", U"达",
      U"可",     U"能",   U"约",   U"经",   U"仅",   U"已",   U"在",   U"为",   U"只",   U"有",
      U"到",     U"仍",   U"是",   U"均",   U"都",   U"最"};
  constexpr size_t kMinName = 2;
  size_t length = 0;
  for (bool found = true; found;) {
    found = false;
    const View32 rest = name.substr(0, name.size() - length);
    for (const View32 remark : kRemarks) {
      if (rest.size() < remark.size() + kMinName || !rest.ends_with(remark)) continue;
      length += remark.size();
      found = true;
      break;
    }
  }
  return length;
}

bool SubjectsShareWord(View32 a, View32 b) {
  if (a.size() < 2 || b.size() < 2) return a.find(b) != View32::npos || b.find(a) != View32::npos;
  for (size_t i = 0; i + 2 <= a.size(); ++i) {
    if (b.find(a.substr(i, 2)) != View32::npos) return true;
  }
  return false;
}

Runes32 MeaningfulCharacters(View32 words) {
  static constexpr View32 kCommon =
      U"的大小高低中平均最总品机料性化体面后用度率量数值产出温压时间长宽厚重深速为不是有在和与及每一以可";
  Runes32 characters;
  std::copy_if(words.begin(), words.end(), std::back_inserter(characters),
               [](char32_t c) { return IsHan(c) && kCommon.find(c) == View32::npos; });
  return characters;
}

}  // namespace duijie::indicator
