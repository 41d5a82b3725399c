// SPDX-License-Identifier: GPL-3.0-or-later
// Random campaigns over random worlds, held against every rule by an oracle that knows the whole world.
#include <random>

#include "services/push/campaigns/campaign_rules.h"
#include "services/push/delivery/push_rules.h"
#include "tests/unit/services/push/campaigns/campaign_world.h"

namespace duijie::push {
namespace {

using duijie::testing::IsOk;
using testing::CampaignWorld;

constexpr int kRounds = 40;

class RandomWorld {
 public:
  explicit RandomWorld(std::mt19937& random) : random_(random) {
    for (int i = 0; i < 6; ++i) {
      v1::Enterprise enterprise =
          CampaignWorld::Enterprise(std::to_string(i), Below(5) == 0 ? "" : "p" + std::to_string(Below(2)));
      enterprise.set_push_opt_out(Below(5) == 0);
      if (Below(6) == 0) enterprise.set_state(v1::RECORD_STATE_WITHDRAWN);
      if (Below(6) == 0) enterprise.set_region_code("370100");
      world.Put(enterprise);
      enterprises[enterprise.name()] = enterprise;
    }
    for (int i = 0; i < 9; ++i) {
      const v1::Enterprise& enterprise = enterprises["enterprises/" + std::to_string(Below(6))];
      v1::Need need = world.Need(std::to_string(i), enterprise);
      if (need.park_code().empty()) need.set_park_code("p0");
      need.mutable_consents()->set_push(Below(6) != 0);
      if (Below(8) == 0) need.clear_enterprise();
      if (Below(5) == 0) need.set_region_code("");
      if (Below(4) == 0) need.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
      world.Put(need);
      needs[need.name()] = need;
    }
    for (int i = 0; i < 7; ++i) {
      v1::Achievement achievement = world.Achievement(std::to_string(i));
      if (Below(3) == 0) achievement.set_award("一等奖");
      if (Below(4) == 0) achievement.set_programme_number("2024YFB0001");
      if (Below(3) == 0) achievement.set_region_code("440300");
      if (Below(8) == 0) achievement.set_summary("");
      world.Put(achievement);
      achievements[achievement.name()] = achievement;
    }
    PushSome();
  }

  v1::CampaignRule Rule() {
    v1::CampaignRule rule;
    if (Below(3) == 0) rule.set_subject(v1::CAMPAIGN_SUBJECT_ENTERPRISES);
    rule.set_only_jing_jin_to_ji(Below(2) == 0);
    rule.set_min_score(0.1 * Below(7));
    if (Below(3) == 0) rule.set_min_level(v1::MATCH_LEVEL_FAIR);
    rule.set_max_per_enterprise(1 + Below(3));
    rule.set_max_per_park(Below(6));
    rule.set_total_limit(1 + Below(12));
    rule.set_candidates(1 + Below(6));
    rule.set_bonus_share(0.01 * Below(11));
    if (Below(3) == 0) rule.mutable_subject_filter()->add_park_codes("p" + std::to_string(Below(2)));
    return rule;
  }

  int Below(unsigned bound) { return static_cast<int>(random_() % bound); }

  CampaignWorld world;
  std::map<std::string, v1::Enterprise> enterprises;
  std::map<std::string, v1::Need> needs;
  std::map<std::string, v1::Achievement> achievements;

 private:
  // Some pairs were pushed before, a few of them long ago.
  void PushSome() {
    for (int i = 0; i < 4; ++i) {
      const v1::Need& need = needs["needs/" + std::to_string(Below(9))];
      NewPush push;
      push.set_enterprise(need.enterprise());
      push.set_need(need.name());
      push.set_achievement("achievements/" + std::to_string(Below(7)));
      push.set_origin(v1::PUSH_ORIGIN_MANUAL);
      auto* const cited = push.mutable_reasons()->add_need_fields();
      cited->set_field("title");
      cited->set_quote(need.title());
      auto* const sentence = push.mutable_reasons()->add_achievement_sentences();
      sentence->set_field("title");
      sentence->set_quote(achievements[push.achievement()].title());
      EXPECT_THAT(world.pushes->Create(testing::AsAdmin(), {push}), IsOk());
      world.clock.Advance(std::chrono::hours(24) * Below(120));
    }
  }

  std::mt19937& random_;
};

// What must hold of each line, by the records alone.
void CheckLine(const RandomWorld& random, const v1::CampaignRule& rule, const v1::CampaignLine& line) {
  SCOPED_TRACE(line.ShortDebugString());
  EXPECT_GE(line.score(), rule.min_score());
  EXPECT_GE(line.level(), rule.min_level());
  const v1::Enterprise& enterprise = random.enterprises.at(line.enterprise());
  EXPECT_FALSE(enterprise.push_opt_out());
  EXPECT_EQ(enterprise.state(), v1::RECORD_STATE_PUBLISHED);
  const v1::Achievement& achievement = random.achievements.at(line.achievement());
  const bool supported = !achievement.award().empty() || !achievement.programme_number().empty();
  EXPECT_NEAR(line.bonus(), supported ? std::min(line.score() * rule.bonus_share(), 1 - line.score()) : 0,
              1e-12);
  EXPECT_EQ(line.reasons().remarks_size(), line.bonus() > 0 ? 1 : 0);
  EXPECT_GE(line.reasons().achievement_sentences_size(), 1);
  EXPECT_GE(line.reasons().need_fields_size() + line.reasons().enterprise_fields_size(), 1);
  bool in_hebei = enterprise.region_code().starts_with("13");
  if (!line.need().empty()) {
    const v1::Need& need = random.needs.at(line.need());
    EXPECT_EQ(need.enterprise(), line.enterprise());
    EXPECT_TRUE(need.consents().push());
    in_hebei = in_hebei || need.region_code().starts_with("13");
  }
  if (!rule.only_jing_jin_to_ji()) return;
  EXPECT_TRUE(in_hebei);
  EXPECT_TRUE(achievement.region_code().starts_with("11"));
}

// Counts of a list against its quotas.
struct Counts {
  std::map<std::string, int> of_enterprise;
  std::map<std::string, int> of_park;
  std::set<std::pair<std::string, std::string>> pairs;
  int total = 0;

  void Add(const v1::CampaignLine& line) {
    ++of_enterprise[line.enterprise()];
    if (!line.park_code().empty()) ++of_park[line.park_code()];
    EXPECT_TRUE(pairs.insert({line.enterprise(), line.achievement()}).second) << line.ShortDebugString();
    ++total;
  }
};

// A pair left out for want of a place must have found none free among the lines above it.
void CheckLeftOut(const v1::CampaignRule& rule, const std::vector<v1::CampaignLine>& proposed,
                  const v1::CampaignLine& line) {
  SCOPED_TRACE(line.ShortDebugString());
  Counts above;
  for (const v1::CampaignLine& other : proposed) {
    if (other.total() >= line.total()) above.Add(other);
  }
  switch (line.rule()) {
    case v1::CAMPAIGN_LINE_RULE_TOTAL_LIMIT:
      EXPECT_EQ(above.total, rule.total_limit());
      break;
    case v1::CAMPAIGN_LINE_RULE_PARK_QUOTA:
      EXPECT_GE(above.of_park[line.park_code()], rule.max_per_park());
      break;
    case v1::CAMPAIGN_LINE_RULE_ENTERPRISE_QUOTA:
      EXPECT_GE(above.of_enterprise[line.enterprise()], rule.max_per_enterprise());
      break;
    case v1::CAMPAIGN_LINE_RULE_SAME_ACHIEVEMENT:
      EXPECT_TRUE(above.pairs.contains({line.enterprise(), line.achievement()}));
      break;
    case v1::CAMPAIGN_LINE_RULE_BELOW_SCORE:
      EXPECT_LT(line.score(), rule.min_score());
      break;
    default:
      EXPECT_NE(line.rule(), v1::CAMPAIGN_LINE_RULE_UNSPECIFIED);
  }
}

void CheckPushes(const RandomWorld& random, const v1::Campaign& done, const std::vector<v1::Push>& pushes) {
  std::map<std::string, std::vector<UnixMicros>> times;  // of a pair
  std::map<std::string, int> recent;                     // of an enterprise, in the cap's window
  int of_campaign = 0;
  const v1::PushRules rules = pushes.empty() ? v1::PushRules() : pushes.front().rules();
  for (const v1::Push& push : pushes) {
    const UnixMicros made = MicrosOf(push.create_time());
    times[PairOf(push)].push_back(made);
    recent[push.enterprise()] += IsWithinCapWindow(rules, made, random.world.clock.Now()) ? 1 : 0;
    of_campaign += push.campaign() == done.name() ? 1 : 0;
  }
  EXPECT_EQ(of_campaign, done.pushed());
  for (const auto& [enterprise, count] : recent) EXPECT_LE(count, rules.cap_pushes()) << enterprise;
  for (auto& [pair, made] : times) {
    std::sort(made.begin(), made.end());
    for (size_t i = 1; i < made.size(); ++i) {
      EXPECT_FALSE(IsWithinPairInterval(rules, made[i - 1], made[i])) << pair;
    }
  }
}

TEST(CampaignPropertyTest, EveryListKeepsEveryRuleAndLeavesNothingOutWithoutOne) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 generator(seed);
  for (int round = 0; round < kRounds; ++round) {
    RandomWorld random(generator);
    const auto created = random.world.Create(random.Rule());
    ASSERT_THAT(created, IsOk());
    const auto campaign = random.world.Preview(created->name());
    ASSERT_THAT(campaign, IsOk());
    ASSERT_EQ(campaign->state(), v1::CAMPAIGN_STATE_PREVIEWED) << campaign->error();
    const v1::CampaignRule& rule = campaign->rule();
    const auto proposed = random.world.Lines(campaign->name(), v1::CAMPAIGN_LINE_STATE_PROPOSED);
    EXPECT_EQ(proposed.size(), static_cast<size_t>(campaign->preview().proposed()));
    Counts counts;
    for (size_t i = 0; i < proposed.size(); ++i) {
      CheckLine(random, rule, proposed[i]);
      counts.Add(proposed[i]);
      EXPECT_LE(proposed[i].total(), proposed[i > 0 ? i - 1 : 0].total());
    }
    EXPECT_LE(counts.total, rule.total_limit());
    for (const auto& [enterprise, count] : counts.of_enterprise) EXPECT_LE(count, rule.max_per_enterprise());
    for (const auto& [park, count] : counts.of_park) {
      EXPECT_LE(count, rule.max_per_park() > 0 ? rule.max_per_park() : count);
    }
    int64_t left_out = 0;
    for (const v1::CampaignRuleCount& count : campaign->preview().left_out()) left_out += count.count();
    EXPECT_EQ(counts.total + left_out, campaign->preview().pairs());
    for (const auto& line : random.world.Lines(campaign->name(), v1::CAMPAIGN_LINE_STATE_LEFT_OUT)) {
      CheckLeftOut(rule, proposed, line);
    }
    const auto again =
        random.world.Preview(campaign->name(), testing::AsAdmin(), campaign->preview().snapshot_revision());
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(again->preview().digest(), campaign->preview().digest());
    ASSERT_THAT(random.world.Approve(campaign->name()), IsOk());
    random.world.Work();
    const auto done = random.world.Get(campaign->name());
    EXPECT_EQ(done->state(), v1::CAMPAIGN_STATE_DONE);
    EXPECT_EQ(done->pushed(), campaign->preview().proposed()) << "nothing changed since the preview";
    CheckPushes(random, *done, random.world.AllPushes());
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace duijie::push
