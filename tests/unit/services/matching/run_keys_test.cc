// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/run_keys.h"

#include <gtest/gtest.h>

namespace duijie::matching::run_keys {
namespace {

TEST(RunKeysTest, NamesGoBothWays) {
  for (const RunNumber number : {RunNumber{0}, RunNumber{1'700'000'000'000'000}, ~RunNumber{0}}) {
    EXPECT_EQ(NumberOf(NameOf(number)), number);
  }
  for (const char* name : {"", "matchRuns/", "matchRuns/0", "matchRuns/00000000000W0", "needs/0000000000000",
                           "matchRuns/vvvvvvvvvvvvv"}) {
    EXPECT_EQ(NumberOf(name), std::nullopt) << name;
  }
}

TEST(RunKeysTest, NewerRunsComeFirstAndKindsDoNotMix) {
  EXPECT_LT(run_keys::Run(2), run_keys::Run(1));
  EXPECT_LE(RunsBegin(), run_keys::Run(~RunNumber{0}));
  EXPECT_LT(run_keys::Run(0), RunsEnd());
  EXPECT_EQ(ParseRun(run_keys::Run(7)), RunNumber{7});
  EXPECT_EQ(ParseRun(Doomed(7)), std::nullopt);
  EXPECT_EQ(ParseDoomed(Doomed(7)), RunNumber{7});
  EXPECT_EQ(ParseResults(Results(7, "n1")), "n1");
  EXPECT_LT(Results(7, "n1"), Results(7, "n2"));
  EXPECT_LT(Results(7, "n2"), ResultsEnd(7));
  EXPECT_LE(ResultsEnd(7), ResultsBegin(8));
}

}  // namespace
}  // namespace duijie::matching::run_keys
