// SPDX-License-Identifier: GPL-3.0-or-later
// The best documents for a weighted bag of terms by BM25, term after term: the score of every document is
// added up in one array, instead of walking all lists side by side as Xapian does, which costs several times
// as much for dozens of terms. The formula is Bm25()'s (search_context.h), to the last rounding but that of
// the sums.
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "services/search/readable_index.h"

namespace duijie::search {

struct SearchTerm {
  std::string term;  // of the index
  double weight;     // above 0
};

struct Hit {
  Xapian::docid id;
  double score;
};

// The best `limit` documents that `filter` lets pass, by score, then by resource name. May throw Xapian's
// errors; the order of terms matters to the last digits of scores only. Memory: 8 bytes a document of the
// index, while it runs.
std::vector<Hit> FindBest(const IndexReader& reader, const std::vector<SearchTerm>& terms,
                          const Xapian::Query& filter, Xapian::doccount limit);

}  // namespace duijie::search
