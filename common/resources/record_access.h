// SPDX-License-Identifier: GPL-3.0-or-later
// What decides who may see a record of the catalog. Pure.
#pragma once

#include "common/auth/visibility.h"
#include "duijie/internal/v1/feed_service.pb.h"

namespace duijie {

// A need without a tier is anonymous, an achievement public.
inline AccessFacts AccessOf(const v1::Need& need) {
  const bool unset = need.tier() == v1::CONFIDENTIALITY_TIER_UNSPECIFIED;
  return {need.state(), unset ? v1::CONFIDENTIALITY_TIER_ANONYMOUS : need.tier(), need.park_code(),
          need.enterprise()};
}

inline AccessFacts AccessOf(const v1::Achievement& achievement) {
  const bool unset = achievement.tier() == v1::CONFIDENTIALITY_TIER_UNSPECIFIED;
  return {achievement.state(), unset ? v1::CONFIDENTIALITY_TIER_PUBLIC : achievement.tier(), "", ""};
}

// Of a record of either kind; facts without a state, which nobody but administrators passes, for other kinds
// and absent records.
inline AccessFacts AccessOf(const internal::v1::Record& record) {
  if (record.has_need()) return AccessOf(record.need());
  if (record.has_achievement()) return AccessOf(record.achievement());
  return {};
}

}  // namespace duijie
