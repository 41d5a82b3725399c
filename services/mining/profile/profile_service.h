// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of profiles, key enterprises and latent needs: each method asks the edge, the use case, and
// nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/profile_service.grpc.pb.h"
#include "services/mining/profile/enterprise_profiles.h"
#include "services/mining/profile/key_selections.h"
#include "services/mining/profile/latent_needs.h"

namespace duijie::mining {

// Everything behind the edge.
struct ProfileParts {
  ProfileParts(std::shared_ptr<const VisitContext> visit_context, std::shared_ptr<const NoteReader> reader,
               std::string folder)
      : context(std::move(visit_context)),
        profiles(*context),
        selections(*context, std::move(folder)),
        latent(*context, profiles, std::move(reader)) {}

  const std::shared_ptr<const VisitContext> context;
  const EnterpriseProfiles profiles;
  const KeySelections selections;
  const LatentNeeds latent;
};

class ProfileServiceImpl final : public v1::ProfileService::Service {
 public:
  ProfileServiceImpl(rpc::Edge& edge, std::unique_ptr<const ProfileParts> parts)
      : edge_(edge), parts_(std::move(parts)) {}

  grpc::Status GetEnterpriseProfile(grpc::ServerContext* context,
                                    const v1::GetEnterpriseProfileRequest* request,
                                    v1::GetEnterpriseProfileResponse* response) override;
  grpc::Status ExportEnterpriseProfile(grpc::ServerContext* context,
                                       const v1::ExportEnterpriseProfileRequest* request,
                                       v1::ExportEnterpriseProfileResponse* response) override;
  grpc::Status ListKeyEnterprises(grpc::ServerContext* context, const v1::ListKeyEnterprisesRequest* request,
                                  v1::ListKeyEnterprisesResponse* response) override;
  grpc::Status SelectKeyEnterprises(grpc::ServerContext* context,
                                    const v1::SelectKeyEnterprisesRequest* request,
                                    v1::SelectKeyEnterprisesResponse* response) override;
  grpc::Status GetKeyEnterpriseSelection(grpc::ServerContext* context,
                                         const v1::GetKeyEnterpriseSelectionRequest* request,
                                         v1::GetKeyEnterpriseSelectionResponse* response) override;
  grpc::Status ListKeyEnterpriseSelections(grpc::ServerContext* context,
                                           const v1::ListKeyEnterpriseSelectionsRequest* request,
                                           v1::ListKeyEnterpriseSelectionsResponse* response) override;
  grpc::Status ReplayKeyEnterpriseSelection(grpc::ServerContext* context,
                                            const v1::ReplayKeyEnterpriseSelectionRequest* request,
                                            v1::ReplayKeyEnterpriseSelectionResponse* response) override;
  grpc::Status ExportKeyEnterpriseSelection(grpc::ServerContext* context,
                                            const v1::ExportKeyEnterpriseSelectionRequest* request,
                                            v1::ExportKeyEnterpriseSelectionResponse* response) override;
  grpc::Status ProposeLatentNeeds(grpc::ServerContext* context, const v1::ProposeLatentNeedsRequest* request,
                                  v1::ProposeLatentNeedsResponse* response) override;
  grpc::Status GetLatentNeed(grpc::ServerContext* context, const v1::GetLatentNeedRequest* request,
                             v1::GetLatentNeedResponse* response) override;
  grpc::Status ListLatentNeeds(grpc::ServerContext* context, const v1::ListLatentNeedsRequest* request,
                               v1::ListLatentNeedsResponse* response) override;
  grpc::Status TransitionLatentNeed(grpc::ServerContext* context,
                                    const v1::TransitionLatentNeedRequest* request,
                                    v1::TransitionLatentNeedResponse* response) override;

 private:
  rpc::Edge& edge_;
  const std::unique_ptr<const ProfileParts> parts_;
};

}  // namespace duijie::mining
