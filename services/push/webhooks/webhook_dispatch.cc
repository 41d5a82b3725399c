// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/webhooks/webhook_dispatch.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "common/auth/crypto.h"
#include "common/auth/hmac.h"
#include "common/storage/key_codec.h"
#include "services/push/delivery/push_access.h"
#include "services/push/delivery/push_keys.h"
#include "services/push/webhooks/webhook_keys.h"

namespace duijie::push {
namespace {

constexpr UnixMicros kDisabledWait = 60LL * 1'000'000;  // between looks at what waits for a disabled webhook
constexpr int kMostDoublings = 20;
constexpr size_t kMaxDeliveriesPerCommit = 5'000;
static_assert(kMaxDeliveriesPerCommit > kMaxWebhooks);

bool Wants(const v1::Webhook& webhook, const PushEvents::Item& item) {
  const auto among = [](const auto& wanted, int value) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
  };
  if (webhook.disabled() || MicrosOf(item.event.time()) < MicrosOf(webhook.create_time())) return false;
  if (!webhook.enterprise().empty() && !MaySee(EnterprisePrincipal(webhook.enterprise()), item.push)) {
    return false;
  }
  const auto& parks = webhook.park_codes();
  const bool in_park =
      parks.empty() || std::find(parks.begin(), parks.end(), item.push.park_code()) != parks.end();
  return in_park && among(webhook.kinds(), static_cast<int>(item.event.kind())) &&
         among(webhook.states(), static_cast<int>(item.event.state()));
}

v1::WebhookEvent EventOf(const v1::PushEvent& event) {
  v1::WebhookEvent told;
  told.set_event_id(event.event_id());
  told.set_kind(static_cast<v1::WebhookEventKind>(event.kind()));  // the numbers are the same
  told.set_push(event.push());
  told.set_enterprise(event.enterprise());
  told.set_achievement(event.achievement());
  told.set_state(event.state());
  *told.mutable_time() = event.time();
  return told;
}

StatusOr<std::string> BodyOf(const v1::WebhookEvent& event) {
  std::string body;
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  if (!google::protobuf::util::MessageToJsonString(event, &body, options).ok()) {
    return Error(StatusCode::kInternal, "STORE_MISUSE", "an event does not print");
  }
  return body;
}

}  // namespace

std::string SignatureOf(const std::string& secret, const std::string& timestamp, const std::string& event_id,
                        const std::string& body) {
  return "v1=" + crypto::ToHex(crypto::HmacSha256(secret, timestamp + "." + event_id + "." + body));
}

UnixMicros WebhookDispatch::WaitAfter(int attempts, double share) {
  const UnixMicros longest =
      std::min(kLongestRetryWait, kFirstRetryWait << std::clamp(attempts - 1, 0, kMostDoublings));
  return longest / 2 + static_cast<UnixMicros>(static_cast<double>(longest / 2) * share);
}

StatusOr<size_t> WebhookDispatch::Follow(size_t limit) {
  const std::lock_guard<std::mutex> lock(follow_mutex_);
  DUIJIE_ASSIGN_OR_RETURN(const auto webhooks, webhooks_.All());
  if (webhooks.empty()) return size_t{0};
  DUIJIE_ASSIGN_OR_RETURN(const auto cursor, store_.log().GetSide(kWebhookCursor, kPushes));
  uint64_t revision = 0, taken = 0;
  if (cursor) {
    KeyReader reader(*cursor);
    if (!reader.U64(&revision) || !reader.U64(&taken) || !reader.AtEnd()) {
      return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "the cursor of webhooks does not decode");
    }
  }
  DUIJIE_ASSIGN_OR_RETURN(const PushEvents::Block block,
                          events_.Read({revision, static_cast<size_t>(taken)}));
  if (block.after.revision == revision && block.after.taken == taken) return size_t{0};
  const UnixMicros now = store_.Now();
  std::vector<Mutation> mutations;
  PushEvents::Position after = block.after;
  for (size_t i = 0; i < block.items.size(); ++i) {
    const PushEvents::Item& item = block.items[i];
    if (mutations.size() + webhooks.size() > kMaxDeliveriesPerCommit) {
      after = block.items[i - 1].after;  // the rest in the next round
      break;
    }
    for (const v1::Webhook& webhook : webhooks) {
      if (!Wants(webhook, item)) continue;
      v1::WebhookDelivery delivery;
      delivery.set_name(webhooks_.deliveries().NameOf(store_.NewId()));
      delivery.set_webhook(webhook.name());
      *delivery.mutable_event() = EventOf(item.event);
      delivery.set_state(v1::WEBHOOK_DELIVERY_STATE_PENDING);
      *delivery.mutable_next_attempt_time() = TimestampOf(now);
      mutations.push_back(webhooks_.deliveries().Create(std::move(delivery), now));
    }
  }
  std::vector<SideEntry> sides = {{std::string(kWebhookCursor), std::string(kPushes),
                                   KeyBuilder().U64(block.after.revision).U64(block.after.taken).Take(),
                                   false}};
  DUIJIE_RETURN_IF_ERROR(store_.Commit(std::move(mutations), std::move(sides)).status());
  return after.revision < store_.log().CurrentRevision() ? limit : size_t{0};
}

Status WebhookDispatch::Try(v1::WebhookDelivery delivery) {
  const StatusOr<v1::Webhook> webhook = webhooks_.table().Get(delivery.webhook());
  if (!webhook.ok() && webhook.status().code() != StatusCode::kNotFound) return webhook.status();
  const auto commit = [&]() -> Status {
    return store_.Commit({webhooks_.deliveries().Replace(delivery, store_.Now())}).status();
  };
  const auto give_up = [&delivery](const std::string& why) {
    delivery.set_state(v1::WEBHOOK_DELIVERY_STATE_DEAD);
    delivery.clear_next_attempt_time();
    delivery.set_last_error(why);
  };
  if (!webhook.ok()) {
    give_up("webhook deleted");
    return commit();
  }
  if (webhook->disabled()) {
    *delivery.mutable_next_attempt_time() = TimestampOf(store_.Now() + kDisabledWait);
    return commit();
  }
  http::Post post;
  post.url = webhook->url();
  post.allow_private = webhook->private_network();
  DUIJIE_ASSIGN_OR_RETURN(post.body, BodyOf(delivery.event()));
  const std::string timestamp = std::to_string(store_.Now() / kMicrosPerSecond);
  post.headers = {{"Content-Type", "application/json"},
                  {"Duijie-Event-Id", delivery.event().event_id()},
                  {"Duijie-Timestamp", timestamp},
                  {"Duijie-Signature", SignatureOf(webhooks_.SecretOf(webhook->name()), timestamp,
                                                   delivery.event().event_id(), post.body)}};
  const StatusOr<int> answer = post_(post);
  delivery.set_attempts(delivery.attempts() + 1);
  delivery.set_last_status(answer.value_or(0));
  delivery.set_last_error(answer.ok() ? "" : std::string(MessageOf(answer.status())));
  if (answer.ok() && *answer >= 200 && *answer < 300) {
    delivery.set_state(v1::WEBHOOK_DELIVERY_STATE_DELIVERED);
    delivery.clear_next_attempt_time();
  } else if (delivery.attempts() >= kMaxAttempts) {
    give_up(delivery.last_error());
  } else {
    const double share = std::uniform_real_distribution<double>(0, 1)(random_);
    *delivery.mutable_next_attempt_time() = TimestampOf(store_.Now() + WaitAfter(delivery.attempts(), share));
  }
  return commit();
}

StatusOr<size_t> WebhookDispatch::Send(size_t limit) {
  const std::lock_guard<std::mutex> lock(send_mutex_);
  DUIJIE_ASSIGN_OR_RETURN(auto waiting, webhooks_.deliveries().ListByIndex(kDeliveriesByDue, "", "", limit));
  size_t tried = 0;
  for (v1::WebhookDelivery& delivery : waiting.items) {
    if (stopping_ || MicrosOf(delivery.next_attempt_time()) > store_.Now()) break;
    DUIJIE_RETURN_IF_ERROR(Try(std::move(delivery)));
    ++tried;
  }
  return tried;
}

StatusOr<size_t> WebhookDispatch::Prune(size_t limit) {
  DUIJIE_ASSIGN_OR_RETURN(const auto ended,
                          webhooks_.deliveries().ListByIndex(kDeliveriesByEnd, "", "", limit));
  std::vector<Mutation> deletions;
  for (const v1::WebhookDelivery& delivery : ended.items) {
    if (MicrosOf(delivery.update_time()) + kKeepDeliveries > store_.Now()) break;
    deletions.push_back(webhooks_.deliveries().Delete(delivery));
  }
  const size_t count = deletions.size();
  if (count > 0) DUIJIE_RETURN_IF_ERROR(store_.Commit(std::move(deletions)).status());
  return count;
}

}  // namespace duijie::push
