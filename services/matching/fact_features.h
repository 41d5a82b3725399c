// SPDX-License-Identifier: GPL-3.0-or-later
// The features of a pair that come from facts: taxonomy codes, maturity, money, cooperation, region,
// freshness. Formulas and sources: docs/model.md. Pure.
#pragma once

#include <string_view>

#include "common/base/calendar.h"
#include "duijie/internal/v1/candidate_service.pb.h"
#include "services/matching/code_matcher.h"
#include "services/matching/features.h"
#include "services/matching/model.h"

namespace duijie::matching {

// The facts of a pair, by role, whichever side was the source.
struct FactsPair {
  const internal::v1::RecordFacts& need;
  const internal::v1::RecordFacts& achievement;
  std::string_view counterpart_fresh_on;  // date of the side that is ranked; may be empty
  Day as_of;
};

// Fills values[kFieldAgreement] to values[kFreshness]; `codes` is CodeMatcher's answer for the pair.
void FactFeatures(const FactsPair& pair, const CodeAgreement& codes,
                  const internal::v1::RankingParameters& parameters, FeatureValues* values);

}  // namespace duijie::matching
