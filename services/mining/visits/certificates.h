// SPDX-License-Identifier: GPL-3.0-or-later
// How certificates stand on a day. Pure.
#pragma once

#include "duijie/v1/profile.pb.h"
#include "services/mining/visits/visit_days.h"

namespace duijie::mining {

inline constexpr int kDefaultExpiringDays = 180;
inline constexpr int kMaxExpiringDays = 3'650;

// EXPIRED after its last day; EXPIRING if that day is at most `expiring_days` away.
v1::ProfileCertificate MarkedCertificate(const v1::Certificate& certificate, Day as_of,
                                         int expiring_days = kDefaultExpiringDays);

// "将于 2026-12-01 到期", "已于 2026-01-31 到期".
std::string ExpiryText(const v1::ProfileCertificate& certificate);

// Whether it has expired or is about to.
bool NeedsRenewal(const v1::ProfileCertificate& certificate);

}  // namespace duijie::mining
