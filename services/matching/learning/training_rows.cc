// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/training_rows.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <tuple>

#include "services/matching/learning/training_random.h"

namespace duijie::matching {
namespace {

constexpr size_t kPairsPerCall = 2'000;  // what DescribeRecords takes
constexpr std::chrono::minutes kCallTimeout{2};
constexpr double kMaxWeight = 3;
constexpr int64_t kOrderSeed = 1;

// What the judges of one pair said.
struct Opinion {
  double levels = 0;
  double weights = 0;
  double judges = 0;
};
using Opinions = std::map<std::string, std::map<std::string, Opinion>>;  // need → achievement

// ASCII is folded, spaces are dropped; titles that differ otherwise are different.
std::string GroupOf(const std::string& title) {
  std::string group;
  for (const char c : title) {
    if (c == ' ' || c == '\t') continue;
    group += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return group;
}

StatusOr<Opinions> ReadOpinions(const JudgementStore& store, int64_t* judgements) {
  Opinions opinions;
  DUIJIE_RETURN_IF_ERROR(store.ForEachCounting([&](const v1::Judgement& judgement) -> Status {
    const std::optional<int> level = LevelOf(judgement);
    if (!level) return OkStatus();
    if (++*judgements > kMaxTrainingJudgements) {
      return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "评判超过 2000000 条，无法一次训练");
    }
    Opinion& opinion = opinions[judgement.need()][judgement.achievement()];
    opinion.levels += *level;
    opinion.weights += WeightOf(judgement);
    opinion.judges += 1;
    return OkStatus();
  }));
  return opinions;
}

// By what they say, not by name: names are random, so the same records imported anew would train another
// model.
auto ContentOf(const TrainingPair& pair) {
  return std::tie(pair.raw, pair.close.meanings, pair.close.title_meaning, pair.close.title_to_record,
                  pair.level, pair.weight);
}

void OrderByContent(TrainingData* data) {
  const auto before = [](const TrainingPair& a, const TrainingPair& b) {
    return ContentOf(a) < ContentOf(b);
  };
  for (TrainingNeed& need : data->needs) {
    std::sort(need.pairs.begin(), need.pairs.end(), before);
    // Pairs that look the same must not come by level: ranked as they stand, they would speak for or against
    // every model.
    TrainingRandom(kOrderSeed).Shuffle(&need.pairs);
  }
  std::sort(data->needs.begin(), data->needs.end(), [&](const TrainingNeed& a, const TrainingNeed& b) {
    if (a.group != b.group) return a.group < b.group;
    return std::lexicographical_compare(a.pairs.begin(), a.pairs.end(), b.pairs.begin(), b.pairs.end(),
                                        before);
  });
}

}  // namespace

std::optional<int> LevelOf(const v1::Judgement& judgement) {
  if (judgement.level() >= v1::MATCH_LEVEL_NONE && judgement.level() <= v1::MATCH_LEVEL_STRONG)
    return static_cast<int>(judgement.level());
  if (judgement.decision() == v1::JUDGEMENT_DECISION_ACCEPTED) return kRelevantLevel;
  if (judgement.decision() != v1::JUDGEMENT_DECISION_DECLINED) return std::nullopt;
  switch (judgement.decline_reason()) {
    case v1::DECLINE_REASON_PRICE:
    case v1::DECLINE_REASON_TERMS:
    case v1::DECLINE_REASON_ALREADY_SOLVED:
    case v1::DECLINE_REASON_UNCLEAR:
      return std::nullopt;
    default:
      return kLowestLevel;
  }
}

double WeightOf(const v1::Judgement& judgement) {
  if (judgement.rank_shown() <= 0) return 1;
  return std::clamp(std::log2(1.0 + judgement.rank_shown()), 1.0, kMaxWeight);
}

StatusOr<std::optional<SourceRecord>> TrainingRows::ReadNeed(const std::string& name) const {
  internal::v1::ReadRecordsRequest request;
  request.add_names(name);
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ReadRecordsResponse response,
                          peers_.read_records(rpc::CallContext::ForSystem(kCallTimeout), request));
  if (response.records_size() != 1 || !response.records(0).has_need()) return std::optional<SourceRecord>();
  return std::optional<SourceRecord>(SourceOf(response.records(0).need()));
}

Status TrainingRows::AddPairs(const SourceRecord& source, const v1::MatchParameters& parameters,
                              TrainingNeed* need) const {
  std::map<std::string, PairFeatures> features;
  for (size_t begin = 0; begin < need->pairs.size(); begin += kPairsPerCall) {
    std::vector<std::string> names;
    for (size_t i = begin; i < std::min(need->pairs.size(), begin + kPairsPerCall); ++i)
      names.push_back(need->pairs[i].achievement);
    const PairsRequest request{source, std::move(names), parameters, SystemPrincipal(), v1::MATCH_VIEW_BASIC};
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<PairFeatures> found,
                            matcher_.PairFeaturesOf(rpc::CallContext::ForSystem(kCallTimeout), request));
    for (const PairFeatures& pair : found) features[pair.counterpart] = pair;
  }
  std::vector<TrainingPair> kept;
  for (TrainingPair& pair : need->pairs) {
    const auto found = features.find(pair.achievement);
    if (found == features.end()) continue;  // deleted, or not in the index
    pair.raw = found->second.raw;
    pair.close = found->second.close;
    kept.push_back(std::move(pair));
  }
  need->pairs = std::move(kept);
  return OkStatus();
}

StatusOr<TrainingData> TrainingRows::Collect(const rpc::CallContext& call,
                                             const v1::MatchParameters& parameters) const {
  TrainingData data;
  DUIJIE_ASSIGN_OR_RETURN(const Opinions opinions, ReadOpinions(judgements_, &data.judgements));
  for (const auto& [name, achievements] : opinions) {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    DUIJIE_ASSIGN_OR_RETURN(const std::optional<SourceRecord> source, ReadNeed(name));
    if (!source) continue;
    TrainingNeed need{name, GroupOf(source->title), {}};
    for (const auto& [achievement, opinion] : achievements) {
      TrainingPair pair;
      pair.achievement = achievement;
      pair.level = static_cast<int>(std::floor(opinion.levels / opinion.judges + 0.5));
      pair.weight = opinion.weights / opinion.judges;
      need.pairs.push_back(std::move(pair));
    }
    DUIJIE_RETURN_IF_ERROR(AddPairs(*source, parameters, &need));
    if (!need.pairs.empty()) data.needs.push_back(std::move(need));
  }
  OrderByContent(&data);
  return data;
}

}  // namespace duijie::matching
