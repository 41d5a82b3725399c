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

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "duijie/internal/v1/candidate_service.pb.h"
#include "services/search/readable_index.h"

namespace duijie::search {

// A record found, with its forward data, so that they are read once.
struct FoundRecord {
  Xapian::docid id = 0;
  double score = 0;
  std::unique_ptr<const std::string> bytes;  // stays where it is when records are sorted
  ForwardView forward;                       // into bytes
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
  double ScoreOf(const FoundRecord& record) const;
  double NormOf(const FoundRecord& record) const;
  void ScoreAll(std::vector<FoundRecord>* records) const;
  void AddFeedback(const std::vector<FoundRecord>& records);
  double IdfOf(uint32_t hash) const;

  const IndexReader& reader_;
  const internal::v1::CosineSearch& options_;
  double unigram_factor_;                       // √unigram_weight
  std::unordered_map<uint32_t, double> query_;  // hash → weight; for lookup only
};

}  // namespace duijie::search
