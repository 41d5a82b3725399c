// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of MatchService that answer at once: one record against the catalog as it is now. A source
// record that the caller may not see does not exist. Thread-safe.
#pragma once

#include <string>

#include "common/base/clock.h"
#include "duijie/v1/match_service.pb.h"
#include "services/matching/matcher.h"

namespace duijie::matching {

inline constexpr int kMaxScoredPairs = 2'000;

class MatchRecords {
 public:
  // All must outlive this.
  MatchRecords(const Matcher& matcher, const Peers& peers, const Clock& clock)
      : matcher_(matcher), peers_(peers), clock_(clock) {}

  StatusOr<v1::MatchNeedResponse> MatchNeed(const rpc::CallContext& call,
                                            const v1::MatchNeedRequest& request) const;
  StatusOr<v1::MatchAchievementResponse> MatchAchievement(const rpc::CallContext& call,
                                                          const v1::MatchAchievementRequest& request) const;
  StatusOr<v1::ScorePairsResponse> ScorePairs(const rpc::CallContext& call,
                                              const v1::ScorePairsRequest& request) const;
  StatusOr<v1::GetMatchModelResponse> GetModel(const v1::GetMatchModelRequest& request) const;

 private:
  StatusOr<SourceRecord> ReadSource(const rpc::CallContext& call, const std::string& name) const;
  StatusOr<SourceRecord> SourceOfNeed(const rpc::CallContext& call,
                                      const v1::MatchNeedRequest& request) const;
  template <typename Response, typename Request>
  StatusOr<Response> Answer(const rpc::CallContext& call, const SourceRecord& source,
                            const Request& request) const;

  const Matcher& matcher_;
  const Peers& peers_;
  const Clock& clock_;
};

}  // namespace duijie::matching
