// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/campaign_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "common/text/encoding.h"

namespace duijie::push {
namespace {

using Violations = std::vector<FieldViolation>;

struct Step {
  v1::CampaignState from, to;
};
constexpr std::array<Step, 10> kSteps = {{
    {v1::CAMPAIGN_STATE_DRAFT, v1::CAMPAIGN_STATE_PREVIEWING},
    {v1::CAMPAIGN_STATE_PREVIEWED, v1::CAMPAIGN_STATE_PREVIEWING},
    {v1::CAMPAIGN_STATE_PREVIEWING, v1::CAMPAIGN_STATE_PREVIEWED},
    {v1::CAMPAIGN_STATE_PREVIEWING, v1::CAMPAIGN_STATE_DRAFT},
    {v1::CAMPAIGN_STATE_PREVIEWED, v1::CAMPAIGN_STATE_APPROVING},
    {v1::CAMPAIGN_STATE_APPROVING, v1::CAMPAIGN_STATE_DONE},
    {v1::CAMPAIGN_STATE_DRAFT, v1::CAMPAIGN_STATE_CANCELLED},
    {v1::CAMPAIGN_STATE_PREVIEWING, v1::CAMPAIGN_STATE_CANCELLED},
    {v1::CAMPAIGN_STATE_PREVIEWED, v1::CAMPAIGN_STATE_CANCELLED},
    {v1::CAMPAIGN_STATE_APPROVING, v1::CAMPAIGN_STATE_CANCELLED},
}};

bool IsShare(double number, double most) { return std::isfinite(number) && number >= 0 && number <= most; }

void CheckCount(int number, int least, int most, const char* field, Violations* wrong) {
  if (number >= least && number <= most) return;
  wrong->push_back({std::string("campaign.rule.") + field, "OUT_OF_RANGE",
                    "应为 " + std::to_string(least) + " 至 " + std::to_string(most)});
}

// All else about filters is checked by the catalog.
void CheckStates(const v1::CampaignRule& rule, Violations* wrong) {
  for (const auto* filter : {&rule.subject_filter(), &rule.achievement_filter()}) {
    if (filter->states().empty()) continue;
    wrong->push_back({filter == &rule.subject_filter() ? "campaign.rule.subject_filter.states"
                                                       : "campaign.rule.achievement_filter.states",
                      "NOT_APPLICABLE", "只推送已发布的记录，不能按状态筛选"});
  }
}

void FillDefaults(const Principal& caller, v1::CampaignRule* rule) {
  if (rule->subject() == v1::CAMPAIGN_SUBJECT_UNSPECIFIED) rule->set_subject(v1::CAMPAIGN_SUBJECT_NEEDS);
  if (rule->max_per_enterprise() == 0) rule->set_max_per_enterprise(kDefaultPerEnterprise);
  if (rule->total_limit() == 0) rule->set_total_limit(kDefaultTotalLimit);
  if (rule->candidates() == 0) rule->set_candidates(kDefaultCampaignCandidates);
  if (!rule->has_bonus_share()) rule->set_bonus_share(kDefaultBonusShare);
  if (rule->subject_filter().park_codes().empty() && caller.role() == v1::ROLE_STAFF && !caller.all_parks()) {
    *rule->mutable_subject_filter()->mutable_park_codes() = caller.park_codes();
  }
}

void CheckParks(const Principal& caller, const v1::Campaign& campaign, Violations* wrong) {
  const auto& parks = campaign.rule().subject_filter().park_codes();
  constexpr char kField[] = "campaign.rule.subject_filter.park_codes";
  if (parks.size() > kMaxCampaignParks) {
    wrong->push_back({kField, "TOO_MANY", "最多 20 个园区"});
  } else if (!MaySeeCampaign(caller, campaign)) {
    wrong->push_back({kField, "OUT_OF_SCOPE", "只能为本人负责的园区建立活动"});
  }
}

}  // namespace

bool IsOnEnterprises(const v1::CampaignRule& rule) {
  return rule.subject() == v1::CAMPAIGN_SUBJECT_ENTERPRISES;
}

StatusOr<v1::Campaign> NewCampaign(const Principal& caller, const v1::Campaign& asked) {
  v1::Campaign campaign;
  campaign.set_title(asked.title());
  *campaign.mutable_rule() = asked.rule();
  v1::CampaignRule* const rule = campaign.mutable_rule();
  rule->DiscardUnknownFields();
  FillDefaults(caller, rule);
  Violations wrong;
  const size_t length = CountCodePoints(asked.title());
  if (length == 0) wrong.push_back({"campaign.title", "REQUIRED", "必填"});
  if (length > kMaxCampaignTitleCodePoints) wrong.push_back({"campaign.title", "TOO_LONG", "最多 200 个字"});
  if (!v1::CampaignSubject_IsValid(rule->subject())) {
    wrong.push_back({"campaign.rule.subject", "UNKNOWN_VALUE", "没有这种对象"});
  }
  if (!v1::MatchLevel_IsValid(rule->min_level())) {
    wrong.push_back({"campaign.rule.min_level", "UNKNOWN_VALUE", "没有这种等级"});
  }
  if (!IsShare(rule->min_score(), 1)) {
    wrong.push_back({"campaign.rule.min_score", "OUT_OF_RANGE", "应为 0 至 1"});
  }
  if (!IsShare(rule->bonus_share(), kMaxBonusShare)) {
    wrong.push_back({"campaign.rule.bonus_share", "OUT_OF_RANGE", "应为 0 至 0.1"});
  }
  CheckCount(rule->max_per_enterprise(), 1, kMaxPerEnterprise, "max_per_enterprise", &wrong);
  CheckCount(rule->max_per_park(), 0, kMaxTotalLimit, "max_per_park", &wrong);
  CheckCount(rule->total_limit(), 1, kMaxTotalLimit, "total_limit", &wrong);
  CheckCount(rule->candidates(), 1, kMaxCampaignCandidates, "candidates", &wrong);
  CheckStates(*rule, &wrong);
  CheckParks(caller, campaign, &wrong);
  if (!wrong.empty()) return InvalidFields(wrong);
  return campaign;
}

Status CheckStepReason(const std::string& reason) {
  if (CountCodePoints(reason) <= kMaxStepReasonCodePoints) return OkStatus();
  return InvalidField("reason", "TOO_LONG", "最多 1000 个字");
}

bool MaySeeCampaign(const Principal& caller, const v1::Campaign& campaign) {
  if (caller.role() == v1::ROLE_ADMIN) return true;
  if (caller.role() != v1::ROLE_STAFF) return false;
  if (caller.all_parks()) return true;
  const auto& parks = campaign.rule().subject_filter().park_codes();
  const auto& own = caller.park_codes();
  return !parks.empty() && std::all_of(parks.begin(), parks.end(), [&](const std::string& park) {
    return std::find(own.begin(), own.end(), park) != own.end();
  });
}

double BonusOf(const v1::CampaignRule& rule, bool supported, double score) {
  return supported ? std::min(score * rule.bonus_share(), 1 - score) : 0;
}

v1::CampaignLineRule CheckScore(const v1::CampaignRule& rule, double score, v1::MatchLevel level) {
  if (score < rule.min_score()) return v1::CAMPAIGN_LINE_RULE_BELOW_SCORE;
  return level < rule.min_level() ? v1::CAMPAIGN_LINE_RULE_BELOW_LEVEL : v1::CAMPAIGN_LINE_RULE_UNSPECIFIED;
}

void Move(v1::CampaignState to, const std::string& actor, const std::string& reason,
          const google::protobuf::Timestamp& time, v1::Campaign* campaign) {
  v1::CampaignStep* const step = campaign->add_steps();
  step->set_from(campaign->state());
  step->set_to(to);
  step->set_actor(actor);
  step->set_reason(reason);
  *step->mutable_time() = time;
  campaign->set_state(to);
  const int surplus = campaign->steps_size() - kMaxCampaignSteps;
  if (surplus > 0) campaign->mutable_steps()->DeleteSubrange(0, surplus);
}

Status CheckStep(v1::CampaignState from, v1::CampaignState to) {
  const bool legal =
      std::any_of(kSteps.begin(), kSteps.end(), [&](const Step& s) { return s.from == from && s.to == to; });
  if (legal) return OkStatus();
  return Error(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION", "活动现在的状态不允许这样做",
               {{"from", v1::CampaignState_Name(from)}, {"to", v1::CampaignState_Name(to)}});
}

}  // namespace duijie::push
