// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of the role "mining" share. Made by mining_module; every part keeps it alive.
#pragma once

#include <memory>

#include "common/resources/role_store.h"
#include "services/mining/peers.h"

namespace duijie::mining {

struct MiningRole {
  std::unique_ptr<RoleStore> store;  // mining/ of the data folder
  Peers peers;
};

}  // namespace duijie::mining
