// SPDX-License-Identifier: GPL-3.0-or-later
// Delivers what waits for a digest. Thread-safe.
#pragma once

#include <mutex>
#include <vector>

#include "common/resources/role_store.h"
#include "services/push/delivery/pushes.h"

namespace duijie::push {

class PushDelivery {
 public:
  // All must outlive this.
  PushDelivery(RoleStore& store, const Peers& peers, const Pushes& pushes)
      : store_(store), peers_(peers), pushes_(pushes) {}

  // Delivers pushes that are due now, at most `limit`, in one commit; what the records allow no longer (the
  // enterprise opted out, the achievement was taken back …) becomes WITHHELD. Returns how many were taken.
  StatusOr<size_t> DeliverDue(size_t limit);

 private:
  StatusOr<std::vector<v1::Push>> DueBy(UnixMicros now, size_t limit) const;

  RoleStore& store_;
  const Peers& peers_;
  const Pushes& pushes_;
  std::mutex mutex_;  // one round at a time
};

}  // namespace duijie::push
