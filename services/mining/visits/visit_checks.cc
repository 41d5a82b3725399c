// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_checks.h"

#include <algorithm>
#include <set>

#include "common/text/encoding.h"
#include "services/mining/visits/visit_days.h"
#include "services/mining/visits/visit_planner.h"

namespace duijie::mining {
namespace {

constexpr int kMaxParks = 20, kMaxCodes = 50, kMaxPlanExperts = 200, kMaxDays = 100, kMaxCoverage = 50;
constexpr int kMaxMonthly = 31;
constexpr size_t kMaxMediaType = 100;
constexpr char kDemands[] = "visit_plan.demands.";

std::string NoSuch(const char* what) {
  std::string text = "没有这个";
  text += what;
  return text;
}

// "visit_plan.demands.{name}".
std::string InDemands(const char* name) {
  std::string field = kDemands;
  field += name;
  return field;
}

std::string At(const std::string& field, int index) { return field + "[" + std::to_string(index) + "]"; }

bool IsForbiddenControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
}

void CheckCount(int count, int most, const std::string& field, Violations* wrong) {
  if (count > most) wrong->push_back({field, "TOO_MANY", "最多 " + std::to_string(most) + " 项"});
}

template <typename Values, typename IsKnown>
void CheckCodes(const Values& values, int most, const std::string& field, const IsKnown& is_known,
                const char* what, Violations* wrong) {
  CheckCount(values.size(), most, field, wrong);
  for (int i = 0; i < values.size(); ++i) {
    if (!is_known(values[i])) wrong->push_back({At(field, i), "UNKNOWN_CODE", NoSuch(what)});
  }
}

// A day of the plan's year.
bool IsDayOf(int year, const std::string& date) {
  const auto day = ParseVisitDay(date);
  return day && YearOf(*day) == year;
}

template <typename Dates>
void CheckDates(const Dates& dates, int year, const std::string& field, Violations* wrong) {
  CheckCount(dates.size(), kMaxDays, field, wrong);
  for (int i = 0; i < dates.size(); ++i) {
    if (!IsDayOf(year, dates[i])) wrong->push_back({At(field, i), "INVALID_DATE", "应为计划年度内的日期"});
  }
}

void CheckCoverage(const v1::VisitDemands& demands, const TaxonomySet& taxonomies, Violations* wrong) {
  const std::string field = InDemands("coverage");
  CheckCount(demands.coverage_size(), kMaxCoverage, field, wrong);
  for (int i = 0; i < demands.coverage_size(); ++i) {
    const v1::VisitCoverage& coverage = demands.coverage(i);
    const bool known = coverage.has_park_code() ? taxonomies.FindPark(coverage.park_code()) != nullptr
                                                : taxonomies.regions.Find(coverage.region_code()) != nullptr;
    if (!known) wrong->push_back({At(field, i), "UNKNOWN_CODE", "没有这个园区或地区"});
    if (coverage.min_enterprises() < 1 || coverage.min_enterprises() > kMaxVisitTarget) {
      wrong->push_back({At(field, i) + ".min_enterprises", "OUT_OF_RANGE", "应为 1 至 1000 家"});
    }
  }
}

void CheckPeriod(const v1::VisitPlan& plan, Violations* wrong) {
  const v1::VisitDemands& demands = plan.demands();
  bool dated = true;
  for (const auto& [name, date] :
       {std::pair{"starts_on", &demands.starts_on()}, {"ends_on", &demands.ends_on()}}) {
    if (IsDayOf(plan.year(), *date)) continue;
    wrong->push_back({InDemands(name), "INVALID_DATE", "应为计划年度内的日期"});
    dated = false;
  }
  if (dated && demands.ends_on() < demands.starts_on()) {
    wrong->push_back({InDemands("ends_on"), "DATE_ORDER", "不得早于起始日期"});
  }
  CheckDates(demands.days_off(), plan.year(), InDemands("days_off"), wrong);
  CheckDates(demands.extra_days(), plan.year(), InDemands("extra_days"), wrong);
}

void CheckNames(const google::protobuf::RepeatedPtrField<std::string>& names, const std::string& collection,
                int most, const std::string& field, Violations* wrong) {
  CheckCount(names.size(), most, field, wrong);
  std::set<std::string> seen;
  for (int i = 0; i < names.size(); ++i) {
    const bool named = names[i].size() > collection.size() && names[i].rfind(collection, 0) == 0 &&
                       names[i].size() <= kVisitShortText;
    if (!named) wrong->push_back({At(field, i), "BAD_NAME", "应为 " + collection + " 开头的编号"});
    if (!seen.insert(names[i]).second) wrong->push_back({At(field, i), "DUPLICATE", "重复"});
  }
}

}  // namespace

void CheckVisitText(std::string_view text, size_t most, bool required, const std::string& field,
                    Violations* wrong) {
  if (required && text.find_first_not_of(" \t\n") == std::string_view::npos) {
    wrong->push_back({field, "REQUIRED", "必填"});
  }
  if (std::any_of(text.begin(), text.end(), &IsForbiddenControl)) {
    wrong->push_back({field, "CONTROL_CHARACTER", "含有控制字符"});
  }
  const size_t length = CountCodePoints(text);
  if (length <= most) return;
  wrong->push_back({field, "TOO_LONG",
                    "最多 " + std::to_string(most) + " 个字符，现有 " + std::to_string(length) + " 个"});
}

void CompleteDemands(int year, v1::VisitDemands* demands) {
  if (demands->target() == 0) demands->set_target(kDefaultVisitTarget);
  if (demands->default_visits_per_month() == 0) demands->set_default_visits_per_month(kDefaultVisitsPerMonth);
  if (demands->travel() == v1::VISIT_TRAVEL_UNSPECIFIED) demands->set_travel(v1::VISIT_TRAVEL_ANY);
  if (year < kFirstVisitYear || year > kLastVisitYear) return;
  if (demands->starts_on().empty()) demands->set_starts_on(FormatDay(FirstDayOf(year)));
  if (demands->ends_on().empty()) demands->set_ends_on(FormatDay(LastDayOf(year)));
}

void CheckPlan(const v1::VisitPlan& plan, const TaxonomySet& taxonomies, Violations* wrong) {
  const v1::VisitDemands& demands = plan.demands();
  CheckVisitText(plan.title(), kVisitShortText, true, "visit_plan.title", wrong);
  if (plan.year() < kFirstVisitYear || plan.year() > kLastVisitYear) {
    wrong->push_back({"visit_plan.year", "OUT_OF_RANGE", "应为 2000 至 2999"});
    return;
  }
  if (demands.target() < 1 || demands.target() > kMaxVisitTarget) {
    wrong->push_back({InDemands("target"), "OUT_OF_RANGE", "应为 1 至 1000 家"});
  }
  if (demands.default_visits_per_month() < 1 || demands.default_visits_per_month() > kMaxMonthly) {
    wrong->push_back({InDemands("default_visits_per_month"), "OUT_OF_RANGE", "应为 1 至 31 次"});
  }
  if (!v1::VisitTravel_IsValid(demands.travel())) {
    wrong->push_back({InDemands("travel"), "UNKNOWN_VALUE", "未知的取值"});
  }
  CheckCodes(
      demands.park_codes(), kMaxParks, InDemands("park_codes"),
      [&](const std::string& code) { return taxonomies.FindPark(code) != nullptr; }, "园区", wrong);
  CheckCodes(
      demands.industry_codes(), kMaxCodes, InDemands("industry_codes"),
      [&](const std::string& code) { return taxonomies.industries.Find(code) != nullptr; }, "行业", wrong);
  CheckCodes(
      demands.region_codes(), kMaxCodes, InDemands("region_codes"),
      [&](const std::string& code) { return taxonomies.regions.Find(code) != nullptr; }, "地区", wrong);
  CheckNames(demands.experts(), "experts/", kMaxPlanExperts, InDemands("experts"), wrong);
  CheckPeriod(plan, wrong);
  CheckCoverage(demands, taxonomies, wrong);
}

void CheckVisitInput(const v1::Visit& visit, Violations* wrong) {
  if (visit.experts().empty()) wrong->push_back({"visit.experts", "REQUIRED", "至少一位专家"});
  CheckNames(visit.experts(), "experts/", kMaxExpertsPerVisit, "visit.experts", wrong);
  CheckNames(visit.needs(), "needs/", kMaxVisitNeeds, "visit.needs", wrong);
  if (!ParseVisitDay(visit.date()))
    wrong->push_back({"visit.date", "INVALID_DATE", "应为 2026-03-05 的形式"});
  CheckVisitText(visit.findings(), kVisitLongText, false, "visit.findings", wrong);
  CheckCount(visit.answers_size(), kMaxAnswers, "visit.answers", wrong);
  for (int i = 0; i < visit.answers_size(); ++i) {
    const std::string field = At("visit.answers", i);
    CheckVisitText(visit.answers(i).question(), kVisitReasonText, true, field + ".question", wrong);
    CheckVisitText(visit.answers(i).answer(), kVisitLongText, false, field + ".answer", wrong);
  }
}

void CheckAttachment(const v1::VisitAttachment& attachment, const std::string& content, Violations* wrong) {
  const std::string& file = attachment.file_name();
  CheckVisitText(file, kVisitShortText, true, "attachment.file_name", wrong);
  if (file.find_first_of("/\\\n\t") != std::string::npos || file == "." || file == "..") {
    wrong->push_back({"attachment.file_name", "BAD_NAME", "只写文件名，不含路径"});
  }
  const std::string& type = attachment.media_type();
  const bool typed = type.size() <= kMaxMediaType && type.find('/') != std::string::npos &&
                     std::all_of(type.begin(), type.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!typed) wrong->push_back({"attachment.media_type", "BAD_MEDIA_TYPE", "应为 image/jpeg 的形式"});
  if (content.empty()) wrong->push_back({"content", "REQUIRED", "文件是空的"});
  if (content.size() > kMaxAttachmentBytes) wrong->push_back({"content", "TOO_LONG", "每个附件最多 1 MiB"});
}

std::string VisitStateName(v1::VisitState state) {
  return v1::VisitState_Name(state).substr(sizeof("VISIT_STATE_") - 1);
}

Status VisitCancelled() {
  return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "走访已取消，不能再改",
               {{"from", "CANCELLED"}, {"to", "CANCELLED"}});
}

}  // namespace duijie::mining
