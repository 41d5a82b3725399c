// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/campaign_service.h"

#include "common/documents/scratch_file.h"
#include "common/rpc/chunk_sender.h"
#include "services/push/campaigns/campaign_export.h"

namespace duijie::push {
grpc::Status CampaignServiceImpl::CreateCampaign(grpc::ServerContext* context,
                                                 const v1::CreateCampaignRequest* request,
                                                 v1::CreateCampaignResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.CampaignService/CreateCampaign", response,
                       [&](rpc::CallContext& call) {
                         auto created = d_.campaigns.Create(call, *request);
                         if (created.ok()) call.set_audit_record(created->campaign().name());
                         return created;
                       });
}

grpc::Status CampaignServiceImpl::GetCampaign(grpc::ServerContext* context,
                                              const v1::GetCampaignRequest* request,
                                              v1::GetCampaignResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.CampaignService/GetCampaign", response,
                       [&](rpc::CallContext& call) { return d_.campaigns.Get(call, *request); });
}

grpc::Status CampaignServiceImpl::ListCampaigns(grpc::ServerContext* context,
                                                const v1::ListCampaignsRequest* request,
                                                v1::ListCampaignsResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.CampaignService/ListCampaigns", response,
                       [&](rpc::CallContext& call) { return d_.campaigns.List(call, *request); });
}

grpc::Status CampaignServiceImpl::PreviewCampaign(grpc::ServerContext* context,
                                                  const v1::PreviewCampaignRequest* request,
                                                  v1::PreviewCampaignResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.CampaignService/PreviewCampaign", response,
                       [&](rpc::CallContext& call) {
                         call.set_audit_record(request->name());
                         return d_.campaigns.Preview(call, *request);
                       });
}

grpc::Status CampaignServiceImpl::WatchCampaign(grpc::ServerContext* context,
                                                const v1::WatchCampaignRequest* request,
                                                grpc::ServerWriter<v1::WatchCampaignResponse>* writer) {
  return d_.edge.Run(context, "duijie.v1.CampaignService/WatchCampaign", [&](rpc::CallContext& call) {
    return d_.campaigns.Watch(call, request->name(), [&](const v1::Campaign& campaign) {
      v1::WatchCampaignResponse response;
      *response.mutable_campaign() = campaign;
      return writer->Write(response);
    });
  });
}

grpc::Status CampaignServiceImpl::ListCampaignLines(grpc::ServerContext* context,
                                                    const v1::ListCampaignLinesRequest* request,
                                                    v1::ListCampaignLinesResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.CampaignService/ListCampaignLines", response,
                       [&](rpc::CallContext& call) { return d_.campaigns.ListLines(call, *request); });
}

grpc::Status CampaignServiceImpl::DropCampaignLines(grpc::ServerContext* context,
                                                    const v1::DropCampaignLinesRequest* request,
                                                    v1::DropCampaignLinesResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.CampaignService/DropCampaignLines", response,
                       [&](rpc::CallContext& call) {
                         call.set_audit_record(request->campaign());
                         return d_.campaigns.DropLines(call, *request);
                       });
}

grpc::Status CampaignServiceImpl::ApproveCampaign(grpc::ServerContext* context,
                                                  const v1::ApproveCampaignRequest* request,
                                                  v1::ApproveCampaignResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.CampaignService/ApproveCampaign", response,
                       [&](rpc::CallContext& call) {
                         call.set_audit_record(request->name());
                         return d_.campaigns.Approve(call, *request);
                       });
}

grpc::Status CampaignServiceImpl::CancelCampaign(grpc::ServerContext* context,
                                                 const v1::CancelCampaignRequest* request,
                                                 v1::CancelCampaignResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.CampaignService/CancelCampaign", response,
                       [&](rpc::CallContext& call) {
                         call.set_audit_record(request->name());
                         return d_.campaigns.Cancel(call, *request);
                       });
}

grpc::Status CampaignServiceImpl::ExportCampaign(grpc::ServerContext* context,
                                                 const v1::ExportCampaignRequest* request,
                                                 grpc::ServerWriter<v1::ExportCampaignResponse>* writer) {
  return d_.edge.Run(context, "duijie.v1.CampaignService/ExportCampaign", [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    return Export(call, *request, writer);
  });
}

Status CampaignServiceImpl::Export(const rpc::CallContext& call, const v1::ExportCampaignRequest& request,
                                   grpc::ServerWriter<v1::ExportCampaignResponse>* writer) const {
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::StoredCampaign campaign,
                          d_.campaigns.Visible(call, request.name()));
  const ScratchFile file(d_.export_folder);
  DUIJIE_RETURN_IF_ERROR(
      push::ExportCampaign(call, {d_.campaigns, campaign, d_.park_name, file.path(), d_.export_folder}));
  return ReadInChunks(file.path(), rpc::ChunkSender(call, writer));
}

}  // namespace duijie::push
