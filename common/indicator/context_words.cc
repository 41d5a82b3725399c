// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/context_words.h"

#include <algorithm>
#include <initializer_list>

namespace duijie::indicator {
namespace {

using Words = std::initializer_list<std::string_view>;

bool HoldsOneOf(std::string_view text, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

size_t StartAfter(std::string_view text, size_t at, Words ends) {
  size_t start = 0;
  for (const std::string_view end : ends) {
    const size_t found = text.substr(0, at).rfind(end);
    if (found != std::string_view::npos) start = std::max(start, found + end.size());
  }
  return start;
}

size_t EndBefore(std::string_view text, size_t at, Words ends) {
  size_t stop = text.size();
  for (const std::string_view end : ends) stop = std::min(stop, text.find(end, at));
  return stop;
}

TextSpan Between(std::string_view text, TextSpan part, Words ends) {
  const size_t begin = std::min<size_t>(part.begin, text.size());
  const size_t end = std::min<size_t>(part.end, text.size());
  return {static_cast<uint32_t>(StartAfter(text, begin, ends)),
          static_cast<uint32_t>(EndBefore(text, end, ends))};
}

}  // namespace

TextSpan SentenceOf(std::string_view text, TextSpan part) {
  return Between(text, part, {"。", "；", ";", "！", "？", "!", "?", "\n"});
}

TextSpan ClauseOf(std::string_view text, TextSpan part) {
  return Between(text, part, {"。", "；", ";", "！", "？", "!", "?", "\n", "，", ","});
}

bool IsPlan(std::string_view clause) {
  return HoldsOneOf(clause, {"预计",     "拟",     "有望",   "目标", "计划", "预期", "下一步",
                             "下一阶段", "将达到", "将提高", "力争", "争取", "希望", "理论上",
                             "理论值",   "仿真",   "规划",   "设想", "后续", "要求"}) &&
         !HoldsOneOf(clause, {"虚拟", "模拟", "拟合", "目标检测", "目标识别", "满足要求"});
}

bool IsOtherProduct(std::string_view clause) {
  if (HoldsOneOf(clause, {"相比", "相较", "比传统", "较传统", "比现有", "较现有", "比国外", "较国外",
                          "比进口", "较进口", "比常规", "较常规", "比同类", "较同类", "对比"})) {
    return false;
  }
  return HoldsOneOf(clause, {"传统", "常规工艺", "常规产品", "国外",     "进口",     "同类",     "竞品",
                             "市售", "改造前",   "改进前",   "原有",     "原工艺",   "原设备",   "普通",
                             "对照", "现有技术", "现有产品", "现有工艺", "行业平均", "目前市场", "老式",
                             "旧",   "上一代",   "其他厂家", "友商",     "配套"});
}

bool IsBestCase(std::string_view clause) {
  return HoldsOneOf(clause, {"最优条件", "最佳条件", "最优工艺", "个别",   "部分样",   "部分批次", "最好",
                             "少数",     "最优样",   "最佳样",   "单个样", "理想条件", "优选",     "最佳工况",
                             "最优工况", "极限条件", "部分",     "偶尔",   "有时",     "最高可",   "最佳",
                             "最优",     "多数",     "大部分",   "某批",   "有的样",   "单批最"});
}

bool IsLaboratory(std::string_view text) {
  return HoldsOneOf(text, {"实验室", "小试", "试验室", "烧杯", "手工制样", "扣式"});
}

bool AsksMassProduction(std::string_view text) {
  return HoldsOneOf(text,
                    {"量产", "批量", "规模化", "工业化", "产业化", "大生产", "连续生产", "生产线上", "中试"});
}

bool AsksCoverage(std::string_view text) {
  return HoldsOneOf(text,
                    {"工作温度", "使用温度", "运行温度", "环境温度", "量程",     "可调",     "适用",
                     "适应",     "调速",     "调节",     "范围",     "测量",     "检测范围", "加工",
                     "都要能",   "均能",     "工作电压", "供电电压", "输入电压", "适配",     "兼容",
                     "覆盖",     "可织",     "频段",     "工作压力", "工作湿度", "测试范围", "水温",
                     "耐温",     "可测",     "用于",     "处理粒径", "带宽",     "可用",     "环境下"}) &&
         !HoldsOneOf(text, {"控制在"});
}

bool SaysAbsent(std::string_view clause) {
  return HoldsOneOf(clause, {"未检出", "不含", "零添加", "未添加", "不添加", "无添加", "检不出", "没有检出"});
}

}  // namespace duijie::indicator
