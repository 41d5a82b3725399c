// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/maturity/assessments.h"

#include "tests/support/paths.h"
#include "tests/unit/services/push/memory_catalog.h"

namespace duijie::push {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using testing::CallOf;
using ::testing::HasSubstr;
using testing::MemoryCatalog;
using v1::MaturityAssessment;
using Fault = MemoryCatalog::Fault;

constexpr char kName[] = "achievements/a";

class AssessmentsTest : public ::testing::Test {
 protected:
  AssessmentsTest()
      : schemes_(Schemes::Load(duijie::testing::SourceFile("data/maturity")).value()),
        store_(testing::NewStore(clock_)) {
    v1::Achievement achievement = MemoryCatalog::Sample("a");
    achievement.set_maturity_level(8);
    achievement.set_maturity_evidence("自报");
    catalog_.Put(achievement);
    Restart();
  }

  void Restart() {
    assessments_ =
        std::make_unique<Assessments>(Assessments::Dependencies{*store_, catalog_.peers, schemes_});
  }

  // Evidence for everything up to a level.
  MaturityAssessment Evidenced(int level) const {
    MaturityAssessment a;
    a.set_achievement(kName);
    a.set_scheme("maturitySchemes/general");
    a.set_assessor("李工");
    a.set_assessor_unit("衡水市生产力促进中心");
    for (const v1::MaturityCondition& condition : schemes_.Find(a.scheme())->conditions()) {
      if (condition.level() > level) continue;
      v1::ConditionEvidence& evidence = *a.add_evidences();
      evidence.set_condition(condition.code());
      evidence.set_text("报告 " + condition.code());
    }
    return a;
  }
  MaturityAssessment Created(const MaturityAssessment& written) {
    v1::CreateMaturityAssessmentRequest request;
    *request.mutable_maturity_assessment() = written;
    const auto response = assessments_->Create(CallOf("staff"), request);
    EXPECT_THAT(response, IsOk());
    clock_.Advance(std::chrono::seconds(1));
    return response.ok() ? response->maturity_assessment() : MaturityAssessment();
  }
  StatusOr<v1::CompleteMaturityAssessmentResponse> Complete(const std::string& name) {
    v1::CompleteMaturityAssessmentRequest request;
    request.set_name(name);
    return assessments_->Complete(CallOf("staff"), request);
  }
  MaturityAssessment Get(const std::string& name) {
    v1::GetMaturityAssessmentRequest request;
    request.set_name(name);
    const auto response = assessments_->Get(CallOf("reader"), request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? response->maturity_assessment() : MaturityAssessment();
  }
  const v1::Achievement& Achievement() const { return catalog_.At(kName); }
  void AdvanceDays(int days) { clock_.Advance(std::chrono::hours(24 * days)); }

  FakeClock clock_;
  MemoryCatalog catalog_;
  const Schemes schemes_;
  std::unique_ptr<RoleStore> store_;
  std::unique_ptr<Assessments> assessments_;
};

TEST_F(AssessmentsTest, CompletingGivesTheAchievementItsLevel) {
  const MaturityAssessment draft = Created(Evidenced(6));
  EXPECT_EQ(draft.level(), 6);
  EXPECT_EQ(Achievement().maturity_level(), 8);
  ASSERT_OK_AND_ASSIGN(const auto done, Complete(draft.name()));
  EXPECT_EQ(done.maturity_assessment().state(), v1::MATURITY_ASSESSMENT_STATE_COMPLETED);
  EXPECT_EQ(Achievement().maturity_level(), 6);
  EXPECT_THAT(Achievement().maturity_evidence(), HasSubstr("6 级（正样级）"));
  EXPECT_THAT(Achievement().maturity_evidence(),
              HasSubstr("有效至 " + done.maturity_assessment().valid_until()));
  EXPECT_EQ(done.maturity_assessment().previous_level(), 8);
  EXPECT_EQ(done.maturity_assessment().previous_evidence(), "自报");
}

TEST_F(AssessmentsTest, EvidenceRemovedAtLevelFourBringsItToThree) {
  const MaturityAssessment draft = Created(Evidenced(9));
  EXPECT_EQ(draft.level(), 9);
  v1::UpdateMaturityAssessmentRequest update;
  *update.mutable_maturity_assessment() = draft;
  auto* evidences = update.mutable_maturity_assessment()->mutable_evidences();
  evidences->erase(std::remove_if(evidences->begin(), evidences->end(),
                                  [](const v1::ConditionEvidence& e) { return e.condition() == "4.2"; }),
                   evidences->end());
  ASSERT_OK_AND_ASSIGN(const auto updated, assessments_->Update(CallOf("staff"), update));
  EXPECT_EQ(updated.maturity_assessment().level(), 3);
  EXPECT_THAT(updated.maturity_assessment().results(3).missing(), ::testing::ElementsAre("4.2"));
}

TEST_F(AssessmentsTest, AnAssessorOfTheOwnersUnitIsFlaggedEverywhere) {
  MaturityAssessment own = Evidenced(5);
  own.set_assessor_unit("河北工业大学(天津)");
  const MaturityAssessment draft = Created(own);
  EXPECT_TRUE(draft.assessor_from_owner());
  ASSERT_THAT(Complete(draft.name()), IsOk());
  EXPECT_THAT(Achievement().maturity_evidence(), HasSubstr("评价人来自成果完成单位"));
  v1::ExportMaturityAssessmentRequest request;
  request.set_name(draft.name());
  ASSERT_OK_AND_ASSIGN(const auto document, assessments_->Export(CallOf("reader"), request));
  EXPECT_THAT(document.html(), HasSubstr("评价人来自成果完成单位"));
  EXPECT_FALSE(Created(Evidenced(5)).assessor_from_owner());
}

TEST_F(AssessmentsTest, WhatIsMissingIsSaidAndNothingIsChanged) {
  MaturityAssessment bare = Evidenced(0);
  bare.clear_assessor_unit();
  const auto refused = Complete(Created(bare).name());
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  EXPECT_THAT(std::string(MessageOf(refused.status())), HasSubstr("assessor_unit"));
  MaturityAssessment past = Evidenced(3);
  past.set_valid_until("2020-01-01");
  EXPECT_THAT(Complete(Created(past).name()), StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  EXPECT_EQ(Achievement().maturity_level(), 8);
}

TEST_F(AssessmentsTest, BadInputIsRefused) {
  const auto create = [&](const MaturityAssessment& written) {
    v1::CreateMaturityAssessmentRequest request;
    *request.mutable_maturity_assessment() = written;
    return assessments_->Create(CallOf("staff"), request);
  };
  MaturityAssessment scheme = Evidenced(1);
  scheme.set_scheme("maturitySchemes/none");
  EXPECT_THAT(create(scheme), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  MaturityAssessment condition = Evidenced(1);
  condition.mutable_evidences(0)->set_condition("99");
  EXPECT_THAT(create(condition), StatusIs(StatusCode::kInvalidArgument));
  MaturityAssessment twice = Evidenced(1);
  *twice.add_evidences() = twice.evidences(0);
  EXPECT_THAT(create(twice), StatusIs(StatusCode::kInvalidArgument));
  MaturityAssessment day = Evidenced(1);
  day.set_valid_until("2026-02-30");
  EXPECT_THAT(create(day), StatusIs(StatusCode::kInvalidArgument));
  MaturityAssessment absent = Evidenced(1);
  absent.set_achievement("achievements/none");
  EXPECT_THAT(create(absent), StatusIs(StatusCode::kNotFound));
}

TEST_F(AssessmentsTest, AnExpiredOneShowsAsExpiredAtOnceAndIsTakenOutOfTheCatalog) {
  const MaturityAssessment draft = Created(Evidenced(6));
  ASSERT_THAT(Complete(draft.name()), IsOk());
  const std::string last_day = Get(draft.name()).valid_until();
  AdvanceDays(365);
  EXPECT_EQ(assessments_->Round().value(), 0u);
  EXPECT_EQ(Achievement().maturity_level(), 6);
  EXPECT_FALSE(Get(draft.name()).expired());
  AdvanceDays(400);
  EXPECT_TRUE(Get(draft.name()).expired());  // before any round
  EXPECT_EQ(assessments_->Round().value(), 0u);
  EXPECT_EQ(Get(draft.name()).state(), v1::MATURITY_ASSESSMENT_STATE_EXPIRED);
  EXPECT_EQ(Achievement().maturity_level(), 0);
  EXPECT_THAT(Achievement().maturity_evidence(), HasSubstr("已于 " + last_day + " 到期"));
  v1::ExportMaturityAssessmentRequest request;
  request.set_name(draft.name());
  EXPECT_THAT(assessments_->Export(CallOf("reader"), request)->html(), HasSubstr("不得再作为依据"));
}

TEST_F(AssessmentsTest, ALevelChangedByHandSinceIsLeftAlone) {
  const MaturityAssessment draft = Created(Evidenced(6));
  ASSERT_THAT(Complete(draft.name()), IsOk());
  v1::Achievement changed = Achievement();
  changed.set_maturity_level(7);
  catalog_.Put(changed);
  AdvanceDays(800);
  EXPECT_EQ(assessments_->Round().value(), 0u);
  EXPECT_EQ(Achievement().maturity_level(), 7);
  EXPECT_EQ(Get(draft.name()).state(), v1::MATURITY_ASSESSMENT_STATE_EXPIRED);
}

TEST_F(AssessmentsTest, AnExpiryThatMeetsASilentCatalogIsFinishedLater) {
  const MaturityAssessment draft = Created(Evidenced(6));
  ASSERT_THAT(Complete(draft.name()), IsOk());
  AdvanceDays(800);
  catalog_.fault = Fault::kSilentAfterDoing;
  (void)assessments_->Round();
  catalog_.fault = Fault::kNone;
  Restart();
  EXPECT_EQ(assessments_->Round().value(), 0u);
  EXPECT_EQ(Get(draft.name()).state(), v1::MATURITY_ASSESSMENT_STATE_EXPIRED);
  EXPECT_EQ(Achievement().maturity_level(), 0);
}

TEST_F(AssessmentsTest, TheExpiryOfADeletedAchievementEnds) {
  const MaturityAssessment draft = Created(Evidenced(6));
  ASSERT_THAT(Complete(draft.name()), IsOk());
  catalog_.Remove(kName);
  AdvanceDays(800);
  EXPECT_EQ(assessments_->Round().value(), 0u);
  EXPECT_EQ(Get(draft.name()).state(), v1::MATURITY_ASSESSMENT_STATE_EXPIRED);
}

TEST_F(AssessmentsTest, ALaterOneSupersedes) {
  const MaturityAssessment first = Created(Evidenced(6));
  ASSERT_THAT(Complete(first.name()), IsOk());
  const MaturityAssessment second = Created(Evidenced(7));
  ASSERT_THAT(Complete(second.name()), IsOk());
  EXPECT_EQ(Get(first.name()).state(), v1::MATURITY_ASSESSMENT_STATE_SUPERSEDED);
  EXPECT_EQ(Achievement().maturity_level(), 7);
}

TEST_F(AssessmentsTest, ACrashOnCompletingEndsWithBothOrNeither) {
  const MaturityAssessment draft = Created(Evidenced(6));
  catalog_.fault = Fault::kUnreachable;
  ASSERT_OK_AND_ASSIGN(const auto waiting, Complete(draft.name()));
  EXPECT_EQ(waiting.maturity_assessment().state(), v1::MATURITY_ASSESSMENT_STATE_COMPLETING);
  EXPECT_EQ(Achievement().maturity_level(), 8);
  Restart();
  catalog_.fault = Fault::kNone;
  EXPECT_EQ(assessments_->Round().value(), 0u);
  EXPECT_EQ(Get(draft.name()).state(), v1::MATURITY_ASSESSMENT_STATE_COMPLETED);
  EXPECT_EQ(Achievement().maturity_level(), 6);
  const MaturityAssessment other = Created(Evidenced(7));
  catalog_.fault = Fault::kRefuses;
  EXPECT_THAT(Complete(other.name()), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_EQ(Get(other.name()).state(), v1::MATURITY_ASSESSMENT_STATE_DRAFT);
  EXPECT_EQ(Achievement().maturity_level(), 6);
}

TEST_F(AssessmentsTest, ACompletedOneIsNotChanged) {
  const MaturityAssessment draft = Created(Evidenced(6));
  ASSERT_THAT(Complete(draft.name()), IsOk());
  v1::UpdateMaturityAssessmentRequest update;
  *update.mutable_maturity_assessment() = Get(draft.name());
  EXPECT_THAT(assessments_->Update(CallOf("staff"), update),
              StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  EXPECT_THAT(Complete(draft.name()), StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
}

TEST_F(AssessmentsTest, WhoDoesNotSeeTheAchievementSeesNone) {
  const MaturityAssessment draft = Created(Evidenced(6));
  v1::Achievement hidden = Achievement();
  hidden.set_state(v1::RECORD_STATE_DRAFT);
  catalog_.Put(hidden);
  const rpc::CallContext elsewhere = CallOf("other", v1::ROLE_STAFF, false);
  v1::GetMaturityAssessmentRequest get;
  get.set_name(draft.name());
  EXPECT_THAT(assessments_->Get(elsewhere, get), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_EQ(assessments_->List(elsewhere, {})->maturity_assessments_size(), 0);
  EXPECT_EQ(assessments_->List(CallOf("reader"), {})->maturity_assessments_size(), 1);
}

}  // namespace
}  // namespace duijie::push
