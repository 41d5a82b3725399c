// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/boosting/forest.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <exception>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <utility>

namespace duijie {
namespace {

using Json = nlohmann::json;

constexpr size_t kRowsTogether = 8;

// The library's link, in its own order of operations.
float Probability(float margin) {
  constexpr float kTiny = 1e-16F;
  return 1.0F / (std::exp(-margin) + 1.0F + kTiny);
}

// Arrays of one tree, by node.
struct Tree {
  std::vector<int> left;
  std::vector<int> right;
  std::vector<size_t> columns;
  std::vector<float> conditions;  // of a leaf its value

  bool IsLeaf(size_t node) const { return left[node] < 0; }
  // Splits on the longest way down; nullopt if children do not stand behind their parents, or deeper than
  // allowed.
  std::optional<size_t> Depth(size_t node, size_t allowed) const {
    if (IsLeaf(node)) return 0;
    if (allowed == 0) return std::nullopt;
    size_t deepest = 0;
    for (const int child : {left[node], right[node]}) {
      if (child <= static_cast<int>(node) || static_cast<size_t>(child) >= left.size()) return std::nullopt;
      const auto depth = Depth(static_cast<size_t>(child), allowed - 1);
      if (!depth) return std::nullopt;
      deepest = std::max(deepest, *depth + 1);
    }
    return deepest;
  }
};

std::optional<Tree> TreeOf(const Json& json, size_t columns) {
  Tree tree{json.at("left_children").get<std::vector<int>>(),
            json.at("right_children").get<std::vector<int>>(),
            json.at("split_indices").get<std::vector<size_t>>(),
            json.at("split_conditions").get<std::vector<float>>()};
  const size_t nodes = tree.left.size();
  if (nodes == 0 || tree.right.size() != nodes || tree.columns.size() != nodes ||
      tree.conditions.size() != nodes || !json.at("categories").empty())
    return std::nullopt;
  for (const size_t column : tree.columns) {
    if (column >= columns) return std::nullopt;
  }
  return tree;
}

}  // namespace

class Forest::Reader {
 public:
  static std::optional<Forest> Read(const Json& json, size_t columns) {
    const Json& learner = json.at("learner");
    const Json& booster = learner.at("gradient_booster");
    if (learner.at("objective").at("name") != "binary:logistic" || booster.at("name") != "gbtree")
      return std::nullopt;
    Reader reader;
    reader.forest_.columns_ = columns;
    const float base = std::stof(learner.at("learner_model_param").at("base_score").get<std::string>());
    reader.forest_.margin_ = -std::log(1.0F / base - 1.0F);
    for (const Json& tree : booster.at("model").at("trees")) {
      std::optional<Tree> read = TreeOf(tree, columns);
      const auto depth = read ? read->Depth(0, kMaxDepth) : std::nullopt;
      if (!depth) return std::nullopt;
      reader.forest_.depth_ = std::max(reader.forest_.depth_, *depth);
      reader.trees_.push_back(*std::move(read));
    }
    return reader.LaidOut();
  }

 private:
  Forest LaidOut() {
    const size_t leaves = size_t{1} << forest_.depth_;
    forest_.splits_.resize(trees_.size() * (leaves - 1));
    forest_.leaves_.resize(trees_.size() * leaves);
    for (size_t tree = 0; tree < trees_.size(); ++tree) Place(tree, 0, 0);
    return std::move(forest_);
  }

  // The node and what is below it, at `place` of the complete tree.
  void Place(size_t tree, size_t node, size_t place) {
    const size_t inner = (size_t{1} << forest_.depth_) - 1;
    const Tree& from = trees_[tree];
    if (place >= inner) {
      forest_.leaves_[tree * (inner + 1) + place - inner] = from.conditions[node];
      return;
    }
    const bool leaf = from.IsLeaf(node);
    if (!leaf)
      forest_.splits_[tree * inner + place] = {from.conditions[node],
                                               static_cast<uint32_t>(from.columns[node])};
    Place(tree, leaf ? node : static_cast<size_t>(from.left[node]), 2 * place + 1);
    Place(tree, leaf ? node : static_cast<size_t>(from.right[node]), 2 * place + 2);
  }

  Forest forest_;
  std::vector<Tree> trees_;
};

std::optional<Forest> Forest::Of(std::string_view saved, size_t columns) {
  const Json json = Json::parse(saved, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return std::nullopt;
  try {
    return Reader::Read(json, columns);
  } catch (const std::exception&) {  // a member that is missing or of another type
    return std::nullopt;
  }
}

namespace {

// As many rows as any processor of today compares at once; GCC and Clang have such types.
constexpr size_t kLanes = 4;
using Lanes [[gnu::vector_size(kLanes * sizeof(float))]] = float;

Lanes LanesAt(const float* values) {
  Lanes lanes;
  std::memcpy(&lanes, values, sizeof(lanes));
  return lanes;
}

Lanes LanesOf(float value) { return Lanes{value, value, value, value}; }

// The leaves that rows reach, by `column` of a split for their values. Both ways of each split are worked
// out: for few splits that is cheaper than to look where each row is.
template <size_t kInner, size_t kPlace = 0, typename Split, typename Column>
Lanes Reached(const Split* splits, const float* leaves, const Column& column) {
  if constexpr (kPlace >= kInner) {
    return LanesOf(leaves[kPlace - kInner]);
  } else {
    const Split& split = splits[kPlace];
    const Lanes left = Reached<kInner, 2 * kPlace + 1>(splits, leaves, column);
    const Lanes right = Reached<kInner, 2 * kPlace + 2>(splits, leaves, column);
    return column(split.column) < LanesOf(split.below) ? left : right;
  }
}

// By column, the last row again where the lanes' last ones are missing.
std::vector<float> Transposed(const std::vector<float>& values, size_t columns, size_t padded) {
  const size_t rows = values.size() / columns;
  std::vector<float> turned(columns * padded);
  for (size_t column = 0; column < columns; ++column) {
    for (size_t row = 0; row < padded; ++row)
      turned[column * padded + row] = values[std::min(row, rows - 1) * columns + column];
  }
  return turned;
}

}  // namespace

// A row's sum is always in the order of trees.
template <size_t kLevels>
void Forest::AddByColumns(const std::vector<float>& values, Range trees, std::vector<float>* margins) const {
  constexpr size_t kInner = (size_t{1} << kLevels) - 1;
  const size_t rows = margins->size();
  const size_t padded = (rows + kLanes - 1) / kLanes * kLanes;
  const std::vector<float> turned = Transposed(values, columns_, padded);
  margins->resize(padded);
  for (size_t first = 0; first < padded; first += kLanes) {
    Lanes sums = LanesAt(margins->data() + first);
    const auto column = [&](uint32_t i) { return LanesAt(turned.data() + i * padded + first); };
    for (size_t tree = trees.begin; tree < trees.end; ++tree)
      sums += Reached<kInner>(splits_.data() + tree * kInner, leaves_.data() + tree * (kInner + 1), column);
    std::memcpy(margins->data() + first, &sums, sizeof(sums));
  }
  margins->resize(rows);
}

// Of trees of a known depth, so that the way down one is a few instructions without branches; some rows go
// down a tree together, for each step waits for the one before. A row's sum is always in the order of trees.
template <size_t kLevels, size_t kTogether>
void Forest::AddRows(const std::vector<float>& values, size_t first, Range trees,
                     std::vector<float>* margins) const {
  constexpr size_t kInner = (size_t{1} << kLevels) - 1;
  // Of the last block some rows may be missing: its last row goes down in their place, for nothing.
  std::array<const float*, kTogether> row{};
  std::array<float, kTogether> sums{};
  for (size_t r = 0; r < kTogether; ++r) {
    const size_t at = std::min(first + r, margins->size() - 1);
    row[r] = values.data() + at * columns_;
    sums[r] = (*margins)[at];
  }
  const Split* splits = splits_.data() + trees.begin * kInner;
  const float* const end = leaves_.data() + trees.end * (kInner + 1);
  for (const float* leaves = leaves_.data() + trees.begin * (kInner + 1); leaves < end;
       leaves += kInner + 1, splits += kInner) {
    std::array<uint32_t, kTogether> place{};
    for (size_t level = 0; level < kLevels; ++level) {
      for (size_t r = 0; r < kTogether; ++r) {
        const Split& split = splits[place[r]];
        place[r] = 2 * place[r] + 1 + static_cast<uint32_t>(!(row[r][split.column] < split.below));
      }
    }
    for (size_t r = 0; r < kTogether; ++r) sums[r] += leaves[place[r] - kInner];
  }
  std::copy_n(sums.begin(), std::min(kTogether, margins->size() - first),
              margins->begin() + static_cast<std::ptrdiff_t>(first));
}

template <size_t kLevels>
void Forest::AddByRows(const std::vector<float>& values, Range trees, std::vector<float>* margins) const {
  for (size_t first = 0; first < margins->size(); first += kRowsTogether) {
    const size_t left = margins->size() - first;
    if (left == 1)
      AddRows<kLevels, 1>(values, first, trees, margins);
    else if (left == 2)
      AddRows<kLevels, 2>(values, first, trees, margins);
    else if (left <= kRowsTogether / 2)
      AddRows<kLevels, kRowsTogether / 2>(values, first, trees, margins);
    else
      AddRows<kLevels, kRowsTogether>(values, first, trees, margins);
  }
}

void Forest::Add(const std::vector<float>& values, Range trees, std::vector<float>* margins) const {
  static_assert(kMaxDepth == 6);
  if (margins->empty()) return;
  switch (depth_) {
    case 0:
      return AddByColumns<0>(values, trees, margins);
    case 1:
      return AddByColumns<1>(values, trees, margins);
    case 2:
      return AddByColumns<2>(values, trees, margins);
    case 3:
      return AddByColumns<3>(values, trees, margins);
    case 4:
      return AddByRows<4>(values, trees, margins);
    case 5:
      return AddByRows<5>(values, trees, margins);
    default:
      return AddByRows<6>(values, trees, margins);
  }
}

std::vector<float> Forest::Predict(const std::vector<float>& values) const {
  std::vector<float> margins(values.size() / columns_, margin_);
  Add(values, {0, trees()}, &margins);
  std::transform(margins.begin(), margins.end(), margins.begin(), Probability);
  return margins;
}

std::vector<float> Forest::PredictUnlessBelow(const std::vector<float>& values, size_t stage,
                                              float floor) const {
  std::vector<float> margins(values.size() / columns_, margin_);
  std::vector<size_t> on(margins.size());  // rows that are followed
  std::iota(on.begin(), on.end(), size_t{0});
  std::vector<float> values_on = values;
  std::vector<float> margins_on = margins;
  for (size_t tree = 0; tree < trees() && !on.empty(); tree += stage) {
    Add(values_on, {tree, std::min(tree + stage, trees())}, &margins_on);
    size_t kept = 0;
    for (size_t i = 0; i < on.size(); ++i) {
      margins[on[i]] = margins_on[i];
      if (margins_on[i] < floor) continue;
      on[kept] = on[i];
      margins_on[kept] = margins_on[i];
      if (kept != i)
        std::copy_n(values_on.data() + i * columns_, columns_, values_on.data() + kept * columns_);
      ++kept;
    }
    on.resize(kept);
    margins_on.resize(kept);
    values_on.resize(kept * columns_);
  }
  std::transform(margins.begin(), margins.end(), margins.begin(), Probability);
  return margins;
}

}  // namespace duijie
