// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/intake/intake_service.h"

namespace duijie::mining {

grpc::Status IntakeServiceImpl::CreateNeedDrafts(grpc::ServerContext* context,
                                                 const v1::CreateNeedDraftsRequest* request,
                                                 v1::CreateNeedDraftsResponse* response) {
  return edge_.Unary(context, "duijie.v1.IntakeService/CreateNeedDrafts", response,
                     [&](rpc::CallContext& call) {
                       auto created = drafts_->Create(call, *request);
                       // The first; the others of the note follow it by number.
                       if (created.ok()) call.set_audit_record(created->need_drafts(0).name());
                       return created;
                     });
}

grpc::Status IntakeServiceImpl::GetNeedDraft(grpc::ServerContext* context,
                                             const v1::GetNeedDraftRequest* request,
                                             v1::GetNeedDraftResponse* response) {
  return edge_.Unary(context, "duijie.v1.IntakeService/GetNeedDraft", response,
                     [&](rpc::CallContext& call) { return drafts_->Get(call, *request); });
}

grpc::Status IntakeServiceImpl::ListNeedDrafts(grpc::ServerContext* context,
                                               const v1::ListNeedDraftsRequest* request,
                                               v1::ListNeedDraftsResponse* response) {
  return edge_.Unary(context, "duijie.v1.IntakeService/ListNeedDrafts", response,
                     [&](rpc::CallContext& call) { return drafts_->List(call, *request); });
}

grpc::Status IntakeServiceImpl::UpdateNeedDraft(grpc::ServerContext* context,
                                                const v1::UpdateNeedDraftRequest* request,
                                                v1::UpdateNeedDraftResponse* response) {
  return edge_.Unary(context, "duijie.v1.IntakeService/UpdateNeedDraft", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->need_draft().name());
                       return drafts_->Update(call, *request);
                     });
}

grpc::Status IntakeServiceImpl::ConfirmNeedDraft(grpc::ServerContext* context,
                                                 const v1::ConfirmNeedDraftRequest* request,
                                                 v1::ConfirmNeedDraftResponse* response) {
  return edge_.Unary(context, "duijie.v1.IntakeService/ConfirmNeedDraft", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return drafts_->Confirm(call, *request);
                     });
}

grpc::Status IntakeServiceImpl::RejectNeedDraft(grpc::ServerContext* context,
                                                const v1::RejectNeedDraftRequest* request,
                                                v1::RejectNeedDraftResponse* response) {
  return edge_.Unary(context, "duijie.v1.IntakeService/RejectNeedDraft", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return drafts_->Reject(call, *request);
                     });
}

grpc::Status IntakeServiceImpl::ExtractNotes(grpc::ServerContext* context,
                                             const v1::ExtractNotesRequest* request,
                                             v1::ExtractNotesResponse* response) {
  return edge_.Unary(context, "duijie.v1.IntakeService/ExtractNotes", response,
                     [&](rpc::CallContext&) { return drafts_->Extract(*request); });
}

grpc::Status IntakeServiceImpl::FindDuplicateNeeds(grpc::ServerContext* context,
                                                   const v1::FindDuplicateNeedsRequest* request,
                                                   v1::FindDuplicateNeedsResponse* response) {
  return edge_.Unary(context, "duijie.v1.IntakeService/FindDuplicateNeeds", response,
                     [&](rpc::CallContext& call) { return merging_->FindDuplicates(call, *request); });
}

grpc::Status IntakeServiceImpl::MergeNeeds(grpc::ServerContext* context, const v1::MergeNeedsRequest* request,
                                           v1::MergeNeedsResponse* response) {
  return edge_.Unary(context, "duijie.v1.IntakeService/MergeNeeds", response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->merged());
    return merging_->Merge(call, *request);
  });
}

}  // namespace duijie::mining
