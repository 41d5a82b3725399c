// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_keys.h"

#include "common/resources/resource_table.h"
#include "common/storage/key_codec.h"

namespace duijie::push {

std::string PrefixOf(std::string_view name) { return KeyBuilder().Str(name).Take(); }

std::string DueKey(UnixMicros due) { return KeyBuilder().U64(static_cast<uint64_t>(due)).Take(); }

std::string PairOf(const v1::Push& push) {
  const std::string& taker = push.need().empty() ? push.enterprise() : push.need();
  return KeyBuilder().Str(taker).Str(push.achievement()).Take();
}

std::vector<IndexKey> IndexKeysOf(const v1::Push& push) {
  const std::string made = LatestFirstKey(MicrosOf(push.create_time()));
  std::vector<IndexKey> keys;
  const auto add = [&](std::string_view index, std::string key) {
    keys.push_back({std::string(index), std::move(key), false});
  };
  add(kByTime, PrefixOf("") + made);
  add(kByEnterprise, PrefixOf(push.enterprise()) + made);
  if (!push.need().empty()) add(kByNeed, PrefixOf(push.need()) + made);
  add(kByAchievement, PrefixOf(push.achievement()) + made);
  if (!push.campaign().empty()) add(kByCampaign, PrefixOf(push.campaign()) + made);
  add(kByPair, PrefixOf(PairOf(push)) + made);
  if (push.has_deliver_time()) {
    const std::string delivered = PrefixOf(push.enterprise()) + LatestFirstKey(MicrosOf(push.deliver_time()));
    add(kDelivered, delivered);
    if (push.state() == v1::PUSH_STATE_PUSHED) add(kUnread, delivered);
  } else if (push.state() == v1::PUSH_STATE_PUSHED) {
    add(kByDue, DueKey(MicrosOf(push.due_time())));
  }
  return keys;
}

}  // namespace duijie::push
