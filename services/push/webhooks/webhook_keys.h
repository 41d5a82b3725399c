// SPDX-License-Identifier: GPL-3.0-or-later
// Collections, indexes and side spaces of webhooks; see docs/formats/push.md. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/storage/record_types.h"
#include "duijie/v1/webhook.pb.h"

namespace duijie::push {

inline constexpr std::string_view kWebhooks = "webhooks";
inline constexpr std::string_view kWebhookDeliveries = "webhookDeliveries";
// How far the log of changes was made into deliveries: key kPushes, value revision and changes taken of the
// next.
inline constexpr std::string_view kWebhookCursor = "webhook_cursor";

// Indexes of deliveries. By a name, then LatestFirstKey of create_time:
inline constexpr std::string_view kDeliveriesByTime = "webhookDeliveries.time";        // of ""
inline constexpr std::string_view kDeliveriesByWebhook = "webhookDeliveries.webhook";  // of the webhook
inline constexpr std::string_view kDeliveriesByState = "webhookDeliveries.state";      // of the state's name
// next_attempt_time, 8 bytes big-endian, only while PENDING; update_time, only of the others.
inline constexpr std::string_view kDeliveriesByDue = "webhookDeliveries.due";
inline constexpr std::string_view kDeliveriesByEnd = "webhookDeliveries.end";

std::vector<IndexKey> IndexKeysOf(const v1::WebhookDelivery& delivery);

}  // namespace duijie::push
