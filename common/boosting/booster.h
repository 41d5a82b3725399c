// SPDX-License-Identifier: GPL-3.0-or-later
// Gradient-boosted trees (Chen & Guestrin, XGBoost: a scalable tree boosting system, KDD 2016): the one place
// that includes the library. One thread a call, so that the same rows, settings and seed give the same bytes.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/boosting/forest.h"
#include "common/status/status.h"

namespace duijie {

// Rows of features, row after row; all finite.
struct FeatureMatrix {
  size_t columns = 0;
  std::vector<float> values;  // rows × columns
  size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
};

struct TrainingSet {
  FeatureMatrix features;
  std::vector<float> labels;   // one a row
  std::vector<float> margins;  // start of each row's prediction, before the link; empty: the objective's own
  std::vector<float> weights;  // of each row, above 0; empty: all weigh the same; not for ranking objectives
  std::vector<uint32_t> groups;  // for ranking objectives: rows of each group, in order of rows; else empty
};

// Settings of the library by its own names (objective, max_depth, eta, monotone_constraints, …). nthread and
// verbosity are ours.
using BoosterSettings = std::vector<std::pair<std::string, std::string>>;

// Immutable after training; thread-safe. Must be destroyed before main ends, because the library's own
// per-thread state is gone by then: no statics.
class Booster {
 public:
  // INVALID_ARGUMENT (BAD_TRAINING_SET) if sizes do not fit together, or the library refuses the settings.
  static StatusOr<std::shared_ptr<const Booster>> Train(const TrainingSet& data,
                                                        const BoosterSettings& settings, int rounds);

  // From bytes of Save. INVALID_ARGUMENT (BAD_MODEL). Trusted bytes only: the library does not check trees.
  static StatusOr<std::shared_ptr<const Booster>> Load(std::string_view bytes);

  // The library's JSON form; the same model gives the same bytes.
  StatusOr<std::string> Save() const;

  // One prediction a row, after the link (a probability for binary:logistic). INVALID_ARGUMENT if columns
  // differ from those trained on.
  StatusOr<std::vector<float>> Predict(const FeatureMatrix& rows) const;

  // Shapley values of the trees, before the link (Lundberg, Erion & Lee, Consistent individualized feature
  // attribution for tree ensembles, 2018): for each row one number a feature, then the bias; a row's numbers
  // add up to its margin.
  StatusOr<std::vector<float>> Contributions(const FeatureMatrix& rows) const;

  // Total gain of the splits on each feature; 0 where a feature is not used.
  StatusOr<std::vector<double>> Gains() const;

  size_t columns() const { return columns_; }

  ~Booster();
  Booster(const Booster&) = delete;
  Booster& operator=(const Booster&) = delete;

 private:
  Booster(void* handle, size_t columns) : handle_(handle), columns_(columns) {}
  void* handle_;
  size_t columns_;
  std::optional<Forest> forest_;  // of what was loaded; without it the library predicts
};

}  // namespace duijie
