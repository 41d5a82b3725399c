// SPDX-License-Identifier: GPL-3.0-or-later
// A ranking model: weights and parameters from data/models/<version>.json (internal.v1.RankingModel in JSON).
//
// score = Σ weight · value. Weights have at most six decimals, values and contributions are rounded to whole
// millionths and added as integers, so that contributions add up to the score exactly, in any order, on any
// machine.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "common/status/status.h"
#include "duijie/internal/v1/ranking_model.pb.h"
#include "services/matching/features.h"

namespace duijie::matching {

inline constexpr int64_t kScoreUnit = 1'000'000;  // millionths

struct ScoredFeatures {
  std::array<int64_t, kFeatureCount> values{};         // millionths
  std::array<int64_t, kFeatureCount> contributions{};  // millionths
  int64_t score = 0;                                   // millionths: the sum of contributions
};

// Immutable; thread-safe.
class RankingModel {
 public:
  // Strict: INVALID_ARGUMENT (BAD_MODEL) naming the file and what is wrong: not JSON, an unknown member, a
  // feature missing, twice or unknown, a weight outside 0 to 1 or with more than six decimals, weights that
  // do not add up to 1, a parameter out of range.
  static StatusOr<std::shared_ptr<const RankingModel>> Parse(std::string_view json, const std::string& file);

  const std::string& version() const { return version_; }
  const internal::v1::RankingParameters& parameters() const { return parameters_; }
  double weight(size_t feature) const { return static_cast<double>(weights_[feature]) / kScoreUnit; }
  const std::string& text(size_t feature) const { return texts_[feature]; }
  // s of the curve x(1+s)/(x+s); only for text features.
  double saturation(size_t feature) const { return saturations_[feature]; }

  // `values`: 0 to 1; what is outside is cut, what is no number counts as 0.
  ScoredFeatures Score(const FeatureValues& values) const;

 private:
  std::string version_;
  internal::v1::RankingParameters parameters_;
  std::array<int64_t, kFeatureCount> weights_{};  // millionths; they add up to kScoreUnit
  std::array<double, kFeatureCount> saturations_{};
  std::array<std::string, kFeatureCount> texts_;
};

// All models of a folder; the file "in_service" names the version used by default. Immutable; thread-safe.
class ModelSet {
 public:
  // NOT_FOUND (MODEL_MISSING) if there is no folder, no model or no in_service; else the errors of Parse.
  static StatusOr<std::shared_ptr<const ModelSet>> Load(const std::string& folder);

  // "": the one in service. nullptr if there is no such version.
  std::shared_ptr<const RankingModel> Find(std::string_view version) const;

 private:
  std::map<std::string, std::shared_ptr<const RankingModel>, std::less<>> models_;
  std::string in_service_;
};

}  // namespace duijie::matching
