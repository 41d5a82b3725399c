// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/ranking.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "common/semantics/meaning.h"
#include "common/taxonomy/region.h"
#include "services/matching/next_actions.h"

namespace duijie::matching {
namespace {

using internal::v1::Candidate;

struct Scored {
  const Candidate* candidate;
  LevelEvidence evidence;
  ScoredFeatures features;
  bool eligible;
  FeatureValues raw{};
  std::unique_ptr<v1::FitTable> fit = nullptr;  // nullptr: not judged
  v1::MatchLevel level = v1::MATCH_LEVEL_UNSPECIFIED;
  double probability = 0;
};

FactsPair FactsFor(const RankingInput& input, const Candidate& candidate, Day as_of) {
  const internal::v1::RecordFacts& theirs = candidate.facts();
  if (input.source.is_need) return {input.source.facts, theirs, theirs.fresh_on(), as_of};
  return {theirs, input.source.facts, theirs.fresh_on(), as_of};
}

// Text features before their curve, facts as they are.
FeatureValues RawFeatures(const RankingInput& input, const TextParts& texts, const Candidate& candidate,
                          const FactsPair& facts, CodeMatcher* codes) {
  FeatureValues values{};
  std::copy(texts.begin(), texts.end(), values.begin());
  FactFeatures(facts, codes->With(candidate.facts()), input.model.parameters(), &values);
  return values;
}

bool ViolatedLast(const RankingInput& input) {
  return input.parameters.violation_policy() != v1::VIOLATION_POLICY_IGNORE;
}

// The list in its order; entries are large and stay where they are.
using Sorted = std::vector<Scored*>;

void Sort(bool violated_last, Sorted* list) {
  const auto is_last = [&](const Scored& entry) { return violated_last && !entry.eligible; };
  std::sort(list->begin(), list->end(), [&](const Scored* a, const Scored* b) {
    if (is_last(*a) != is_last(*b)) return is_last(*b);
    if (a->features.score != b->features.score) return a->features.score > b->features.score;
    return a->candidate->name() < b->candidate->name();
  });
}

// Levels of the sorted list, one run of them for each stretch of pairs that violate a constraint or do not.
Status SetLevels(const RankingInput& input, const Sorted& sorted) {
  if (input.model.levels() == nullptr) return OkStatus();
  const bool violated_last = ViolatedLast(input);
  std::vector<LevelEvidence> evidence;
  evidence.reserve(sorted.size());
  for (const Scored* entry : sorted) evidence.push_back(entry->evidence);
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<LevelOdds> odds, input.model.levels()->Predict(evidence));
  for (size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
    while (end < sorted.size() && (!violated_last || sorted[end]->eligible == sorted[begin]->eligible)) ++end;
    const std::vector<v1::MatchLevel> levels = BestLevels(
        {odds.begin() + static_cast<std::ptrdiff_t>(begin), odds.begin() + static_cast<std::ptrdiff_t>(end)});
    for (size_t i = begin; i < end; ++i) {
      sorted[i]->level = levels[i - begin];
      sorted[i]->probability = odds[i][kRelevantThreshold];
    }
  }
  return OkStatus();
}

// What the parameters keep, whatever the score is.
bool Admitted(const RankingInput& input, const Scored& scored, const FactsPair& facts) {
  if (!scored.eligible && input.parameters.violation_policy() == v1::VIOLATION_POLICY_DROP) return false;
  return !input.parameters.only_jing_jin_to_ji() ||
         (IsBeijingTianjin(facts.achievement.region_code()) && IsHebei(facts.need.region_code()));
}

bool Kept(const RankingInput& input, const Scored& scored, const FactsPair& facts) {
  const auto min_score = std::llround(input.parameters.min_score() * kScoreUnit);
  return scored.features.score >= min_score && scored.level >= input.parameters.min_level() &&
         Admitted(input, scored, facts);
}

// How many places of the list close pairs may take that only violate a constraint.
std::ptrdiff_t PlacesBehind(const RankingInput& input) {
  constexpr std::ptrdiff_t kMaxBehind = 3;
  constexpr std::ptrdiff_t kOneIn = 4;  // places of the list
  const bool last = input.parameters.violation_policy() == v1::VIOLATION_POLICY_RANK_LAST;
  return last ? std::min(kMaxBehind, static_cast<std::ptrdiff_t>(input.limit) / kOneIn) : 0;
}

// Judges the indicators of these pairs and scores them again.
Status Judge(const RankingInput& input, const Sorted& pairs) {
  std::vector<PairFits::Counterpart> counterparts;
  counterparts.reserve(pairs.size());
  for (const Scored* pair : pairs)
    counterparts.push_back({pair->candidate->name(), pair->candidate->revision()});
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::FitTable> tables, input.fits->Read(counterparts));
  for (size_t i = 0; i < pairs.size(); ++i) {
    Scored& pair = *pairs[i];
    pair.fit = std::make_unique<v1::FitTable>(std::move(tables[i]));
    pair.raw[kIndicatorsMet] = IndicatorsMet(*pair.fit);
    pair.raw[kIndicatorsMissed] = IndicatorsMissed(*pair.fit);
    const ScoredPair scored = ScoreRaw(pair.raw, input.model);
    pair.features = scored.features;
    pair.evidence.score = scored.evidence.score;
  }
  return OkStatus();
}

// Which pairs are still to be judged: of the first ones, whatever they are; of the first `limit` of those
// that reach the level, because figures may lift them over min_score; and of what would be returned now,
// which may stand behind many that are not, the first that violate a constraint among it.
Sorted OpenPairs(const RankingInput& input, Day as_of, const Sorted& sorted) {
  Sorted open;
  size_t admitted = 0;
  size_t good = 0;
  size_t kept = 0;
  std::ptrdiff_t behind = 0;
  for (Scored* entry : sorted) {
    const FactsPair facts = FactsFor(input, *entry->candidate, as_of);
    if (!Admitted(input, *entry, facts)) continue;
    const bool is_first = admitted++ < kFittedPairs;
    const bool is_good = entry->level >= input.parameters.min_level() && good++ < input.limit;
    const bool stays = Kept(input, *entry, facts);
    const bool is_kept = stays && kept++ < input.limit;
    const bool is_behind = stays && !entry->eligible && behind++ < PlacesBehind(input);
    if (entry->fit == nullptr && (is_first || is_good || is_kept || is_behind)) open.push_back(entry);
  }
  return open;
}

// Judges pairs and sorts again until none is left to judge. Levels are then those of the last order.
Status JudgeIndicators(const RankingInput& input, Day as_of, Sorted* sorted) {
  if (input.fits == nullptr || !input.fits->MayHaveRows()) return SetLevels(input, *sorted);
  const bool levels_decide = input.parameters.min_level() != v1::MATCH_LEVEL_UNSPECIFIED;
  for (;;) {
    if (levels_decide) DUIJIE_RETURN_IF_ERROR(SetLevels(input, *sorted));
    const Sorted open = OpenPairs(input, as_of, *sorted);
    if (open.empty()) return levels_decide ? OkStatus() : SetLevels(input, *sorted);
    DUIJIE_RETURN_IF_ERROR(Judge(input, open));
    Sort(ViolatedLast(input), sorted);
  }
}

// Of a higher level or, where the model gives none, of a higher score.
bool IsCloser(const Scored& a, const Scored& b) {
  const bool has_levels = a.level != v1::MATCH_LEVEL_UNSPECIFIED;
  return has_levels ? a.level > b.level : a.features.score > b.features.score;
}

// Cuts the list to its limit. Pairs that violate a constraint stand last and would fall off a full list,
// however close; yet a constraint can often be talked over. So the best of them take the last places from
// pairs that are less close.
void Cut(const RankingInput& input, Sorted* sorted) {
  if (sorted->size() <= input.limit) return;
  const auto behind =
      std::find_if(sorted->begin(), sorted->end(), [](const Scored* e) { return !e->eligible; });
  const auto full = sorted->begin() + static_cast<std::ptrdiff_t>(input.limit);
  if (behind >= full) {
    const std::ptrdiff_t most = std::min(sorted->end() - behind, PlacesBehind(input));
    std::ptrdiff_t places = 0;
    while (places < most && IsCloser(*behind[places], *full[-1 - places])) ++places;
    std::copy_n(behind, places, full - places);
  }
  sorted->resize(input.limit);
}

// Next steps look at all results that are shown, so they come last.
void AddNextActions(const RankingInput& input, const Sorted& sorted, Day as_of,
                    std::vector<v1::MatchResult>* results) {
  const std::vector<BestStated> best = input.source.is_need ? BestOf(*results) : std::vector<BestStated>();
  for (size_t i = 0; i < results->size(); ++i) {
    const FactsPair facts = FactsFor(input, *sorted[i]->candidate, as_of);
    for (v1::NextAction& action : NextActions({(*results)[i], facts, best}))
      *(*results)[i].mutable_explanation()->add_next_actions() = std::move(action);
  }
}

// Takes the table of fits.
v1::MatchResult ResultOf(const RankingInput& input, const MatchedTerms* terms, Day as_of, Scored* entry) {
  const Scored& scored = *entry;
  v1::MatchResult result;
  const Candidate& candidate = *scored.candidate;
  const bool from_need = input.source.is_need;
  result.set_need(from_need ? input.source.name : candidate.name());
  result.set_need_title(from_need ? input.source.title : candidate.title());
  result.set_achievement(from_need ? candidate.name() : input.source.name);
  result.set_achievement_title(from_need ? candidate.title() : input.source.title);
  result.set_score(static_cast<double>(scored.features.score) / kScoreUnit);
  result.set_eligible(scored.eligible);
  result.set_level(scored.level);
  result.set_probability(scored.probability);
  if (terms == nullptr) return result;
  const FactsPair facts = FactsFor(input, candidate, as_of);
  const ExplainedPair pair = {*terms,          candidate,        facts,        input.model, input.taxonomies,
                              scored.features, entry->fit.get(), input.related};
  *result.mutable_explanation() = input.view == v1::MATCH_VIEW_EVIDENCE ? EvidenceOf(pair) : Explain(pair);
  return result;
}

}  // namespace

ScoredPair ScoreRaw(const FeatureValues& raw, const RankingModel& model) {
  FeatureValues values = raw;
  for (size_t i = 0; i < kTextFeatureCount; ++i) values[i] = Saturate(raw[i], model.saturation(i));
  ScoredPair pair;
  pair.features = model.Score(values);
  std::copy_n(raw.begin(), kTextFeatureCount, pair.evidence.raw.begin());
  pair.evidence.score = model.LevelScore(pair.features);
  return pair;
}

StatusOr<std::vector<PairFeatures>> FeaturesOf(const RankingInput& input) {
  const Day as_of = ParseDay(input.parameters.as_of()).value_or(Day());
  CodeMatcher codes(input.taxonomies, input.source.facts);
  const TextScorer texts(input.query, input.model);
  std::vector<PairFeatures> pairs;
  for (const Candidate& candidate : input.candidates) {
    DUIJIE_ASSIGN_OR_RETURN(const TextEvidence evidence, texts.Of(candidate));
    pairs.push_back({candidate.name(),
                     RawFeatures(input, evidence.raw, candidate, FactsFor(input, candidate, as_of), &codes),
                     evidence.close});
  }
  if (input.fits == nullptr || !input.fits->MayHaveRows()) return pairs;
  std::vector<PairFits::Counterpart> counterparts;
  for (const Candidate& candidate : input.candidates)
    counterparts.push_back({candidate.name(), candidate.revision()});
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<v1::FitTable> tables, input.fits->Read(counterparts));
  for (size_t i = 0; i < pairs.size(); ++i) {
    pairs[i].raw[kIndicatorsMet] = IndicatorsMet(tables[i]);
    pairs[i].raw[kIndicatorsMissed] = IndicatorsMissed(tables[i]);
  }
  return pairs;
}

StatusOr<std::vector<v1::MatchResult>> Rank(const RankingInput& input) {
  const Day as_of = ParseDay(input.parameters.as_of()).value_or(Day());
  CodeMatcher codes(input.taxonomies, input.source.facts);
  const TextScorer texts(input.query, input.model);
  std::vector<Scored> scored;
  scored.reserve(static_cast<size_t>(input.candidates.size()));
  for (const Candidate& candidate : input.candidates) {
    DUIJIE_ASSIGN_OR_RETURN(const TextEvidence evidence, texts.Of(candidate));
    const FactsPair facts = FactsFor(input, candidate, as_of);
    const FeatureValues raw = RawFeatures(input, evidence.raw, candidate, facts, &codes);
    ScoredPair pair = ScoreRaw(raw, input.model);
    pair.evidence.close = evidence.close;
    scored.push_back(
        {&candidate, pair.evidence, pair.features, !ViolatesConstraint(facts, input.taxonomies), raw});
  }
  Sorted sorted;
  sorted.reserve(scored.size());
  for (Scored& entry : scored) sorted.push_back(&entry);
  Sort(ViolatedLast(input), &sorted);
  DUIJIE_RETURN_IF_ERROR(JudgeIndicators(input, as_of, &sorted));
  std::erase_if(sorted, [&](const Scored* entry) {
    return !Kept(input, *entry, FactsFor(input, *entry->candidate, as_of));
  });
  Cut(input, &sorted);
  const bool is_explained = input.view != v1::MATCH_VIEW_BASIC;
  const std::optional<MatchedTerms> terms = is_explained ? std::optional<MatchedTerms>(texts) : std::nullopt;
  std::vector<v1::MatchResult> results;
  results.reserve(sorted.size());
  for (Scored* entry : sorted) {
    results.push_back(ResultOf(input, terms ? &*terms : nullptr, as_of, entry));
    results.back().set_rank(static_cast<int32_t>(results.size()));
  }
  const bool is_full = is_explained && input.view != v1::MATCH_VIEW_EVIDENCE;
  if (is_full && input.fits != nullptr) AddNextActions(input, sorted, as_of, &results);
  return results;
}

}  // namespace duijie::matching
