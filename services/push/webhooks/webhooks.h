// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of webhooks, for administrators. Secrets are not stored: a webhook's follows from a key of
// the deployment and the webhook's name. Thread-safe.
#pragma once

#include <mutex>
#include <string>

#include "common/resources/paging.h"
#include "common/resources/role_store.h"
#include "common/rpc/call_context.h"
#include "duijie/v1/webhook_service.pb.h"

namespace duijie::push {

inline constexpr size_t kMaxWebhooks = 100;
inline constexpr int kMaxWebhookParks = 20;
inline constexpr size_t kMaxWebhookTitleCodePoints = 200;

class Webhooks {
 public:
  // `store` must outlive this. `secret_key`: 32 bytes; see rpc::App::DerivedKey.
  Webhooks(RoleStore& store, std::string secret_key);

  StatusOr<v1::CreateWebhookResponse> Create(const rpc::CallContext& call,
                                             const v1::CreateWebhookRequest& request);
  StatusOr<v1::GetWebhookResponse> Get(const v1::GetWebhookRequest& request) const;
  StatusOr<v1::ListWebhooksResponse> List(const rpc::CallContext& call,
                                          const v1::ListWebhooksRequest& request) const;
  StatusOr<v1::UpdateWebhookResponse> Update(const rpc::CallContext& call,
                                             const v1::UpdateWebhookRequest& request);
  StatusOr<v1::DeleteWebhookResponse> Delete(const v1::DeleteWebhookRequest& request);
  StatusOr<v1::ListWebhookDeliveriesResponse> ListDeliveries(
      const rpc::CallContext& call, const v1::ListWebhookDeliveriesRequest& request) const;
  // FAILED_PRECONDITION WRONG_STATE while it is PENDING.
  StatusOr<v1::RedeliverWebhookResponse> Redeliver(const rpc::CallContext& call,
                                                   const v1::RedeliverWebhookRequest& request);

  // All webhooks; there are at most kMaxWebhooks.
  StatusOr<std::vector<v1::Webhook>> All() const;
  std::string SecretOf(const std::string& name) const;
  const ResourceTable<v1::Webhook>& table() const { return webhooks_; }
  const ResourceTable<v1::WebhookDelivery>& deliveries() const { return deliveries_; }

 private:
  RoleStore& store_;
  const std::string secret_key_;
  const ResourceTable<v1::Webhook> webhooks_;
  const ResourceTable<v1::WebhookDelivery> deliveries_;
  std::mutex mutex_;  // one creation at a time
};

}  // namespace duijie::push
