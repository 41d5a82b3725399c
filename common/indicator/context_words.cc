// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/context_words.h"

#include <algorithm>

#include "common/indicator/holds.h"
#include "common/indicator/word_set.h"

namespace duijie::indicator {

size_t MarkAt(std::string_view text, size_t at, bool commas) {
  switch (text[at]) {
    case ';':
    case '!':
    case '?':
    case '\n':
      return 1;
    case ',':
      return commas ? 1 : 0;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte != 0xE3 && byte != 0xEF) return 0;
  const std::string_view mark = text.substr(at, 3);
  if (mark == "。" || mark == "；" || mark == "！" || mark == "？") return 3;
  return commas && mark == "，" ? 3 : 0;
}

namespace {

TextSpan Between(std::string_view text, TextSpan part, bool commas) {
  const size_t from = std::min<size_t>(part.begin, text.size());
  size_t end = std::min<size_t>(part.end, text.size());
  size_t begin = 0;
  for (size_t at = from; at > 0 && begin == 0; --at) {
    const size_t mark = MarkAt(text, at - 1, commas);
    if (mark > 0 && at - 1 + mark <= from) begin = at - 1 + mark;
  }
  while (end < text.size() && MarkAt(text, end, commas) == 0) ++end;
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

}  // namespace

TextSpan SentenceOf(std::string_view text, TextSpan part) { return Between(text, part, false); }

TextSpan ClauseOf(std::string_view text, TextSpan part) { return Between(text, part, true); }

std::string_view LeadClause(std::string_view text, TextSpan clause) {
  constexpr size_t kMark = 3;  // bytes of a Chinese comma
  size_t end = std::min<size_t>(clause.begin, text.size());
  if (end >= kMark && text.substr(end - kMark, kMark) == "，") {
    end -= kMark;
  } else if (end > 0 && text[end - 1] == ',') {
    --end;
  } else {
    return {};
  }
  const auto at = static_cast<uint32_t>(end);
  const TextSpan lead = ClauseOf(text, {at, at});
  const std::string_view words = text.substr(lead.begin, end - std::min<size_t>(lead.begin, end));
  const bool figures = std::any_of(words.begin(), words.end(), [](char c) { return c >= '0' && c <= '9'; });
  return figures ? std::string_view() : words;
}

bool LeadsPlan(std::string_view lead) {
  static const WordSet kWords{"预计",   "有望",   "拟",   "预期", "力争", "计划",
                              "下一步", "理论上", "仿真", "若",   "如果"};
  static const WordSet kOthers{"虚拟", "模拟", "拟合", "计划用水"};
  return kWords.IsIn(lead) && !kOthers.IsIn(lead);
}

bool LeadsBestCase(std::string_view lead) {
  static const WordSet kWords{"最优条件", "最佳条件", "最优工艺", "理想条件", "最佳工况", "最优工况",
                              "最佳状态", "理想状态", "最佳工艺", "最优参数", "最佳参数", "理想工况"};
  return kWords.IsIn(lead);
}

namespace {

// 铅 of 阴极铜中铅的质量分数: what is inside; 中间体 and 集中度 are words.
std::string_view WithoutContainer(std::string_view owner) {
  constexpr std::string_view kInside = "中";
  const size_t in = owner.rfind(kInside);
  if (in == std::string_view::npos || in + kInside.size() >= owner.size()) return owner;
  const std::string_view inside = owner.substr(in + kInside.size());
  for (const std::string_view word :
       {"间", "性", "药", "心", "空", "压", "小", "水", "温", "高", "低", "部", "央", "国", "等"}) {
    if (inside.starts_with(word)) return owner;
  }
  const std::string_view before = owner.substr(0, in);
  return before.ends_with("集") || before.ends_with("命") || before.ends_with("空") ? owner : inside;
}

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace

std::string_view OwnerBefore(std::string_view text, size_t at) {
  constexpr size_t kRune = 3;  // bytes of a Chinese character
  constexpr size_t kMaxOwner = 8 * kRune;
  // Words that end what stands before the owner.
  static constexpr std::string_view kStops[] = {
      "要求", "希望", "需要", "需求", "提高", "提升", "降低", "减少", "缩短", "延长", "保证",
      "确保", "达到", "能够", "可以", "实现", "使",   "将",   "把",   "对",   "其",   "和",
      "与",   "及",   "后",   "时",   "下",   "现",   "目前", "开发", "研发", "寻求", "一种",
      "并",   "且",   "在",   "从",   "由",   "按",   "每",   "一次"};
  if (at > text.size()) return {};
  size_t end = at;
  if (end >= kRune && text.substr(end - kRune, kRune) == "的") end -= kRune;
  size_t begin = end;
  while (begin > 0 && end - begin < kMaxOwner && IsAlphanumeric(text[begin - 1])) --begin;  // CO的体积分数
  while (begin >= kRune && end - begin < kMaxOwner) {
    const std::string_view rune = text.substr(begin - kRune, kRune);
    const auto lead = static_cast<unsigned char>(rune.front());
    if (lead < 0xE4 || lead > 0xE9 || rune == "的") break;
    begin -= kRune;
  }
  std::string_view owner = WithoutContainer(text.substr(begin, end - begin));
  for (const std::string_view stop : kStops) {
    const size_t found = owner.rfind(stop);
    if (found != std::string_view::npos) owner.remove_prefix(found + stop.size());
  }
  return owner.size() >= 2 * kRune ? owner : std::string_view();
}

bool IsPlan(std::string_view clause) {
  static const WordSet kWords{"预计",     "拟",     "有望",   "目标", "计划", "预期", "下一步",
                              "下一阶段", "将达到", "将提高", "力争", "争取", "希望", "理论上",
                              "理论值",   "仿真",   "规划",   "设想", "后续", "要求"};
  static const WordSet kOthers{"虚拟",     "模拟",   "拟合",     "目标检测",   "目标识别", "满足要求",
                               "目标产物", "目标物", "目标成分", "目标化合物", "目标产品"};
  return kWords.IsIn(clause) && !kOthers.IsIn(clause);
}

bool IsOtherProduct(std::string_view clause) {
  // Compared with the other product, the figure is one's own.
  constexpr size_t kBefore = 15;  // bytes: five characters
  static constexpr std::string_view kOthers[] = {
      "传统",     "常规工艺", "常规产品", "国外",     "进口",     "同类",     "竞品",     "市售",
      "改造前",   "改进前",   "技改前",   "同规格",   "同型号",   "原有",     "原工艺",   "原设备",
      "普通",     "对照",     "现有技术", "现有产品", "现有工艺", "行业平均", "目前市场", "老式",
      "旧设备",   "旧工艺",   "旧款",     "老旧",     "旧式",     "旧产品",   "旧机",     "上一代",
      "其他厂家", "友商",     "配套",     "行业普遍", "行业水平", "行业内",   "业内",     "同行",
      "通常水平", "现行工艺", "目前行业", "对比例",   "对照组",   "改性前",   "优化前",   "处理前",
      "未改性",   "未处理",   "空白样",   "参比",     "以往",     "过去"};
  static const WordSet kAnyOther(kOthers);
  if (!kAnyOther.IsIn(clause) || HoldsOneOf(clause, {"相比", "相较", "对比", "相对于"})) return false;
  for (const std::string_view word : kOthers) {
    const size_t at = clause.find(word);
    if (at == std::string_view::npos || clause.substr(at).starts_with("普通话")) continue;
    const size_t from = at > kBefore ? at - kBefore : 0;
    if (!HoldsOneOf(clause.substr(from, at - from), {"比", "较", "优于", "高于", "低于", "超过", "达到",
                                                     "替代", "取代", "不同于", "区别于", "代替"}))
      return true;
  }
  return false;
}

bool BeginsWithOther(std::string_view clause) {
  static const WordSet kFaults{"问题", "缺",   "不足", "存在", "高", "低", "差", "大", "慢", "难", "长",
                               "克服", "相比", "相较", "比",   "较", "需", "靠", "多", "少", "短"};
  for (const std::string_view other : {"传统", "常规", "普通", "对照", "市售", "未处理", "未改性", "技改前",
                                       "改造前", "改进前", "原机", "原设备", "原工艺"}) {
    if (clause.starts_with(other)) return !kFaults.IsIn(clause);
  }
  return false;
}

bool IsBestCase(std::string_view clause) {
  static const WordSet kWords{
      "最优条件", "最佳条件", "最优工艺", "个别", "部分样",   "部分批次", "最好",     "少数",   "最优样",
      "最佳样",   "单个样",   "理想条件", "优选", "最佳工况", "最优工况", "极限条件", "部分",   "偶尔",
      "有时",     "最高可",   "最佳",     "最优", "多数",     "大部分",   "某批",     "有的样", "单批最"};
  return kWords.IsIn(clause);
}

bool IsLaboratory(std::string_view text) {
  static const WordSet kWords{"实验室", "小试", "试验室", "烧杯", "手工制样", "扣式"};
  return kWords.IsIn(text);
}

bool AsksMassProduction(std::string_view text) {
  static const WordSet kWords{"量产",   "批量",     "规模化",   "工业化", "产业化",
                              "大生产", "连续生产", "生产线上", "中试"};
  return kWords.IsIn(text);
}

bool AsksCoverage(std::string_view text) {
  static const WordSet kWords{
      "工作温度", "使用温度", "运行温度", "环境温度", "量程",     "可调",     "适用",     "适应",
      "调速",     "调节",     "范围",     "测量",     "检测范围", "加工",     "都要能",   "均能",
      "工作电压", "供电电压", "输入电压", "适配",     "兼容",     "覆盖",     "可织",     "可印",
      "可切",     "可焊",     "可折",     "可喷",     "可夹",     "可生产",   "可轧",     "适合",
      "频段",     "工作压力", "工作湿度", "测试范围", "水温",     "耐温",     "可测",     "用于",
      "处理粒径", "带宽",     "可用",     "环境下",   "工作频率", "工作风速", "工作电流", "工作水深",
      "识别距离", "探测距离", "作用距离", "感应距离", "升降高度", "作业高度", "适纺",     "变速"};
  static const WordSet kOthers{"控制在"};
  return kWords.IsIn(text) && !kOthers.IsIn(text);
}

bool SaysAbsent(std::string_view clause) {
  static const WordSet kWords{"未检出", "不含", "零添加", "未添加", "不添加", "无添加", "检不出", "没有检出"};
  return kWords.IsIn(clause);
}

bool TellsStorage(std::string_view words) {
  static const WordSet kWords{"储存", "存储", "贮存", "保存"};
  return kWords.IsIn(words);
}

bool TellsLoss(std::string_view words) {
  static const WordSet kWords{"错", "误", "漏",     "失败",   "不合格", "死",   "坏", "废",   "迟",   "剩",
                              "残", "损", "未反应", "未转化", "流失",   "脱落", "破", "浓水", "次品", "受伤"};
  return kWords.IsIn(words);
}

size_t StepWords(std::string_view clause) {
  constexpr std::string_view kWords[] = {
      "份",   "重量百分", "质量百分", "按重量", "按质量", "质量分数", "原料", "组成",   "组分", "成分",
      "配比", "余量",     "加入",     "添加",   "搅拌",   "混合",     "保温", "加热",   "升温", "烘干",
      "干燥", "洗涤",     "浸泡",     "静置",   "反应",   "步骤",     "离心", "过滤",   "煅烧", "烧结",
      "研磨", "球磨",     "溶液",     "溶解",   "转速为", "冷却",     "退火", "浓度为", "涂覆", "镀"};
  return static_cast<size_t>(std::count_if(std::begin(kWords), std::end(kWords), [&](std::string_view word) {
    return clause.find(word) != std::string_view::npos;
  }));
}

}  // namespace duijie::indicator
