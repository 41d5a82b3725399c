// SPDX-License-Identifier: GPL-3.0-or-later
// Who calls.
#pragma once

#include "duijie/internal/v1/principal.pb.h"

namespace duijie {

using Principal = internal::v1::Principal;

// The daemon itself, e.g. when a follower reads the catalog.
inline Principal SystemPrincipal() {
  Principal system;
  system.set_key_id("system");
  system.set_role(v1::ROLE_ADMIN);
  system.set_all_parks(true);
  return system;
}

}  // namespace duijie
