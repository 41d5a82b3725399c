// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/answer_model.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

namespace duijie::indicator {
namespace {

struct Described {
  AnswerFeature feature;
  std::string_view name;
  int direction;
};

// In the order of the enumeration.
constexpr Described kDescribed[] = {
    {AnswerFeature::kNamed, "named", 0},
    {AnswerFeature::kAlignment, "alignment", 0},
    {AnswerFeature::kShared, "shared", 0},
    {AnswerFeature::kSharedShare, "shared_share", 1},
    {AnswerFeature::kSharedPairs, "shared_pairs", 0},
    {AnswerFeature::kSharedName, "shared_name", 1},
    {AnswerFeature::kSharedNeed, "shared_need", 1},
    {AnswerFeature::kSharedElsewhere, "shared_elsewhere", 0},
    {AnswerFeature::kSameEnd, "same_end", -1},
    {AnswerFeature::kPhrases, "phrases", 1},
    {AnswerFeature::kSubject, "subject", 1},
    {AnswerFeature::kWantedKnown, "wanted_known", 0},
    {AnswerFeature::kStatedKnown, "stated_known", -1},
    {AnswerFeature::kNamesQuantity, "names_quantity", -1},
    {AnswerFeature::kNameless, "nameless", 0},
    {AnswerFeature::kWantedHead, "wanted_head", 0},
    {AnswerFeature::kStatedHead, "stated_head", 0},
    {AnswerFeature::kStatedLength, "stated_length", 0},
    {AnswerFeature::kClauseLength, "clause_length", 0},
    {AnswerFeature::kDistance, "distance", -1},
    {AnswerFeature::kShare, "share", 0},
    {AnswerFeature::kBareNumber, "bare_number", 0},
    {AnswerFeature::kRatio, "ratio", 0},
    {AnswerFeature::kCounts, "counts", 0},
    {AnswerFeature::kTemperature, "temperature", 0},
    {AnswerFeature::kBases, "bases", 0},
    {AnswerFeature::kAsCount, "as_count", 0},
    {AnswerFeature::kAsShare, "as_share", 0},
    {AnswerFeature::kAsCondition, "as_condition", 0},
    {AnswerFeature::kAsOrdinal, "as_ordinal", 0},
    {AnswerFeature::kAsSpoken, "as_spoken", 0},
    {AnswerFeature::kAsTurn, "as_turn", 0},
    {AnswerFeature::kChanges, "changes", 0},
    {AnswerFeature::kWantsChange, "wants_change", 0},
    {AnswerFeature::kSameUnit, "same_unit", 0},
    {AnswerFeature::kSameBound, "same_bound", 0},
    {AnswerFeature::kOppositeBound, "opposite_bound", -1},
    {AnswerFeature::kTurned, "turned", 0},
    {AnswerFeature::kPaired, "paired", 0},
    {AnswerFeature::kLossWanted, "loss_wanted", 0},
    {AnswerFeature::kLossClause, "loss_clause", 0},
    {AnswerFeature::kMaximum, "maximum", 0},
    {AnswerFeature::kCondition, "condition", 0},
    {AnswerFeature::kHasCondition, "has_condition", 0},
    {AnswerFeature::kWantsCondition, "wants_condition", 0},
    {AnswerFeature::kDecisiveClause, "decisive_clause", -1},
    {AnswerFeature::kDecisiveName, "decisive_name", -1},
    {AnswerFeature::kUnusable, "unusable", -1},
    {AnswerFeature::kOfPart, "part", -1},
    {AnswerFeature::kOtherThing, "other_thing", -1},
    {AnswerFeature::kOtherSubstance, "other_substance", -1},
    {AnswerFeature::kClauseSubstance, "clause_substance", -1},
    {AnswerFeature::kPrecision, "precision", 0},
    {AnswerFeature::kDenied, "denied", -1},
    {AnswerFeature::kOwnerWanted, "owner_wanted", 0},
    {AnswerFeature::kOwnerStated, "owner_stated", 0},
    {AnswerFeature::kOwnerShared, "owner_shared", 1},
    {AnswerFeature::kOwnerInClause, "owner_in_clause", 1},
    {AnswerFeature::kOwnerInText, "owner_in_text", 0},
    {AnswerFeature::kOwnerAsked, "owner_asked", 1},
    {AnswerFeature::kRivals, "rivals", -1},
    {AnswerFeature::kNamelessRivals, "nameless_rivals", 0},
    {AnswerFeature::kToldRivals, "told_rivals", -1},
    {AnswerFeature::kRivalShared, "rival_shared", -1},
    {AnswerFeature::kRivalAlignment, "rival_alignment", -1},
    {AnswerFeature::kRivalDistance, "rival_distance", 1},
    {AnswerFeature::kTextLength, "text_length", -1},
    {AnswerFeature::kSubjectShare, "subject_share", 1},
    {AnswerFeature::kSentenceRivals, "sentence_rivals", -1},
    {AnswerFeature::kStepWords, "step_words", -1},
    {AnswerFeature::kPlace, "place", 0},
};
static_assert(std::size(kDescribed) == kAnswerFeatures);
static_assert([] {
  for (size_t i = 0; i < kAnswerFeatures; ++i) {
    if (static_cast<size_t>(kDescribed[i].feature) != i) return false;
  }
  return true;
}());

Status BadModel(const std::filesystem::path& path, std::string_view rule) {
  return Error(StatusCode::kInvalidArgument, "BAD_TEXT_DATA", "指标判断模型文件损坏",
               {{"file", path.filename().string()}, {"rule", std::string(rule)}});
}

bool HasOurFeatures(const nlohmann::json& names) {
  if (!names.is_array() || names.size() != kAnswerFeatures) return false;
  return std::equal(names.begin(), names.end(), std::begin(kDescribed),
                    [](const nlohmann::json& name, const Described& ours) { return name == ours.name; });
}

}  // namespace

std::string_view NameOf(AnswerFeature feature) { return kDescribed[static_cast<size_t>(feature)].name; }
int DirectionOf(AnswerFeature feature) { return kDescribed[static_cast<size_t>(feature)].direction; }

StatusOr<std::optional<AnswerModel>> AnswerModel::Load(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::optional<AnswerModel>();
  std::string bytes(kMaxAnswerModelBytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<size_t>(file.gcount()));
  if (bytes.size() > kMaxAnswerModelBytes) return BadModel(path, "FILE_SIZE");
  const auto json = nlohmann::json::parse(bytes, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return BadModel(path, "JSON");
  if (json.value("format", nlohmann::json()) != kAnswerModelFormat) return BadModel(path, "FORMAT");
  if (!HasOurFeatures(json.value("features", nlohmann::json()))) return BadModel(path, "FEATURES");
  auto forest = Forest::Of(json.value("trees", nlohmann::json()).dump(), kAnswerFeatures);
  if (!forest) return BadModel(path, "TREES");
  return std::optional(AnswerModel(*std::move(forest)));
}

std::vector<float> AnswerModel::Likelihoods(const std::vector<AnswerFeatures>& answers) const {
  std::vector<float> rows;
  rows.reserve(answers.size() * kAnswerFeatures);
  for (const AnswerFeatures& answer : answers)
    rows.insert(rows.end(), answer.values().begin(), answer.values().end());
  return forest_.PredictUnlessBelow(rows, kStageTrees, kHopeless);
}

}  // namespace duijie::indicator
