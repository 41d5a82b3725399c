// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/joint/need_similarity.h"

#include <cmath>
#include <map>
#include <unordered_map>

namespace duijie::mining {
namespace {

// A gram that more needs than this share says nothing of any of them, and would make every pair a candidate.
constexpr size_t kMaxHolders = 500;

struct Entry {
  size_t need;
  float weight;
};

}  // namespace

std::vector<AlikePair> NeedSimilarity::Pairs(const std::vector<NeedText>& needs,
                                             double min_similarity) const {
  std::unordered_map<std::string, std::vector<Entry>> holders;  // by gram, in order of need
  for (size_t i = 0; i < needs.size(); ++i) {
    std::map<std::string, double> counts;
    for (std::string& gram : analyzer_->Bigrams(needs[i].title)) counts[std::move(gram)] += 2;
    for (std::string& gram : analyzer_->Bigrams(needs[i].body)) counts[std::move(gram)] += 1;
    double squares = 0;
    for (auto& [gram, count] : counts) {
      count = (1 + std::log(count)) * boilerplate_->Rarity(gram);
      squares += count * count;
    }
    for (const auto& [gram, weight] : counts) {
      holders[gram].push_back({i, static_cast<float>(weight / std::sqrt(squares))});
    }
  }
  // Sums per pair of needs, one need at a time; the order of grams does not change which pairs there are, and
  // their sums are rounded to float beyond which it could not be seen.
  std::vector<std::vector<std::pair<const std::vector<Entry>*, float>>> grams(needs.size());
  std::map<std::string_view, const std::vector<Entry>*> ordered;
  for (const auto& [gram, list] : holders) {
    if (list.size() > 1 && list.size() <= kMaxHolders) ordered.emplace(gram, &list);
  }
  for (const auto& [gram, list] : ordered) {
    for (const Entry& entry : *list) grams[entry.need].emplace_back(list, entry.weight);
  }
  std::vector<AlikePair> pairs;
  std::vector<double> sums(needs.size());
  for (size_t a = 0; a < needs.size(); ++a) {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (const auto& [list, weight] : grams[a]) {
      for (const Entry& entry : *list) {
        if (entry.need > a) sums[entry.need] += static_cast<double>(weight) * entry.weight;
      }
    }
    for (size_t b = a + 1; b < needs.size(); ++b) {
      if (sums[b] >= min_similarity) pairs.push_back({a, b, std::min(1.0, sums[b])});
    }
  }
  return pairs;
}

}  // namespace duijie::mining
