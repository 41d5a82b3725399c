// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of the intake: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/intake_service.grpc.pb.h"
#include "services/mining/intake/drafts.h"
#include "services/mining/intake/merging.h"

namespace duijie::mining {

class IntakeServiceImpl final : public v1::IntakeService::Service {
 public:
  IntakeServiceImpl(rpc::Edge& edge, std::shared_ptr<const Drafts> drafts,
                    std::shared_ptr<const Merging> merging)
      : edge_(edge), drafts_(std::move(drafts)), merging_(std::move(merging)) {}

  grpc::Status CreateNeedDrafts(grpc::ServerContext* context, const v1::CreateNeedDraftsRequest* request,
                                v1::CreateNeedDraftsResponse* response) override;
  grpc::Status GetNeedDraft(grpc::ServerContext* context, const v1::GetNeedDraftRequest* request,
                            v1::GetNeedDraftResponse* response) override;
  grpc::Status ListNeedDrafts(grpc::ServerContext* context, const v1::ListNeedDraftsRequest* request,
                              v1::ListNeedDraftsResponse* response) override;
  grpc::Status UpdateNeedDraft(grpc::ServerContext* context, const v1::UpdateNeedDraftRequest* request,
                               v1::UpdateNeedDraftResponse* response) override;
  grpc::Status ConfirmNeedDraft(grpc::ServerContext* context, const v1::ConfirmNeedDraftRequest* request,
                                v1::ConfirmNeedDraftResponse* response) override;
  grpc::Status RejectNeedDraft(grpc::ServerContext* context, const v1::RejectNeedDraftRequest* request,
                               v1::RejectNeedDraftResponse* response) override;
  grpc::Status ExtractNotes(grpc::ServerContext* context, const v1::ExtractNotesRequest* request,
                            v1::ExtractNotesResponse* response) override;
  grpc::Status FindDuplicateNeeds(grpc::ServerContext* context, const v1::FindDuplicateNeedsRequest* request,
                                  v1::FindDuplicateNeedsResponse* response) override;
  grpc::Status MergeNeeds(grpc::ServerContext* context, const v1::MergeNeedsRequest* request,
                          v1::MergeNeedsResponse* response) override;

 private:
  rpc::Edge& edge_;
  const std::shared_ptr<const Drafts> drafts_;
  const std::shared_ptr<const Merging> merging_;
};

}  // namespace duijie::mining
