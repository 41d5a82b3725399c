// SPDX-License-Identifier: GPL-3.0-or-later
// The scores of one search by document, of which few in a large index have one: who has is noted by a bit, so
// that the others are not walked through.
#pragma once

#include <cstddef>
#include <vector>

#include <xapian.h>

#include "services/search/document_set.h"

namespace duijie::search {

class DocumentScores {
 public:
  // For documents up to `last`; none is scored.
  explicit DocumentScores(Xapian::docid last) : scores_(size_t{last} + 1), scored_(last) {}

  void Add(Xapian::docid id, double score) {  // above 0
    scores_[id] += score;
    scored_.Add(id);
  }
  // Forgets the others.
  void Keep(const DocumentSet& passing) { scored_.And(passing); }

  double Of(Xapian::docid id) const { return scores_[id]; }  // of a scored one
  // The first scored document from `id` on; end() if there is none.
  Xapian::docid Next(Xapian::docid id) const { return scored_.Next(id, end()); }
  Xapian::docid end() const { return static_cast<Xapian::docid>(scores_.size()); }

  // Calls visit(id, score) for the scored ones, ascending.
  template <typename Visit>
  void ForEach(Visit&& visit) const {
    scored_.ForEach([&](Xapian::docid id) { visit(id, scores_[id]); });
  }

 private:
  std::vector<double> scores_;  // by document
  DocumentSet scored_;
};

}  // namespace duijie::search
