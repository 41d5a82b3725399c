// SPDX-License-Identifier: GPL-3.0-or-later
// The questions of the clinic, worked out from the candidates of a need: what separates them, the plausible
// answers with the share of the candidates that each speaks for. Pure and deterministic.
//
// Candidates weigh RankWeight. A question is worth trying as far as the
// candidates speak of its subject and disagree: (weight of those that speak / all) · entropy of the shares.
#pragma once

#include <string>
#include <vector>

#include "common/taxonomy/taxonomy_set.h"
#include "common/text/analyzer.h"
#include "duijie/v1/clinic_service.pb.h"
#include "services/mining/clinic/candidate_figures.h"

namespace duijie::mining {

inline constexpr int kMaxTried = 7;    // questions whose answers are matched
inline constexpr int kMaxOptions = 3;  // of a question
inline constexpr size_t kTop = 10;     // ranks that count

class QuestionMaker {
 public:
  // All must outlive this.
  QuestionMaker(const Analyzer& analyzer, const TaxonomySet& taxonomies, const indicator::NameTable& names)
      : analyzer_(analyzer), taxonomies_(taxonomies), names_(names) {}

  // Most worth trying first, at most kMaxTried; options have shares, and no change yet. What the need states
  // already is not asked.
  std::vector<v1::ClinicQuestion> Propose(const v1::Need& need, const ClinicCandidates& candidates) const;

 private:
  const Analyzer& analyzer_;
  const TaxonomySet& taxonomies_;
  const indicator::NameTable& names_;
};

// Σ |w(rank before) − w(rank after)| / 2 Σ w over the first kTop names of each list, 0 to 1.
double ChangeOf(const std::vector<std::string>& before, const std::vector<std::string>& after);

}  // namespace duijie::mining
