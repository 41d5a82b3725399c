// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of publications: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>
#include <string>

#include "common/rpc/edge.h"
#include "duijie/v1/publication_service.grpc.pb.h"
#include "services/push/publication/publications.h"

namespace duijie::push {

class PublicationServiceImpl final : public v1::PublicationService::Service {
 public:
  // `export_folder` is this service's own. `owner` keeps everything else alive.
  PublicationServiceImpl(rpc::Edge& edge, std::unique_ptr<Publications> publications,
                         std::string export_folder, std::shared_ptr<void> owner)
      : edge_(edge),
        owner_(std::move(owner)),
        publications_(std::move(publications)),
        export_folder_(std::move(export_folder)) {}

  grpc::Status CreatePublication(grpc::ServerContext* context, const v1::CreatePublicationRequest* request,
                                 v1::CreatePublicationResponse* response) override;
  grpc::Status GetPublication(grpc::ServerContext* context, const v1::GetPublicationRequest* request,
                              v1::GetPublicationResponse* response) override;
  grpc::Status ListPublications(grpc::ServerContext* context, const v1::ListPublicationsRequest* request,
                                v1::ListPublicationsResponse* response) override;
  grpc::Status WithdrawPublication(grpc::ServerContext* context,
                                   const v1::WithdrawPublicationRequest* request,
                                   v1::WithdrawPublicationResponse* response) override;
  grpc::Status GetPublicationProgress(grpc::ServerContext* context,
                                      const v1::GetPublicationProgressRequest* request,
                                      v1::GetPublicationProgressResponse* response) override;
  grpc::Status ExportCatalogue(grpc::ServerContext* context, const v1::ExportCatalogueRequest* request,
                               grpc::ServerWriter<v1::ExportCatalogueResponse>* writer) override;

 private:
  Status Export(const rpc::CallContext& call, const v1::ExportCatalogueRequest& request,
                grpc::ServerWriter<v1::ExportCatalogueResponse>* writer) const;

  rpc::Edge& edge_;
  const std::shared_ptr<void> owner_;
  const std::unique_ptr<Publications> publications_;
  const std::string export_folder_;
};

}  // namespace duijie::push
