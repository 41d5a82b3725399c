// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/yield_model.h"

#include <fstream>

#include "tests/unit/services/mining/visits/visit_fixtures.h"

namespace duijie::testing {
namespace {

using mining::Distance;
using mining::DistanceBetween;
using mining::EnterpriseFacts;
using mining::YieldModel;

const Day kAsOf = *mining::ParseVisitDay("2026-01-05");

double TermOf(const YieldModel& model, const EnterpriseFacts& facts, const std::string& name) {
  for (const auto& term : model.EnterpriseTerms(facts, kAsOf)) {
    if (term.term() == name) return term.value();
  }
  ADD_FAILURE() << "no term " << name;
  return 0;
}

TEST(YieldModelTest, TheLongerAgoTheLastVisitTheMoreAnotherBrings) {
  const YieldModel model = SourceYieldModel();
  EnterpriseFacts facts{TestEnterprise(1), 0, 0, {}};
  const double never = TermOf(model, facts, "days_since_visit");
  double before = -1;
  for (const int days : {0, 30, 365, 730}) {
    facts.last_visit = kAsOf - std::chrono::days(days);
    const double value = TermOf(model, facts, "days_since_visit");
    EXPECT_GT(value, before) << days;
    before = value;
  }
  EXPECT_DOUBLE_EQ(before, never);
  facts.last_visit = kAsOf - std::chrono::days(5000);
  EXPECT_DOUBLE_EQ(TermOf(model, facts, "days_since_visit"), never);
}

TEST(YieldModelTest, ValidNeedsCountForMoreThanOthers) {
  const YieldModel model = SourceYieldModel();
  EnterpriseFacts valid{TestEnterprise(1), 3, 3, {}}, others{TestEnterprise(1), 3, 0, {}};
  EXPECT_GT(TermOf(model, valid, "validity"), TermOf(model, others, "validity"));
  EXPECT_DOUBLE_EQ(TermOf(model, valid, "past_needs"), TermOf(model, others, "past_needs"));
}

TEST(YieldModelTest, ExpiredCertificatesDoNotCount) {
  const YieldModel model = SourceYieldModel();
  EnterpriseFacts facts{TestEnterprise(1), 0, 0, {}};
  EXPECT_EQ(TermOf(model, facts, "certificate"), 0);
  v1::Certificate& certificate = *facts.record.add_certificates();
  certificate.set_kind("高新技术企业");
  certificate.set_valid_until("2026-01-05");
  EXPECT_GT(TermOf(model, facts, "certificate"), 0) << "valid on its last day";
  certificate.set_valid_until("2026-01-04");
  EXPECT_EQ(TermOf(model, facts, "certificate"), 0);
}

TEST(YieldModelTest, DistanceIsReadFromRegionCodes) {
  EXPECT_EQ(DistanceBetween("131102", "131121"), Distance::kSameCity);
  EXPECT_EQ(DistanceBetween("131102", "130102"), Distance::kSameProvince);
  EXPECT_EQ(DistanceBetween("131102", "130000"), Distance::kSameProvince);
  EXPECT_EQ(DistanceBetween("130000", "130000"), Distance::kSameProvince);
  EXPECT_EQ(DistanceBetween("131102", "110105"), Distance::kElsewhere);
  EXPECT_EQ(DistanceBetween("131102", ""), Distance::kUnknown);
  const YieldModel model = SourceYieldModel();
  EXPECT_LT(model.TravelCost(Distance::kSameCity), model.TravelCost(Distance::kElsewhere));
}

TEST(YieldModelTest, AgreementGrowsWithSharedLevelsAndKeywords) {
  v1::Enterprise enterprise = TestEnterprise(1);
  enterprise.add_products("桥梁橡胶支座");
  v1::Expert expert = TestExpert(1);
  const auto agreement = [&] { return mining::FieldAgreement(expert, *SourceTaxonomies()).With(enterprise); };
  expert.set_industry_codes(0, "C");
  const double section = agreement();
  expert.set_industry_codes(0, "C291");
  EXPECT_GT(agreement(), section);
  expert.clear_industry_codes();
  EXPECT_EQ(agreement(), 0);
  expert.add_keywords("橡胶");
  EXPECT_DOUBLE_EQ(agreement(), 0.5);
  expert.add_keywords("支座");
  EXPECT_DOUBLE_EQ(agreement(), 0.75);
}

TEST(YieldModelTest, ATableThatDoesNotFitIsRefused) {
  const TempDir dir;
  for (const char* table : {"base\tvalue\t0.2\n", "nonsense\tkey\t1\n", "base\tvalue\tmuch\n"}) {
    std::ofstream(dir.File("model.tsv")) << table;
    EXPECT_THAT(YieldModel::Load(dir.File("model.tsv")),
                StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE"))
        << table;
  }
}

}  // namespace
}  // namespace duijie::testing
