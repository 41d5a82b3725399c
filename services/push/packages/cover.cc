// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/packages/cover.h"

#include <algorithm>

namespace duijie::push {
namespace {

CoverElements UnionOf(const std::vector<CoverElements>& sets, const std::vector<size_t>& chosen) {
  CoverElements covered;
  for (const size_t set : chosen) covered |= sets[set];
  return covered;
}

// Sets whose elements the others cover go, the latest first.
void DropRedundant(const std::vector<CoverElements>& sets, std::vector<size_t>* chosen) {
  for (size_t i = chosen->size(); i-- > 0;) {
    std::vector<size_t> others = *chosen;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    if (UnionOf(sets, others) == UnionOf(sets, *chosen)) *chosen = others;
  }
}

std::vector<size_t> Greedy(const std::vector<CoverElements>& sets, size_t most) {
  std::vector<size_t> chosen;
  CoverElements covered;
  while (chosen.size() < most) {
    size_t best = sets.size(), best_gain = 0;
    for (size_t i = 0; i < sets.size(); ++i) {
      const size_t gain = (sets[i] & ~covered).count();
      if (gain > best_gain) best = i, best_gain = gain;
    }
    if (best_gain == 0) break;
    chosen.push_back(best);
    covered |= sets[best];
  }
  DropRedundant(sets, &chosen);
  return chosen;
}

// Looks for a cover of all of `wanted` with a given number of sets.
class Search {
 public:
  Search(const std::vector<CoverElements>& sets, const CoverElements& wanted) : sets_(sets) {
    for (size_t element = 0; element < kMaxCoverElements; ++element) {
      if (!wanted.test(element)) continue;
      elements_.push_back(element);
      std::vector<size_t>& holders = holders_.emplace_back();
      for (size_t i = 0; i < sets.size(); ++i) {
        if (sets[i].test(element)) holders.push_back(i);
      }
    }
    for (const CoverElements& set : sets) largest_ = std::max(largest_, set.count());
  }

  // True if one was found; it is in chosen() then.
  bool Find(const CoverElements& missing, size_t left) {
    const size_t count = missing.count();
    if (count == 0) return true;
    if (left == 0 || count > left * largest_ || ++nodes_ > kMaxCoverNodes) return false;
    for (const size_t set : *RarestHolders(missing)) {
      chosen_.push_back(set);
      if (Find(missing & ~sets_[set], left - 1)) return true;
      chosen_.pop_back();
    }
    return false;
  }

  bool GaveUp() const { return nodes_ > kMaxCoverNodes; }
  const std::vector<size_t>& chosen() const { return chosen_; }

 private:
  // The sets that hold the missing element which the fewest sets hold: one of them must be chosen.
  const std::vector<size_t>* RarestHolders(const CoverElements& missing) const {
    const std::vector<size_t>* rarest = nullptr;
    for (size_t i = 0; i < elements_.size(); ++i) {
      if (!missing.test(elements_[i])) continue;
      if (rarest == nullptr || holders_[i].size() < rarest->size()) rarest = &holders_[i];
    }
    return rarest;
  }

  const std::vector<CoverElements>& sets_;
  std::vector<size_t> elements_;
  std::vector<std::vector<size_t>> holders_;  // by place in elements_
  size_t largest_ = 0;
  size_t nodes_ = 0;
  std::vector<size_t> chosen_;
};

}  // namespace

CoverChoice SmallestCover(const std::vector<CoverElements>& sets, size_t most) {
  CoverElements wanted;
  for (const CoverElements& set : sets) wanted |= set;
  CoverChoice choice;
  choice.sets = Greedy(sets, sets.size());
  Search search(sets, wanted);
  bool smaller = false;
  for (size_t size = 1; size < choice.sets.size() && !smaller && !search.GaveUp(); ++size) {
    smaller = search.Find(wanted, size);
  }
  if (smaller) choice.sets = search.chosen();
  choice.proven_smallest = smaller || !search.GaveUp();
  if (choice.sets.size() > most) {
    choice.sets = Greedy(sets, most);
    choice.proven_smallest = false;
  }
  std::sort(choice.sets.begin(), choice.sets.end());
  choice.covered = UnionOf(sets, choice.sets);
  return choice;
}

}  // namespace duijie::push
