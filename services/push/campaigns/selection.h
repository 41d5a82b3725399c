// SPDX-License-Identifier: GPL-3.0-or-later
// Which pairs of a campaign are pushed: the best first, as far as quotas go.
//
// Every bound is over a class of pairs, and of two classes one lies within the other or they share no pair:
// {enterprise, achievement} ⊂ enterprise ⊂ park ⊂ all. Such bounds form a laminar matroid, where taking pairs
// greedily by weight gives the greatest possible sum (Gabow and Kohne 2010, "Laminar matroids"; SelectionTest
// checks it against all subsets). Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "duijie/v1/campaign.pb.h"

namespace duijie::push {

struct Candidate {
  std::string subject;      // "needs/…" or "enterprises/…"
  std::string achievement;  // "achievements/…"
  std::string enterprise;   // "enterprises/…"
  std::string park;         // "" = none: pairs without a park share no park quota
  double score = 0;
  double total = 0;  // score and bonus
  v1::MatchLevel level = v1::MATCH_LEVEL_UNSPECIFIED;
  double probability = 0;
  v1::CampaignLineRule left_out = v1::CAMPAIGN_LINE_RULE_UNSPECIFIED;  // set: not to be taken
};

struct Quotas {
  int per_enterprise = 0;  // 0 = no bound, as for the others
  int per_park = 0;
  int total = 0;
  std::map<std::string, int> of_enterprise;  // tighter bounds of single enterprises
};

// Greatest total first; equal ones by subject, then achievement.
void SortByTotal(std::vector<Candidate>* candidates);

// One verdict per candidate, in order: UNSPECIFIED is taken, else the rule that keeps it out. `candidates`:
// sorted, no pair of subject and achievement twice.
std::vector<v1::CampaignLineRule> Select(const std::vector<Candidate>& candidates, const Quotas& quotas);

}  // namespace duijie::push
