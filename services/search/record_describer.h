// SPDX-License-Identifier: GPL-3.0-or-later
// Forward data of a document and the terms of a query to a Candidate. For one request.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "common/auth/principal.h"
#include "duijie/internal/v1/candidate_service.pb.h"
#include "services/search/readable_index.h"

namespace duijie::search {

class RecordDescriber {
 public:
  // Arguments must outlive this.
  RecordDescriber(const IndexReader& reader, const Principal& principal,
                  const google::protobuf::RepeatedPtrField<internal::v1::QueryTerm>& terms);

  // Fills everything but retrieval_score. False if the principal may not see the record, DATA_LOSS if its
  // data are damaged. A region is given at city level where the record is masked.
  StatusOr<bool> Describe(Xapian::docid id, internal::v1::Candidate* candidate);

 private:
  // The terms of the request by hash. A document has hundreds of terms of which few are asked for; a bit for
  // each hash modulo kFilterBits, which fits the processor's nearest cache, turns the others away.
  class TermLookup {
   public:
    TermLookup() : filter_(kFilterBits, false) {}
    void Add(uint32_t hash, uint32_t term);
    void Sort();
    template <typename Visit>
    void Find(uint32_t hash, Visit&& visit) const {
      if (!filter_[hash % kFilterBits]) return;
      for (auto at = LowerBound(hash); at != terms_.end() && at->first == hash; ++at) visit(at->second);
    }

   private:
    static constexpr size_t kFilterBits = 1 << 16;
    using Terms = std::vector<std::pair<uint32_t, uint32_t>>;  // hash, index in the request; ascending
    Terms::const_iterator LowerBound(uint32_t hash) const;
    std::vector<bool> filter_;
    Terms terms_;
  };

  void AddCounts(const ForwardView::Section& section, const TermLookup& terms);

  const IndexReader& reader_;
  const Principal& principal_;
  TermLookup words_;
  TermLookup grams_;
  std::vector<std::pair<uint32_t, TermCounts>> found_;  // reused between documents
};

// Hash of a term as forward data and gram statistics have it.
uint32_t HashOf(const internal::v1::Term& term);

}  // namespace duijie::search
