// SPDX-License-Identifier: GPL-3.0-or-later
// What a match run said of the pairs that people judge afterwards. Not thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "services/duijie/client.h"

namespace duijie {

class RunPairs {
 public:
  // `run`: "matchRuns/{id}". `client` must outlive this.
  RunPairs(Client& client, std::string run) : client_(client), run_(std::move(run)) {}

  // Sets rank_shown, model_version and probability_shown of a judgement, whose pair is set, to what the run
  // said; a rank that it has already stays. False if the pair is not among the run's results.
  StatusOr<bool> Fill(v1::Judgement* judgement);

 private:
  struct Shown {
    int rank = 0;
    std::optional<double> probability;  // absent where the model gives no level
  };
  Status ReadRun();
  Status ReadRecord(const std::string& record);

  Client& client_;
  const std::string run_;
  v1::MatchDirection direction_ = v1::MATCH_DIRECTION_UNSPECIFIED;
  std::string model_version_;
  // By the record whose list was read, then by the counterpart.
  std::map<std::string, std::map<std::string, Shown>> lists_;
};

}  // namespace duijie
