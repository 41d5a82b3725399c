// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of the role "push" share. Made by push_module; every part keeps it alive.
#pragma once

#include <memory>

#include "common/resources/role_store.h"
#include "services/push/peers.h"

namespace duijie::push {

class Pushes;

struct PushRole {
  std::unique_ptr<RoleStore> store;  // push/ of the data folder
  Peers peers;
  // The one way to make pushes (delivery/pushes.h); set by BindDelivery, which comes before the parts that
  // push.
  std::shared_ptr<Pushes> pushes;
};

}  // namespace duijie::push
