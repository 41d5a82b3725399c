// SPDX-License-Identifier: GPL-3.0-or-later
// Builds a package: what its needs demand, which achievements satisfy which demand, and the fewest of them
// that satisfy all that can be satisfied. Deterministic for one state of the catalog. Thread-safe.
#pragma once

#include "duijie/v1/package.pb.h"
#include "services/push/peers.h"

namespace duijie::push {

inline constexpr int kCandidatesPerNeed = 100;
inline constexpr int kMaxPackageNeeds = 20;
inline constexpr int kDefaultPackageMembers = 5;
inline constexpr int kMaxPackageMembers = 20;

// Whether an achievement can be handed over: it is published, and states no modes of cooperation or one that
// transfers technology.
bool IsTransferable(const v1::Achievement& achievement);

class PackageBuilder {
 public:
  explicit PackageBuilder(const Peers& peers) : peers_(peers) {}

  // Fills in all output fields that do not tell who and when. `package` must be valid; its needs must be
  // visible to the caller.
  Status Build(const rpc::CallContext& call, v1::Package* package) const;

 private:
  const Peers& peers_;
};

}  // namespace duijie::push
