// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of JointNeedService; who sees what is in joint_view.h. Thread-safe.
#pragma once

#include "common/resources/role_store.h"
#include "duijie/v1/joint_need_service.pb.h"
#include "services/mining/joint/common_problems.h"
#include "services/mining/peers.h"

namespace duijie::mining {

inline constexpr size_t kMaxComparedNeeds = 5'000;
inline constexpr double kDefaultSimilarity = 0.25;
inline constexpr double kLowestSimilarity = 0.05;

class JointNeeds {
 public:
  // All must outlive this.
  JointNeeds(RoleStore& store, const Peers& peers, const NeedSimilarity& similarity);

  StatusOr<v1::FindCommonProblemsResponse> Find(const rpc::CallContext& call,
                                                const v1::FindCommonProblemsRequest& request) const;
  StatusOr<v1::CreateJointNeedResponse> Create(const rpc::CallContext& call,
                                               const v1::CreateJointNeedRequest& request);
  StatusOr<v1::GetJointNeedResponse> Get(const rpc::CallContext& call,
                                         const v1::GetJointNeedRequest& request) const;
  StatusOr<v1::ListJointNeedsResponse> List(const rpc::CallContext& call,
                                            const v1::ListJointNeedsRequest& request) const;
  StatusOr<v1::AnswerJointNeedResponse> Answer(const rpc::CallContext& call,
                                               const v1::AnswerJointNeedRequest& request);
  StatusOr<v1::TransitionJointNeedResponse> Transition(const rpc::CallContext& call,
                                                       const v1::TransitionJointNeedRequest& request);

 private:
  struct Candidates;
  StatusOr<Candidates> ReadNeeds(const rpc::CallContext& call, const v1::RecordFilter& filter) const;
  Status FillMembers(const rpc::CallContext& call, v1::JointNeed* joint) const;
  StatusOr<v1::JointNeed> Shown(const rpc::CallContext& call, const std::string& name) const;

  RoleStore& store_;
  const Peers& peers_;
  const NeedSimilarity& similarity_;
  const ResourceTable<v1::JointNeed> table_;
};

}  // namespace duijie::mining
