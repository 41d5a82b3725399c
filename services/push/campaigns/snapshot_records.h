// SPDX-License-Identifier: GPL-3.0-or-later
// Records as of a campaign's snapshot, read in bounded calls. Not thread-safe.
#pragma once

#include <map>
#include <set>
#include <string>

#include "common/auth/principal.h"
#include "services/push/peers.h"

namespace duijie::push {

using RecordMap = std::map<std::string, internal::v1::Record>;  // by name; absent records have no kind

// What of an achievement a rule looks at, without its texts.
struct AchievementFacts {
  bool published = false;  // and known to the previewer
  bool supported = false;  // names an award or a programme
  std::string region_code;
};

class SnapshotRecords {
 public:
  // `peers` must outlive this. `revision` 0 = now. Reads as the system; who may see what is for the caller to
  // decide.
  SnapshotRecords(const Peers& peers, Principal previewer, int64_t revision)
      : peers_(peers), previewer_(std::move(previewer)), revision_(revision) {}

  StatusOr<RecordMap> Read(const std::set<std::string>& names) const;

  // Kept once read: achievements come up again and again.
  Status LoadFacts(const std::set<std::string>& achievements);
  const AchievementFacts& FactsOf(const std::string& achievement) const;

 private:
  const Peers& peers_;
  const Principal previewer_;
  const int64_t revision_;
  std::map<std::string, AchievementFacts> facts_;
};

}  // namespace duijie::push
