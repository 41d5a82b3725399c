// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/subject_source.h"

#include "common/text/encoding.h"
#include "services/push/campaigns/campaign_rules.h"

namespace duijie::push {
namespace {

constexpr const char* kBeijing = "110000";
constexpr const char* kTianjin = "120000";
constexpr size_t kMaxTitleCodePoints = 200;  // of a need
constexpr int kMaxNeedKeywords = 20;

}  // namespace

Status UpdatePreview(const CampaignStore& store, const internal::v1::StoredCampaign& campaign,
                     const std::function<void(internal::v1::StoredCampaign*)>& change) {
  const int number = campaign.campaign().preview().number();
  return store
      .Update(campaign.name(),
              [&](internal::v1::StoredCampaign* stored) -> Status {
                if (stored->campaign().state() != v1::CAMPAIGN_STATE_PREVIEWING ||
                    stored->campaign().preview().number() != number) {
                  return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "the preview was given up");
                }
                change(stored);
                return OkStatus();
              })
      .status();
}

v1::RecordFilter SubjectFilterOf(const v1::CampaignRule& rule) {
  v1::RecordFilter filter = rule.subject_filter();
  filter.clear_states();
  filter.add_states(v1::RECORD_STATE_PUBLISHED);
  return filter;
}

v1::RecordFilter AchievementFilterOf(const v1::CampaignRule& rule) {
  v1::RecordFilter filter = rule.achievement_filter();
  filter.clear_states();
  filter.add_states(v1::RECORD_STATE_PUBLISHED);
  if (rule.only_jing_jin_to_ji() && filter.region_codes().empty()) {
    filter.add_region_codes(kBeijing);
    filter.add_region_codes(kTianjin);
  }
  return filter;
}

std::optional<v1::Need> NeedOfProfile(const v1::Enterprise& enterprise) {
  v1::Need need;
  std::string products;
  for (const std::string& product : enterprise.products()) {
    products += (products.empty() ? "" : "、") + product;
  }
  if (products.empty() && enterprise.description().empty() && enterprise.keywords().empty()) return {};
  need.set_title(TruncateCodePoints(products, kMaxTitleCodePoints));
  need.set_description(enterprise.description());
  for (int i = 0; i < enterprise.keywords_size() && i < kMaxNeedKeywords; ++i) {
    need.add_keywords(enterprise.keywords(i));
  }
  *need.mutable_industry_codes() = enterprise.industry_codes();
  need.set_region_code(enterprise.region_code());
  return need;
}

}  // namespace duijie::push
