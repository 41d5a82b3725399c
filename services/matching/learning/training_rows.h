// SPDX-License-Identifier: GPL-3.0-or-later
// Judgements as training data: what judges said of a pair, and the pair's features as ScorePairs has them.
#pragma once

#include <optional>

#include "services/matching/learning/judgement_store.h"
#include "services/matching/learning/training_data.h"
#include "services/matching/matcher.h"

namespace duijie::matching {

inline constexpr int64_t kMaxTrainingJudgements = 2'000'000;

// The level that a judgement says of the fit: its grade; else 3 for an accepted pair and 1 for a declined
// one. None for declined pairs without a grade whose reason says nothing of the fit: price, terms, already
// solved, too little information.
std::optional<int> LevelOf(const v1::Judgement& judgement);

// How much a judgement counts: the inverse of the chance that a pair at the rank shown is looked at at all,
// taken as the discount 1 / log2(1 + rank) and kept within 1 to 3; 1 where the rank is not known (inverse
// propensities: Joachims, Swaminathan & Schnabel, Unbiased learning-to-rank with biased feedback, WSDM 2017).
double WeightOf(const v1::Judgement& judgement);

// Every judged pair of records that still exist and are in the index, in an order of what they say, whatever
// their names; several judges of a pair count as their mean level, rounded (halves up), with their mean
// weight. Needs of the same title, but for spaces and case, are one group. Reads as the system, so that
// confidential records take part; features are those of the model in service on `as_of`. RESOURCE_EXHAUSTED
// (TOO_LARGE) with more than kMaxTrainingJudgements; else the errors of the store and the peers.
class TrainingRows {
 public:
  // All must outlive this.
  TrainingRows(const JudgementStore& judgements, const Matcher& matcher, const Peers& peers)
      : judgements_(judgements), matcher_(matcher), peers_(peers) {}

  // `call` is only asked whether the caller still waits.
  StatusOr<TrainingData> Collect(const rpc::CallContext& call, const v1::MatchParameters& parameters) const;

 private:
  StatusOr<std::optional<SourceRecord>> ReadNeed(const std::string& name) const;
  Status AddPairs(const SourceRecord& source, const v1::MatchParameters& parameters,
                  TrainingNeed* need) const;

  const JudgementStore& judgements_;
  const Matcher& matcher_;
  const Peers& peers_;
};

}  // namespace duijie::matching
