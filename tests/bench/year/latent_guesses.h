// SPDX-License-Identifier: GPL-3.0-or-later
// At the end of the year, what enterprises may need without having said so: guessed for some of them, one
// after the other, by the staff of their parks, who must learn of no confidential need elsewhere by it.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/bench/year/stage.h"

namespace duijie::bench {

inline constexpr uint64_t kMostGuessed = 20;  // enterprises; each takes seconds among 100,000 needs

struct GuessFigures {
  std::vector<double> ms;  // of each call
  uint64_t guesses = 0;
};

StatusOr<GuessFigures> GuessLatentNeeds(const Stage& stage, uint64_t enterprises);

}  // namespace duijie::bench
