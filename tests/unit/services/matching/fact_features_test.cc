// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/fact_features.h"

#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using internal::v1::RecordFacts;

class FactFeaturesTest : public ::testing::Test {
 protected:
  double ValueOf(Feature feature, const std::string& fresh_on = "") const {
    FeatureValues values{};
    CodeMatcher codes(testing::Taxonomies(), need_);
    const CodeAgreement agreement = codes.With(achievement_);
    CodeMatcher turned(testing::Taxonomies(), achievement_);
    EXPECT_EQ(agreement.fields, turned.With(need_).fields);
    EXPECT_EQ(agreement.industries, turned.With(need_).industries);
    EXPECT_EQ(agreement.industries, codes.With(achievement_).industries) << "remembered";
    FactFeatures({need_, achievement_, fresh_on, *ParseDay("2026-06-30")}, agreement,
                 testing::ShippedModel()->parameters(), &values);
    return values[feature];
  }

  RecordFacts need_;
  RecordFacts achievement_;
};

TEST_F(FactFeaturesTest, SilenceGivesNothing) {
  for (size_t feature = kTextFeatureCount; feature < kFeatureCount; ++feature) {
    EXPECT_EQ(ValueOf(static_cast<Feature>(feature)), 0) << kFeatureNames[feature];
  }
}

TEST_F(FactFeaturesTest, FieldsAgreeByTheDepthOfTheirCommonAncestor) {
  need_.add_field_codes("10101");
  achievement_.add_field_codes("10101");
  EXPECT_DOUBLE_EQ(ValueOf(kFieldAgreement), 1);
  achievement_.set_field_codes(0, "10102");
  EXPECT_DOUBLE_EQ(ValueOf(kFieldAgreement), 2 * 2 / 6.0);
  achievement_.set_field_codes(0, "10201");
  EXPECT_DOUBLE_EQ(ValueOf(kFieldAgreement), 2 * 1 / 6.0);
  achievement_.set_field_codes(0, "10");
  EXPECT_DOUBLE_EQ(ValueOf(kFieldAgreement), 2 * 1 / 4.0);
  achievement_.set_field_codes(0, "no such code");
  EXPECT_DOUBLE_EQ(ValueOf(kFieldAgreement), 0);
}

TEST_F(FactFeaturesTest, TheBestPairOfCodesCounts) {
  need_.add_field_codes("20101");
  need_.add_field_codes("10101");
  achievement_.add_field_codes("10101");
  EXPECT_DOUBLE_EQ(ValueOf(kFieldAgreement), 1);
}

TEST_F(FactFeaturesTest, SectionsAreTooWideToAgreeOn) {
  need_.add_industry_codes("A0111");
  achievement_.add_industry_codes("A0111");
  EXPECT_DOUBLE_EQ(ValueOf(kIndustryAgreement), 1);
  achievement_.set_industry_codes(0, "A0112");
  EXPECT_DOUBLE_EQ(ValueOf(kIndustryAgreement), 2 * 2 / 6.0);
  achievement_.set_industry_codes(0, "A02");
  EXPECT_DOUBLE_EQ(ValueOf(kIndustryAgreement), 0);
}

TEST_F(FactFeaturesTest, TheCrosswalkJoinsFieldsWithIndustries) {
  achievement_.add_field_codes("809");
  need_.add_industry_codes("C242");
  EXPECT_DOUBLE_EQ(ValueOf(kIndustryAgreement), 1);
}

TEST_F(FactFeaturesTest, MaturityFallsWithEachMissingLevel) {
  achievement_.set_maturity_level(6);
  EXPECT_DOUBLE_EQ(ValueOf(kMaturity), 6 / 9.0);
  need_.set_maturity_level(6);
  EXPECT_DOUBLE_EQ(ValueOf(kMaturity), 1);
  need_.set_maturity_level(7);
  EXPECT_DOUBLE_EQ(ValueOf(kMaturity), 1 - 1 / 3.0);
  need_.set_maturity_level(9);
  EXPECT_DOUBLE_EQ(ValueOf(kMaturity), 0);
}

TEST_F(FactFeaturesTest, BudgetIsFullUpToTheLimitThenAShare) {
  need_.set_price_max_wan_yuan(100);
  achievement_.set_price_min_wan_yuan(100);
  EXPECT_DOUBLE_EQ(ValueOf(kBudget), 1);
  achievement_.set_price_min_wan_yuan(400);
  EXPECT_DOUBLE_EQ(ValueOf(kBudget), 0.25);
}

TEST_F(FactFeaturesTest, CooperationModesOverlap) {
  need_.add_cooperation_modes(v1::COOPERATION_MODE_LICENSE);
  need_.add_cooperation_modes(v1::COOPERATION_MODE_TRANSFER);
  achievement_.add_cooperation_modes(v1::COOPERATION_MODE_TRANSFER);
  achievement_.add_cooperation_modes(v1::COOPERATION_MODE_EQUITY);
  EXPECT_DOUBLE_EQ(ValueOf(kCooperationMode), 0.5);
}

TEST_F(FactFeaturesTest, OnlyBeijingOrTianjinToHebeiHasTheDirection) {
  achievement_.set_region_code("110108");
  need_.set_region_code("130100");
  EXPECT_EQ(ValueOf(kRegionDirection), 1);
  std::swap(achievement_, need_);
  EXPECT_EQ(ValueOf(kRegionDirection), 0);
}

TEST_F(FactFeaturesTest, FreshnessFallsLinearlyOverFiveYears) {
  EXPECT_DOUBLE_EQ(ValueOf(kFreshness, "2026-06-30"), 1);
  EXPECT_DOUBLE_EQ(ValueOf(kFreshness, "2027-01-01"), 1);
  EXPECT_DOUBLE_EQ(ValueOf(kFreshness, "2025-06-30"), 1 - 365 / 1825.0);
  EXPECT_DOUBLE_EQ(ValueOf(kFreshness, "2010-01-01"), 0);
  EXPECT_DOUBLE_EQ(ValueOf(kFreshness, "2026-02-30"), 0);
}

}  // namespace
}  // namespace duijie::matching
