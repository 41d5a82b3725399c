// SPDX-License-Identifier: GPL-3.0-or-later
// 走访前简报. Of other enterprises' needs it uses what PeerProblems tells, and says that it is a guess.
// Thread-safe.
#pragma once

#include "common/rpc/call_context.h"
#include "duijie/v1/visit_service.pb.h"
#include "services/mining/visits/visit_context.h"

namespace duijie::mining {

inline constexpr int kBriefCandidates = 5;

class VisitBriefs {
 public:
  explicit VisitBriefs(VisitContext& context) : context_(context) {}

  // NOT_FOUND RECORD_NOT_FOUND if visit or enterprise are not visible in full.
  StatusOr<v1::VisitBrief> Make(const rpc::CallContext& call, const std::string& name) const;

 private:
  Status AddNeeds(const rpc::CallContext& call, v1::VisitBrief* brief) const;
  Status AddVisits(const rpc::CallContext& call, const v1::Visit& of, v1::VisitBrief* brief,
                   std::vector<std::string>* open_questions) const;
  Status AddHypotheses(const rpc::CallContext& call, v1::VisitBrief* brief) const;
  Status AddCandidates(const rpc::CallContext& call, v1::VisitBrief* brief) const;

  VisitContext& context_;
};

// The need that candidates are sought for: what the profile says, without who it is.
v1::Need NeedOfProfile(const v1::VisitBrief& brief);

}  // namespace duijie::mining
