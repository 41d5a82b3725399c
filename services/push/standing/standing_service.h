// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of standing push: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/standing_service.grpc.pb.h"
#include "services/push/standing/standing_follower.h"

namespace duijie::push {

inline constexpr std::chrono::seconds kMaxStandingWait{10};

class StandingServiceImpl final : public v1::StandingService::Service {
 public:
  struct Dependencies {
    rpc::Edge& edge;
    const Peers& peers;
    const StandingFollower& follower;
    StandingSettingsStore& settings;
    std::shared_ptr<void> owner;  // keeps everything else alive
  };
  explicit StandingServiceImpl(Dependencies dependencies) : d_(std::move(dependencies)) {}

  grpc::Status GetStandingStatus(grpc::ServerContext* context, const v1::GetStandingStatusRequest* request,
                                 v1::GetStandingStatusResponse* response) override;
  grpc::Status GetStandingSettings(grpc::ServerContext* context,
                                   const v1::GetStandingSettingsRequest* request,
                                   v1::GetStandingSettingsResponse* response) override;
  grpc::Status UpdateStandingSettings(grpc::ServerContext* context,
                                      const v1::UpdateStandingSettingsRequest* request,
                                      v1::UpdateStandingSettingsResponse* response) override;

 private:
  StatusOr<v1::GetStandingStatusResponse> StatusNow(const rpc::CallContext& call,
                                                    const v1::GetStandingStatusRequest& request) const;

  const Dependencies d_;
};

}  // namespace duijie::push
