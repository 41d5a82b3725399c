// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/ranking.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "common/taxonomy/region.h"

namespace duijie::matching {
namespace {

using internal::v1::Candidate;

struct Scored {
  const Candidate* candidate;
  ScoredFeatures features;
  bool eligible;
};

FactsPair FactsFor(const RankingInput& input, const Candidate& candidate, Day as_of) {
  const internal::v1::RecordFacts& theirs = candidate.facts();
  if (input.source.is_need) return {input.source.facts, theirs, theirs.fresh_on(), as_of};
  return {theirs, input.source.facts, theirs.fresh_on(), as_of};
}

ScoredFeatures ScoreOf(const RankingInput& input, const Candidate& candidate, const FactsPair& facts,
                       CodeMatcher* codes) {
  FeatureValues values{};
  const TextParts raw = RawTextFeatures(input.query, candidate, input.model);
  for (size_t i = 0; i < kTextFeatureCount; ++i) values[i] = Saturate(raw[i], input.model.saturation(i));
  FactFeatures(facts, codes->With(candidate.facts()), input.model.parameters(), &values);
  return input.model.Score(values);
}

bool Kept(const RankingInput& input, const Scored& scored, const FactsPair& facts) {
  const auto min_score = std::llround(input.parameters.min_score() * kScoreUnit);
  if (scored.features.score < min_score) return false;
  if (!scored.eligible && input.parameters.violation_policy() == v1::VIOLATION_POLICY_DROP) return false;
  return !input.parameters.only_jing_jin_to_ji() ||
         (IsBeijingTianjin(facts.achievement.region_code()) && IsHebei(facts.need.region_code()));
}

Status CheckCounts(const RankingInput& input, const Candidate& candidate) {
  for (const TermCount count : TermCounts(candidate)) {
    if (count.term >= input.query.terms.size()) {
      return Error(StatusCode::kInternal, "INTERNAL", "a candidate counts a term that was not asked");
    }
  }
  return OkStatus();
}

v1::MatchResult ResultOf(const RankingInput& input, const Scored& scored, Day as_of) {
  v1::MatchResult result;
  const Candidate& candidate = *scored.candidate;
  const bool from_need = input.source.is_need;
  result.set_need(from_need ? input.source.name : candidate.name());
  result.set_need_title(from_need ? input.source.title : candidate.title());
  result.set_achievement(from_need ? candidate.name() : input.source.name);
  result.set_achievement_title(from_need ? candidate.title() : input.source.title);
  result.set_score(static_cast<double>(scored.features.score) / kScoreUnit);
  result.set_eligible(scored.eligible);
  if (!input.explain) return result;
  const FactsPair facts = FactsFor(input, candidate, as_of);
  *result.mutable_explanation() =
      Explain({input.query, candidate, facts, input.model, input.taxonomies, scored.features});
  return result;
}

}  // namespace

StatusOr<std::vector<v1::MatchResult>> Rank(const RankingInput& input) {
  const Day as_of = ParseDay(input.parameters.as_of()).value_or(Day());
  const bool violated_last = input.parameters.violation_policy() != v1::VIOLATION_POLICY_IGNORE;
  CodeMatcher codes(input.taxonomies, input.source.facts);
  std::vector<Scored> scored;
  scored.reserve(static_cast<size_t>(input.candidates.size()));
  for (const Candidate& candidate : input.candidates) {
    DUIJIE_RETURN_IF_ERROR(CheckCounts(input, candidate));
    const FactsPair facts = FactsFor(input, candidate, as_of);
    Scored entry{&candidate, ScoreOf(input, candidate, facts, &codes),
                 !ViolatesConstraint(facts, input.taxonomies)};
    if (Kept(input, entry, facts)) scored.push_back(entry);
  }
  const auto key = [&](const Scored& entry) {
    return std::make_tuple(violated_last && !entry.eligible, -entry.features.score,
                           std::string_view(entry.candidate->name()));
  };
  std::sort(scored.begin(), scored.end(), [&](const Scored& a, const Scored& b) { return key(a) < key(b); });
  scored.resize(std::min(scored.size(), input.limit));
  std::vector<v1::MatchResult> results;
  results.reserve(scored.size());
  for (const Scored& entry : scored) {
    results.push_back(ResultOf(input, entry, as_of));
    results.back().set_rank(static_cast<int32_t>(results.size()));
  }
  return results;
}

}  // namespace duijie::matching
