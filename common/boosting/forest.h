// SPDX-License-Identifier: GPL-3.0-or-later
// Shallow trees of a saved booster, laid out for scoring short lists: the library spends more on a call and
// on branches than on the trees. Gives the library's numbers, bit for bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace duijie {

// Immutable; thread-safe.
class Forest {
 public:
  static constexpr size_t kMaxDepth = 6;  // splits above a leaf; each tree takes 2^depth leaves

  // Of the bytes of Booster::Save. nullopt for what is left to the library: bytes of another form, another
  // objective than binary:logistic, deeper trees, categories.
  static std::optional<Forest> Of(std::string_view saved, size_t columns);

  // Probabilities, one a row; all values must be finite. `values`: rows × columns.
  std::vector<float> Predict(const std::vector<float>& values) const;
  // The same for lists of which few rows matter: one whose sum (log odds) is below `floor` after `stage`
  // trees (at least 1), or twice as many and so on, goes no further and has the probability of that sum. A
  // soft cascade, see Bourdev and Brandt, Robust object detection via soft cascade (CVPR 2005).
  std::vector<float> PredictUnlessBelow(const std::vector<float>& values, size_t stage, float floor) const;

 private:
  struct Range {
    size_t begin;
    size_t end;
  };
  size_t trees() const { return leaves_.size() >> depth_; }
  // The leaves of these trees to the rows' sums.
  void Add(const std::vector<float>& values, Range trees, std::vector<float>* margins) const;
  template <size_t kLevels>
  void AddByColumns(const std::vector<float>& values, Range trees, std::vector<float>* margins) const;
  template <size_t kLevels>
  void AddByRows(const std::vector<float>& values, Range trees, std::vector<float>* margins) const;
  template <size_t kLevels, size_t kTogether>
  void AddRows(const std::vector<float>& values, size_t first, Range trees,
               std::vector<float>* margins) const;
  struct Split {
    float below = 0;  // values below go left
    uint32_t column = 0;
  };
  class Reader;

  size_t columns_ = 0;
  size_t depth_ = 0;           // of every tree: shallower ones are filled up with copies of their leaves
  float margin_ = 0;           // that sums begin with
  std::vector<Split> splits_;  // 2^depth − 1 a tree, children of i at 2i + 1 and 2i + 2
  std::vector<float> leaves_;  // 2^depth a tree
};

}  // namespace duijie
