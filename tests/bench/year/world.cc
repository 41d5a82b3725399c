// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/world.h"

#include <algorithm>
#include <cstdio>

#include "common/tabular/csv_writer.h"
#include "common/text/default_paths.h"
#include "tests/bench/generator/numbered.h"
#include "tests/bench/year/streams.h"

namespace duijie::bench {
namespace {

using Cells = std::vector<std::string>;

constexpr double kConfidential = 0.1;
constexpr double kWithoutConsent = 0.05;
constexpr double kAwarded = 0.1;
constexpr double kOfProgramme = 0.1;
constexpr double kFromElsewhere = 0.15;  // of the achievements
constexpr uint64_t kRecordsPerOwner = 20;
constexpr size_t kNumberAt = 11;  // in a generated credit code: 91, region, XDU, six digits
constexpr size_t kNumberDigits = 6;

size_t PlaceOf(const Cells& headings, std::string_view heading) {
  return static_cast<size_t>(std::find(headings.begin(), headings.end(), heading) - headings.begin());
}

std::string CellOf(const Cells& headings, Cells row, std::string_view heading) {
  const size_t place = PlaceOf(headings, heading);
  return place < row.size() ? std::move(row[place]) : std::string();
}

void Append(const Cells& texts, std::string* table) {
  std::vector<TableCell> cells;
  for (const std::string& text : texts) cells.push_back(text.empty() ? TableCell() : TableCell::Text(text));
  CsvWriter(table, {.byte_order_mark = false}).WriteRow(cells).IgnoreError();  // texts are never refused
}

const Cells& NeedColumns() {
  static const auto& kHeadings = *new Cells([] {
    Cells headings = RecordMaker::NeedHeadings();
    headings.insert(headings.end(), {"所属园区", "同意推送"});
    return headings;
  }());
  return kHeadings;
}

const Cells& AchievementColumns() {
  static const auto& kHeadings = *new Cells([] {
    Cells headings = RecordMaker::AchievementHeadings();
    headings.insert(headings.end(), {"获奖情况", "计划项目编号"});
    return headings;
  }());
  return kHeadings;
}

}  // namespace

StatusOr<std::unique_ptr<World>> World::Make(const std::string& samples, const std::string& share,
                                             const YearScale& scale) {
  std::unique_ptr<World> world(new World());
  world->scale_ = scale;
  DUIJIE_ASSIGN_OR_RETURN(const auto analyzer, Analyzer::Create(TextOptionsIn(share + "/text")));
  DUIJIE_ASSIGN_OR_RETURN(world->taxonomies_, TaxonomySet::Load(share + "/taxonomies"));
  DUIJIE_ASSIGN_OR_RETURN(world->corpus_,
                          SampleCorpus::Load(samples, share + "/text/domain_terms.tsv", *analyzer));
  const uint64_t owners =
      std::clamp<uint64_t>(scale.achievements / kRecordsPerOwner, 1, RecordMaker::kMaxBodies);
  world->maker_ = std::make_unique<RecordMaker>(*world->corpus_, *world->taxonomies_, scale.seed, owners,
                                                scale.enterprises);
  for (uint64_t need = 0; need < scale.needs; ++need) {
    const std::string code =
        CellOf(RecordMaker::NeedHeadings(), world->maker_->Need(need), "企业统一社会信用代码");
    world->owners_.push_back(static_cast<uint32_t>(std::stoul(code.substr(kNumberAt, kNumberDigits))));
  }
  return world;
}

std::string World::Enterprises() const {
  std::string table;
  Append(RecordMaker::EnterpriseHeadings(), &table);
  for (uint64_t row = 0; row < scale_.enterprises; ++row) Append(maker_->Enterprise(row), &table);
  return table;
}

std::vector<std::string> World::NeedRow(uint64_t need) const {
  Cells row = maker_->Need(need);
  if (IsConfidential(need)) {
    row[PlaceOf(NeedColumns(), "保密级别")] = "仅工作人员";
    const std::string mark = std::string(kMarkPrefix) + Numbered("%09llu", need);
    row[PlaceOf(NeedColumns(), "需求名称")] += mark;
    row[PlaceOf(NeedColumns(), "问题描述")] += "内部代号" + mark + "。";
  }
  row.push_back(ParkOf(EnterpriseOf(need)));
  row.push_back(HasConsent(need) ? "是" : "否");
  return row;
}

std::string World::Needs() const {
  std::string table;
  Append(NeedColumns(), &table);
  for (uint64_t row = 0; row < scale_.needs; ++row) Append(NeedRow(row), &table);
  return table;
}

std::vector<std::string> World::AchievementRow(uint64_t achievement) const {
  Cells row = maker_->Achievement(achievement);
  Random random(scale_.seed, kSupportStream, achievement);
  if (random.Chance(kFromElsewhere)) {
    row[PlaceOf(AchievementColumns(), "所在地区")] =
        taxonomies_->parks[random.Below(taxonomies_->parks.size())].region_code;
  }
  row.push_back(random.Chance(kAwarded) ? Numbered("样例省科技进步奖第%llu号", achievement) : "");
  row.push_back(random.Chance(kOfProgramme) ? Numbered("2025YFX%07llu", achievement) : "");
  return row;
}

std::string World::Achievements(uint64_t begin, uint64_t end) const {
  std::string table;
  Append(AchievementColumns(), &table);
  for (uint64_t row = begin; row < end; ++row) Append(AchievementRow(row), &table);
  return table;
}

std::string World::Experts(uint64_t count) const {
  std::string table;
  Append({"姓名", "工作单位", "技术领域", "擅长行业", "专长关键词", "所在地区", "每月可走访次数", "来源库",
          "外部编号"},
         &table);
  for (uint64_t row = 0; row < count; ++row) {
    Random random(scale_.seed, kExpertStream, row);
    const Topic& topic = corpus_->topics[random.Below(corpus_->topics.size())];
    TextMaker text(*corpus_, {&topic, nullptr}, &random);
    Append({Numbered("样例专家%03llu", row), Numbered("生成样例大学%03llu", row), topic.field_codes,
            topic.industry_codes, text.Keywords(),
            taxonomies_->parks[row % taxonomies_->parks.size()].region_code, "4", kSourceLibrary,
            Numbered("x%09llu", row)},
           &table);
  }
  return table;
}

Relation World::RelationOf(const Taker& taker, uint64_t achievement) const {
  const auto own =
      taker.need ? maker_->NeedTopics(*taker.need) : std::pair(maker_->EnterpriseTopic(taker.enterprise), -1);
  const auto other = maker_->AchievementTopics(achievement);
  if (own.first == other.first) return Relation::kMain;
  const auto in_other = [&](int topic) {
    return topic >= 0 && (topic == other.first || topic == other.second);
  };
  return in_other(own.first) || in_other(own.second) ? Relation::kSecondary : Relation::kNone;
}

const std::string& World::ParkOf(uint64_t enterprise) const {
  return taxonomies_->parks[enterprise % taxonomies_->parks.size()].code;
}

bool World::IsConfidential(uint64_t need) const {
  return Random(scale_.seed, kConfidentialStream, need).Chance(kConfidential);
}

bool World::HasConsent(uint64_t need) const {
  return !Random(scale_.seed, kConsentStream, need).Chance(kWithoutConsent);
}

std::string World::NeedCell(uint64_t need, std::string_view heading) const {
  return CellOf(NeedColumns(), NeedRow(need), heading);
}

std::string World::AchievementCell(uint64_t achievement, std::string_view heading) const {
  return CellOf(AchievementColumns(), AchievementRow(achievement), heading);
}

std::string World::EnterpriseCell(uint64_t enterprise, std::string_view heading) const {
  return CellOf(RecordMaker::EnterpriseHeadings(), maker_->Enterprise(enterprise), heading);
}

std::vector<uint64_t> World::MarksIn(std::string_view bytes) {
  std::vector<uint64_t> marks;
  for (size_t at = bytes.find(kMarkPrefix); at != std::string_view::npos;
       at = bytes.find(kMarkPrefix, at + 1)) {
    const std::string_view digits = bytes.substr(at + kMarkPrefix.size(), kMarkDigits);
    const bool whole =
        digits.size() == kMarkDigits && digits.find_first_not_of("0123456789") == std::string_view::npos;
    if (whole) marks.push_back(std::stoull(std::string(digits)));
  }
  return marks;
}

void Names::Add(uint64_t row, const std::string& name) {
  names_[row] = name;
  rows_[name] = row;
}

std::optional<uint64_t> Names::RowOf(const std::string& name) const {
  const auto found = rows_.find(name);
  return found == rows_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace duijie::bench
