// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/diagnoses.h"

#include <gmock/gmock.h>

#include <random>

#include "services/mining/clinic/diagnosis_papers.h"
#include "services/mining/clinic/rubric.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/mining/intake/memory_catalog.h"

namespace duijie::mining {
namespace {

using ::duijie::testing::IsOk;
using ::duijie::testing::StatusIs;
using testing::CallOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

v1::Indicator Target(const std::string& name, double value, const std::string& unit) {
  v1::Indicator target;
  target.set_name(name);
  target.set_comparator(v1::COMPARATOR_AT_LEAST);
  target.set_value(value);
  target.set_unit(unit);
  return target;
}

class DiagnosesTest : public ::testing::Test {
 protected:
  v1::Need& Complete() {
    v1::Need& need = catalog_.AddNeed("n1", "止水带粘接强度低", "enterprises/e1", v1::RECORD_STATE_SUBMITTED);
    *need.add_targets() = Target("粘接强度", 2.5, "MPa");
    need.set_current_practice("现为1.8MPa");
    need.set_budget_max_wan_yuan(50);
    need.set_decision_owner("总工程师");
    need.set_deadline("2027-06-30");
    need.add_cooperation_modes(v1::COOPERATION_MODE_JOINT_DEVELOPMENT);
    return need;
  }
  StatusOr<v1::AssessNeedResponse> Assess(v1::NeedVerdict verdict, const std::string& reason = "理由") {
    v1::AssessNeedRequest request;
    request.set_need("needs/n1");
    request.set_verdict(verdict);
    request.set_reason(reason);
    return diagnoses_.Assess(staff_, request);
  }

  duijie::testing::TempDir dir_;
  FakeClock clock_;
  testing::MemoryCatalog catalog_;
  std::shared_ptr<MiningRole> role_ = testing::RoleOver(catalog_, clock_);
  const Diagnoses diagnoses_{role_, dir_.path()};
  rpc::CallContext staff_ = CallOf(testing::StaffOf({"hs-gxq"}));
};

TEST_F(DiagnosesTest, ACompleteNeedBecomesValidAndIsPublished) {
  Complete();
  const auto assessed = Assess(v1::NEED_VERDICT_VALID);
  ASSERT_THAT(assessed, IsOk());
  EXPECT_EQ(assessed->need_state(), v1::RECORD_STATE_PUBLISHED);
  EXPECT_EQ(assessed->need_diagnosis().verdict(), v1::NEED_VERDICT_VALID);
  ASSERT_EQ(assessed->need_diagnosis().changes_size(), 1);
  EXPECT_EQ(assessed->need_diagnosis().changes(0).actor(), "staff-1");
}

TEST_F(DiagnosesTest, WithoutAQuantifiedTargetNoNeedIsValid) {
  v1::Need& need = Complete();
  need.clear_targets();
  need.add_targets()->set_name("粘接强度");
  const auto refused = Assess(v1::NEED_VERDICT_VALID);
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  const auto violations = ViolationsOf(refused.status());
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_THAT(violations[0].description, HasSubstr("量化目标"));
  EXPECT_EQ(catalog_.needs.at("needs/n1").state(), v1::RECORD_STATE_SUBMITTED);

  v1::AssessNeedRequest request;
  request.set_need("needs/n1");
  request.set_verdict(v1::NEED_VERDICT_VALID);
  v1::RubricWaiver* const waiver = request.add_waivers();
  waiver->set_item(v1::RUBRIC_ITEM_TARGET);
  waiver->set_reason("不需要");
  EXPECT_THAT(diagnoses_.Assess(staff_, request), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(DiagnosesTest, OtherItemsMayBeWaivedWithAReason) {
  Complete().clear_budget_max_wan_yuan();
  EXPECT_THAT(Assess(v1::NEED_VERDICT_VALID), StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  v1::AssessNeedRequest request;
  request.set_need("needs/n1");
  request.set_verdict(v1::NEED_VERDICT_VALID);
  v1::RubricWaiver* const waiver = request.add_waivers();
  waiver->set_item(v1::RUBRIC_ITEM_BUDGET);
  EXPECT_THAT(diagnoses_.Assess(staff_, request), StatusIs(StatusCode::kInvalidArgument));
  waiver->set_reason("由集团统一支付");
  EXPECT_THAT(diagnoses_.Assess(staff_, request), IsOk());
}

TEST_F(DiagnosesTest, ADraftMustBeSubmittedFirst) {
  Complete().set_state(v1::RECORD_STATE_DRAFT);
  EXPECT_THAT(Assess(v1::NEED_VERDICT_VALID), StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
}

TEST_F(DiagnosesTest, AnInvalidNeedIsTakenBackAndAVerdictNeedsAReason) {
  Complete();
  EXPECT_THAT(Assess(v1::NEED_VERDICT_INVALID, ""), StatusIs(StatusCode::kInvalidArgument));
  ASSERT_THAT(Assess(v1::NEED_VERDICT_INVALID), IsOk());
  EXPECT_EQ(catalog_.needs.at("needs/n1").state(), v1::RECORD_STATE_RETURNED);
  EXPECT_THAT(Assess(v1::NEED_VERDICT_VALID),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
}

TEST_F(DiagnosesTest, IsOnlyForThoseWhoSeeTheNeed) {
  Complete();
  v1::GetNeedDiagnosisRequest get;
  get.set_name("needDiagnoses/n1");
  const auto shown = diagnoses_.Get(staff_, get);
  ASSERT_THAT(shown, IsOk());
  EXPECT_EQ(shown->need_diagnosis().verdict(), v1::NEED_VERDICT_UNSPECIFIED);
  EXPECT_EQ(shown->need_diagnosis().rubric_size(), 9);
  const auto elsewhere = CallOf(testing::StaffOf({"sjz-gxq"}));
  EXPECT_THAT(diagnoses_.Get(elsewhere, get), StatusIs(StatusCode::kNotFound));
  ASSERT_THAT(Assess(v1::NEED_VERDICT_INCOMPLETE), IsOk());
  EXPECT_EQ(diagnoses_.List(elsewhere, {})->need_diagnoses_size(), 0);
  EXPECT_EQ(diagnoses_.List(staff_, {})->need_diagnoses_size(), 1);
}

TEST_F(DiagnosesTest, PapersHoldWhatTheNeedStatesAndRunNothing) {
  Complete().set_title("<script>止水带</script>");
  v1::ExportNeedDiagnosisRequest request;
  request.set_name("needDiagnoses/n1");
  const auto paper = diagnoses_.Render(staff_, request);
  ASSERT_THAT(paper, IsOk());
  EXPECT_THAT(paper->content(), HasSubstr("粘接强度 ≥ 2.5 MPa"));
  EXPECT_THAT(paper->content(), Not(HasSubstr("<script>")));
  const auto summary = diagnoses_.Summarize(staff_, {});
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->needs(), 1);
  EXPECT_EQ(summary->content().substr(0, 2), "PK");
  const auto elsewhere = diagnoses_.Summarize(CallOf(testing::StaffOf({"sjz-gxq"})), {});
  ASSERT_THAT(elsewhere, IsOk());
  EXPECT_EQ(elsewhere->needs(), 0);
}

// Random walks over verdicts: only the steps of the table are taken, and every step is logged.
TEST_F(DiagnosesTest, OnlyLegalStepsAreTakenAndAllAreLogged) {
  const auto seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  Complete();
  v1::NeedVerdict now = v1::NEED_VERDICT_UNSPECIFIED;
  int logged = 0;
  for (int i = 0; i < 60; ++i) {
    v1::Need& need = catalog_.needs.at("needs/n1");
    if (need.state() != v1::RECORD_STATE_PUBLISHED) need.set_state(v1::RECORD_STATE_SUBMITTED);
    const auto to = static_cast<v1::NeedVerdict>(1 + random() % 3);
    const auto assessed = Assess(to);
    EXPECT_EQ(assessed.ok(), IsLegalVerdict(now, to)) << now << " to " << to;
    if (!assessed.ok()) continue;
    now = to;
    ++logged;
    EXPECT_EQ(assessed->need_diagnosis().changes_size(), logged);
    EXPECT_EQ(assessed->need_diagnosis().verdict(), now);
  }
}

TEST(RubricTest, ATargetNeedsABoundAndAUnitOrACount) {
  EXPECT_TRUE(IsQuantified(Target("强度", 2.5, "MPa")));
  EXPECT_TRUE(IsQuantified(Target("路数", 32, "")));
  EXPECT_FALSE(IsQuantified(Target("强度", 2.5, "")));
  EXPECT_FALSE(IsQuantified(Target("", 2.5, "MPa")));
  v1::Indicator bare = Target("强度", 2.5, "MPa");
  bare.set_comparator(v1::COMPARATOR_UNSPECIFIED);
  EXPECT_FALSE(IsQuantified(bare));
  bare.set_comparator(v1::COMPARATOR_BETWEEN);
  EXPECT_FALSE(IsQuantified(bare));
}

}  // namespace
}  // namespace duijie::mining
