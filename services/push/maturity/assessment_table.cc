// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/maturity/assessment_table.h"

#include <algorithm>

#include "common/storage/key_codec.h"

namespace duijie::push {
namespace {

using v1::MaturityAssessment;
using v1::MaturityAssessmentState;

constexpr char kLatestIndex[] = "maturity_latest";
constexpr char kByAchievementIndex[] = "maturity_by_achievement";
constexpr char kInForceIndex[] = "maturity_in_force";
constexpr char kLastDayIndex[] = "maturity_last_day";
// Unique, so that the catalog is never asked for two assessments of one achievement at a time.
constexpr char kInFlightIndex[] = "maturity_in_flight";

std::vector<IndexKey> KeysOf(const MaturityAssessment& assessment) {
  const std::string latest = LatestFirstKey(MicrosOf(assessment.create_time()));
  const std::string achievement = KeyBuilder().Str(assessment.achievement()).Take();
  std::vector<IndexKey> keys = {{kLatestIndex, latest, false},
                                {kByAchievementIndex, achievement + latest, false}};
  const bool completed = assessment.state() == v1::MATURITY_ASSESSMENT_STATE_COMPLETED;
  const bool expiring = assessment.state() == v1::MATURITY_ASSESSMENT_STATE_EXPIRING;
  if (expiring || assessment.state() == v1::MATURITY_ASSESSMENT_STATE_COMPLETING) {
    keys.push_back({kInFlightIndex, achievement, true});
  }
  if (completed || expiring) keys.push_back({kInForceIndex, achievement, false});
  if (completed) keys.push_back({kLastDayIndex, assessment.valid_until(), false});
  return keys;
}

struct Step {
  MaturityAssessmentState from, to;
};
constexpr Step kSteps[] = {
    {v1::MATURITY_ASSESSMENT_STATE_UNSPECIFIED, v1::MATURITY_ASSESSMENT_STATE_DRAFT},
    {v1::MATURITY_ASSESSMENT_STATE_DRAFT, v1::MATURITY_ASSESSMENT_STATE_COMPLETING},
    {v1::MATURITY_ASSESSMENT_STATE_COMPLETING, v1::MATURITY_ASSESSMENT_STATE_COMPLETED},
    {v1::MATURITY_ASSESSMENT_STATE_COMPLETING, v1::MATURITY_ASSESSMENT_STATE_DRAFT},
    {v1::MATURITY_ASSESSMENT_STATE_COMPLETED, v1::MATURITY_ASSESSMENT_STATE_SUPERSEDED},
    {v1::MATURITY_ASSESSMENT_STATE_COMPLETED, v1::MATURITY_ASSESSMENT_STATE_EXPIRING},
    {v1::MATURITY_ASSESSMENT_STATE_COMPLETED, v1::MATURITY_ASSESSMENT_STATE_EXPIRED},
    {v1::MATURITY_ASSESSMENT_STATE_EXPIRING, v1::MATURITY_ASSESSMENT_STATE_EXPIRED},
    {v1::MATURITY_ASSESSMENT_STATE_EXPIRING, v1::MATURITY_ASSESSMENT_STATE_COMPLETED},
};

}  // namespace

AssessmentTable::AssessmentTable(RoleStore& store) : rows_(store.log(), std::string(kAssessments), &KeysOf) {}

StatusOr<ResourcePage<MaturityAssessment>> AssessmentTable::Latest(const std::string& achievement,
                                                                   MaturityAssessmentState state,
                                                                   std::string_view position,
                                                                   size_t limit) const {
  const auto keep = [state](const MaturityAssessment& assessment) {
    return state == v1::MATURITY_ASSESSMENT_STATE_UNSPECIFIED || assessment.state() == state;
  };
  if (achievement.empty()) return rows_.ListByIndex(kLatestIndex, "", position, limit, keep);
  return rows_.ListByIndex(kByAchievementIndex, KeyBuilder().Str(achievement).Take(), position, limit, keep);
}

StatusOr<std::optional<MaturityAssessment>> AssessmentTable::InForce(const std::string& achievement) const {
  DUIJIE_ASSIGN_OR_RETURN(ResourcePage<MaturityAssessment> page,
                          rows_.ListByIndex(kInForceIndex, KeyBuilder().Str(achievement).Take(), "", 1));
  if (page.items.empty()) return std::optional<MaturityAssessment>();
  return std::optional<MaturityAssessment>(std::move(page.items.front()));
}

StatusOr<ResourcePage<MaturityAssessment>> AssessmentTable::ByLastDay(std::string_view position,
                                                                      size_t limit) const {
  return rows_.ListByIndex(kLastDayIndex, "", position, limit);
}

Status CheckStep(MaturityAssessmentState from, MaturityAssessmentState to) {
  const bool legal = std::any_of(std::begin(kSteps), std::end(kSteps),
                                 [&](const Step& step) { return step.from == from && step.to == to; });
  if (legal) return OkStatus();
  return Error(
      StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION", "评价在这个状态下不能这样做",
      {{"from", v1::MaturityAssessmentState_Name(from)}, {"to", v1::MaturityAssessmentState_Name(to)}});
}

void TakeStep(MaturityAssessment* assessment, MaturityAssessmentState to, const std::string& reason,
              const std::string& actor, UnixMicros now) {
  if (assessment->steps_size() == kMaxMaturitySteps) assessment->mutable_steps()->DeleteSubrange(0, 1);
  v1::MaturityStep& step = *assessment->add_steps();
  step.set_from(assessment->state());
  step.set_to(to);
  step.set_reason(reason);
  step.set_actor(actor);
  *step.mutable_time() = TimestampOf(now);
  assessment->set_state(to);
}

}  // namespace duijie::push
