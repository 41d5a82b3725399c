// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/constraints.h"

#include <functional>

#include "duijie/v1/need.pb.h"
#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using internal::v1::RecordFacts;
using v1::VERDICT_NOT_STATED;
using v1::VERDICT_SATISFIED;
using v1::VERDICT_VIOLATED;

struct ConstraintCase {
  const char* what;
  v1::ConstraintKind kind;
  std::function<void(RecordFacts* need, RecordFacts* achievement)> set;
  v1::Verdict verdict;
};

const std::vector<ConstraintCase>& Cases() {
  static const std::vector<ConstraintCase> kCases = {
      {"no minimum", v1::CONSTRAINT_KIND_MATURITY, [](auto*, auto* a) { a->set_maturity_level(9); },
       VERDICT_NOT_STATED},
      {"level unknown", v1::CONSTRAINT_KIND_MATURITY, [](auto* n, auto*) { n->set_maturity_level(7); },
       VERDICT_NOT_STATED},
      {"at the minimum", v1::CONSTRAINT_KIND_MATURITY,
       [](auto* n, auto* a) { n->set_maturity_level(7), a->set_maturity_level(7); }, VERDICT_SATISFIED},
      {"below", v1::CONSTRAINT_KIND_MATURITY,
       [](auto* n, auto* a) { n->set_maturity_level(7), a->set_maturity_level(6); }, VERDICT_VIOLATED},
      {"price at the budget", v1::CONSTRAINT_KIND_BUDGET,
       [](auto* n, auto* a) { n->set_price_max_wan_yuan(50), a->set_price_min_wan_yuan(50); },
       VERDICT_SATISFIED},
      {"price above", v1::CONSTRAINT_KIND_BUDGET,
       [](auto* n, auto* a) { n->set_price_max_wan_yuan(50), a->set_price_min_wan_yuan(50.0001); },
       VERDICT_VIOLATED},
      {"no price", v1::CONSTRAINT_KIND_BUDGET, [](auto* n, auto*) { n->set_price_max_wan_yuan(50); },
       VERDICT_NOT_STATED},
      {"common mode", v1::CONSTRAINT_KIND_COOPERATION_MODE,
       [](auto* n, auto* a) {
         n->add_cooperation_modes(v1::COOPERATION_MODE_LICENSE),
             a->add_cooperation_modes(v1::COOPERATION_MODE_LICENSE);
       },
       VERDICT_SATISFIED},
      {"no common mode", v1::CONSTRAINT_KIND_COOPERATION_MODE,
       [](auto* n, auto* a) {
         n->add_cooperation_modes(v1::COOPERATION_MODE_LICENSE),
             a->add_cooperation_modes(v1::COOPERATION_MODE_EQUITY);
       },
       VERDICT_VIOLATED},
      {"any region", v1::CONSTRAINT_KIND_REGION, [](auto*, auto* a) { a->set_region_code("110108"); },
       VERDICT_NOT_STATED},
      {"inside the province", v1::CONSTRAINT_KIND_REGION,
       [](auto* n, auto* a) { n->add_acceptable_region_codes("110000"), a->set_region_code("110108"); },
       VERDICT_SATISFIED},
      {"inside a province beyond the table", v1::CONSTRAINT_KIND_REGION,
       [](auto* n, auto* a) { n->add_acceptable_region_codes("440000"), a->set_region_code("440305"); },
       VERDICT_SATISFIED},
      {"elsewhere", v1::CONSTRAINT_KIND_REGION,
       [](auto* n, auto* a) { n->add_acceptable_region_codes("120000"), a->set_region_code("110108"); },
       VERDICT_VIOLATED},
      {"last day", v1::CONSTRAINT_KIND_VALIDITY,
       [](auto* n, auto* a) { n->set_valid_until("2026-06-30"), a->set_valid_until("2027-01-01"); },
       VERDICT_SATISFIED},
      {"day after", v1::CONSTRAINT_KIND_VALIDITY,
       [](auto* n, auto* a) { n->set_valid_until("2026-06-29"), a->set_valid_until("2027-01-01"); },
       VERDICT_VIOLATED},
      {"not yet", v1::CONSTRAINT_KIND_VALIDITY, [](auto*, auto* a) { a->set_valid_from("2026-07-01"); },
       VERDICT_VIOLATED},
      {"one side silent", v1::CONSTRAINT_KIND_VALIDITY,
       [](auto* n, auto*) { n->set_valid_until("2027-01-01"); }, VERDICT_NOT_STATED},
      {"owns and buys", v1::CONSTRAINT_KIND_RIGHTS,
       [](auto* n, auto* a) {
         n->set_rights_stance(v1::RIGHTS_STANCE_OWNED_BY_ENTERPRISE),
             a->add_cooperation_modes(v1::COOPERATION_MODE_TRANSFER);
       },
       VERDICT_SATISFIED},
      {"owns, licence only", v1::CONSTRAINT_KIND_RIGHTS,
       [](auto* n, auto* a) {
         n->set_rights_stance(v1::RIGHTS_STANCE_OWNED_BY_ENTERPRISE),
             a->add_cooperation_modes(v1::COOPERATION_MODE_LICENSE);
       },
       VERDICT_VIOLATED},
      {"shares, joint work", v1::CONSTRAINT_KIND_RIGHTS,
       [](auto* n, auto* a) {
         n->set_rights_stance(v1::RIGHTS_STANCE_SHARED),
             a->add_cooperation_modes(v1::COOPERATION_MODE_JOINT_DEVELOPMENT);
       },
       VERDICT_SATISFIED},
      {"service says nothing of rights", v1::CONSTRAINT_KIND_RIGHTS,
       [](auto* n, auto* a) {
         n->set_rights_stance(v1::RIGHTS_STANCE_LICENSED),
             a->add_cooperation_modes(v1::COOPERATION_MODE_SERVICE);
       },
       VERDICT_NOT_STATED},
  };
  return kCases;
}

TEST(ConstraintsTest, GiveTheVerdictOfEachCase) {
  for (const ConstraintCase& c : Cases()) {
    SCOPED_TRACE(c.what);
    RecordFacts need;
    RecordFacts achievement;
    c.set(&need, &achievement);
    const FactsPair pair{need, achievement, "", *ParseDay("2026-06-30")};
    const std::vector<v1::ConstraintVerdict> verdicts = CheckConstraints(pair, testing::Taxonomies());
    ASSERT_EQ(verdicts.size(), 6U);
    for (size_t i = 0; i < verdicts.size(); ++i) {
      EXPECT_EQ(verdicts[i].kind(), static_cast<int>(i) + 1);
      const v1::Verdict expected = verdicts[i].kind() == c.kind ? c.verdict : VERDICT_NOT_STATED;
      if (verdicts[i].kind() == c.kind || c.kind != v1::CONSTRAINT_KIND_RIGHTS) {
        EXPECT_EQ(verdicts[i].verdict(), expected) << verdicts[i].text();
      }
    }
    EXPECT_EQ(ViolatesConstraint(pair, testing::Taxonomies()), c.verdict == VERDICT_VIOLATED);
  }
}

TEST(ConstraintsTest, SayInChineseWhatEachSideStates) {
  RecordFacts need;
  RecordFacts achievement;
  need.set_maturity_level(7);
  achievement.set_maturity_level(5);
  need.set_price_max_wan_yuan(120.5);
  need.add_acceptable_region_codes("110000");
  achievement.set_region_code("110108");
  const auto verdicts =
      CheckConstraints({need, achievement, "", *ParseDay("2026-06-30")}, testing::Taxonomies());
  EXPECT_EQ(verdicts[0].text(), "成熟度：需求不低于7级，成果为5级，不满足");
  EXPECT_EQ(verdicts[1].text(), "预算：需求最高120.5万元，成果未说明，未说明");
  EXPECT_EQ(verdicts[3].text(), "地区：需求接受北京市，成果在海淀区，满足");
}

}  // namespace
}  // namespace duijie::matching
