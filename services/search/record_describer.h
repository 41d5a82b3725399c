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
  using HashedTerms = std::vector<std::pair<uint32_t, uint32_t>>;  // hash, index in the request; ascending

  void AddCounts(const ForwardView::Section& section, const HashedTerms& terms);

  const IndexReader& reader_;
  const Principal& principal_;
  HashedTerms words_;
  HashedTerms grams_;
  std::vector<std::pair<uint32_t, TermCounts>> found_;  // reused between documents
};

// Hash of a term as forward data and gram statistics have it.
uint32_t HashOf(const internal::v1::Term& term);

}  // namespace duijie::search
