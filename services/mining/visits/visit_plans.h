// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of visit plans. Thread-safe.
#pragma once

#include "common/rpc/call_context.h"
#include "duijie/v1/visit_service.pb.h"
#include "services/mining/visits/visit_context.h"

namespace duijie::mining {

class VisitPlans {
 public:
  explicit VisitPlans(VisitContext& context) : context_(context) {}

  // PERMISSION_DENIED FORBIDDEN for a plan that the caller could not see afterwards.
  StatusOr<v1::CreateVisitPlanResponse> Create(const rpc::CallContext& call,
                                               const v1::CreateVisitPlanRequest& request) const;
  StatusOr<v1::GetVisitPlanResponse> Get(const rpc::CallContext& call,
                                         const v1::GetVisitPlanRequest& request) const;
  StatusOr<v1::ListVisitPlansResponse> List(const rpc::CallContext& call,
                                            const v1::ListVisitPlansRequest& request) const;
  StatusOr<v1::UpdateVisitPlanResponse> Update(const rpc::CallContext& call,
                                               const v1::UpdateVisitPlanRequest& request) const;
  StatusOr<v1::ProposeVisitPlanResponse> Propose(const rpc::CallContext& call,
                                                 const v1::ProposeVisitPlanRequest& request) const;
  // To AGREED: WRONG_STATE if visits changed since the proposal, INFEASIBLE if demands are unmet and no
  // reason is given.
  StatusOr<v1::TransitionVisitPlanResponse> Transition(const rpc::CallContext& call,
                                                       const v1::TransitionVisitPlanRequest& request) const;

 private:
  Status CheckAsked(const rpc::CallContext& call, const v1::VisitPlan& plan) const;
  StatusOr<v1::VisitPlan> Stored(const WriteRequest& write, v1::VisitPlan plan,
                                 std::vector<Mutation> more = {}) const;
  StatusOr<std::vector<Mutation>> AgreedVisits(const rpc::CallContext& call, v1::VisitPlan* plan) const;

  VisitContext& context_;
};

}  // namespace duijie::mining
