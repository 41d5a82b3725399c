// SPDX-License-Identifier: GPL-3.0-or-later
// Random numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable
// pseudorandom number generators"). A stream is named by a seed, a kind of record and a row, so every row can
// be made on its own and rows never shift when another kind grows.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

namespace duijie::bench {

class Random {
 public:
  Random(uint64_t seed, uint64_t kind, uint64_t row) : state_(Mix(seed) ^ Mix(Mix(kind) + row)) {}

  uint64_t Next() { return Mix(state_ += kGolden); }
  // 0 to n - 1; 0 < n <= 2^32. The bias is below n / 2^32.
  size_t Below(size_t n) { return ((Next() >> 32U) * n) >> 32U; }
  // [0, 1).
  double Unit() { return static_cast<double>(Next() >> 11U) * 0x1p-53; }
  bool Chance(double probability) { return Unit() < probability; }

 private:
  static constexpr uint64_t kGolden = 0x9E3779B97F4A7C15;
  static uint64_t Mix(uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EB;
    return z ^ (z >> 31U);
  }

  uint64_t state_;
};

// One of them; `from` is not empty.
template <typename T>
const T& Pick(const std::vector<T>& from, Random& random) {
  return from[random.Below(from.size())];
}

// Ranks 0 to n - 1 with probability proportional to (rank + 1)^-exponent.
class ZipfRanks {
 public:
  ZipfRanks(size_t n, double exponent) {
    double sum = 0;
    for (size_t rank = 0; rank < n; ++rank) {
      sum += std::pow(static_cast<double>(rank + 1), -exponent);
      cumulative_.push_back(sum);
    }
  }

  size_t size() const { return cumulative_.size(); }
  // Requires size() > 0.
  size_t Draw(Random& random) const {
    const double point = random.Unit() * cumulative_.back();
    size_t low = 0;
    size_t high = cumulative_.size() - 1;
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (cumulative_[middle] > point) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

 private:
  std::vector<double> cumulative_;
};

}  // namespace duijie::bench
