// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/demand/demand_cues.h"

#include <algorithm>
#include <array>
#include <string>

#include "common/demand/word_starts.h"
#include "common/text/encoding.h"

namespace duijie {
namespace {

using indicator::Comparator;
using indicator::Indicator;
using indicator::TextSpan;
using std::string_view;

enum class Says : uint8_t { kNothing, kWish, kToday };

// A word, and what it must not stand in: 须 but not 无须.
struct Cue {
  string_view word;
  std::array<string_view, 12> unless{};  // longer words that hold it
};

constexpr std::array kWishes = {
    Cue{"要",
        {"主要", "重要", "只要", "要么", "要素", "必要", "摘要", "概要", "首要", "次要", "紧要", "要点"}},
    Cue{"想", {"理想", "思想", "设想", "构想", "联想", "猜想"}},
    Cue{"求", {"需求", "追求", "求解", "请求"}},
    Cue{"盼"},
    Cue{"最好"},
    Cue{"不能超"},
    Cue{"不能低"},
    Cue{"不能高"},
    Cue{"不能大"},
    Cue{"不能小"},
    Cue{"不能少"},
    Cue{"不得"},
    Cue{"需", {"需求", "所需", "无需", "需方", "供需", "内需"}},
    Cue{"希望"},
    Cue{"期望"},
    Cue{"力争"},
    Cue{"争取"},
    Cue{"目标", {"目标检测", "目标识别", "目标跟踪", "目标物", "目标产物", "目标产品"}},
    Cue{"指标"},
    Cue{"必须"},
    Cue{"须", {"无须", "须知", "触须", "须根", "胡须"}},
    Cue{"拟", {"模拟", "虚拟", "拟合", "拟态", "比拟", "拟除"}},
    Cue{"欲"},
    Cue{"寻求"},
    Cue{"寻找"},
    Cue{"征集"},
    Cue{"求购"},
    Cue{"确保"},
    Cue{"保证"},
    Cue{"应达"},
    Cue{"应不", {"反应不", "响应不", "供应不", "效应不", "适应不", "相应不"}},
    Cue{"应小于"},
    Cue{"应大于"},
    Cue{"应高于"},
    Cue{"应低于"},
    Cue{"应控制"},
    Cue{"应满足"},
    Cue{"应能", {"反应能", "响应能", "供应能", "适应能"}},
    Cue{"应为"},
    Cue{"应在", {"反应在", "响应在", "供应在"}},
};

constexpr auto kToday = std::to_array<std::string_view>(
    {"目前",   "现有",   "现在",         "现阶段",   "当前", "现状",     "现行",    "现用",
     "现为",   "已",     "原来",         "原有",     "以往", "过去",     "通常",    "一般",
     "传统",   "常规",   "国外",         "进口",     "统计", "证明",     "导致",    "造成",
     "仅为",   "只有",   "仅有",         "高达",     "占地", "拥有",     "建有",    "近年",
     "去年",   "上年",   "试制",         "试验结果", "存在", "实验结果", "市场",    "同行业",
     "专利号", "注册资", "我公司生产的", "对于",     "只能", "仅能",     "经济效益"});

// Baselines that relative figures are measured against.
constexpr auto kBaselines =
    std::to_array<std::string_view>({"目前", "现有", "现在", "当前", "原来", "原有", "传统", "常规", "一般"});

constexpr auto kDemandHeadings = std::to_array<std::string_view>(
    {"预期目标", "预期指标", "技术指标", "考核指标", "主要指标", "性能指标", "指标要求", "质量要求",
     "技术要求", "性能要求", "需求内容", "目标如下", "任务目标", "阶段目标", "技术需求", "技术参数",
     "主要参数", "性能参数", "研究目标", "具体要求", "以下要求", "要求如下", "以下指标", "目标：",
     "目标:",    "要求：",   "要求:",    "指标：",   "指标:",    "需求："});
constexpr auto kToldHeadings = std::to_array<std::string_view>(
    {"现有基础", "工作基础", "现有工作", "研究基础",   "现有条件", "基础条件", "已有基础",
     "技术背景", "项目背景", "研究背景", "现状",       "企业简介", "公司简介", "单位简介",
     "企业概况", "公司概况", "经费",     "预算",       "投入",     "合作方式", "经济效益",
     "市场前景", "效益分析", "单位情况", "产业化前景", "背景："});

constexpr auto kNamesOfTheFirm = std::to_array<std::string_view>(
    {"占地", "注册", "投资", "产值", "年产", "日产",   "产能", "产量", "营业",   "销售",
     "收入", "利润", "税",   "经费", "资金", "投入",   "补贴", "员工", "人员",   "市场",
     "合同", "团队", "售价", "工期", "年销", "年出栏", "存栏", "专利", "研发费", "规模"});
constexpr auto kMoneyNames =
    std::to_array<std::string_view>({"成本", "费用", "价格", "造价", "单价", "运费", "电费", "药剂费"});
constexpr auto kShortNames = std::to_array<std::string_view>({"厚", "宽", "长", "高", "重", "率"});
constexpr auto kSpecificationWords = std::to_array<std::string_view>(
    {"不低于", "不高于", "不超过", "不小于", "不大于", "不少于", "不多于", "不得", "≥", "≤", ">=", "<="});
constexpr auto kSentenceEnds = std::to_array<std::string_view>({"。", "；", ";", "！", "？", "!", "?", "\n"});
constexpr auto kFullStops = std::to_array<std::string_view>({"。", "！", "？", "!", "?", "\n"});
constexpr auto kClauseEnds =
    std::to_array<std::string_view>({"。", "；", ";", "！", "？", "!", "?", "\n", "，", ","});

template <typename Words>
bool HoldsOneOf(string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](string_view word) { return text.find(word) != string_view::npos; });
}

bool StandsWithin(string_view text, size_t at, string_view longer, string_view word) {
  const size_t offset = longer.find(word);
  return at >= offset && text.substr(at - offset).starts_with(longer);
}

bool StandsFree(string_view text, size_t at, const Cue& cue) {
  return std::none_of(cue.unless.begin(), cue.unless.end(), [&](string_view longer) {
    return !longer.empty() && StandsWithin(text, at, longer, cue.word);
  });
}

bool ContinuesCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Behind the last of `ends` before `at`, looking back at most kMaxSentenceBytes.
template <typename Words>
size_t StartAfter(string_view text, size_t at, const Words& ends) {
  size_t first = at > kMaxSentenceBytes ? at - kMaxSentenceBytes : 0;
  while (first < at && ContinuesCodePoint(text[first])) ++first;
  for (size_t start = at; start > first; --start) {
    const string_view before = text.substr(first, start - first);
    if (std::any_of(ends.begin(), ends.end(), [&](string_view end) { return before.ends_with(end); }))
      return start;
  }
  return first;
}

// Where the first of `ends` begins from `at` on, looking at most kMaxSentenceBytes ahead.
template <typename Words>
size_t EndBefore(string_view text, size_t at, const Words& ends) {
  size_t stop = std::min(text.size(), at + kMaxSentenceBytes);
  while (stop > at && stop < text.size() && ContinuesCodePoint(text[stop])) --stop;
  const string_view looked_at = text.substr(0, stop);
  for (size_t end = at; end < stop; ++end) {
    const string_view after = looked_at.substr(end);
    if (std::any_of(ends.begin(), ends.end(), [&](string_view word) { return after.starts_with(word); }))
      return end;
  }
  return stop;
}

bool IsRelative(const Indicator& figure) {
  return figure.comparator == Comparator::kIncreaseBy || figure.comparator == Comparator::kDecreaseBy ||
         figure.from || figure.is_of_former;
}

bool IsExplicitBound(const Indicator& figure) { return figure.comparator != Comparator::kEqual; }

// 比现有工艺, 由目前的: what a relative figure starts from.
std::string WithoutBaselines(string_view clause) {
  std::string text(clause);
  for (const string_view word : kBaselines) {
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word))
      text.erase(at, word.size());
  }
  return text;
}

// Today's words, then the wishes.
const WordStarts& StartsOfCues() {
  static const WordStarts kStarts = [] {
    std::vector<string_view> words(kToday.begin(), kToday.end());
    for (const Cue& wish : kWishes) words.push_back(wish.word);
    return WordStarts(words);
  }();
  return kStarts;
}

// What the last cue says that stands free.
Says LastSaid(string_view text) {
  Says says = Says::kNothing;
  for (size_t at = text.size(); says == Says::kNothing && at-- > 0;) {
    if (ContinuesCodePoint(text[at])) continue;
    StartsOfCues().At(text, at, [&](uint32_t number) {
      if (number < kToday.size()) {
        says = Says::kToday;
      } else if (const Cue& wish = kWishes[number - kToday.size()]; StandsFree(text, at, wish)) {
        says = Says::kWish;
      }
      return says != Says::kNothing;
    });
  }
  return says;
}

// What the clause says on the figure; of two words, the later decides.
Says ClauseSays(string_view clause, bool relative) {
  return relative ? LastSaid(WithoutBaselines(clause)) : LastSaid(clause);
}

// `own`: whether the figure's own clause said it.
Says SentenceSays(string_view text, const Indicator& figure, bool* own) {
  const bool relative = IsRelative(figure);
  const size_t first = StartAfter(text, figure.whole.begin, kFullStops);  // a wish holds beyond a semicolon
  size_t end = EndBefore(text, figure.whole.end, kClauseEnds);
  for (size_t at = figure.whole.begin;;) {
    const size_t begin = std::max(first, StartAfter(text, at, kClauseEnds));
    const Says says = ClauseSays(text.substr(begin, end - begin), relative);
    *own = end > figure.whole.begin;
    if (says != Says::kNothing) return says;
    if (begin <= first) return Says::kNothing;
    end = begin;
    at = begin - 1;
    while (at > first && ContinuesCodePoint(text[at])) --at;
  }
}

bool IsOfTheFirm(const Indicator& figure) {
  if (HoldsOneOf(figure.name, kNamesOfTheFirm)) return true;
  const string_view unit = figure.unit;
  if (unit.find("人") != string_view::npos || unit == "亩" || unit == "项" || unit == "条") return true;
  return unit.find("元") != string_view::npos && !HoldsOneOf(figure.name, kMoneyNames);
}

bool IsWellNamed(const Indicator& figure) {
  const size_t runes = CountCodePoints(figure.name);
  if (runes == 0) return false;
  if (runes > 1 || static_cast<unsigned char>(figure.name.front()) < 0x80) return true;
  return std::find(kShortNames.begin(), kShortNames.end(), figure.name) != kShortNames.end();
}

// A figure that the extraction itself found to be told of today.
bool HoldsToday(const Indicator& figure) {
  return !IsRelative(figure) && HoldsOneOf(figure.condition, kToday);
}

// Headings of demands, then those of what is told.
const WordStarts& StartsOfHeadings() {
  static const WordStarts kStarts = [] {
    std::vector<string_view> words(kDemandHeadings.begin(), kDemandHeadings.end());
    words.insert(words.end(), kToldHeadings.begin(), kToldHeadings.end());
    return WordStarts(words);
  }();
  return kStarts;
}

}  // namespace

TextSpan SentenceAround(string_view text, TextSpan part) {
  const size_t begin = std::min<size_t>(part.begin, text.size());
  const size_t end = std::min<size_t>(part.end, text.size());
  return {static_cast<uint32_t>(StartAfter(text, begin, kSentenceEnds)),
          static_cast<uint32_t>(EndBefore(text, end, kSentenceEnds))};
}

DemandReader::DemandReader(string_view text, DemandText kind) : text_(text), kind_(kind) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (ContinuesCodePoint(text[at])) continue;
    StartsOfHeadings().At(text, at, [&](uint32_t number) {
      headings_.push_back({at, number < kDemandHeadings.size()});
      return false;
    });
  }
}

const DemandReader::Heading* DemandReader::HeadingOf(const Indicator& figure) const {
  const auto next = std::upper_bound(headings_.begin(), headings_.end(), size_t{figure.whole.begin},
                                     [](size_t at, const Heading& heading) { return at < heading.at; });
  if (next == headings_.begin()) return nullptr;
  const Heading& last = *std::prev(next);
  return figure.whole.begin - last.at <= kMaxHeadingBytes ? &last : nullptr;
}

bool DemandReader::IsDemanded(const Indicator& figure) const {
  if (!IsWellNamed(figure) || IsOfTheFirm(figure) || figure.is_negated || figure.is_maximum) return false;
  bool own = false;
  const Says sentence = SentenceSays(text_, figure, &own);
  const Heading* const heading = HeadingOf(figure);
  const bool headed = heading != nullptr && heading->demands;
  if (sentence == Says::kWish && IsExplicitBound(figure)) return true;
  if (sentence == Says::kWish && kind_ != DemandText::kTitle && (own || headed)) return true;
  if (sentence == Says::kToday || HoldsToday(figure)) return false;
  if (kind_ == DemandText::kCurrentPractice) return false;
  if (kind_ == DemandText::kTitle) return IsExplicitBound(figure);
  if (heading != nullptr) return headed;
  if (kind_ == DemandText::kSpecification) return true;
  const string_view whole = text_.substr(figure.whole.begin, figure.whole.end - figure.whole.begin);
  return IsExplicitBound(figure) && HoldsOneOf(whole, kSpecificationWords);
}

}  // namespace duijie
