// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/length_norms.h"

#include <algorithm>

#include "services/search/search_context.h"

namespace duijie::search {

std::unique_ptr<const LengthNorms::Block> LengthNorms::Read(const Xapian::Database& database, size_t index) {
  auto block = std::make_unique<Block>();
  const double mean = database.get_average_length();
  const double share = mean > 0 ? 1 / mean : 0;
  const auto first = static_cast<Xapian::docid>(index) * kBlockDocuments;
  Xapian::PostingIterator document = database.postlist_begin("");
  const Xapian::PostingIterator end = database.postlist_end("");
  for (document.skip_to(first); document != end && *document - first < kBlockDocuments; ++document) {
    const double relative = std::max(static_cast<double>(document.get_doclength()) * share, kBm25LeastLength);
    (*block)[*document - first] = kBm25K1 * (relative * kBm25B + (1 - kBm25B));
  }
  return block;
}

}  // namespace duijie::search
