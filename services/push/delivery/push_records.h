// SPDX-License-Identifier: GPL-3.0-or-later
// The records of the catalog that pushes are about, and whether they allow it. One object serves one call;
// not thread-safe.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/rpc/call_context.h"
#include "services/push/delivery/push_checks.h"
#include "services/push/peers.h"

namespace duijie::push {

class PushRecords {
 public:
  // Reads enterprise, need and achievement of each push, at one revision of the catalog.
  static StatusOr<PushRecords> Read(const Peers& peers, const rpc::CallContext& call,
                                    const std::vector<v1::Push>& pushes);
  // Only the achievements.
  static StatusOr<PushRecords> ReadAchievements(const Peers& peers, const rpc::CallContext& call,
                                                const std::vector<v1::Push>& pushes);

  // Null where a record is absent.
  CitedRecords Of(const v1::Push& push) const;
  int64_t revision() const { return revision_; }

 private:
  Status ReadNames(const Peers& peers, const rpc::CallContext& call, const std::vector<std::string>& names);

  std::map<std::string, internal::v1::Record> records_;
  int64_t revision_ = 0;
};

// Whether the records allow the push now: WRONG_STATE, NO_CONSENT (see pushes.h). All records of the push
// must be there.
Status CheckAllowed(const v1::PushRules& rules, const v1::Push& push, const CitedRecords& records);

}  // namespace duijie::push
