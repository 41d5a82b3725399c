// SPDX-License-Identifier: GPL-3.0-or-later
// A year in small: everything happens, no rule is broken.
#include "tests/bench/year/year.h"

#include <gmock/gmock.h>

#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie::bench {
namespace {

using duijie::testing::IsOk;

TEST(YearTest, NoRuleIsBroken) {
  const duijie::testing::TempDir folder;
  YearOptions options;
  options.scale = {.needs = 200, .achievements = 60, .enterprises = 40, .visits = 6};
  options.rules = YearRules(2, 30);
  options.share = duijie::testing::BuiltFile("share/duijie");
  options.folder = folder.File("system");
  SCOPED_TRACE("seed " + std::to_string(options.scale.seed));
  const auto world = World::Make(duijie::testing::SourceFile("data/samples"), options.share, options.scale);
  ASSERT_THAT(world, IsOk());
  const auto result = Year::Play(options, **world);
  ASSERT_THAT(result, IsOk());
  EXPECT_TRUE(AllHeld(result->rules)) << RulesTable(result->rules);
  EXPECT_EQ(result->rules.size(), 18u) << "a rule was never looked at:\n" << RulesTable(result->rules);
  EXPECT_GT(result->pushes.size(), 0u);
  EXPECT_GT(result->answers.interested + result->answers.declined, 0u);
  EXPECT_GT(result->visited, 0);
  EXPECT_GT(result->campaigns.pushed, 0u);
  EXPECT_GT(result->campaigns.approved, 0u);
  EXPECT_LT(result->campaigns.approved, result->campaigns.made) << "none was called off";
}

TEST(WorldTest, MarksAreFoundWhereverTheyStand) {
  EXPECT_EQ(World::MarksIn("内部代号XMB000000017。XMB12 XMB000000003"), (std::vector<uint64_t>{17, 3}));
  EXPECT_TRUE(World::MarksIn("XMB00000001").empty());
}

TEST(CalendarTest, DaysAreThoseOfChina) {
  EXPECT_EQ(DateOf(0), "2026-01-01");
  EXPECT_EQ(DateOf(364), "2026-12-31");
  EXPECT_EQ(DayOf(TimeOf(0, 0)), 0);
  EXPECT_EQ(DayOf(TimeOf(0, 0) - 1), -1);
  EXPECT_EQ(DayOf(TimeOf(364, 23.9)), 364);
}

}  // namespace
}  // namespace duijie::bench
