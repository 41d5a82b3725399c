// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/profile_service.h"

namespace duijie::mining {

grpc::Status ProfileServiceImpl::GetEnterpriseProfile(grpc::ServerContext* context,
                                                      const v1::GetEnterpriseProfileRequest* request,
                                                      v1::GetEnterpriseProfileResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/GetEnterpriseProfile", response,
                     [&](rpc::CallContext& call) { return parts_->profiles.Get(call, *request); });
}

grpc::Status ProfileServiceImpl::ExportEnterpriseProfile(grpc::ServerContext* context,
                                                         const v1::ExportEnterpriseProfileRequest* request,
                                                         v1::ExportEnterpriseProfileResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/ExportEnterpriseProfile", response,
                     [&](rpc::CallContext& call) { return parts_->profiles.Render(call, *request); });
}

grpc::Status ProfileServiceImpl::ListKeyEnterprises(grpc::ServerContext* context,
                                                    const v1::ListKeyEnterprisesRequest* request,
                                                    v1::ListKeyEnterprisesResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/ListKeyEnterprises", response,
                     [&](rpc::CallContext& call) { return parts_->selections.Propose(call, *request); });
}

grpc::Status ProfileServiceImpl::SelectKeyEnterprises(grpc::ServerContext* context,
                                                      const v1::SelectKeyEnterprisesRequest* request,
                                                      v1::SelectKeyEnterprisesResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/SelectKeyEnterprises", response,
                     [&](rpc::CallContext& call) {
                       auto kept = parts_->selections.Keep(call, *request);
                       if (kept.ok()) call.set_audit_record(kept->selection().name());
                       return kept;
                     });
}

grpc::Status ProfileServiceImpl::GetKeyEnterpriseSelection(
    grpc::ServerContext* context, const v1::GetKeyEnterpriseSelectionRequest* request,
    v1::GetKeyEnterpriseSelectionResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/GetKeyEnterpriseSelection", response,
                     [&](rpc::CallContext& call) { return parts_->selections.Get(call, *request); });
}

grpc::Status ProfileServiceImpl::ListKeyEnterpriseSelections(
    grpc::ServerContext* context, const v1::ListKeyEnterpriseSelectionsRequest* request,
    v1::ListKeyEnterpriseSelectionsResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/ListKeyEnterpriseSelections", response,
                     [&](rpc::CallContext& call) { return parts_->selections.List(call, *request); });
}

grpc::Status ProfileServiceImpl::ReplayKeyEnterpriseSelection(
    grpc::ServerContext* context, const v1::ReplayKeyEnterpriseSelectionRequest* request,
    v1::ReplayKeyEnterpriseSelectionResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/ReplayKeyEnterpriseSelection", response,
                     [&](rpc::CallContext& call) { return parts_->selections.Replay(call, *request); });
}

grpc::Status ProfileServiceImpl::ExportKeyEnterpriseSelection(
    grpc::ServerContext* context, const v1::ExportKeyEnterpriseSelectionRequest* request,
    v1::ExportKeyEnterpriseSelectionResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/ExportKeyEnterpriseSelection", response,
                     [&](rpc::CallContext& call) { return parts_->selections.Export(call, *request); });
}

grpc::Status ProfileServiceImpl::ProposeLatentNeeds(grpc::ServerContext* context,
                                                    const v1::ProposeLatentNeedsRequest* request,
                                                    v1::ProposeLatentNeedsResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/ProposeLatentNeeds", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->enterprise());
                       return parts_->latent.Propose(call, *request);
                     });
}

grpc::Status ProfileServiceImpl::GetLatentNeed(grpc::ServerContext* context,
                                               const v1::GetLatentNeedRequest* request,
                                               v1::GetLatentNeedResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/GetLatentNeed", response,
                     [&](rpc::CallContext& call) { return parts_->latent.Get(call, *request); });
}

grpc::Status ProfileServiceImpl::ListLatentNeeds(grpc::ServerContext* context,
                                                 const v1::ListLatentNeedsRequest* request,
                                                 v1::ListLatentNeedsResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/ListLatentNeeds", response,
                     [&](rpc::CallContext& call) { return parts_->latent.List(call, *request); });
}

grpc::Status ProfileServiceImpl::TransitionLatentNeed(grpc::ServerContext* context,
                                                      const v1::TransitionLatentNeedRequest* request,
                                                      v1::TransitionLatentNeedResponse* response) {
  return edge_.Unary(context, "duijie.v1.ProfileService/TransitionLatentNeed", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return parts_->latent.Transition(call, *request);
                     });
}

}  // namespace duijie::mining
