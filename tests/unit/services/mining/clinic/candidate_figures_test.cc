// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/candidate_figures.h"

#include <gmock/gmock.h>

#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"

namespace duijie::mining {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

class CandidateFiguresTest : public ::testing::Test {
 protected:
  void Candidate(const std::string& name, double value, const std::string& unit,
                 const std::string& summary = "") {
    v1::Achievement& achievement = candidates_.emplace_back();
    achievement.set_summary(summary);
    if (name.empty()) return;
    v1::Indicator* const figure = achievement.add_indicators();
    figure->set_name(name);
    figure->set_value(value);
    figure->set_unit(unit);
  }
  std::vector<Quantity> Quantities() const { return QuantitiesOf(*names_, need_, candidates_); }

  const std::unique_ptr<indicator::NameTable> names_ =
      *indicator::NameTable::Load(duijie::testing::BuiltFile("share/duijie/indicators/names.tsv"));
  v1::Need need_;
  ClinicCandidates candidates_;
};

TEST_F(CandidateFiguresTest, OneQuantityUnderTwoNamesAndUnitsIsOne) {
  Candidate("抗拉强度", 300, "MPa");
  Candidate("拉伸强度", 0.4, "GPa");
  Candidate("", 0, "", "材料抗拉强度达到350MPa。");
  const std::vector<Quantity> quantities = Quantities();
  ASSERT_EQ(quantities.size(), 1u);
  EXPECT_EQ(quantities[0].name, "抗拉强度");
  EXPECT_EQ(quantities[0].unit, "MPa");
  ASSERT_EQ(quantities[0].figures.size(), 3u);
  EXPECT_THAT(quantities[0].figures[1].value, DoubleNear(400, 1e-9));
  EXPECT_THAT(quantities[0].figures[2].value, DoubleNear(350, 1e-9));
}

TEST_F(CandidateFiguresTest, ACandidateSpeaksOnceOfAQuantity) {
  Candidate("抗拉强度", 300, "MPa", "抗拉强度达到350MPa。");
  ASSERT_EQ(Quantities().size(), 1u);
  EXPECT_EQ(Quantities()[0].figures.size(), 1u);
  EXPECT_EQ(Quantities()[0].figures[0].value, 300);
}

TEST_F(CandidateFiguresTest, WhatCannotBeConvertedIsAnotherQuantity) {
  Candidate("硬度", 60, "HRC");
  Candidate("硬度", 700, "HV");
  EXPECT_EQ(Quantities().size(), 2u);
}

TEST_F(CandidateFiguresTest, WhatTheNeedAsksForUnderAnotherNameIsLeftOut) {
  need_.add_targets()->set_name("拉伸强度");
  Candidate("抗拉强度", 300, "MPa");
  EXPECT_TRUE(Quantities().empty());
}

TEST_F(CandidateFiguresTest, WhatTheNeedsTextDemandsIsLeftOutButNotWhatIsSoToday) {
  Candidate("抗拉强度", 300, "MPa");
  need_.set_description("目前抗拉强度只有200MPa，断裂频繁。");
  EXPECT_EQ(Quantities().size(), 1u);
  need_.set_description("要求拉伸强度不低于280MPa。");
  EXPECT_TRUE(Quantities().empty());
}

TEST_F(CandidateFiguresTest, QuartilesPartTheCandidates) {
  for (const double value : {10.0, 20.0, 30.0, 40.0, 50.0}) Candidate("抗拉强度", value, "MPa");
  EXPECT_THAT(CutsOf(Quantities().at(0).figures), ElementsAre(20, 30, 40));
}

}  // namespace
}  // namespace duijie::mining
