// SPDX-License-Identifier: GPL-3.0-or-later
// What planning knows of enterprises and experts.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "duijie/v1/enterprise.pb.h"
#include "duijie/v1/expert.pb.h"
#include "services/mining/visits/visit_days.h"

namespace duijie::mining {

struct EnterpriseFacts {
  v1::Enterprise record;
  int needs = 0;                  // entered so far, of any state
  int valid_needs = 0;            // of them ever published
  std::optional<Day> last_visit;  // the latest held or signed one
  int welcomed_pushes = 0;        // that the enterprise is interested in, talks about or has a contract for
};

using ExpertFacts = v1::Expert;

// Whether the expert must not visit this enterprise: its credit code is among the expert's conflicts, or it
// is the expert's own organization.
inline bool HasConflict(const v1::Expert& expert, const std::string& credit_code) {
  if (credit_code.empty()) return false;
  if (expert.organization_credit_code() == credit_code) return true;
  for (const std::string& code : expert.conflict_credit_codes()) {
    if (code == credit_code) return true;
  }
  return false;
}

}  // namespace duijie::mining
