// SPDX-License-Identifier: GPL-3.0-or-later
// What one published achievement or need meets on the other side, best first, and the pushes that may come
// of it. Works as the system: a need for staff only is matched too, and the push goes to its own enterprise
// and to staff in scope of it. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "common/rpc/call_context.h"
#include "duijie/v1/standing.pb.h"
#include "services/push/delivery/pushes.h"
#include "services/push/peers.h"
#include "services/push/reasons/reasons.h"

namespace duijie::push {

// Matches looked at beyond the bound of an event, in place of those that the rules keep back.
inline constexpr int kSpareMatches = 20;

class StandingMatcher {
 public:
  // `peers` must outlive this.
  explicit StandingMatcher(const Peers& peers) : peers_(peers) {}

  struct Matches {
    std::vector<v1::MatchResult> results;  // eligible, and good enough by the settings
    std::string model_version;
    int64_t revision = 0;  // of the catalog that was matched
    MatchSource source = MatchSource::kTaker;
  };
  // Of the record `name`, as it is now; `revision` is the catalog revision that the index must have reached,
  // so that of two records published one after the other the later one finds the earlier. Empty if the record
  // is gone. Errors: those of the peers.
  StatusOr<Matches> MatchesOf(const rpc::CallContext& call, const v1::StandingSettings& settings,
                              const std::string& name, int64_t revision) const;

  // A push for each match, without reasons. Matches with needs of no enterprise are taken out of `matches`,
  // so that places agree.
  StatusOr<std::vector<NewPush>> PushesOf(const rpc::CallContext& call, Matches* matches) const;

 private:
  const Peers& peers_;
};

}  // namespace duijie::push
