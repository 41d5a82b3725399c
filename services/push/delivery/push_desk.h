// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of pushes: made by hand, read, listed, answered. What a caller may not see does not exist for
// him. An achievement that a caller may no longer see is left out of the pushes he reads. Thread-safe.
#pragma once

#include "common/resources/paging.h"
#include "common/resources/role_store.h"
#include "duijie/v1/push_service.pb.h"
#include "services/push/delivery/pushes.h"

namespace duijie::push {

// More unread pushes than this are not counted.
inline constexpr size_t kMaxUnreadCounted = 1'000;

class PushDesk {
 public:
  // All must outlive this.
  PushDesk(RoleStore& store, const Peers& peers, Pushes& pushes)
      : store_(store), peers_(peers), pushes_(pushes) {}

  // Errors as the outcomes of Pushes::Create.
  StatusOr<v1::CreatePushResponse> Create(const rpc::CallContext& call, const v1::CreatePushRequest& request);
  StatusOr<v1::GetPushResponse> Get(const rpc::CallContext& call, const v1::GetPushRequest& request) const;
  StatusOr<v1::ListPushesResponse> List(const rpc::CallContext& call,
                                        const v1::ListPushesRequest& request) const;
  StatusOr<v1::ListInboxResponse> ListInbox(const rpc::CallContext& call,
                                            const v1::ListInboxRequest& request) const;
  // Errors of CheckStep (push_states.h), STALE_ETAG.
  StatusOr<v1::TransitionPushResponse> Transition(const rpc::CallContext& call,
                                                  const v1::TransitionPushRequest& request);

 private:
  StatusOr<std::vector<v1::Push>> Shown(const rpc::CallContext& call, std::vector<v1::Push> pushes) const;
  StatusOr<v1::Push> ShownOne(const rpc::CallContext& call, v1::Push push) const;
  StatusOr<int32_t> CountUnread(const std::string& enterprise) const;

  RoleStore& store_;
  const Peers& peers_;
  Pushes& pushes_;
};

}  // namespace duijie::push
