// SPDX-License-Identifier: GPL-3.0-or-later
// The second step of candidate search: what BM25 over a few dozen terms found is scored by a cosine over all
// grams of the query, single characters included; then the grams of the best records join the query
// (Rocchio, Relevance feedback in information retrieval, in: The SMART Retrieval System, 1971) and all are
// scored again. Works on forward data alone. For one request.
//
//   score(d) = Σ q(g) · weight(g, d) / |d| + meaning_share · cos(meanings)
//   feedback: f = Σ over the best records score · d / |d|, cut to its heaviest grams and scaled to length
//   feedback_share
#pragma once

#include <cstdint>
#include <vector>

#include "duijie/internal/v1/candidate_service.pb.h"
#include "services/search/hash_filter.h"
#include "services/search/readable_index.h"

namespace duijie::search {

// A record found, with its forward data, so that they are read once; the bytes are somebody else's.
struct FoundRecord {
  Xapian::docid id = 0;
  double score = 0;
  ForwardView forward;
};

// Weights of grams by hash.
class GramWeights {
 public:
  explicit GramWeights(size_t grams);
  void Add(uint32_t hash, double weight);  // at most `grams` different ones
  const HashFilter& filter() const { return filter_; }
  double Find(uint32_t hash) const {
    for (size_t i = hash & mask_; slots_[i].hash != 0; i = (i + 1) & mask_) {
      if (slots_[i].hash == hash) return slots_[i].weight;
    }
    return 0;
  }

 private:
  static constexpr size_t kSlotsPerGram = 4;
  struct Slot {
    uint32_t hash = 0;  // 0: empty; no gram has this hash
    double weight = 0;
  };
  HashFilter filter_;
  std::vector<Slot> slots_;  // a power of two of them
  size_t mask_;
};

class CosineScorer {
 public:
  // Both must outlive this.
  CosineScorer(const IndexReader& reader, const internal::v1::FindCandidatesRequest& request);

  // Sets the scores, puts the records in order (ties by name) and keeps the first `limit`.
  void Rank(size_t limit, std::vector<FoundRecord>* records);

 private:
  struct Feedback {
    uint32_t hash;
    double weight;
  };
  double CosineOf(const GramWeights& query, const FoundRecord& record) const;
  double NormOf(const FoundRecord& record) const;
  // How many of the records, which must be in order, are looked at for feedback, and which of them.
  std::vector<const FoundRecord*> FeedbackRecords(const std::vector<const FoundRecord*>& records) const;
  // Their heaviest grams, heaviest first, ties by hash.
  std::vector<Feedback> BestGrams(const std::vector<const FoundRecord*>& records) const;
  GramWeights FeedbackQuery(const std::vector<const FoundRecord*>& records) const;
  double IdfOf(uint32_t hash) const;

  const IndexReader& reader_;
  const internal::v1::CosineSearch& options_;
  double unigram_factor_;  // √unigram_weight
  GramWeights query_;
};

}  // namespace duijie::search
