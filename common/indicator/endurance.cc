// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/endurance.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>

#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/holds.h"

namespace duijie::indicator {
namespace {

// Temperatures, pressures, speeds: states that a thing works in.
bool IsState(const Unit& unit) {
  const auto power = [&](Base base) { return unit.dimensions[static_cast<size_t>(base)]; };
  if (power(Base::kTemperature) == 2) return true;
  if (power(Base::kCycle) == 2 && power(Base::kTime) == -2) return true;
  static const auto kPascal = ParseUnit("Pa");
  static const auto kVolt = ParseUnit("V");
  return Convertible(unit, *kPascal) || Convertible(unit, *kVolt);
}

bool WantsState(std::string_view name) {
  return HoldsOneOf(name, {"耐", "抗", "承", "使用", "工作", "运行", "适用", "适应", "环境", "服役", "调速",
                           "转速", "输入", "供电", "电压"});
}

bool WorksIn(std::string_view sentence) {
  return HoldsOneOf(sentence,
                    {"使用", "工作", "运行", "服役", "稳定", "不变形", "不失效", "正常", "不开裂", "长期",
                     "可靠", "承受", "耐受", "耐", "输入", "供电", "支持", "兼容", "适应"}) &&
         !HoldsOneOf(sentence, {"不能", "无法", "尚未", "难以"}) && !TellsStorage(sentence);
}

bool Passes(std::string_view sentence) {
  const size_t cracks = sentence.find("出现裂");
  if (cracks != std::string_view::npos && !HoldsOneOf(sentence.substr(0, cracks), {"未", "无", "没", "不"}))
    return false;
  return HoldsOneOf(sentence, {"无", "不", "未", "正常", "完好", "合格", "通过", "没有"}) &&
         !HoldsOneOf(sentence, {"不能", "无法", "不合格", "尚未", "失效率", "保持率"});
}

// A trial that both speak of, each row the words for one.
bool SharesTrial(std::string_view name, std::string_view stretch) {
  static const std::initializer_list<std::string_view> kTrials[] = {
      {"盐雾"},
      {"疲劳"},
      {"老化", "曝晒", "耐候"},
      {"弯折", "折叠", "弯曲", "耐折", "挠曲"},
      {"插拔", "拔插"},
      {"水煮", "沸煮", "蒸煮", "沸水"},
      {"浸泡", "耐水"},
      {"冻融", "抗冻"},
      {"跌落"},
      {"脉冲"},
      {"启闭", "开关", "开合", "开闭", "动作"},
      {"振动"},
      {"冲击", "撞击", "落锤", "落球"},
      {"摩擦", "耐磨"},
      {"水洗", "洗涤", "皂洗", "洗后"},
      {"擦洗", "洗刷", "刷洗"},
      {"辐照"},
      {"湿热"},
      {"紫外"},
      {"往复"},
      {"按键", "按压", "点击"},
      {"扭转"},
      {"热震", "急冷急热", "冷热冲击"},
      {"满水", "闭水", "不渗漏", "渗漏", "不渗", "不漏"}};
  return std::any_of(std::begin(kTrials), std::end(kTrials), [&](const auto& trial) {
    return HoldsOneOf(name, trial) && HoldsOneOf(stretch, trial);
  });
}

// 在130℃下固化 for 固化温度, 可在零下35度自启动 for 冷启动温度: what is done stands right behind the figure.
bool DoneAt(const Indicator& wanted, const Endured& endured) {
  constexpr std::string_view kEnd = "温度";
  constexpr size_t kVerbBytes = 6;    // two characters
  constexpr size_t kMaxBetween = 30;  // bytes
  const std::string_view name = wanted.name;
  if (!name.ends_with(kEnd) || name.size() < kEnd.size() + kVerbBytes) return false;
  const std::string_view verb = name.substr(name.size() - kEnd.size() - kVerbBytes, kVerbBytes);
  static const std::initializer_list<std::string_view> kTreatments = {
      "启动", "固化", "硫化", "烧结", "烧成", "煅烧", "染色", "杀菌", "灭菌", "熔化",
      "熔炼", "焊接", "退火", "回火", "淬火", "发酵", "反应", "聚合", "成型", "干燥",
      "施工", "成膜", "热封", "封合", "萃取", "提取", "热解", "裂解", "结晶", "蒸煮"};
  if (std::find(kTreatments.begin(), kTreatments.end(), verb) == kTreatments.end()) return false;
  const size_t at = endured.behind.find(verb);
  return at != std::string_view::npos && at <= kMaxBetween &&
         !HoldsOneOf(endured.sentence, {"不能", "无法", "尚未", "难以"});
}

bool AsksMuch(const Indicator& wanted) {
  return wanted.comparator == Comparator::kAtLeast || wanted.comparator == Comparator::kEqual;
}

}  // namespace

bool AnswersByEndurance(const Indicator& wanted, const std::optional<Unit>& unit, const Endured& endured) {
  if (!unit || !endured.unit || !Convertible(*unit, *endured.unit)) return false;
  if (IsRelative(wanted)) return false;
  if (DoneAt(wanted, endured)) return true;
  // 盛95℃热油40分钟不渗不漏
  if (endured.is_named)
    return AsksMuch(wanted) && SharesTrial(wanted.name, endured.behind) && Passes(endured.behind);
  switch (wanted.comparator) {
    case Comparator::kAtMost:
    case Comparator::kPlusMinus:
    case Comparator::kIncreaseBy:
    case Comparator::kDecreaseBy:
      return false;
    default:
      break;
  }
  if (IsState(*unit)) return WantsState(wanted.name) && WorksIn(endured.around);
  return SharesTrial(wanted.name, endured.sentence) && Passes(endured.sentence);
}

}  // namespace duijie::indicator
