// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of webhooks: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/webhook_service.grpc.pb.h"
#include "services/push/webhooks/webhooks.h"

namespace duijie::push {

class WebhookServiceImpl final : public v1::WebhookService::Service {
 public:
  // All must outlive this; `owner` sees to it.
  WebhookServiceImpl(rpc::Edge& edge, Webhooks& webhooks, std::shared_ptr<void> owner)
      : edge_(edge), webhooks_(webhooks), owner_(std::move(owner)) {}

  grpc::Status CreateWebhook(grpc::ServerContext* context, const v1::CreateWebhookRequest* request,
                             v1::CreateWebhookResponse* response) override;
  grpc::Status GetWebhook(grpc::ServerContext* context, const v1::GetWebhookRequest* request,
                          v1::GetWebhookResponse* response) override;
  grpc::Status ListWebhooks(grpc::ServerContext* context, const v1::ListWebhooksRequest* request,
                            v1::ListWebhooksResponse* response) override;
  grpc::Status UpdateWebhook(grpc::ServerContext* context, const v1::UpdateWebhookRequest* request,
                             v1::UpdateWebhookResponse* response) override;
  grpc::Status DeleteWebhook(grpc::ServerContext* context, const v1::DeleteWebhookRequest* request,
                             v1::DeleteWebhookResponse* response) override;
  grpc::Status ListWebhookDeliveries(grpc::ServerContext* context,
                                     const v1::ListWebhookDeliveriesRequest* request,
                                     v1::ListWebhookDeliveriesResponse* response) override;
  grpc::Status RedeliverWebhook(grpc::ServerContext* context, const v1::RedeliverWebhookRequest* request,
                                v1::RedeliverWebhookResponse* response) override;

 private:
  rpc::Edge& edge_;
  Webhooks& webhooks_;
  const std::shared_ptr<void> owner_;
};

}  // namespace duijie::push
