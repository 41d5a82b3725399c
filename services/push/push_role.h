// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of the role "push" share. Made by push_module; every part keeps it alive.
#pragma once

#include <memory>

#include "common/resources/role_store.h"
#include "services/push/peers.h"

namespace duijie::push {

struct PushRole {
  std::unique_ptr<RoleStore> store;  // push/ of the data folder
  Peers peers;
};

}  // namespace duijie::push
