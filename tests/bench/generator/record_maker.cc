// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/generator/record_maker.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "common/taxonomy/credit_code.h"
#include "tests/bench/generator/numbered.h"

namespace duijie::bench {
namespace {

// Streams of Random.
enum Kind : uint64_t { kAchievement = 1, kEnterprise, kNeed, kAchievementTopic, kNeedTopic };

constexpr double kTwoTopics = 0.3;
constexpr size_t kNeedLowest = 60;  // code points of a description
constexpr size_t kNeedSpan = 140;

std::string Money(double wan_yuan) {
  return wan_yuan > 0 ? Numbered("%llu", static_cast<uint64_t>(std::llround(std::max(wan_yuan, 1.0))))
                      : std::string();
}

std::string DateIn(int first_year, int years, Random& random) {
  char text[32];
  std::snprintf(text, sizeof(text), "%04d-%02d-%02d",
                first_year + static_cast<int>(random.Below(static_cast<size_t>(years))),
                static_cast<int>(1 + random.Below(12)), static_cast<int>(1 + random.Below(28)));
  return text;
}

// A lowest and highest price near those of a sample; both empty where the sample says nothing.
std::pair<std::string, std::string> Prices(const CellPools& cells, Random& random) {
  const auto [low, high] = Pick(cells.prices, random);
  const double scale = 0.5 + random.Unit();
  return {Money(low * scale), Money(high >= low ? high * scale : 0)};
}

std::string JoinCodes(const std::string& first, const std::string& second) {
  return second.empty() || first.find(second) != std::string::npos ? first : first + "；" + second;
}

std::pair<int, int> DrawTopics(size_t topics, Random random) {
  const int first = static_cast<int>(random.Below(topics));
  const int second = static_cast<int>(random.Below(topics));
  return {first, random.Chance(kTwoTopics) && second != first ? second : -1};
}

}  // namespace

std::string GeneratedCreditCode(const std::string& kind, const std::string& region, uint64_t number) {
  const std::string code = kind + region + "XDU" + Numbered("%06llu", number % RecordMaker::kMaxBodies);
  return code + CreditCodeCheckDigit(code);
}

std::pair<int, int> RecordMaker::AchievementTopics(uint64_t row) const {
  return DrawTopics(corpus_.topics.size(), Random(seed_, kAchievementTopic, row));
}
std::pair<int, int> RecordMaker::NeedTopics(uint64_t row) const {
  return DrawTopics(corpus_.topics.size(), Random(seed_, kNeedTopic, row));
}

int RecordMaker::EnterpriseTopic(uint64_t row) const {
  return static_cast<int>(Random(seed_, kEnterprise, row).Below(corpus_.topics.size()));
}

TopicChoice RecordMaker::Choose(std::pair<int, int> topics) const {
  const Topic* other = topics.second < 0 ? nullptr : &corpus_.topics[static_cast<size_t>(topics.second)];
  return {&corpus_.topics[static_cast<size_t>(topics.first)], other};
}

std::string RecordMaker::EnterpriseCreditCode(uint64_t enterprise) const {
  return GeneratedCreditCode("91", taxonomies_.parks[enterprise % taxonomies_.parks.size()].region_code,
                             enterprise);
}

std::string RecordMaker::OwnerCreditCode(uint64_t owner) const {
  const auto& regions = corpus_.cells.regions;
  return GeneratedCreditCode("12", regions[owner % regions.size()], owner);
}

const std::vector<std::string>& RecordMaker::AchievementHeadings() {
  static const auto& headings = *new std::vector<std::string>{"成果名称",
                                                              "成果简介",
                                                              "解决的问题",
                                                              "技术优势",
                                                              "技术指标",
                                                              "关键词",
                                                              "技术领域",
                                                              "应用行业",
                                                              "所在地区",
                                                              "完成单位",
                                                              "完成单位统一社会信用代码",
                                                              "完成人",
                                                              "技术成熟度",
                                                              "研究起始日期",
                                                              "研究终止日期",
                                                              "成果属性",
                                                              "成果体现形式",
                                                              "成果水平",
                                                              "评价方式",
                                                              "知识产权",
                                                              "合作方式",
                                                              "最低价格（万元）",
                                                              "最高价格（万元）",
                                                              "承接条件",
                                                              "保密级别",
                                                              "来源库",
                                                              "外部编号",
                                                              "最近确认日期"};
  return headings;
}

std::vector<std::string> RecordMaker::Achievement(uint64_t row) const {
  Random random(seed_, kAchievement, row);
  const TopicChoice topics = Choose(AchievementTopics(row));
  const CellPools& cells = corpus_.cells;
  TextMaker text(corpus_, topics, &random);
  const uint64_t owner = random.Below(owners_);
  const auto [low, high] = Prices(cells, random);
  const Topic* other = topics.other;
  return {text.Title(),
          text.Summary(),
          text.Problem(),
          text.Advantage(),
          text.Indicators(),
          text.Keywords(),
          JoinCodes(topics.main->field_codes,
                    other == nullptr ? "" : other->field_codes.substr(0, other->field_codes.find("；"))),
          topics.main->industry_codes,
          cells.regions[owner % cells.regions.size()],
          Numbered("生成样例机构%06llu号研究院", owner),
          OwnerCreditCode(owner),
          Numbered("样例人员%05llu", random.Below(50'000)),
          Pick(cells.maturity_levels, random),
          DateIn(2012, 6, random),
          DateIn(2019, 6, random),
          Pick(cells.attributes, random),
          Pick(cells.forms, random),
          Pick(cells.standings, random),
          Pick(cells.evaluations, random),
          Numbered("软件著作权:2000SR%07llu", row),
          Pick(cells.modes, random),
          low,
          high,
          text.Condition(),
          "公开",
          kSourceLibrary,
          Numbered("a%09llu", row),
          DateIn(2024, 2, random)};
}

const std::vector<std::string>& RecordMaker::EnterpriseHeadings() {
  static const auto& headings = *new std::vector<std::string>{
      "企业名称", "统一社会信用代码", "所在地区", "所属园区", "所属行业", "主要产品",
      "企业简介", "关键词",           "保密级别", "来源库",   "外部编号"};
  return headings;
}

std::vector<std::string> RecordMaker::Enterprise(uint64_t row) const {
  Random random(seed_, kEnterprise, row);
  const auto topic = static_cast<int>(random.Below(corpus_.topics.size()));
  const Park& park = taxonomies_.parks[row % taxonomies_.parks.size()];
  TextMaker text(corpus_, Choose({topic, -1}), &random);
  const Topic& own = corpus_.topics[static_cast<size_t>(topic)];
  return {Numbered("生成样例企业%06llu号有限公司", row),
          EnterpriseCreditCode(row),
          park.region_code,
          park.code,
          own.industry_codes,
          corpus_.terms[own.terms].Draw(random),
          text.Advantage(),
          text.Keywords(),
          "公开",
          kSourceLibrary,
          Numbered("e%09llu", row)};
}

const std::vector<std::string>& RecordMaker::NeedHeadings() {
  static const auto& headings = *new std::vector<std::string>{"需求名称", "企业统一社会信用代码",
                                                              "需求类型", "问题描述",
                                                              "目标指标", "最高预算（万元）",
                                                              "合作方式", "最低成熟度",
                                                              "技术领域", "所属行业",
                                                              "关键词",   "保密级别",
                                                              "来源库",   "外部编号"};
  return headings;
}

std::vector<std::string> RecordMaker::Need(uint64_t row) const {
  Random random(seed_, kNeed, row);
  const TopicChoice topics = Choose(NeedTopics(row));
  const CellPools& cells = corpus_.cells;
  TextMaker text(corpus_, topics, &random);
  const size_t length = kNeedLowest + random.Below(kNeedSpan);
  std::string description = text.Problem();
  if (!corpus_.requests.empty()) description += text.Sentences(corpus_.requests, length / 3);
  description += text.Sentences({}, length / 2);
  const std::string maturity = random.Chance(0.5) ? Pick(cells.maturity_levels, random) : std::string();
  return {text.Title(),
          EnterpriseCreditCode(random.Below(enterprises_)),
          Pick(corpus_.need_types, random),
          description,
          text.Indicators(),
          Prices(cells, random).second,
          Pick(cells.modes, random),
          maturity,
          topics.main->field_codes,
          topics.main->industry_codes,
          text.Keywords(),
          "公开",
          kSourceLibrary,
          Numbered("n%09llu", row)};
}

}  // namespace duijie::bench
