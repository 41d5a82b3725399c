// SPDX-License-Identifier: GPL-3.0-or-later
// Forward data of a document and the terms of a query to a Candidate. For one request.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "common/auth/principal.h"
#include "duijie/internal/v1/candidate_service.pb.h"
#include "services/search/hash_filter.h"
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
  // The same from forward data that were read already.
  StatusOr<bool> Describe(Xapian::docid id, const ForwardView& forward, internal::v1::Candidate* candidate);

 private:
  // The terms of the request by hash: open addressing, at most a quarter full, behind a filter.
  class TermLookup {
   public:
    explicit TermLookup(size_t terms);
    void Add(uint32_t hash, uint32_t term);  // at most `terms` times
    const HashFilter& filter() const { return filter_; }
    template <typename Visit>
    void Find(uint32_t hash, Visit&& visit) const {
      for (size_t i = hash & mask_; slots_[i].hash != 0; i = (i + 1) & mask_) {
        if (slots_[i].hash == hash) visit(slots_[i].term);
      }
    }

   private:
    static constexpr size_t kSlotsPerTerm = 4;
    struct Slot {
      uint32_t hash = 0;  // 0: empty; no term has this hash
      uint32_t term = 0;  // index in the request
    };
    HashFilter filter_;
    std::vector<Slot> slots_;  // a power of two of them
    size_t mask_;
  };

  // What was found in one document, handed out by term without sorting.
  class FoundTerms {
   public:
    explicit FoundTerms(size_t terms) : counts_(terms), present_(terms / kWordBits + 1) {}
    // At most once for each term.
    void Add(uint32_t term, const std::array<uint32_t, kFields>& counts) {
      counts_[term] = counts;
      present_[term / kWordBits] |= uint64_t{1} << term % kWordBits;
      ++size_;
    }
    // Appends as Candidate.term_counts wants it, and is empty again.
    void MoveTo(google::protobuf::RepeatedField<uint64_t>* out);

   private:
    static constexpr size_t kWordBits = 64;
    std::vector<std::array<uint32_t, kFields>> counts_;  // valid where `present_`
    std::vector<uint64_t> present_;                      // a bit a term
    size_t size_ = 0;
  };

  void FindIn(const ForwardView::Section& section, const TermLookup& lookup);

  const IndexReader& reader_;
  const Principal& principal_;
  TermLookup words_;
  TermLookup grams_;
  FoundTerms found_;  // reused between documents
};

// Norms of a document, kept for the next who asks.
GramNorms NormsOf(const IndexReader& reader, Xapian::docid id, const ForwardView::Section& grams);

// Hash of a term as forward data and gram statistics have it.
uint32_t HashOf(const internal::v1::Term& term);

}  // namespace duijie::search
