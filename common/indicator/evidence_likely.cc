// SPDX-License-Identifier: GPL-3.0-or-later
// Which figure answers most likely, told by its name or not (枸杞苗成活1140株, 出模前只需养护6.5h for
// 蒸养时间): the part of EvidenceFinder that gathers those that could and asks the model.
#include <algorithm>

#include "absl/strings/str_join.h"
#include "common/indicator/condition_match.h"
#include "common/indicator/derived.h"
#include "common/indicator/evidence.h"
#include "common/indicator/holds.h"
#include "common/indicator/judgement_text.h"
#include "common/indicator/name_words.h"
#include "common/indicator/pairs.h"
#include "common/indicator/runes.h"
#include "common/indicator/units.h"

namespace duijie::indicator {

const Indicator& EvidenceFinder::FigureOf(const Told& told) const {
  switch (told.as) {
    case ToldAs::kCount:
      return facts_.counts[told.index];
    case ToldAs::kShare:
      return facts_.shares[told.index].figure;
    case ToldAs::kCondition:
      return facts_.endured[told.index].figure;
    case ToldAs::kIndicator:
      break;
  }
  return stated_.indicators[told.index];
}

// The figure as an answer, or its rest to 100 % where it is what is lost of what is to be kept.
Candidate EvidenceFinder::WeighTold(const Told& told, bool turned) const {
  const Indicator& figure = FigureOf(told);
  const auto answer = turned ? Complement(figure) : std::optional(figure);
  Candidate candidate;
  if (answer) candidate = Weigh(*answer, kAligned);
  candidate.stated = &figure;
  std::vector<std::string> steps;  // 1140 / 1200 = 95 % = 失败率 5 %
  if (told.as == ToldAs::kShare) steps.push_back(facts_.shares[told.index].told);
  if (turned || told.as == ToldAs::kShare) steps.push_back(BoundText(figure));
  if (answer && turned) steps.push_back(wanted_.name + " " + BoundText(*answer));
  if (!steps.empty()) candidate.derived = absl::StrJoin(steps, " = ");
  return candidate;
}

// Whether the figure is of the kind asked for.
bool EvidenceFinder::CouldAnswer(const Told& told) const {
  const Indicator& figure = FigureOf(told);
  // 由原来的80分钟压到52分钟 for 缩短30%.
  if (figure.from && IsRelative(wanted_) && !IsRelative(figure)) return true;
  if (!Convertible(told.unit, *target_.unit) || IsRelative(figure) != IsRelative(wanted_)) return false;
  // 每消耗1kWh供给2.2kWh for COP 2.5: a bare number is told as a ratio.
  return !wanted_.unit.empty() || figure.unit.find('/') != std::string::npos;
}

// 关门2.8秒 is no 开门时间, what 在130℃不能固化 has no 固化温度 of 130 ℃.
bool EvidenceFinder::IsRuledOut(const Told& told) const {
  const Indicator& figure = FigureOf(told);
  if (AreOpposite(name_.cleaned, figure.name.empty() ? ClauseOfTold(told).runes : ToFolded(figure.name)))
    return true;
  const std::string_view behind = Behind(told);
  return Holds(behind, "不能") || Holds(behind, "无法");
}

// Gathers the figures that could answer one target, those of one told figure with the same description.
class EvidenceFinder::Gathering {
 public:
  Gathering(const EvidenceFinder& finder, const std::optional<Candidate>& named)
      : finder_(finder), facts_(finder.facts_), named_(named), known_(facts_.told.size()) {}

  std::vector<LikelyAnswer> Run() {
    AddFigures();
    if (!named_) AddPairs();
    if (answers_.empty()) return {};
    const float subject = finder_.SharesSubject() ? 1 : 0;
    for (LikelyAnswer& answer : answers_) answer.features[AnswerFeature::kSubject] = subject;
    DescribeRivals();
    if (named_) KeepNamed();
    return std::move(answers_);
  }

 private:
  bool IsFull() const { return answers_.size() >= kMaxEvidenceCandidates; }

  void AddFigures() {
    const bool share = finder_.wanted_.unit == "%" && !IsRelative(finder_.wanted_);
    for (size_t i = 0; i < facts_.told.size() && !IsFull(); ++i) {
      const Told& told = facts_.told[i];
      if (!finder_.CouldAnswer(told) || (!named_ && finder_.IsRuledOut(told))) continue;
      Add(i, finder_.WeighTold(told, false));
      if (share && !named_ && finder_.HasRest(told)) {
        if (AnswerFeatures* const features = Add(i, finder_.WeighTold(told, true)))
          (*features)[AnswerFeature::kTurned] = 1;
      }
    }
  }

  // What two figures tell together.
  void AddPairs() {
    const Indicator& wanted = finder_.wanted_;
    const Unit& unit = *finder_.target_.unit;
    const bool changes = IsRelative(wanted);
    if (facts_.told.size() < 2 || unit.offset != 0 || (changes && !IsShare(wanted.unit))) return;
    std::vector<const Indicator*> figures;
    figures.reserve(facts_.told.size());
    for (const Told& told : facts_.told) figures.push_back(&finder_.FigureOf(told));
    const PairTarget target = {unit, wanted.unit, wanted.unit == "%", changes,
                               wanted.comparator == Comparator::kDecreaseBy};
    for (const Pair& pair : PairsFor(target, facts_.places, facts_.told, figures)) {
      if (IsFull()) return;
      const bool share = pair.as == PairedAs::kShare || pair.as == PairedAs::kRest;
      if (share && IsCountedShare(*figures[pair.later])) continue;
      Candidate candidate;
      candidate.stated = figures[pair.later];
      candidate.condition = MatchConditions(wanted.condition, candidate.stated->condition, wanted.name);
      candidate.bridged =
          Bridged{{changes ? wanted.comparator : Comparator::kEqual, pair.value, {}, false}, ""};
      candidate.derived = pair.told;
      (*Add(pair.later, std::move(candidate)))[AnswerFeature::kPaired] = static_cast<float>(pair.as);
    }
  }

  // Null where the candidate does not answer.
  AnswerFeatures* Add(size_t told, Candidate candidate) {
    if (!candidate.bridged) return nullptr;
    if (!known_[told]) {
      const bool rival = named_ && candidate.stated->value_span != named_->stated->value_span;
      known_[told] = rival ? finder_.RivalFeatures(facts_.told[told]) : finder_.FeaturesOf(facts_.told[told]);
    }
    AnswerFeatures features = *known_[told];
    features[AnswerFeature::kDistance] = finder_.DistanceTo(*candidate.bridged);
    features[AnswerFeature::kCondition] = static_cast<float>(candidate.condition);
    answers_.push_back({std::move(candidate), features});
    return &answers_.back().features;
  }

  // Whether the text was found to count it as a share of the count before.
  bool IsCountedShare(const Indicator& count) const {
    return std::any_of(facts_.shares.begin(), facts_.shares.end(), [&](const CountedShare& share) {
      return share.figure.value_span.begin == count.value_span.begin;
    });
  }

  // What the others that could answer have, seen from each.
  void DescribeRivals() {
    using enum AnswerFeature;
    constexpr float kBeyondAll = 8;  // farther than any distance
    for (LikelyAnswer& own : answers_) {
      AnswerFeatures& features = own.features;
      float shared = -1;
      float alignment = -1;
      float distance = kBeyondAll;
      for (const LikelyAnswer& other : answers_) {
        const AnswerFeatures& rival = other.features;
        if (other.candidate.stated == own.candidate.stated || rival[kPaired] != 0) continue;
        features[kRivals] += 1;
        features[kNamelessRivals] += rival[kStatedKnown] == 0 ? 1 : 0;
        features[kToldRivals] += rival[kPhrases] > 0 ? 1 : 0;
        shared = std::max(shared, rival[kShared]);
        alignment = std::max(alignment, rival[kAlignment]);
        distance = std::min(distance, rival[kDistance]);
      }
      features[kRivalShared] = shared - features[kShared];
      features[kRivalAlignment] = alignment;
      features[kRivalDistance] = distance - features[kDistance];
    }
  }

  // Only the figure that its name tells; none where it is not among them.
  void KeepNamed() {
    std::erase_if(answers_, [&](const LikelyAnswer& answer) {
      return answer.candidate.stated->value_span != named_->stated->value_span;
    });
    if (answers_.size() > 1) answers_.resize(1);
    for (LikelyAnswer& answer : answers_) answer.features[AnswerFeature::kNamed] = 1;
  }

  const EvidenceFinder& finder_;
  const StatedFacts& facts_;
  const std::optional<Candidate>& named_;
  std::vector<std::optional<AnswerFeatures>> known_;  // of the told figures, worked out once
  std::vector<LikelyAnswer> answers_;
};

std::vector<LikelyAnswer> EvidenceFinder::LikelyAnswers(const std::optional<Candidate>& named) const {
  if (!target_.unit) return {};
  if (named && !(named->bridged && named->by_name && IsOfUnaskedOwner(*named))) return {};
  return Gathering(*this, named).Run();
}

std::optional<Candidate> EvidenceFinder::Best() const {
  std::optional<Candidate> named = Named();
  const AnswerModel* const model = facts_.names->answer_model();
  if (model == nullptr) return named;
  std::vector<LikelyAnswer> answers = LikelyAnswers(named);
  if (answers.empty()) return named;
  std::vector<AnswerFeatures> rows;
  rows.reserve(answers.size());
  for (const LikelyAnswer& answer : answers) rows.push_back(answer.features);
  const std::vector<float> likelihoods = model->Likelihoods(rows);
  const auto best = std::max_element(likelihoods.begin(), likelihoods.end());
  if (*best < kLikely) return std::nullopt;
  if (named) return named;
  Candidate candidate = std::move(answers[static_cast<size_t>(best - likelihoods.begin())].candidate);
  candidate.alignment = *best;
  return candidate;
}

}  // namespace duijie::indicator
