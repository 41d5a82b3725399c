// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace duijie::push {
namespace {

using ::testing::ElementsAre;

constexpr v1::CampaignLineRule kTaken = v1::CAMPAIGN_LINE_RULE_UNSPECIFIED;

Candidate Pair(const std::string& subject, const std::string& achievement, const std::string& enterprise,
               const std::string& park, double total) {
  Candidate candidate;
  candidate.subject = subject;
  candidate.achievement = achievement;
  candidate.enterprise = enterprise;
  candidate.park = park;
  candidate.score = total;
  candidate.total = total;
  return candidate;
}

TEST(SelectionTest, EachQuotaNamesItself) {
  const std::vector<Candidate> candidates = {
      Pair("n1", "a1", "e1", "p1", 0.9), Pair("n2", "a1", "e1", "p1", 0.8), Pair("n1", "a2", "e1", "p1", 0.7),
      Pair("n1", "a3", "e1", "p1", 0.6), Pair("n3", "a1", "e2", "p1", 0.5), Pair("n4", "a1", "e3", "p2", 0.4),
      Pair("n5", "a1", "e4", "p2", 0.3)};
  EXPECT_THAT(Select(candidates, {.per_enterprise = 2, .per_park = 2, .total = 3, .of_enterprise = {}}),
              ElementsAre(kTaken, v1::CAMPAIGN_LINE_RULE_SAME_ACHIEVEMENT, kTaken,
                          v1::CAMPAIGN_LINE_RULE_ENTERPRISE_QUOTA, v1::CAMPAIGN_LINE_RULE_PARK_QUOTA, kTaken,
                          v1::CAMPAIGN_LINE_RULE_TOTAL_LIMIT));
  EXPECT_THAT(Select({candidates[0], candidates[2]}, {0, 0, 0, {{"e1", 1}}}),
              ElementsAre(kTaken, v1::CAMPAIGN_LINE_RULE_ENTERPRISE_CAP));
}

TEST(SelectionTest, WhatIsLeftOutAlreadyTakesNoPlace) {
  std::vector<Candidate> candidates = {Pair("n1", "a1", "e1", "p1", 0.9), Pair("n2", "a2", "e1", "p1", 0.8)};
  candidates[0].left_out = v1::CAMPAIGN_LINE_RULE_NO_CONSENT;
  EXPECT_THAT(Select(candidates, {1, 1, 1, {}}), ElementsAre(v1::CAMPAIGN_LINE_RULE_NO_CONSENT, kTaken));
}

TEST(SelectionTest, EqualTotalsAreOrderedByName) {
  std::vector<Candidate> candidates = {Pair("n2", "a1", "e", "p", 0.5), Pair("n1", "a2", "e", "p", 0.5),
                                       Pair("n1", "a1", "e", "p", 0.5), Pair("n3", "a1", "e", "p", 0.6)};
  SortByTotal(&candidates);
  std::string order;
  for (const Candidate& candidate : candidates) order += candidate.subject + candidate.achievement + " ";
  EXPECT_EQ(order, "n3a1 n1a1 n1a2 n2a1 ");
}

// Whether a subset keeps every bound.
bool IsAllowed(const std::vector<Candidate>& candidates, unsigned subset, const Quotas& quotas) {
  std::map<std::string, int> of_enterprise;
  std::map<std::string, int> of_park;
  std::set<std::pair<std::string, std::string>> achievements;
  int total = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if ((subset >> i & 1U) == 0) continue;
    const Candidate& candidate = candidates[i];
    if (candidate.left_out != kTaken) return false;
    if (!achievements.insert({candidate.enterprise, candidate.achievement}).second) return false;
    int enterprise_bound = quotas.per_enterprise;
    if (quotas.of_enterprise.contains(candidate.enterprise)) {
      enterprise_bound = std::min(enterprise_bound, quotas.of_enterprise.at(candidate.enterprise));
    }
    if (++of_enterprise[candidate.enterprise] > enterprise_bound) return false;
    if (!candidate.park.empty() && ++of_park[candidate.park] > quotas.per_park) return false;
    if (++total > quotas.total) return false;
  }
  return true;
}

double TotalOf(const std::vector<Candidate>& candidates, unsigned subset) {
  double total = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if ((subset >> i & 1U) != 0) total += candidates[i].total;
  }
  return total;
}

TEST(SelectionTest, NoOtherAllowedListHasAGreaterTotal) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto below = [&](unsigned bound) { return static_cast<int>(random() % bound); };
  for (int round = 0; round < 60; ++round) {
    std::vector<Candidate> candidates;
    std::set<std::pair<std::string, std::string>> pairs;
    const size_t size = 4 + random() % 7;
    while (candidates.size() < size) {
      const int enterprise = below(4);
      const std::string subject = "n" + std::to_string(enterprise) + std::to_string(below(2));
      const std::string achievement = "a" + std::to_string(below(4));
      if (!pairs.insert({subject, achievement}).second) continue;
      const int park = enterprise % 3;  // an enterprise has one park; park 0 is none
      Candidate candidate = Pair(subject, achievement, "e" + std::to_string(enterprise),
                                 park == 0 ? "" : "p" + std::to_string(park), 0.1 * (1 + below(9)));
      if (below(6) == 0) candidate.left_out = v1::CAMPAIGN_LINE_RULE_BELOW_SCORE;
      candidates.push_back(candidate);
    }
    SortByTotal(&candidates);
    Quotas quotas{1 + below(3), 1 + below(3), 1 + below(5), {}};
    if (below(2) == 0) quotas.of_enterprise["e0"] = below(2);
    const std::vector<v1::CampaignLineRule> verdicts = Select(candidates, quotas);
    unsigned chosen = 0;
    for (size_t i = 0; i < verdicts.size(); ++i) chosen |= verdicts[i] == kTaken ? 1U << i : 0U;
    EXPECT_TRUE(IsAllowed(candidates, chosen, quotas));
    double best = 0;
    for (unsigned subset = 0; subset < 1U << candidates.size(); ++subset) {
      if (IsAllowed(candidates, subset, quotas)) best = std::max(best, TotalOf(candidates, subset));
    }
    EXPECT_NEAR(TotalOf(candidates, chosen), best, 1e-9);
  }
}

}  // namespace
}  // namespace duijie::push
