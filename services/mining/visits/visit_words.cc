// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_words.h"

#include <cstdio>

#include "common/resources/resource_table.h"
#include "services/mining/visits/visit_days.h"

namespace duijie::mining {
namespace {

std::string NameIn(const Taxonomy& taxonomy, const std::string& code) {
  const TaxonomyEntry* entry = taxonomy.Find(code);
  return entry == nullptr ? code : entry->name;
}

}  // namespace

const char* WordFor(v1::VisitState state) {
  switch (state) {
    case v1::VISIT_STATE_PLANNED:
      return "已计划";
    case v1::VISIT_STATE_AGREED:
      return "已约定";
    case v1::VISIT_STATE_HELD:
      return "已走访未签字";
    case v1::VISIT_STATE_SIGNED:
      return "已签字";
    case v1::VISIT_STATE_CANCELLED:
      return "已取消";
    default:
      return "";
  }
}

const char* WordFor(v1::VisitPlanState state) {
  switch (state) {
    case v1::VISIT_PLAN_STATE_DRAFT:
      return "草稿";
    case v1::VISIT_PLAN_STATE_PROPOSED:
      return "已提出";
    case v1::VISIT_PLAN_STATE_AGREED:
      return "已商定";
    case v1::VISIT_PLAN_STATE_CLOSED:
      return "已结束";
    default:
      return "";
  }
}

const char* WordFor(v1::VisitSignerRole role) {
  switch (role) {
    case v1::VISIT_SIGNER_ROLE_ENTERPRISE:
      return "企业";
    case v1::VISIT_SIGNER_ROLE_EXPERT:
      return "专家";
    case v1::VISIT_SIGNER_ROLE_STAFF:
      return "工作人员";
    default:
      return "";
  }
}

const char* WordFor(v1::RecordState state) {
  switch (state) {
    case v1::RECORD_STATE_DRAFT:
      return "草稿";
    case v1::RECORD_STATE_SUBMITTED:
      return "已提交";
    case v1::RECORD_STATE_RETURNED:
      return "已退回";
    case v1::RECORD_STATE_PUBLISHED:
      return "有效";
    case v1::RECORD_STATE_WITHDRAWN:
      return "已撤回";
    case v1::RECORD_STATE_EXPIRED:
      return "已过期";
    case v1::RECORD_STATE_CLOSED:
      return "已关闭";
    default:
      return "";
  }
}

std::string RegionName(const TaxonomySet& taxonomies, const std::string& code) {
  return NameIn(taxonomies.regions, code);
}

std::string ParkName(const TaxonomySet& taxonomies, const std::string& code) {
  const Park* park = taxonomies.FindPark(code);
  return park == nullptr ? code : park->name;
}

std::string IndustryName(const TaxonomySet& taxonomies, const std::string& code) {
  return NameIn(taxonomies.industries, code);
}

std::string TwoDecimals(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.2f", value);
  return text;
}

std::string ChinaMinute(const google::protobuf::Timestamp& time) {
  using namespace std::chrono;
  constexpr hours kChinaOffset{8};
  const sys_seconds local{seconds(MicrosOf(time) / kMicrosPerSecond) + kChinaOffset};
  const sys_days day = floor<days>(local);
  const hh_mm_ss clock{local - day};
  char text[16];
  std::snprintf(text, sizeof(text), " %02d:%02d", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()));
  return FormatDay(day) + text;
}

}  // namespace duijie::mining
