// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/maturity/level_rule.h"

#include <gmock/gmock.h>

#include <iostream>
#include <random>
#include <set>

#include "services/push/maturity/schemes.h"
#include "tests/support/paths.h"

namespace duijie::push {
namespace {

Schemes Shipped() { return Schemes::Load(duijie::testing::SourceFile("data/maturity")).value(); }

int LevelFor(const v1::MaturityScheme& scheme, const std::set<std::string>& evidenced) {
  v1::MaturityAssessment assessment;
  for (const std::string& code : evidenced) {
    v1::ConditionEvidence& evidence = *assessment.add_evidences();
    evidence.set_condition(code);
    evidence.set_text("报告");
  }
  return LevelOf(LevelResults(scheme, assessment));
}

std::set<std::string> AllOf(const v1::MaturityScheme& scheme) {
  std::set<std::string> codes;
  for (const v1::MaturityCondition& condition : scheme.conditions()) codes.insert(condition.code());
  return codes;
}

TEST(LevelRuleTest, ShippedSchemesHaveNineLevelsWithRequiredConditions) {
  const Schemes schemes = Shipped();
  ASSERT_EQ(schemes.all().size(), 2u);
  for (const v1::MaturityScheme& scheme : schemes.all()) {
    EXPECT_EQ(scheme.levels_size(), kLevels) << scheme.name();
    EXPECT_EQ(LevelFor(scheme, AllOf(scheme)), kLevels) << scheme.name();
    EXPECT_EQ(LevelFor(scheme, {}), 0) << scheme.name();
  }
  const v1::MaturityScheme& materials = *schemes.Find("maturitySchemes/new_materials");
  EXPECT_EQ(materials.levels(2).stage(), "实验室");
  EXPECT_EQ(materials.levels(3).stage(), "工程化");
  EXPECT_EQ(materials.levels(6).stage(), "产业化");
  EXPECT_EQ(schemes.Find("maturitySchemes/none"), nullptr);
}

TEST(LevelRuleTest, RemovingEvidenceAtLevelFourGivesThreeAtMost) {
  const Schemes schemes = Shipped();
  for (const v1::MaturityScheme& scheme : schemes.all()) {
    for (const v1::MaturityCondition& condition : scheme.conditions()) {
      if (condition.level() != 4 || !condition.required()) continue;
      std::set<std::string> evidenced = AllOf(scheme);
      evidenced.erase(condition.code());
      EXPECT_EQ(LevelFor(scheme, evidenced), 3) << scheme.name() << " " << condition.code();
    }
  }
}

TEST(LevelRuleTest, BlankEvidenceIsNone) {
  const v1::MaturityScheme scheme = Shipped().all().front();
  v1::MaturityAssessment assessment;
  for (const v1::MaturityCondition& condition : scheme.conditions()) {
    v1::ConditionEvidence& evidence = *assessment.add_evidences();
    evidence.set_condition(condition.code());
    evidence.set_text(condition.level() == 2 ? " 　\n" : "报告");
  }
  EXPECT_EQ(LevelOf(LevelResults(scheme, assessment)), 1);
}

// The definition read literally: the greatest L for which no required condition of a level ≤ L lacks
// evidence.
TEST(LevelRuleTest, TheLevelIsTheHighestWithNoGapBelowForAnyEvidence) {
  const uint32_t seed = std::random_device{}();
  std::cout << "seed " << seed << std::endl;
  std::mt19937 random(seed);
  const Schemes schemes = Shipped();
  for (int round = 0; round < 3'000; ++round) {
    const v1::MaturityScheme& scheme = schemes.all()[random() % schemes.all().size()];
    const unsigned kept = 60 + random() % 41;  // of a hundred
    std::set<std::string> evidenced;
    for (const std::string& code : AllOf(scheme)) {
      if (random() % 100 < kept) evidenced.insert(code);
    }
    int expected = kLevels;
    for (const v1::MaturityCondition& condition : scheme.conditions()) {
      if (condition.required() && !evidenced.contains(condition.code())) {
        expected = std::min(expected, condition.level() - 1);
      }
    }
    const int level = LevelFor(scheme, evidenced);
    ASSERT_EQ(level, expected) << "round " << round;
    if (evidenced.empty()) continue;
    // Less evidence never gives more.
    evidenced.erase(evidenced.begin());
    ASSERT_LE(LevelFor(scheme, evidenced), level) << "round " << round;
  }
}

TEST(SameUnitTest, ByCreditCodeOrByName) {
  EXPECT_TRUE(IsSameUnit("A", "甲公司", "A", "乙公司"));
  EXPECT_TRUE(IsSameUnit("", "河北工业大学(天津)", "B", " 河北工业大学（天津）"));
  EXPECT_TRUE(IsSameUnit("", "abc 公司", "", "ABC公司"));
  EXPECT_FALSE(IsSameUnit("A", "甲公司", "B", "乙公司"));
  EXPECT_FALSE(IsSameUnit("", "", "", ""));
}

}  // namespace
}  // namespace duijie::push
