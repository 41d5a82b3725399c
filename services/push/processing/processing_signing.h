// SPDX-License-Identifier: GPL-3.0-or-later
// Puts a processing in force and takes it out again: the state here and the fields of the achievement change
// together or not at all (achievements/achievement_updates.h). Thread-safe.
#pragma once

#include <string>

#include "services/push/achievements/achievement_updates.h"
#include "services/push/processing/processing_table.h"

namespace duijie::push {

class ProcessingSigning {
 public:
  // All must outlive this.
  ProcessingSigning(RoleStore& store, const Peers& peers, const ProcessingTable& table);

  // OK: SIGNED, or SIGNING as long as the catalog does not answer. Errors: FORBIDDEN (the caller entered
  // something of it, or may not change the achievement), ILLEGAL_TRANSITION, STALE_ETAG (a field of the
  // achievement is no longer what raw says), WRONG_STATE (another one is being signed), and whatever the
  // catalog refuses with.
  Status Sign(const rpc::CallContext& call, const WriteRequest& write, v1::Processing processing);

  // OK: REVERTED, or REVERTING. Errors likewise.
  Status Revert(const rpc::CallContext& call, const WriteRequest& write, v1::Processing processing,
                const std::string& reason, bool overwrite_later_changes);

  // Goes on with what waits for the catalog; how many still wait.
  StatusOr<size_t> GoOn() { return updates_.RunAll(); }

 private:
  Status Begin(const rpc::CallContext& call, const WriteRequest& write, v1::Processing processing,
               const v1::Achievement& values, const std::string& at_etag, v1::ProcessingState to,
               const std::string& reason);
  StatusOr<std::vector<Mutation>> End(const AchievementUpdate& update, const Status& refusal) const;
  StatusOr<std::vector<Mutation>> EndSigning(v1::Processing processing, const Principal& signer) const;
  StatusOr<std::vector<Mutation>> EndReverting(v1::Processing processing, const Principal& actor) const;

  RoleStore& store_;
  const ProcessingTable& table_;
  const AchievementReader reader_;
  AchievementUpdates updates_;
};

}  // namespace duijie::push
