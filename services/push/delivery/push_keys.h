// SPDX-License-Identifier: GPL-3.0-or-later
// Collections, indexes and side spaces of pushes; see docs/formats/push.md. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/storage/record_types.h"
#include "duijie/v1/push.pb.h"

namespace duijie::push {

inline constexpr std::string_view kPushes = "pushes";
inline constexpr std::string_view kPushSettings = "pushSettings";
inline constexpr std::string_view kPushPreferences = "pushPreferences";

// Indexes of pushes. All but kByDue and kDelivered: a name (or "") as a string of key_codec.h, then
// LatestFirstKey of create_time.
inline constexpr std::string_view kByTime = "pushes.time";                // of ""
inline constexpr std::string_view kByEnterprise = "pushes.enterprise";    // of the enterprise
inline constexpr std::string_view kByNeed = "pushes.need";                // of the need, if any
inline constexpr std::string_view kByAchievement = "pushes.achievement";  // of the achievement
inline constexpr std::string_view kByCampaign = "pushes.campaign";        // of the campaign, if any
inline constexpr std::string_view kByPair = "pushes.pair";                // of PairOf
// due_time, 8 bytes big-endian; only of pushes that wait for delivery.
inline constexpr std::string_view kByDue = "pushes.due";
// The enterprise, then LatestFirstKey of deliver_time; only of delivered pushes.
inline constexpr std::string_view kDelivered = "pushes.delivered";
// The same, only of delivered pushes in state PUSHED.
inline constexpr std::string_view kUnread = "pushes.unread";

// What must not get the same achievement twice in the interval: the need, or else the enterprise; with the
// achievement.
std::string PairOf(const v1::Push& push);

// The prefix of an index's keys of one name.
std::string PrefixOf(std::string_view name);
// The key of due_time.
std::string DueKey(UnixMicros due);

std::vector<IndexKey> IndexKeysOf(const v1::Push& push);

}  // namespace duijie::push
