// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/trec_file.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::StatusIs;

TEST(TrecFileTest, PrintedScoresFallStrictlyWithRank) {
  // A tie, then a result ranked last although its score is the highest.
  ASSERT_OK_AND_ASSIGN(const std::string text,
                       FormatRun("n1", {{"z", 0.5}, {"a", 0.5}, {"b", 0.9}}, "duijie"));
  EXPECT_EQ(text,
            "n1 Q0 z 1 0.500000 duijie\n"
            "n1 Q0 a 2 0.499999 duijie\n"
            "n1 Q0 b 3 0.499998 duijie\n");
}

TEST(TrecFileTest, TiesAtZeroGoBelowZero) {
  ASSERT_OK_AND_ASSIGN(const std::string text, FormatRun("n", {{"a", 0}, {"b", 0}}, "t"));
  EXPECT_EQ(text, "n Q0 a 1 0.000000 t\nn Q0 b 2 -0.000001 t\n");
}

TEST(TrecFileTest, RefusesWhatTheFormatCannotHold) {
  EXPECT_THAT(FormatRun("n", {{"a b", 1}}, "t"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(FormatRun("n", {{"a", std::numeric_limits<double>::quiet_NaN()}}, "t"),
              StatusIs(StatusCode::kUnknown));
}

TEST(TrecFileTest, ReadsBackWhatItWrites) {
  ASSERT_OK_AND_ASSIGN(const std::string text, FormatRun("n", {{"a", 0.25}}, "t"));
  ASSERT_OK_AND_ASSIGN(const ScoredRun run, ParseRun(text, "x"));
  EXPECT_EQ(run, (ScoredRun{{"n", {{"a", 0.25}}}}));
}

TEST(TrecFileTest, ReadsJudgementsWithWindowsLineEnds) {
  ASSERT_OK_AND_ASSIGN(const Judgements judgements,
                       ParseJudgements("need_id\tachievement_id\tlevel\r\nn\ta\t4\r\nn\tb\t1\r\n", "q"));
  EXPECT_EQ(judgements, (Judgements{{"n", {{"a", 4}, {"b", 1}}}}));
}

TEST(TrecFileTest, EachFaultOfAFileIsRefused) {
  const std::string heading = "need_id\tachievement_id\tlevel\n";
  for (const std::string& bad : {std::string("n\ta\t4\n"), heading, heading + "n\ta\t5\n", heading + "n\ta\n",
                                 heading + "n\ta\t1\nn\ta\t1\n", heading + "n\ta\t4x\n"}) {
    EXPECT_THAT(ParseJudgements(bad, "q"), StatusIs(StatusCode::kInvalidArgument)) << bad;
  }
  for (const char* bad :
       {"n Q0 a 1 0.5\n", "n Q0 a 1 nan t\n", "n Q0 a 1 0.5 t\nn Q0 a 2 0.4 t\n", "n Q0 a 1 x t\n"}) {
    EXPECT_THAT(ParseRun(bad, "r"), StatusIs(StatusCode::kInvalidArgument)) << bad;
  }
}

}  // namespace
}  // namespace duijie
