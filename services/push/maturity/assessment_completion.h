// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the level of an assessment into its achievement and takes it out when the assessment expires; the
// state here and the achievement change together (achievements/achievement_updates.h). Thread-safe.
#pragma once

#include "services/push/achievements/achievement_updates.h"
#include "services/push/maturity/assessment_table.h"
#include "services/push/maturity/schemes.h"

namespace duijie::push {

class AssessmentCompletion {
 public:
  // All must outlive this.
  AssessmentCompletion(RoleStore& store, const Peers& peers, const AssessmentTable& table,
                       const Schemes& schemes);

  // `assessment` has its level, last day and day of completion. OK: COMPLETED, or COMPLETING as long as the
  // catalog does not answer. Errors: FORBIDDEN (the caller may not change the achievement), WRONG_STATE
  // (another one of the achievement is under way), and whatever the catalog refuses with.
  Status Complete(const rpc::CallContext& call, const WriteRequest& write, v1::MaturityAssessment assessment);

  // Begins to take out those whose last day has passed, at most `limit`. The achievement then states no level
  // and says why; one whose level was changed by hand since is left alone. Errors of single ones are logged.
  Status ExpireDue(size_t limit);

  // Goes on with what waits for the catalog; how many still wait.
  StatusOr<size_t> GoOn() { return updates_.RunAll(); }

 private:
  Status Begin(const rpc::CallContext& call, const WriteRequest& write, v1::MaturityAssessment assessment,
               const v1::Achievement& current, int level, const std::string& evidence,
               v1::MaturityAssessmentState to);
  Status Expire(const rpc::CallContext& call, v1::MaturityAssessment assessment);
  StatusOr<std::vector<Mutation>> End(const AchievementUpdate& update, const Status& refusal) const;
  StatusOr<std::vector<Mutation>> EndCompleting(v1::MaturityAssessment assessment,
                                                const std::string& actor) const;
  StatusOr<const v1::MaturityScheme*> SchemeOf(const v1::MaturityAssessment& assessment) const;

  RoleStore& store_;
  const AssessmentTable& table_;
  const Schemes& schemes_;
  const AchievementReader reader_;
  AchievementUpdates updates_;
};

}  // namespace duijie::push
