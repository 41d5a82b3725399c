// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to pushes, read from the log of changes, in which every change stands beside the push itself:
// so no event is lost or made up, and one can always be told again. Thread-safe.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/resources/role_store.h"
#include "common/rpc/call_context.h"
#include "duijie/v1/push_service.pb.h"
#include "services/push/delivery/pushes.h"

namespace duijie::push {

// How often a watcher hears something, at the least.
inline constexpr std::chrono::seconds kHeartbeatEvery{10};

class PushEvents {
 public:
  // A place in the log: everything up to `revision`, and of the next revision the first `taken` changes.
  struct Position {
    Revision revision = 0;
    size_t taken = 0;
  };
  // A change of a push: the event (without resume token), the push as it was after it, and what follows.
  struct Item {
    v1::PushEvent event;
    v1::Push push;
    Position after;
  };
  struct Block {
    std::vector<Item> items;
    Position after;  // of everything looked at
  };

  // Both must outlive this.
  PushEvents(RoleStore& store, const Pushes& pushes) : store_(store), pushes_(pushes) {}

  // Events after `from`, oldest first, of a bounded number of changes; at the end of the log none, and
  // `after` is `from`.
  StatusOr<Block> Read(const Position& from) const;

  // Sends events that the caller may see until he is gone (CALLER_GONE), `send` is false (OK) or Stop
  // (UNAVAILABLE STORE_BUSY). OUT_OF_RANGE RESUME_TOO_OLD for a token of another store or key.
  using Send = std::function<bool(const v1::PushEvent&)>;
  Status Watch(const rpc::CallContext& call, const std::string& resume_token, const Send& send) const;
  // Ends every Watch, now and in future.
  void Stop() { stopping_ = true; }

  // For Watch: the token of a place, bound to the caller's key.
  std::string TokenOf(const Principal& caller, const Position& position) const;
  StatusOr<Position> PositionOf(const Principal& caller, const std::string& token) const;

 private:
  StatusOr<std::optional<Item>> ItemOf(const Change& change) const;

  RoleStore& store_;
  const Pushes& pushes_;
  std::atomic<bool> stopping_ = false;
};

}  // namespace duijie::push
