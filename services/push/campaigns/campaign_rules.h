// SPDX-License-Identifier: GPL-3.0-or-later
// What a campaign may ask for, and who may see it. Pure.
#pragma once

#include "common/auth/principal.h"
#include "common/status/status.h"
#include "duijie/v1/campaign.pb.h"

namespace duijie::push {

inline constexpr int kDefaultPerEnterprise = 3;
inline constexpr int kMaxPerEnterprise = 20;
inline constexpr int kDefaultTotalLimit = 1'000;
inline constexpr int kMaxTotalLimit = 10'000;  // pushes of one campaign
inline constexpr int kDefaultCampaignCandidates = 5;
inline constexpr int kMaxCampaignCandidates = 20;
inline constexpr double kDefaultBonusShare = 0.05;
inline constexpr double kMaxBonusShare = 0.1;
inline constexpr int kMaxCampaignParks = 20;  // as RecordFilter.park_codes
inline constexpr size_t kMaxCampaignTitleCodePoints = 200;
inline constexpr size_t kMaxStepReasonCodePoints = 1'000;
inline constexpr int kMaxCampaignSteps = 100;

// Title and rule of `asked` with defaults; parks of the caller where it names none. INVALID_FIELD.
StatusOr<v1::Campaign> NewCampaign(const Principal& caller, const v1::Campaign& asked);

// INVALID_FIELD (TOO_LONG).
Status CheckStepReason(const std::string& reason);

// Administrators, and staff whose scope covers all parks of the rule; a rule without parks is about all.
bool MaySeeCampaign(const Principal& caller, const v1::Campaign& campaign);

bool IsOnEnterprises(const v1::CampaignRule& rule);

// What the rule's bonus adds to `score`, so that the sum is at most 1.
double BonusOf(const v1::CampaignRule& rule, bool supported, double score);

// Whether the pair that a level and a score were given reaches the rule's bounds; else the rule it fails.
v1::CampaignLineRule CheckScore(const v1::CampaignRule& rule, double score, v1::MatchLevel level);

// Moves the campaign on and keeps the step.
void Move(v1::CampaignState to, const std::string& actor, const std::string& reason,
          const google::protobuf::Timestamp& time, v1::Campaign* campaign);

// FAILED_PRECONDITION ILLEGAL_TRANSITION, metadata from and to, unless the table of campaign.proto has the
// step.
Status CheckStep(v1::CampaignState from, v1::CampaignState to);

}  // namespace duijie::push
