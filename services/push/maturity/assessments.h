// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of maturity assessment. An assessment is visible to whom its achievement is fully visible; to
// anybody else it does not exist. Thread-safe.
#pragma once

#include "services/push/achievements/achievement_reader.h"
#include "services/push/maturity/assessment_completion.h"
#include "services/push/maturity/assessment_table.h"
#include "services/push/maturity/schemes.h"

namespace duijie::push {

class Assessments {
 public:
  // All must outlive this.
  struct Dependencies {
    RoleStore& store;
    const Peers& peers;
    const Schemes& schemes;
  };
  explicit Assessments(Dependencies d)
      : d_(d), table_(d.store), reader_(d.peers), completion_(d.store, d.peers, table_, d.schemes) {}

  v1::ListMaturitySchemesResponse ListSchemes() const;
  StatusOr<v1::CreateMaturityAssessmentResponse> Create(
      const rpc::CallContext& call, const v1::CreateMaturityAssessmentRequest& request) const;
  StatusOr<v1::GetMaturityAssessmentResponse> Get(const rpc::CallContext& call,
                                                  const v1::GetMaturityAssessmentRequest& request) const;
  StatusOr<v1::ListMaturityAssessmentsResponse> List(const rpc::CallContext& call,
                                                     const v1::ListMaturityAssessmentsRequest& request) const;
  StatusOr<v1::UpdateMaturityAssessmentResponse> Update(
      const rpc::CallContext& call, const v1::UpdateMaturityAssessmentRequest& request) const;
  StatusOr<v1::CompleteMaturityAssessmentResponse> Complete(
      const rpc::CallContext& call, const v1::CompleteMaturityAssessmentRequest& request);
  StatusOr<v1::ExportMaturityAssessmentResponse> Export(
      const rpc::CallContext& call, const v1::ExportMaturityAssessmentRequest& request) const;

  // What the part does by itself: expiries that are due, and whatever waits for the catalog. How much still
  // waits.
  StatusOr<size_t> Round();

 private:
  StatusOr<v1::MaturityAssessment> Visible(const rpc::CallContext& call, const std::string& name,
                                           const std::string& etag = "") const;
  // Takes what a client may set, and works out what follows from it.
  Status TakeInput(const rpc::CallContext& call, const v1::MaturityAssessment& input,
                   v1::MaturityAssessment* assessment) const;
  Status WorkOut(const rpc::CallContext& call, v1::MaturityAssessment* assessment) const;
  // With `expired` as of now.
  v1::MaturityAssessment Shown(v1::MaturityAssessment assessment) const;

  const Dependencies d_;
  const AssessmentTable table_;
  const AchievementReader reader_;
  AssessmentCompletion completion_;
};

}  // namespace duijie::push
