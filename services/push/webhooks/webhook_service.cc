// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/webhooks/webhook_service.h"

namespace duijie::push {

grpc::Status WebhookServiceImpl::CreateWebhook(grpc::ServerContext* context,
                                               const v1::CreateWebhookRequest* request,
                                               v1::CreateWebhookResponse* response) {
  return edge_.Unary(context, "duijie.v1.WebhookService/CreateWebhook", response,
                     [&](rpc::CallContext& call) {
                       auto created = webhooks_.Create(call, *request);
                       if (created.ok()) call.set_audit_record(created->webhook().name());
                       return created;
                     });
}

grpc::Status WebhookServiceImpl::GetWebhook(grpc::ServerContext* context,
                                            const v1::GetWebhookRequest* request,
                                            v1::GetWebhookResponse* response) {
  return edge_.Unary(context, "duijie.v1.WebhookService/GetWebhook", response,
                     [&](rpc::CallContext&) { return webhooks_.Get(*request); });
}

grpc::Status WebhookServiceImpl::ListWebhooks(grpc::ServerContext* context,
                                              const v1::ListWebhooksRequest* request,
                                              v1::ListWebhooksResponse* response) {
  return edge_.Unary(context, "duijie.v1.WebhookService/ListWebhooks", response,
                     [&](rpc::CallContext& call) { return webhooks_.List(call, *request); });
}

grpc::Status WebhookServiceImpl::UpdateWebhook(grpc::ServerContext* context,
                                               const v1::UpdateWebhookRequest* request,
                                               v1::UpdateWebhookResponse* response) {
  return edge_.Unary(context, "duijie.v1.WebhookService/UpdateWebhook", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->webhook().name());
                       return webhooks_.Update(call, *request);
                     });
}

grpc::Status WebhookServiceImpl::DeleteWebhook(grpc::ServerContext* context,
                                               const v1::DeleteWebhookRequest* request,
                                               v1::DeleteWebhookResponse* response) {
  return edge_.Unary(context, "duijie.v1.WebhookService/DeleteWebhook", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return webhooks_.Delete(*request);
                     });
}

grpc::Status WebhookServiceImpl::ListWebhookDeliveries(grpc::ServerContext* context,
                                                       const v1::ListWebhookDeliveriesRequest* request,
                                                       v1::ListWebhookDeliveriesResponse* response) {
  return edge_.Unary(context, "duijie.v1.WebhookService/ListWebhookDeliveries", response,
                     [&](rpc::CallContext& call) { return webhooks_.ListDeliveries(call, *request); });
}

grpc::Status WebhookServiceImpl::RedeliverWebhook(grpc::ServerContext* context,
                                                  const v1::RedeliverWebhookRequest* request,
                                                  v1::RedeliverWebhookResponse* response) {
  return edge_.Unary(context, "duijie.v1.WebhookService/RedeliverWebhook", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return webhooks_.Redeliver(call, *request);
                     });
}

}  // namespace duijie::push
