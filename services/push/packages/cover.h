// SPDX-License-Identifier: GPL-3.0-or-later
// The smallest choice of sets that covers as many elements as all of them do (minimum set cover, Karp 1972,
// NP-hard): greedy with redundant sets dropped gives a first answer, and a depth-first search with iterative
// deepening looks for a smaller one or proves that there is none. Pure and deterministic: among choices of
// one size, sets that stand earlier in the input are preferred.
#pragma once

#include <bitset>
#include <cstddef>
#include <vector>

namespace duijie::push {

inline constexpr size_t kMaxCoverElements = 1024;
using CoverElements = std::bitset<kMaxCoverElements>;

// Positions in the search tree that the proof may visit.
inline constexpr size_t kMaxCoverNodes = 200'000;

struct CoverChoice {
  std::vector<size_t> sets;  // places in the input, ascending; none can be left out without losing an element
  CoverElements covered;
  bool proven_smallest = false;  // no smaller choice covers as much as all sets together
};

// `most`: sets at most, at least 1. If it is too few to cover what all sets cover, the greedy choice is cut
// (1 - 1/e of the best coverage: Nemhauser, Wolsey and Fisher, 1978) and not proven.
CoverChoice SmallestCover(const std::vector<CoverElements>& sets, size_t most);

}  // namespace duijie::push
