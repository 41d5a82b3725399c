// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/webhooks/webhook_keys.h"

#include "common/resources/resource_table.h"
#include "services/push/delivery/push_keys.h"

namespace duijie::push {

std::vector<IndexKey> IndexKeysOf(const v1::WebhookDelivery& delivery) {
  const std::string made = LatestFirstKey(MicrosOf(delivery.create_time()));
  std::vector<IndexKey> keys;
  const auto add = [&](std::string_view index, std::string key) {
    keys.push_back({std::string(index), std::move(key), false});
  };
  add(kDeliveriesByTime, PrefixOf("") + made);
  add(kDeliveriesByWebhook, PrefixOf(delivery.webhook()) + made);
  add(kDeliveriesByState, PrefixOf(v1::WebhookDeliveryState_Name(delivery.state())) + made);
  if (delivery.state() == v1::WEBHOOK_DELIVERY_STATE_PENDING) {
    add(kDeliveriesByDue, DueKey(MicrosOf(delivery.next_attempt_time())));
  } else {
    add(kDeliveriesByEnd, DueKey(MicrosOf(delivery.update_time())));
  }
  return keys;
}

}  // namespace duijie::push
