// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of pushes: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/push_service.grpc.pb.h"
#include "services/push/delivery/push_desk.h"
#include "services/push/delivery/push_events.h"
#include "services/push/delivery/push_settings.h"

namespace duijie::push {

class PushServiceImpl final : public v1::PushService::Service {
 public:
  // All must outlive this; `owner` sees to it.
  struct Dependencies {
    rpc::Edge& edge;
    PushDesk& desk;
    PushSettingsBook& settings;
    const PushEvents& events;
    std::shared_ptr<void> owner;
  };
  explicit PushServiceImpl(Dependencies dependencies) : d_(std::move(dependencies)) {}

  grpc::Status CreatePush(grpc::ServerContext* context, const v1::CreatePushRequest* request,
                          v1::CreatePushResponse* response) override;
  grpc::Status GetPush(grpc::ServerContext* context, const v1::GetPushRequest* request,
                       v1::GetPushResponse* response) override;
  grpc::Status ListPushes(grpc::ServerContext* context, const v1::ListPushesRequest* request,
                          v1::ListPushesResponse* response) override;
  grpc::Status TransitionPush(grpc::ServerContext* context, const v1::TransitionPushRequest* request,
                              v1::TransitionPushResponse* response) override;
  grpc::Status ListInbox(grpc::ServerContext* context, const v1::ListInboxRequest* request,
                         v1::ListInboxResponse* response) override;
  grpc::Status GetPushPreferences(grpc::ServerContext* context, const v1::GetPushPreferencesRequest* request,
                                  v1::GetPushPreferencesResponse* response) override;
  grpc::Status UpdatePushPreferences(grpc::ServerContext* context,
                                     const v1::UpdatePushPreferencesRequest* request,
                                     v1::UpdatePushPreferencesResponse* response) override;
  grpc::Status GetPushSettings(grpc::ServerContext* context, const v1::GetPushSettingsRequest* request,
                               v1::GetPushSettingsResponse* response) override;
  grpc::Status UpdatePushSettings(grpc::ServerContext* context, const v1::UpdatePushSettingsRequest* request,
                                  v1::UpdatePushSettingsResponse* response) override;
  grpc::Status WatchPushes(grpc::ServerContext* context, const v1::WatchPushesRequest* request,
                           grpc::ServerWriter<v1::WatchPushesResponse>* writer) override;

 private:
  const Dependencies d_;
};

}  // namespace duijie::push
