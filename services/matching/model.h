// SPDX-License-Identifier: GPL-3.0-or-later
// A ranking model: weights and parameters from data/models/<version>.json (internal.v1.RankingModel in JSON).
//
// score = Σ weight · value, less penalties (see IsPenalty), not below 0. Weights have at most six decimals,
// values and contributions are rounded to whole millionths and added as integers, so that contributions add
// up to the score exactly, in any order, on any machine.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "duijie/internal/v1/ranking_model.pb.h"
#include "services/matching/features.h"
#include "services/matching/level.h"

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
  // do not add up to 1 (penalties aside), a parameter out of range.
  static StatusOr<std::shared_ptr<const RankingModel>> Parse(std::string_view json, const std::string& file);
  // The same of a message; `file` is only for errors.
  static StatusOr<std::shared_ptr<const RankingModel>> Make(const internal::v1::RankingModel& proto,
                                                            const std::string& file);

  const std::string& version() const { return version_; }
  const internal::v1::RankingParameters& parameters() const { return parameters_; }
  double weight(size_t feature) const { return static_cast<double>(weights_[feature]) / kScoreUnit; }
  const std::string& text(size_t feature) const { return texts_[feature]; }
  // s of the curve x(1+s)/(x+s); only for text features.
  double saturation(size_t feature) const { return saturations_[feature]; }
  // What gives levels; nullptr if the model gives none.
  const LevelModel* levels() const { return levels_.get(); }
  // As it was read.
  const internal::v1::RankingModel& proto() const { return proto_; }

  // `values`: 0 to 1; what is outside is cut, what is no number counts as 0.
  ScoredFeatures Score(const FeatureValues& values) const;
  // What texts and figures contribute to the score, over what texts could; not below 0. Other facts take no
  // part in levels: the graded pairs that these are learned from have none, so what they would do is not
  // known.
  double LevelScore(const ScoredFeatures& scored) const;

 private:
  std::string version_;
  internal::v1::RankingParameters parameters_;
  std::array<int64_t, kFeatureCount> weights_{};  // millionths; they add up to kScoreUnit
  std::array<double, kFeatureCount> saturations_{};
  std::array<std::string, kFeatureCount> texts_;
  std::shared_ptr<const LevelModel> levels_;
  internal::v1::RankingModel proto_;
};

// The models that a match may name: those of a folder, whose file "in_service" names the version used by
// default, and those that were trained here (learning/model_registry.h). Thread-safe; who holds a model keeps
// it, whatever is served since.
class ModelSet {
 public:
  using Models = std::vector<std::shared_ptr<const RankingModel>>;

  // NOT_FOUND (MODEL_MISSING) if there is no folder, no model or no in_service; else the errors of Parse.
  static StatusOr<std::shared_ptr<ModelSet>> Load(const std::string& folder);

  // "": the one in service. nullptr if there is no such version.
  std::shared_ptr<const RankingModel> Find(std::string_view version) const;

  // From now on: the models of the folder, and `trained`, of which `in_service` is used by default ("" or an
  // unknown version: the folder's). A trained model of a version that the folder has is not used.
  void Serve(const Models& trained, const std::string& in_service);

  // Those of the folder, in order of version, and the version that its "in_service" names.
  Models Shipped() const;
  const std::string& shipped_in_service() const { return shipped_in_service_; }

 private:
  using ModelMap = std::map<std::string, std::shared_ptr<const RankingModel>, std::less<>>;
  struct Served {
    ModelMap models;
    std::string in_service;
  };

  ModelMap shipped_;                // constant after Load
  std::string shipped_in_service_;  // constant after Load
  mutable std::mutex mutex_;
  std::shared_ptr<const Served> served_;  // protected by mutex_
};

}  // namespace duijie::matching
