// SPDX-License-Identifier: GPL-3.0-or-later
// The questions of the clinic, worked out from the candidates of a need: what separates them, the plausible
// answers with the share of the candidates that each speaks for, and what an answer does to the need. Pure
// and deterministic.
//
// Candidates weigh w(rank) = 1 / log2(rank + 1), the discount of DCG (Järvelin and Kekäläinen, Cumulated
// gain-based evaluation of IR techniques, TOIS 20(4), 2002). A question is worth trying as far as the
// candidates speak of its subject and disagree: (weight of those that speak / all) · entropy of the shares.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/taxonomy/taxonomy_set.h"
#include "common/text/analyzer.h"
#include "duijie/v1/achievement.pb.h"
#include "duijie/v1/clinic_service.pb.h"

namespace duijie::mining {

inline constexpr int kMaxTried = 7;              // questions whose answers are matched
inline constexpr int kMaxOptions = 3;            // of a question
inline constexpr size_t kTop = 10;               // ranks that count
inline constexpr size_t kMostFigures = 50;       // read from one achievement
inline constexpr size_t kMostTextBytes = 6'000;  // of one achievement that figures and words are read from

// In order of rank; the first has rank 1.
using ClinicCandidates = std::vector<v1::Achievement>;

// The weight of a rank, from 1.
double RankWeight(size_t rank);

class QuestionMaker {
 public:
  // Both must outlive this.
  QuestionMaker(const Analyzer& analyzer, const TaxonomySet& taxonomies)
      : analyzer_(analyzer), taxonomies_(taxonomies) {}

  // Most worth trying first, at most kMaxTried; options have shares, and no change yet. What the need states
  // already is not asked.
  std::vector<v1::ClinicQuestion> Propose(const v1::Need& need, const ClinicCandidates& candidates) const;

 private:
  const Analyzer& analyzer_;
  const TaxonomySet& taxonomies_;
};

// Puts the answer into the need. An answer given before to the same question is replaced. `fields`: the
// top-level fields of the need that changed. INVALID_ARGUMENT for a question or an answer that cannot be.
Status ApplyAnswer(std::string_view question_id, const std::string& answer, v1::Need* need,
                   std::vector<std::string>* fields);

// Σ |w(rank before) − w(rank after)| / 2 Σ w over the first kTop names of each list, 0 to 1.
double ChangeOf(const std::vector<std::string>& before, const std::vector<std::string>& after);

}  // namespace duijie::mining
