// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of visits and their records. Thread-safe.
#pragma once

#include "common/rpc/call_context.h"
#include "duijie/v1/visit_service.pb.h"
#include "services/mining/visits/visit_context.h"

namespace duijie::mining {

class Visits {
 public:
  explicit Visits(VisitContext& context) : context_(context) {}

  // An expert's conflict or full month is INVALID_FIELD at the expert; a second visit on one day
  // ALREADY_EXISTS UNIQUE_VALUE_TAKEN.
  StatusOr<v1::CreateVisitResponse> Create(const rpc::CallContext& call,
                                           const v1::CreateVisitRequest& request) const;
  StatusOr<v1::GetVisitResponse> Get(const rpc::CallContext& call, const v1::GetVisitRequest& request) const;
  StatusOr<v1::ListVisitsResponse> List(const rpc::CallContext& call,
                                        const v1::ListVisitsRequest& request) const;
  StatusOr<v1::UpdateVisitResponse> Update(const rpc::CallContext& call,
                                           const v1::UpdateVisitRequest& request) const;
  StatusOr<v1::TransitionVisitResponse> Transition(const rpc::CallContext& call,
                                                   const v1::TransitionVisitRequest& request) const;
  StatusOr<v1::SignVisitResponse> Sign(const rpc::CallContext& call,
                                       const v1::SignVisitRequest& request) const;
  StatusOr<v1::CreateVisitAttachmentResponse> Attach(const rpc::CallContext& call,
                                                     const v1::CreateVisitAttachmentRequest& request) const;
  // The bytes of a file. NOT_FOUND like everything that the caller may not see.
  StatusOr<std::string> ReadAttachment(const rpc::CallContext& call,
                                       const v1::GetVisitAttachmentRequest& request) const;
  StatusOr<v1::DeleteVisitAttachmentResponse> Detach(const rpc::CallContext& call,
                                                     const v1::DeleteVisitAttachmentRequest& request) const;

 private:
  // Names, conflicts and months of the experts of `visit`, whose titles it fills in.
  Status CheckExperts(const rpc::CallContext& call, v1::Visit* visit) const;
  // Stores what a change of the record makes of it: new digest, void signatures.
  StatusOr<v1::Visit> Stored(const rpc::CallContext& call, const WriteRequest& write, v1::Visit visit,
                             std::vector<Mutation> more = {}) const;

  VisitContext& context_;
};

}  // namespace duijie::mining
