// SPDX-License-Identifier: GPL-3.0-or-later
// Random choices that are the same on every machine: the standard fixes what mt19937_64 gives, but not what
// its distributions and std::shuffle make of it.
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace duijie::matching {

class TrainingRandom {
 public:
  explicit TrainingRandom(int64_t seed) : engine_(static_cast<uint64_t>(seed)) {}

  // 0 to below - 1, evenly but for 2^-40 or so.
  size_t Below(size_t below) { return static_cast<size_t>(engine_() % below); }
  bool Coin() { return (engine_() >> 63) != 0; }

  template <typename Value>
  void Shuffle(std::vector<Value>* values) {
    for (size_t i = values->size(); i > 1; --i) std::swap((*values)[i - 1], (*values)[Below(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace duijie::matching
