// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of campaigns: each method asks the edge, the use case, and nothing else.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "common/rpc/edge.h"
#include "duijie/v1/campaign_service.grpc.pb.h"
#include "services/push/campaigns/campaigns.h"

namespace duijie::push {

class CampaignServiceImpl final : public v1::CampaignService::Service {
 public:
  struct Dependencies {
    rpc::Edge& edge;
    Campaigns& campaigns;
    std::function<std::string(const std::string&)> park_name;
    std::string export_folder;
    std::shared_ptr<void> owner;  // keeps everything else alive
  };
  explicit CampaignServiceImpl(Dependencies dependencies) : d_(std::move(dependencies)) {}

  grpc::Status CreateCampaign(grpc::ServerContext* context, const v1::CreateCampaignRequest* request,
                              v1::CreateCampaignResponse* response) override;
  grpc::Status GetCampaign(grpc::ServerContext* context, const v1::GetCampaignRequest* request,
                           v1::GetCampaignResponse* response) override;
  grpc::Status ListCampaigns(grpc::ServerContext* context, const v1::ListCampaignsRequest* request,
                             v1::ListCampaignsResponse* response) override;
  grpc::Status PreviewCampaign(grpc::ServerContext* context, const v1::PreviewCampaignRequest* request,
                               v1::PreviewCampaignResponse* response) override;
  grpc::Status WatchCampaign(grpc::ServerContext* context, const v1::WatchCampaignRequest* request,
                             grpc::ServerWriter<v1::WatchCampaignResponse>* writer) override;
  grpc::Status ListCampaignLines(grpc::ServerContext* context, const v1::ListCampaignLinesRequest* request,
                                 v1::ListCampaignLinesResponse* response) override;
  grpc::Status DropCampaignLines(grpc::ServerContext* context, const v1::DropCampaignLinesRequest* request,
                                 v1::DropCampaignLinesResponse* response) override;
  grpc::Status ApproveCampaign(grpc::ServerContext* context, const v1::ApproveCampaignRequest* request,
                               v1::ApproveCampaignResponse* response) override;
  grpc::Status CancelCampaign(grpc::ServerContext* context, const v1::CancelCampaignRequest* request,
                              v1::CancelCampaignResponse* response) override;
  grpc::Status ExportCampaign(grpc::ServerContext* context, const v1::ExportCampaignRequest* request,
                              grpc::ServerWriter<v1::ExportCampaignResponse>* writer) override;

 private:
  Status Export(const rpc::CallContext& call, const v1::ExportCampaignRequest& request,
                grpc::ServerWriter<v1::ExportCampaignResponse>* writer) const;

  const Dependencies d_;
};

}  // namespace duijie::push
