// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/webhooks/webhooks.h"

#include "common/auth/crypto.h"
#include "common/auth/hmac.h"
#include "common/http/http_client.h"
#include "common/storage/key_codec.h"
#include "services/push/delivery/push_checks.h"
#include "services/push/delivery/push_keys.h"
#include "services/push/webhooks/webhook_keys.h"

namespace duijie::push {
namespace {

void CheckUrl(const v1::Webhook& webhook, std::vector<FieldViolation>* wrong) {
  const auto url = http::ParseUrl(webhook.url());
  if (!url.ok()) {
    wrong->push_back({"webhook.url", "BAD_URL", "应为完整的网址，如 https://例.cn/hook"});
    return;
  }
  const bool loopback = http::IsLoopbackHost(url->host);
  if (url->scheme != "https" && !(url->scheme == "http" && loopback)) {
    wrong->push_back({"webhook.url", "NOT_HTTPS", "须为 https；只有本机地址可以用 http"});
  }
  if (url->has_user) wrong->push_back({"webhook.url", "HAS_USER", "网址中不能有用户名和口令"});
  if (loopback && !webhook.private_network()) {
    wrong->push_back({"webhook.private_network", "REQUIRED", "本机地址须允许内网"});
  }
}

Status CheckWebhook(const v1::Webhook& webhook) {
  std::vector<FieldViolation> wrong;
  CheckUrl(webhook, &wrong);
  CheckText(webhook.title(), {.most = kMaxWebhookTitleCodePoints}, "webhook.title", &wrong);
  if (!webhook.enterprise().empty()) {
    CheckName(webhook.enterprise(), "enterprises", "webhook.enterprise", &wrong);
  }
  if (webhook.park_codes_size() > kMaxWebhookParks) {
    wrong.push_back({"webhook.park_codes", "TOO_MANY", "最多 20 个园区"});
  }
  for (const int kind : webhook.kinds()) {
    if (kind <= 0 || !v1::WebhookEventKind_IsValid(kind)) {
      wrong.push_back({"webhook.kinds", "UNKNOWN_VALUE", "未知的取值"});
    }
  }
  for (const int state : webhook.states()) {
    if (state <= 0 || !v1::PushState_IsValid(state)) {
      wrong.push_back({"webhook.states", "UNKNOWN_VALUE", "未知的取值"});
    }
  }
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

// `webhook` with what a caller may set as `asked` has it.
v1::Webhook With(v1::Webhook webhook, const v1::Webhook& asked) {
  webhook.set_url(asked.url());
  webhook.set_title(asked.title());
  webhook.set_enterprise(asked.enterprise());
  *webhook.mutable_park_codes() = asked.park_codes();
  *webhook.mutable_kinds() = asked.kinds();
  *webhook.mutable_states() = asked.states();
  webhook.set_private_network(asked.private_network());
  webhook.set_disabled(asked.disabled());
  return webhook;
}

}  // namespace

Webhooks::Webhooks(RoleStore& store, std::string secret_key)
    : store_(store),
      secret_key_(std::move(secret_key)),
      webhooks_(store.log(), std::string(kWebhooks)),
      deliveries_(store.log(), std::string(kWebhookDeliveries),
                  [](const v1::WebhookDelivery& delivery) { return IndexKeysOf(delivery); }) {}

std::string Webhooks::SecretOf(const std::string& name) const {
  return crypto::ToBase64Url(crypto::HmacSha256(secret_key_, name));
}

StatusOr<std::vector<v1::Webhook>> Webhooks::All() const {
  DUIJIE_ASSIGN_OR_RETURN(auto page, webhooks_.List("", kMaxWebhooks));
  return std::move(page.items);
}

StatusOr<v1::CreateWebhookResponse> Webhooks::Create(const rpc::CallContext& call,
                                                     const v1::CreateWebhookRequest& request) {
  DUIJIE_RETURN_IF_ERROR(CheckWebhook(request.webhook()));
  const std::lock_guard<std::mutex> lock(mutex_);
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "CreateWebhook", request);
  v1::CreateWebhookResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, store_.AnswerOf<v1::Webhook>(write));
  if (answer) {
    *response.mutable_webhook() = *std::move(answer);
  } else {
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<v1::Webhook> others, All());
    if (others.size() >= kMaxWebhooks) return InvalidField("webhook", "TOO_MANY", "最多 100 个 webhook");
    v1::Webhook webhook = With({}, request.webhook());
    webhook.set_name(webhooks_.NameOf(store_.NewId()));
    webhook.set_creator(call.principal().key_id());
    // The first one: nobody followed the log so far, and what lies behind is not told.
    std::vector<SideEntry> sides;
    if (others.empty()) {
      sides.push_back({std::string(kWebhookCursor), std::string(kPushes),
                       KeyBuilder().U64(store_.log().CurrentRevision()).U64(0).Take(), false});
    }
    DUIJIE_RETURN_IF_ERROR(
        store_.Commit(write, {webhooks_.Create(webhook, store_.Now())}, std::move(sides)).status());
    DUIJIE_ASSIGN_OR_RETURN(*response.mutable_webhook(), webhooks_.Get(webhook.name()));
  }
  response.set_secret(SecretOf(response.webhook().name()));
  return response;
}

StatusOr<v1::GetWebhookResponse> Webhooks::Get(const v1::GetWebhookRequest& request) const {
  v1::GetWebhookResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_webhook(), webhooks_.Get(request.name()));
  return response;
}

StatusOr<v1::ListWebhooksResponse> Webhooks::List(const rpc::CallContext& call,
                                                  const v1::ListWebhooksRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(store_.tokens(), call.principal(), request));
  DUIJIE_ASSIGN_OR_RETURN(auto found, webhooks_.List(page.position(), page.size()));
  v1::ListWebhooksResponse response;
  for (v1::Webhook& webhook : found.items) *response.add_webhooks() = std::move(webhook);
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::UpdateWebhookResponse> Webhooks::Update(const rpc::CallContext& call,
                                                     const v1::UpdateWebhookRequest& request) {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "UpdateWebhook", request);
  v1::UpdateWebhookResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, store_.AnswerOf<v1::Webhook>(write));
  if (answer) {
    *response.mutable_webhook() = *std::move(answer);
    return response;
  }
  DUIJIE_ASSIGN_OR_RETURN(v1::Webhook webhook, webhooks_.Get(request.webhook().name()));
  DUIJIE_RETURN_IF_ERROR(webhooks_.CheckEtag(webhook, request.webhook().etag()));
  DUIJIE_RETURN_IF_ERROR(CheckWebhook(request.webhook()));
  webhook = With(std::move(webhook), request.webhook());
  DUIJIE_RETURN_IF_ERROR(store_.Commit(write, {webhooks_.Replace(webhook, store_.Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_webhook(), webhooks_.Get(webhook.name()));
  return response;
}

StatusOr<v1::DeleteWebhookResponse> Webhooks::Delete(const v1::DeleteWebhookRequest& request) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Webhook webhook, webhooks_.Get(request.name()));
  DUIJIE_RETURN_IF_ERROR(store_.Commit({webhooks_.Delete(webhook)}).status());
  return v1::DeleteWebhookResponse();
}

StatusOr<v1::ListWebhookDeliveriesResponse> Webhooks::ListDeliveries(
    const rpc::CallContext& call, const v1::ListWebhookDeliveriesRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(store_.tokens(), call.principal(), request));
  const bool any_state = request.state() == v1::WEBHOOK_DELIVERY_STATE_UNSPECIFIED;
  std::string_view index = kDeliveriesByTime;
  std::string prefix = PrefixOf("");
  if (!any_state) {
    index = kDeliveriesByState;
    prefix = PrefixOf(v1::WebhookDeliveryState_Name(request.state()));
  } else if (!request.webhook().empty()) {
    index = kDeliveriesByWebhook;
    prefix = PrefixOf(request.webhook());
  }
  DUIJIE_ASSIGN_OR_RETURN(
      auto found, deliveries_.ListByIndex(
                      index, prefix, page.position(), page.size(), [&](const v1::WebhookDelivery& delivery) {
                        return request.webhook().empty() || request.webhook() == delivery.webhook();
                      }));
  v1::ListWebhookDeliveriesResponse response;
  for (v1::WebhookDelivery& delivery : found.items) *response.add_deliveries() = std::move(delivery);
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::RedeliverWebhookResponse> Webhooks::Redeliver(const rpc::CallContext& call,
                                                           const v1::RedeliverWebhookRequest& request) {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "RedeliverWebhook", request);
  v1::RedeliverWebhookResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, store_.AnswerOf<v1::WebhookDelivery>(write));
  if (answer) {
    *response.mutable_delivery() = *std::move(answer);
    return response;
  }
  DUIJIE_ASSIGN_OR_RETURN(v1::WebhookDelivery delivery, deliveries_.Get(request.name()));
  if (delivery.state() == v1::WEBHOOK_DELIVERY_STATE_PENDING) {
    return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "这次投递还在进行",
                 {{"from", v1::WebhookDeliveryState_Name(delivery.state())},
                  {"to", v1::WebhookDeliveryState_Name(delivery.state())}});
  }
  const UnixMicros now = store_.Now();
  delivery.set_state(v1::WEBHOOK_DELIVERY_STATE_PENDING);
  delivery.set_attempts(0);
  *delivery.mutable_next_attempt_time() = TimestampOf(now);
  DUIJIE_ASSIGN_OR_RETURN(const Revision revision,
                          store_.Commit(write, {deliveries_.Replace(delivery, now)}));
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_delivery(), deliveries_.Get(delivery.name(), revision));
  return response;
}

}  // namespace duijie::push
