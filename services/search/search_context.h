// SPDX-License-Identifier: GPL-3.0-or-later
// What the use cases of search share, and what each is told of its call.
#pragma once

#include <functional>
#include <memory>

#include "common/auth/principal.h"
#include "common/taxonomy/taxonomy_set.h"
#include "common/text/analyzer.h"
#include "services/search/collection_index.h"

namespace duijie::search {

// The two indexes.
struct Indexes {
  std::unique_ptr<CollectionIndex> achievements;
  std::unique_ptr<CollectionIndex> needs;

  // Requires ACHIEVEMENTS or NEEDS; see ValidateCollection.
  CollectionIndex& Of(v1::Collection collection) const {
    return collection == v1::COLLECTION_ACHIEVEMENTS ? *achievements : *needs;
  }
};

struct SearchTools {
  std::shared_ptr<const Analyzer> analyzer;
  std::shared_ptr<const TaxonomySet> taxonomies;
};

// Who asks, and whether an answer is still wanted.
struct Caller {
  Principal principal;
  std::function<Status()> alive;
};

// BM25 as used everywhere here; k1 = 1.2 and b = 0.75 (Robertson & Zaragoza 2009), query frequency not
// counted.
inline constexpr double kBm25K1 = 1.2;
inline constexpr double kBm25B = 0.75;
inline constexpr double kBm25LeastLength = 0.5;  // of a document, relative to the mean
inline Xapian::BM25Weight Bm25() { return Xapian::BM25Weight(kBm25K1, 0, 1, kBm25B, kBm25LeastLength); }

// Lowest score of a hit: a hit by single characters of the title has no weight of its own.
inline constexpr double kLeastScore = 1e-6;

}  // namespace duijie::search
