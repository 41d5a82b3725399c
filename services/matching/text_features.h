// SPDX-License-Identifier: GPL-3.0-or-later
// The text features of a pair (the first kTextFeatureCount), as sums over the matched terms, so that an
// explanation can say what each term gave. Formulas and sources: docs/model.md. Pure.
#pragma once

#include <array>
#include <memory>

#include "duijie/internal/v1/candidate_service.pb.h"
#include "services/matching/features.h"
#include "services/matching/model.h"
#include "services/matching/query_terms.h"
#include "services/matching/term_counts.h"

namespace duijie::matching {

using TextParts = std::array<double, kTextFeatureCount>;

// What a candidate contributes to each formula besides its matched terms; made once a pair.
struct TextScale {
  TextScale(const Query& query, const internal::v1::Candidate& candidate, const RankingModel& model);

  const internal::v1::RankingParameters& parameters;
  Counts word_lengths{};
  std::array<double, kFieldCount> length_norms{};  // 1 − b + b · length / mean length
  double record_norm = 0;                          // Euclidean norm of the candidate's grams
};

struct TextEvidence {
  TextParts raw{};  // raw values, 0 to 1, before the saturation curve
  Closeness close;  // what only levels use; see level.h
};

// The text features of many candidates of one query, one pass over the counts of each. Thread-safe.
class TextScorer {
 public:
  // Arguments must outlive this.
  TextScorer(const Query& query, const RankingModel& model);
  ~TextScorer();
  TextScorer(const TextScorer&) = delete;
  TextScorer& operator=(const TextScorer&) = delete;

  // INTERNAL for counts of a term that the query lacks.
  StatusOr<TextEvidence> Of(const internal::v1::Candidate& candidate) const;

  // What one matched term adds to the numerators of the text features: Σ over terms, divided by the features'
  // denominators, is the raw value. All parts are ≥ 0. `count.term` must be a valid index, `scale` the
  // candidate's.
  TextParts PartsOf(const TextScale& scale, const TermCount& count) const;

  const Query& query() const { return query_; }
  const RankingModel& model() const { return model_; }

 private:
  struct Terms;
  const Query& query_;
  const RankingModel& model_;
  std::unique_ptr<const Terms> terms_;
};

// x(1+s)/(x+s) with the model's s: 0 → 0, 1 → 1, and small values spread over the scale.
double Saturate(double raw, double saturation);

}  // namespace duijie::matching
