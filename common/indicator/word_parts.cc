// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/word_parts.h"

#include <algorithm>
#include <iterator>

#include "common/indicator/number.h"
#include "common/indicator/runes.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

// 利用率, 增长率, 老化时间: a verb that begins the name of a quantity is no verb of the sentence.
constexpr std::u32string_view kAfterVerb[] = {U"率", U"度", U"性", U"力", U"系数", U"值", U"效率", U"能力"};
constexpr std::u32string_view kNotAfterVerb[] = {U"值得", U"值班", U"率先", U"度过", U"性能", U"性质",
                                                 U"性状", U"性价", U"力争", U"力求", U"力学", U"力度"};
constexpr std::u32string_view kAfterChange[] = {U"率", U"量", U"剂", U"系数", U"幅度", U"比例", U"效果"};
constexpr std::u32string_view kNotAfterChange[] = {U"量程", U"量子", U"率先"};
constexpr std::u32string_view kAfterProcess[] = {
    U"时间", U"温度", U"速度", U"速率", U"率",   U"量",   U"周期", U"次数", U"寿命", U"强度", U"压力",
    U"能力", U"功率", U"效率", U"能耗", U"性",   U"机",   U"器",   U"炉",   U"箱",   U"塔",   U"釜",
    U"剂",   U"液",   U"罐",   U"收",   U"产率", U"工艺", U"深度", U"浓度", U"倍率", U"面积", U"荷载"};

template <size_t kSize>
bool StartsWithOneOf(std::u32string_view text, const std::u32string_view (&words)[kSize]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::u32string_view word) { return text.starts_with(word); });
}

}  // namespace

bool BeginsName(const VocabularyMatch& match, std::u32string_view rest) {
  switch (match.role) {
    case Role::kCutter:
    case Role::kFiller:
      return match.length > 1 && StartsWithOneOf(rest, kAfterVerb) && !StartsWithOneOf(rest, kNotAfterVerb);
    case Role::kUp:
    case Role::kDown:
    case Role::kSavingName:
    case Role::kGainName:
      return match.length > 1 && StartsWithOneOf(rest, kAfterChange) &&
             !StartsWithOneOf(rest, kNotAfterChange);
    case Role::kProcess:
      return StartsWithOneOf(rest, kAfterProcess);
    default:
      return false;
  }
}

bool BeginsOtherWord(std::u32string_view text) {
  static constexpr std::u32string_view kOthers[] = {
      U"回路", U"回收", U"回转", U"回流", U"回归", U"目前", U"目标", U"目的", U"元素", U"元件", U"级联",
      U"层次", U"点击", U"方法", U"方面", U"方案", U"方式", U"方向", U"方便", U"方程", U"升至", U"升到",
      U"升高", U"升温", U"升级", U"方位", U"方形", U"方格", U"方块", U"方均", U"旦夕", U"年级", U"度假",
      U"米粉", U"次级", U"周期", U"周围", U"周边", U"周转", U"周长", U"周向", U"周密", U"周到"};
  return StartsWithOneOf(text, kOthers) && !text.starts_with(U"目标准");  // 400目标准筛
}

size_t ProcessLength(std::u32string_view text) {
  constexpr size_t kLength = 2;  // code points of each
  static constexpr std::u32string_view kProcesses[] = {
      U"粉磨", U"处理", U"生产", U"加工", U"冶炼", U"熔炼", U"燃烧", U"消耗", U"制备", U"烘干",
      U"干燥", U"输送", U"种植", U"饲养", U"回收", U"蒸发", U"运行", U"行驶", U"作业", U"清洗",
      U"破碎", U"提取", U"检测", U"印染", U"染色", U"焙烧", U"煅烧", U"去除", U"产出", U"制取"};
  return StartsWithOneOf(text, kProcesses) ? kLength : 0;
}

size_t DoingLength(std::u32string_view text) {
  constexpr size_t kShortest = 2;  // code points
  constexpr size_t kLongest = 4;
  for (size_t length = 0; length <= kLongest && length + 1 < text.size(); ++length) {
    const std::u32string_view unit = text.substr(length + 1);
    const bool one =
        text[length] == U'一' || (text[length] == U'1' && !IsDigit(unit.front()) && unit.front() != U'.');
    if (one) return length >= kShortest && unit.front() != U'次' && UnitLength(unit) > 0 ? length : 0;
    if (!IsHan(text[length]) || IsNumeral(text[length])) return 0;
  }
  return 0;
}

size_t ShoreLength(std::u32string_view text) {
  static constexpr std::u32string_view kScales[] = {U"邵氏A", U"邵尔A", U"邵A", U"邵氏D", U"邵尔D", U"邵D"};
  for (const std::u32string_view scale : kScales) {
    if (!text.starts_with(scale)) continue;
    const size_t at = scale.size() + (text.size() > scale.size() && text[scale.size()] == U' ' ? 1 : 0);
    return at < text.size() && IsDigit(text[at]) ? scale.size() : 0;
  }
  return 0;
}

}  // namespace duijie::indicator
