// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/demand/demand_cues.h"

#include <algorithm>
#include <array>
#include <string>

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

constexpr std::array kToday = {
    Cue{"目前"},         Cue{"现有"},     Cue{"现在"}, Cue{"现阶段"}, Cue{"当前"},     Cue{"现状"},
    Cue{"现行"},         Cue{"现用"},     Cue{"现为"}, Cue{"已"},     Cue{"原来"},     Cue{"原有"},
    Cue{"以往"},         Cue{"过去"},     Cue{"通常"}, Cue{"一般"},   Cue{"传统"},     Cue{"常规"},
    Cue{"国外"},         Cue{"进口"},     Cue{"统计"}, Cue{"证明"},   Cue{"导致"},     Cue{"造成"},
    Cue{"仅为"},         Cue{"只有"},     Cue{"仅有"}, Cue{"高达"},   Cue{"占地"},     Cue{"拥有"},
    Cue{"建有"},         Cue{"近年"},     Cue{"去年"}, Cue{"上年"},   Cue{"试制"},     Cue{"试验结果"},
    Cue{"存在"},         Cue{"实验结果"}, Cue{"市场"}, Cue{"同行业"}, Cue{"专利号"},   Cue{"注册资"},
    Cue{"我公司生产的"}, Cue{"对于"},     Cue{"只能"}, Cue{"仅能"},   Cue{"经济效益"},
};

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

// Where the last free occurrence of one of the words begins, npos if there is none.
template <typename Cues>
size_t LastCue(string_view text, const Cues& cues) {
  size_t last = string_view::npos;
  for (const Cue& cue : cues) {
    for (size_t at = text.rfind(cue.word); at != string_view::npos;
         at = at == 0 ? string_view::npos : text.rfind(cue.word, at - 1)) {
      const bool covered = std::any_of(cue.unless.begin(), cue.unless.end(), [&](string_view longer) {
        return !longer.empty() && StandsWithin(text, at, longer, cue.word);
      });
      if (covered) continue;
      if (last == string_view::npos || at > last) last = at;
      break;
    }
  }
  return last;
}

bool ContinuesCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Behind the last of `ends` before `at`, looking back at most kMaxSentenceBytes.
template <typename Words>
size_t StartAfter(string_view text, size_t at, const Words& ends) {
  size_t start = at > kMaxSentenceBytes ? at - kMaxSentenceBytes : 0;
  while (start < at && ContinuesCodePoint(text[start])) ++start;
  const string_view before = text.substr(start, at - start);
  const size_t first = start;
  for (const string_view end : ends) {
    const size_t found = before.rfind(end);
    if (found != string_view::npos) start = std::max(start, first + found + end.size());
  }
  return start;
}

// Where the first of `ends` begins from `at` on, looking at most kMaxSentenceBytes ahead.
template <typename Words>
size_t EndBefore(string_view text, size_t at, const Words& ends) {
  size_t stop = std::min(text.size(), at + kMaxSentenceBytes);
  while (stop > at && stop < text.size() && ContinuesCodePoint(text[stop])) --stop;
  const string_view after = text.substr(at, stop - at);
  for (const string_view end : ends) stop = std::min(stop, std::min(after.find(end), after.size()) + at);
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

// What the clause says on the figure; of two words, the later decides.
Says ClauseSays(string_view clause, bool relative) {
  const std::string plain = relative ? WithoutBaselines(clause) : std::string(clause);
  const size_t wish = LastCue(plain, kWishes);
  const size_t today = LastCue(plain, kToday);
  if (wish == string_view::npos && today == string_view::npos) return Says::kNothing;
  if (wish == string_view::npos) return Says::kToday;
  if (today == string_view::npos) return Says::kWish;
  return wish > today ? Says::kWish : Says::kToday;
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
  return !IsRelative(figure) && LastCue(figure.condition, kToday) != string_view::npos;
}

}  // namespace

TextSpan SentenceAround(string_view text, TextSpan part) {
  const size_t begin = std::min<size_t>(part.begin, text.size());
  const size_t end = std::min<size_t>(part.end, text.size());
  return {static_cast<uint32_t>(StartAfter(text, begin, kSentenceEnds)),
          static_cast<uint32_t>(EndBefore(text, end, kSentenceEnds))};
}

DemandReader::DemandReader(string_view text, DemandText kind) : text_(text), kind_(kind) {
  const auto add = [&](const auto& words, bool demands) {
    for (const string_view word : words) {
      for (size_t at = text.find(word); at != string_view::npos; at = text.find(word, at + word.size()))
        headings_.push_back({at, demands});
    }
  };
  add(kDemandHeadings, true);
  add(kToldHeadings, false);
  std::stable_sort(headings_.begin(), headings_.end(),
                   [](const Heading& a, const Heading& b) { return a.at < b.at; });
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
