// SPDX-License-Identifier: GPL-3.0-or-later
// Predicted probabilities held against what people decided. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "duijie/v1/judgement_service.pb.h"

namespace duijie::matching {

// A quarter in China (UTC+8, no summer time): [begin, end).
struct Quarter {
  UnixMicros begin = 0;
  UnixMicros end = 0;
};

// "2026Q4", years 2000 to 2999; else nothing.
std::optional<Quarter> ParseQuarter(std::string_view text);

struct Interval {
  double low = 0;
  double high = 0;
};

// 95 % interval of a share of `hits` in `trials` (> 0) by Wilson's score (Probable inference, the law of
// succession, and statistical inference, JASA 22(158), 1927).
Interval WilsonInterval(int64_t hits, int64_t trials);

// Adds up judgements, the one that counts of each judge on each pair. A judgement declined as UNCLEAR says
// nothing of the fit: it is counted among the reasons only.
class ScorecardTally {
 public:
  void Add(const v1::Judgement& judgement);
  v1::GetScorecardResponse Finish() const;

 private:
  static constexpr int kBins = 10;
  struct Bin {
    int64_t judgements = 0;
    int64_t accepted = 0;
    double predicted = 0;  // sum
  };

  std::array<Bin, kBins> bins_;
  int64_t counted_ = 0;
  int64_t without_prediction_ = 0;
  double squared_errors_ = 0;
  std::set<std::string> model_versions_;
  std::map<int32_t, int64_t> declined_;
};

}  // namespace duijie::matching
