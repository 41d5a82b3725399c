// SPDX-License-Identifier: GPL-3.0-or-later
// Assessments in the store of the role "push"; see docs/formats/processing.md. Their states and steps.
// Thread-safe.
#pragma once

#include <optional>
#include <string>

#include "common/resources/role_store.h"
#include "duijie/v1/maturity_service.pb.h"

namespace duijie::push {

inline constexpr std::string_view kAssessments = "maturityAssessments";
inline constexpr std::string_view kAssessmentUpdates = "maturity_updates";  // side space
inline constexpr int kMaxMaturitySteps = 100;

class AssessmentTable {
 public:
  // `store` must outlive this.
  explicit AssessmentTable(RoleStore& store);

  const ResourceTable<v1::MaturityAssessment>& rows() const { return rows_; }

  // Latest first; of one achievement, or all for "".
  StatusOr<ResourcePage<v1::MaturityAssessment>> Latest(const std::string& achievement,
                                                        v1::MaturityAssessmentState state,
                                                        std::string_view position, size_t limit) const;

  // The one that the achievement carries, if any: COMPLETED, or EXPIRING.
  StatusOr<std::optional<v1::MaturityAssessment>> InForce(const std::string& achievement) const;

  // COMPLETED ones in order of valid_until.
  StatusOr<ResourcePage<v1::MaturityAssessment>> ByLastDay(std::string_view position, size_t limit) const;

 private:
  const ResourceTable<v1::MaturityAssessment> rows_;
};

// FAILED_PRECONDITION ILLEGAL_TRANSITION, with from and to.
Status CheckStep(v1::MaturityAssessmentState from, v1::MaturityAssessmentState to);

// Takes a step that CheckStep allows.
void TakeStep(v1::MaturityAssessment* assessment, v1::MaturityAssessmentState to, const std::string& reason,
              const std::string& actor, UnixMicros now);

}  // namespace duijie::push
