// SPDX-License-Identifier: GPL-3.0-or-later
// Which figure answers most likely, told by its name or not (枸杞苗成活1140株, 出模前只需养护6.5h for
// 蒸养时间): the part of EvidenceFinder that gathers those that could and asks the model.
#include <algorithm>
#include <cmath>

#include "absl/strings/str_join.h"
#include "common/indicator/condition_match.h"
#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/evidence.h"
#include "common/indicator/holds.h"
#include "common/indicator/judgement_text.h"
#include "common/indicator/name_words.h"
#include "common/indicator/opposites.h"
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
    case ToldAs::kLoose:
      return facts_.loose[told.index].figure;
    case ToldAs::kIndicator:
      break;
  }
  return stated_.indicators[told.index];
}

// 灌水量相当于漫灌的60% where a change is asked for, 信号功率少了10% where none is.
bool EvidenceFinder::IsToldOtherwise(const Indicator& figure) const {
  return IsRelative(figure) != IsRelative(wanted_) && !figure.from;
}

// The figure as a change or as a plain figure, as the target has it.
Indicator EvidenceFinder::AsAsked(Indicator figure) const {
  figure.comparator = IsRelative(wanted_) ? wanted_.comparator : Comparator::kEqual;
  return figure;
}

// What is left of it to 100 %.
std::optional<Indicator> EvidenceFinder::RestOf(const Indicator& figure) const {
  if (!IsRelative(wanted_) && !IsRelative(figure)) return Complement(figure);
  Indicator plain = figure;
  plain.comparator = Comparator::kEqual;
  const auto rest = Complement(plain);
  return rest ? std::optional(AsAsked(*rest)) : std::nullopt;
}

// The figure as an answer, or its rest to 100 % where it is what is lost of what is to be kept.
Candidate EvidenceFinder::WeighTold(const Told& told, bool turned) const {
  const Indicator& figure = FigureOf(told);
  Candidate candidate;
  if (turned) {
    if (const auto rest = RestOf(figure)) candidate = Weigh(*rest, kAligned);
  } else {
    candidate = IsToldOtherwise(figure) ? Weigh(AsAsked(figure), kAligned) : Weigh(figure, kAligned);
  }
  candidate.stated = &figure;
  return candidate;
}

// How the text comes to say it: 1140 / 1200 = 95 % = 失败率 5 %; "" where it says it as it is.
std::string EvidenceFinder::HowTold(const Told& told, bool turned) const {
  const Indicator& figure = FigureOf(told);
  std::vector<std::string> steps;
  if (told.as == ToldAs::kShare) steps.push_back(facts_.shares[told.index].told);
  if (turned || told.as == ToldAs::kShare) steps.push_back(BoundText(figure));
  if (turned) steps.push_back(wanted_.name + " " + BoundText(*RestOf(figure)));
  return absl::StrJoin(steps, " = ");
}

namespace {

// Whether units may be brought together, as they are, by names or turned: 155kg/小时 for 日产铝, 0.4秒/件 for
// 件/分, 目 for μm. To be asked before the dear attempt.
bool MayBridge(const Unit& a, const Unit& b) {
  if (Convertible(a, b)) return true;
  const auto of = [](const Unit& unit, Base base) { return unit.dimensions[static_cast<size_t>(base)]; };
  const auto without_rates = [](const Unit& unit) {
    Dimensions bound = unit.dimensions;
    bound[static_cast<size_t>(Base::kTime)] = 0;
    bound[static_cast<size_t>(Base::kItem)] = 0;
    return bound;
  };
  const Dimensions bound = without_rates(a);
  Dimensions turned = bound;
  for (int8_t& power : turned) power = static_cast<int8_t>(-power);
  const Dimensions other = without_rates(b);
  const bool same = bound == other;
  const bool inverse = turned == other;
  if (same || inverse) return !IsDimensionless(a) && !IsDimensionless(b);
  return of(a, Base::kMesh) != of(b, Base::kMesh) || IsDimensionless(a) != IsDimensionless(b);
}

}  // namespace

// Whether the figure is of the kind asked for.
bool EvidenceFinder::CouldAnswer(const Told& told) const {
  const Indicator& figure = FigureOf(told);
  if (IsLoose(told, LooseAs::kPer)) return false;
  // 由原来的80分钟压到52分钟 for 缩短30%.
  if (figure.from && IsRelative(wanted_) && !IsRelative(figure)) return true;
  if (IsRelative(figure) != IsRelative(wanted_)) {
    const bool shares = IsShare(figure.unit) && IsShare(wanted_.unit);
    if (!shares && (IsRelative(wanted_) || IsShare(figure.unit))) return false;
  }
  const bool may = MayBridge(told.unit, *target_.unit) ||
                   (target_.implied_unit && MayBridge(told.unit, *target_.implied_unit));
  if (!may) return false;
  // 每消耗1kWh供给2.2kWh for COP 2.5: a bare number is told as a ratio.
  return !wanted_.unit.empty() || figure.unit.find('/') != std::string::npos || told.as == ToldAs::kIndicator;
}

// 关门2.8秒 is no 开门时间, what 在130℃不能固化 has no 固化温度 of 130 ℃.
// 总磷的去除率 for 氨氮去除率: by the name, or by whose it is.
bool EvidenceFinder::IsOfOtherSubstance(const Told& told) const {
  if (told.as != ToldAs::kIndicator || name_.substances == 0) return false;
  const auto& owned = facts_.owned[told.index];
  return AreOtherSubstances(name_.substances, facts_.prepared[told.index].substances) ||
         (owned && AreOtherSubstances(name_.substances, owned->substances));
}

bool EvidenceFinder::IsRuledOut(const Told& told) const {
  const Indicator& figure = FigureOf(told);
  const bool opposite = figure.name.empty() ? target_.opposite_sides != 0 &&
                                                  TellsOpposite(name_.cleaned, ClauseOfTold(told).runes)
                                            : AreOpposite(target_.opposite_sides, told.opposite_sides);
  if (opposite || IsOfOtherSubstance(told)) return true;
  const std::string_view behind = Behind(told);
  if (Holds(behind, "不能") || Holds(behind, "无法")) return true;
  // 在350℃下储存 does not say what it stands in use.
  return wanted_.name.starts_with("耐") && TellsStorage(behind);
}

// Gathers the figures that could answer one target, the named one among them, those of one told figure with
// the same description.
class EvidenceFinder::Gathering {
 public:
  Gathering(const EvidenceFinder& finder, const std::optional<Candidate>& named)
      : finder_(finder), facts_(finder.facts_), named_(named), known_(facts_.told.size()) {}

  std::vector<LikelyAnswer> Run() {
    answers_.reserve(std::min(facts_.told.size(), kMaxEvidenceCandidates));
    AddFigures();
    if (!named_) AddPairs();
    if (named_ && !MarkNamed()) return {};
    if (answers_.empty()) return {};
    const float subject = finder_.SharesSubject() ? 1 : 0;
    const float subject_share = finder_.SubjectShare();
    const float length = std::log2(1.0F + static_cast<float>(finder_.text_.size()));
    for (LikelyAnswer& answer : answers_) {
      answer.features[AnswerFeature::kSubject] = subject;
      answer.features[AnswerFeature::kSubjectShare] = subject_share;
      answer.features[AnswerFeature::kTextLength] = length;
    }
    DescribeRivals();
    return std::move(answers_);
  }

 private:
  bool IsFull() const { return answers_.size() >= kMaxEvidenceCandidates; }

  void AddFigures() {
    const bool share = finder_.wanted_.unit == "%";
    for (size_t i = 0; i < facts_.told.size() && !IsFull(); ++i) {
      const Told& told = facts_.told[i];
      if (IsNamed(told)) {
        Add(i, *named_);
        continue;
      }
      if (!finder_.CouldAnswer(told) || finder_.IsRuledOut(told)) continue;
      Add(i, finder_.WeighTold(told, false));
      if (!share || !finder_.HasRest(told)) continue;
      if (LikelyAnswer* const rest = Add(i, finder_.WeighTold(told, true)))
        rest->features[AnswerFeature::kTurned] = 1;
    }
  }

  // What two figures tell together.
  void AddPairs() {
    const Indicator& wanted = finder_.wanted_;
    const Unit& unit = *finder_.target_.unit;
    const bool changes = IsRelative(wanted);
    if (facts_.told.size() < 2 || (unit.offset != 0 && !changes)) return;
    std::vector<const Indicator*> figures;
    figures.reserve(facts_.told.size());
    for (const Told& told : facts_.told) figures.push_back(&finder_.FigureOf(told));
    const PairTarget target = {unit, wanted.unit, wanted.unit == "%", changes,
                               wanted.comparator == Comparator::kDecreaseBy};
    for (const FigurePair& pair : PairsFor(target, facts_.places, facts_.told, figures)) {
      if (IsFull()) return;
      const bool share = pair.as == PairedAs::kShare || pair.as == PairedAs::kRest;
      if (share && IsCountedShare(*figures[pair.later])) continue;
      Candidate candidate;
      candidate.stated = figures[pair.later];
      candidate.condition = MatchConditions(wanted.condition, candidate.stated->condition, wanted.name);
      candidate.bridged =
          Bridged{{changes ? wanted.comparator : Comparator::kEqual, pair.value, {}, false}, ""};
      candidate.derived = pair.told;
      Add(pair.later, std::move(candidate))->features[AnswerFeature::kPaired] = static_cast<float>(pair.as);
    }
  }

  // Null where the candidate does not answer.
  LikelyAnswer* Add(size_t told, Candidate candidate) {
    if (!candidate.bridged) return nullptr;
    if (!known_[told]) known_[told] = finder_.FeaturesOf(facts_.told[told]);
    LikelyAnswer& answer = answers_.emplace_back(LikelyAnswer{std::move(candidate), *known_[told], told});
    sentences_.push_back(facts_.places.SentenceOf(answer.candidate.stated->whole).begin);
    answer.features[AnswerFeature::kDistance] = finder_.DistanceTo(*answer.candidate.bridged);
    answer.features[AnswerFeature::kCondition] = static_cast<float>(answer.candidate.condition);
    return &answer;
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
    for (size_t i = 0; i < answers_.size(); ++i) {
      const LikelyAnswer& own = answers_[i];
      AnswerFeatures& features = answers_[i].features;
      float shared = -1;
      float alignment = -1;
      float distance = kBeyondAll;
      for (size_t k = 0; k < answers_.size(); ++k) {
        const LikelyAnswer& other = answers_[k];
        const AnswerFeatures& rival = other.features;
        if (other.candidate.stated == own.candidate.stated || rival[kPaired] != 0) continue;
        features[kRivals] += 1;
        features[kSentenceRivals] += sentences_[k] == sentences_[i] ? 1 : 0;
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

  bool IsNamed(const Told& told) const {
    return named_ && finder_.FigureOf(told).value_span == named_->stated->value_span;
  }

  // False where the named one is not among them.
  bool MarkNamed() {
    for (LikelyAnswer& answer : answers_) {
      if (answer.candidate.stated->value_span != named_->stated->value_span) continue;
      if (answer.features[AnswerFeature::kPaired] != 0) continue;
      answer.features[AnswerFeature::kNamed] = finder_.IsOfUnaskedOwner(*named_) ? kOfOther : kOfAskedOwner;
      return true;
    }
    return false;
  }

  const EvidenceFinder& finder_;
  const StatedFacts& facts_;
  const std::optional<Candidate>& named_;
  std::vector<std::optional<AnswerFeatures>> known_;  // of the told figures, worked out once
  std::vector<LikelyAnswer> answers_;
  std::vector<uint32_t> sentences_;  // of the answers, by where they begin
};

std::vector<LikelyAnswer> EvidenceFinder::LikelyAnswers(const std::optional<Candidate>& named) const {
  if (!target_.unit) return {};
  if (named && !(named->bridged && named->by_name)) return {};
  return Gathering(*this, named).Run();
}

// Such texts teach the model what a named figure is like, but it is not asked about them.
bool EvidenceFinder::NameDecides(const Candidate& named) const {
  return text_.size() <= kNamesDecideBytes && named.bridged && named.by_name && !IsOfUnaskedOwner(named);
}

std::optional<Candidate> EvidenceFinder::Best() const {
  std::optional<Candidate> named = Named();
  const AnswerModel* const model = facts_.names->answer_model();
  if (model == nullptr || (named && NameDecides(*named))) return named;
  std::vector<LikelyAnswer> answers = LikelyAnswers(named);
  if (answers.empty()) return named;
  std::vector<AnswerFeatures> rows;
  rows.reserve(answers.size());
  for (const LikelyAnswer& answer : answers) rows.push_back(answer.features);
  std::vector<float> likelihoods = model->Likelihoods(rows);
  for (size_t i = 0; i < answers.size(); ++i) {
    if (answers[i].features[AnswerFeature::kNamed] == kOfAskedOwner) likelihoods[i] += kNamedLead;
  }
  const auto best = std::max_element(likelihoods.begin(), likelihoods.end());
  if (*best < kLikely) return std::nullopt;
  LikelyAnswer& answer = answers[static_cast<size_t>(best - likelihoods.begin())];
  if (answer.features[AnswerFeature::kNamed] != 0) return named;
  Candidate candidate = std::move(answer.candidate);
  candidate.alignment = *best;
  const bool turned = answer.features[AnswerFeature::kTurned] != 0;
  if (candidate.derived.empty()) candidate.derived = HowTold(facts_.told[answer.told], turned);
  return candidate;
}

}  // namespace duijie::indicator
