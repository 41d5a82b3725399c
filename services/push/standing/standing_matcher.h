// SPDX-License-Identifier: GPL-3.0-or-later
// The pushes that one published achievement or need gives rise to, best first. Works as the system: a need
// for staff only is matched too, and the push goes to its own enterprise and to staff in scope of it.
// Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "common/rpc/call_context.h"
#include "duijie/v1/standing.pb.h"
#include "services/push/delivery/pushes.h"
#include "services/push/peers.h"

namespace duijie::push {

// Matches looked at beyond the bound of an event, in place of those that the rules keep back.
inline constexpr int kSpareMatches = 20;

class StandingMatcher {
 public:
  // `peers` must outlive this.
  explicit StandingMatcher(const Peers& peers) : peers_(peers) {}

  // Of the record `name`, as it is now; `revision` is the catalog revision that the index must have reached,
  // so that of two records published one after the other the later one finds the earlier. Empty if the record
  // is gone. Errors: those of the peers.
  StatusOr<std::vector<NewPush>> PushesFor(const rpc::CallContext& call, const v1::StandingSettings& settings,
                                           const std::string& name, int64_t revision) const;

 private:
  struct Matches;
  StatusOr<Matches> MatchesOf(const rpc::CallContext& call, const v1::StandingSettings& settings,
                              const std::string& name, int64_t revision) const;

  const Peers& peers_;
};

}  // namespace duijie::push
