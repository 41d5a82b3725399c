// SPDX-License-Identifier: GPL-3.0-or-later
// Chinese words for values in exported lists. Pure.
#pragma once

#include <string>

#include "duijie/v1/campaign.pb.h"

namespace duijie::push {

std::string LineStateWord(v1::CampaignLineState state);
std::string LineRuleWord(v1::CampaignLineRule rule);  // "" for none

// "问题描述：“…”；现有做法：“…”".
std::string CitationsText(const google::protobuf::RepeatedPtrField<v1::PushCitation>& citations);

}  // namespace duijie::push
