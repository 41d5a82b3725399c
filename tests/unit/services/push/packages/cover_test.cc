// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/packages/cover.h"

#include <gmock/gmock.h>

#include <random>

namespace duijie::push {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

CoverElements Set(std::initializer_list<size_t> elements) {
  CoverElements set;
  for (const size_t element : elements) set.set(element);
  return set;
}

// Fewest sets that cover what all cover, by trying every choice.
size_t SmallestByTrying(const std::vector<CoverElements>& sets) {
  CoverElements wanted;
  for (const CoverElements& set : sets) wanted |= set;
  size_t best = sets.size();
  for (size_t choice = 0; choice < size_t{1} << sets.size(); ++choice) {
    CoverElements covered;
    size_t size = 0;
    for (size_t i = 0; i < sets.size(); ++i) {
      if ((choice >> i & 1) == 0) continue;
      covered |= sets[i];
      ++size;
    }
    if (covered == wanted) best = std::min(best, size);
  }
  return best;
}

TEST(SmallestCoverTest, FindsTheSmallChoiceThatGreedMisses) {
  // Greed takes the set of four first and needs three.
  const std::vector<CoverElements> sets = {Set({0, 1, 2, 3}), Set({0, 1, 4}), Set({2, 3, 5})};
  const CoverChoice choice = SmallestCover(sets, 5);
  EXPECT_THAT(choice.sets, ElementsAre(1, 2));
  EXPECT_TRUE(choice.proven_smallest);
}

TEST(SmallestCoverTest, PrefersWhatStandsEarlier) {
  EXPECT_THAT(SmallestCover({Set({0, 1}), Set({0, 1})}, 5).sets, ElementsAre(0));
}

TEST(SmallestCoverTest, CoversWhatItCanWithTooFewSets) {
  const CoverChoice choice = SmallestCover({Set({0}), Set({1, 2}), Set({3, 4, 5})}, 2);
  EXPECT_THAT(choice.sets, ElementsAre(1, 2));
  EXPECT_EQ(choice.covered.count(), 5u);
  EXPECT_FALSE(choice.proven_smallest);
}

TEST(SmallestCoverTest, NothingToCoverNeedsNothing) {
  EXPECT_THAT(SmallestCover({}, 5).sets, IsEmpty());
  EXPECT_THAT(SmallestCover({CoverElements(), CoverElements()}, 5).sets, IsEmpty());
}

TEST(SmallestCoverTest, RandomChoicesAreSmallestAndWithoutPadding) {
  constexpr unsigned kSeed = 20261122;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 300; ++round) {
    std::vector<CoverElements> sets(1 + random() % 10);
    for (CoverElements& set : sets) {
      for (size_t element = 0; element < 12; ++element) set.set(element, random() % 4 == 0);
    }
    const CoverChoice choice = SmallestCover(sets, sets.size());
    SCOPED_TRACE("seed " + std::to_string(kSeed) + ", round " + std::to_string(round));
    EXPECT_TRUE(choice.proven_smallest);
    EXPECT_EQ(choice.sets.size(), SmallestByTrying(sets));
    for (const size_t left_out : choice.sets) {
      CoverElements covered;
      for (const size_t set : choice.sets) {
        if (set != left_out) covered |= sets[set];
      }
      EXPECT_LT(covered.count(), choice.covered.count()) << "set " << left_out << " is padding";
    }
  }
}

}  // namespace
}  // namespace duijie::push
