// SPDX-License-Identifier: GPL-3.0-or-later
// Which figure answers most likely, told by its name or not (枸杞苗成活1140株, 出模前只需养护6.5h for
// 蒸养时间): the part of EvidenceFinder that gathers what is known of each and asks the model.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "absl/strings/str_join.h"
#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/evidence.h"
#include "common/indicator/holds.h"
#include "common/indicator/judgement_text.h"
#include "common/indicator/name_words.h"
#include "common/indicator/pairs.h"
#include "common/indicator/runes.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

constexpr double kFarthest = 4;  // powers of ten: more makes no difference

// Characters that say nothing of what is measured.
constexpr View32 kCommon =
    U"的大小高低中平均最总品机料性化体面后用度率量数值产出温压时间长宽厚重深速为不是有在和与及每一以可";

Runes32 Meaningful(View32 name) {
  Runes32 characters;
  std::copy_if(name.begin(), name.end(), std::back_inserter(characters),
               [](char32_t c) { return IsHan(c) && kCommon.find(c) == View32::npos; });
  return characters;
}

float SharedCharacters(View32 characters, View32 text) {
  return static_cast<float>(std::count_if(characters.begin(), characters.end(),
                                          [&](char32_t c) { return text.find(c) != View32::npos; }));
}

float SharedPairs(View32 name, View32 text) {
  float pairs = 0;
  for (size_t i = 0; i + 1 < name.size(); ++i) {
    if (IsHan(name[i]) && IsHan(name[i + 1]) && text.find(name.substr(i, 2)) != View32::npos) ++pairs;
  }
  return pairs;
}

size_t SameEnd(View32 a, View32 b) {
  size_t same = 0;
  while (same < a.size() && same < b.size() && a[a.size() - 1 - same] == b[b.size() - 1 - same]) ++same;
  return same;
}

double Distance(double a, double b) {
  a = std::abs(a);
  b = std::abs(b);
  return a > 0 && b > 0 ? std::min(kFarthest, std::abs(std::log10(a / b))) : kFarthest;
}

// What goes wrong or is lost, as a name (漏检率) or as a phrase (被漏判).
bool TellsLoss(std::string_view words) {
  for (const std::string_view loss :
       {"错", "误", "漏",     "失败",   "不合格", "死",   "坏", "废",   "迟",   "剩",
        "残", "损", "未反应", "未转化", "流失",   "脱落", "破", "浓水", "次品", "受伤"}) {
    if (Holds(words, loss)) return true;
  }
  return false;
}

// What does not happen where all is well.
constexpr std::string_view kWell[] = {"停", "出现", "见", "发生", "更换", "失效", "开裂", "断", "破",
                                      "脱", "坏",   "爆", "裂",   "漏",   "变形", "渗",   "粘"};

// 不能在40%负荷下运行; 200天未停车, 打压到1.6MPa不爆 say that all is well.
bool Denies(std::string_view behind) {
  for (const std::string_view no : {"不", "未", "无法"}) {
    const size_t at = behind.find(no);
    if (at == std::string_view::npos) continue;
    const std::string_view what = behind.substr(at + no.size());
    const bool well = std::any_of(std::begin(kWell), std::end(kWell),
                                  [&](std::string_view word) { return what.starts_with(word); });
    if (!well) return true;
  }
  return false;
}

bool AreOtherSubstances(uint64_t a, uint64_t b) { return a != 0 && b != 0 && (a & b) == 0; }

bool AreOppositeBounds(Comparator a, Comparator b) {
  return (a == Comparator::kAtLeast && b == Comparator::kAtMost) ||
         (a == Comparator::kAtMost && b == Comparator::kAtLeast);
}

// Of the words that say whose the figure is.
Runes32 OwnerIn(std::string_view text, const Indicator& figure, const PreparedName& name) {
  const std::string_view before =
      figure.name_span.empty() ? std::string_view() : OwnerBefore(text, figure.name_span.begin);
  return Meaningful(ToFolded(before) + name.subject);
}

// What the others that could answer have, seen from each.
void DescribeRivals(std::vector<LikelyAnswer>* answers) {
  using enum AnswerFeature;
  for (LikelyAnswer& own : *answers) {
    AnswerFeatures& features = own.features;
    float shared = -1;
    float alignment = -1;
    auto distance = static_cast<float>(2 * kFarthest);
    for (const LikelyAnswer& other : *answers) {
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
void KeepNamed(const Candidate& named, std::vector<LikelyAnswer>* answers) {
  std::erase_if(*answers, [&](const LikelyAnswer& answer) {
    return answer.candidate.stated->value_span != named.stated->value_span;
  });
  if (answers->size() > 1) answers->resize(1);
  for (LikelyAnswer& answer : *answers) answer.features[AnswerFeature::kNamed] = 1;
}

}  // namespace

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

PreparedName EvidenceFinder::NameOf(const Told& told) const {
  if (told.as == ToldAs::kIndicator) return facts_.prepared[told.index];
  if (told.as == ToldAs::kCount) return facts_.prepared_counts[told.index];
  return facts_.names->Prepare(FigureOf(told));
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

// Whether what the need says besides the name asked for is spoken of in the text.
bool EvidenceFinder::SharesSubject() const {
  return target_.subject.size() >= 2 && SubjectsShareWord(target_.subject, facts_.subject);
}

size_t EvidenceFinder::TellingPhrases(std::string_view clause) const {
  return static_cast<size_t>(std::count_if(target_.phrases.begin(), target_.phrases.end(),
                                           [&](std::string_view phrase) { return Holds(clause, phrase); }));
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

const Runes32& EvidenceFinder::ClauseRunes(const Told& told) const {
  return facts_.clauses[told.clause_number];
}

// The clause of the figure from where the figure ends.
std::string_view EvidenceFinder::Behind(const Told& told) const {
  const uint32_t begin = FigureOf(told).value_span.end;
  return Part(text_, {begin, std::max(told.clause.end, begin)});
}

// 关门2.8秒 is no 开门时间, what 在130℃不能固化 has no 固化温度 of 130 ℃.
bool EvidenceFinder::IsRuledOut(const Told& told) const {
  const Indicator& figure = FigureOf(told);
  if (AreOpposite(name_.cleaned, figure.name.empty() ? ClauseRunes(told) : ToFolded(figure.name)))
    return true;
  const std::string_view behind = Behind(told);
  return Holds(behind, "不能") || Holds(behind, "无法");
}

// Whether what is left to 100 % of the figure may be asked for. 每立方原木出板0.69立方 has no such rest,
// 每1000个字段中仅6个识别错误 has: it tells of a loss.
bool EvidenceFinder::HasRest(const Told& told) const {
  if (FigureOf(told).unit.find('/') == std::string::npos) return true;
  return TellsLoss(wanted_.name) != TellsLoss(Part(text_, told.clause));
}

void EvidenceFinder::AddAnswer(const Told& told, bool turned, const std::optional<Candidate>& named,
                               std::vector<LikelyAnswer>* answers) const {
  Candidate candidate = WeighTold(told, turned);
  if (!candidate.bridged) return;
  const bool rival = named && candidate.stated->value_span != named->stated->value_span;
  AnswerFeatures features = rival ? RivalFeatures(told, candidate) : FeaturesOf(told, candidate);
  features[AnswerFeature::kTurned] = turned ? 1 : 0;
  answers->push_back({std::move(candidate), features});
}

// Whether the text was found to count it as a share of the count before.
bool EvidenceFinder::IsCountedShare(const Indicator& count) const {
  return std::any_of(facts_.shares.begin(), facts_.shares.end(), [&](const CountedShare& share) {
    return share.figure.value_span.begin == count.value_span.begin;
  });
}

// What two figures tell together.
void EvidenceFinder::AddPairs(std::vector<LikelyAnswer>* answers) const {
  const bool changes = IsRelative(wanted_);
  if (facts_.told.size() < 2 || target_.unit->offset != 0) return;
  if (changes && !IsShare(wanted_.unit)) return;
  std::vector<const Indicator*> figures;
  figures.reserve(facts_.told.size());
  for (const Told& told : facts_.told) figures.push_back(&FigureOf(told));
  const PairTarget target = {*target_.unit, wanted_.unit, wanted_.unit == "%", changes,
                             wanted_.comparator == Comparator::kDecreaseBy};
  for (const Pair& pair : PairsFor(target, text_, facts_.told, figures)) {
    if (answers->size() >= kMaxEvidenceCandidates) return;
    const Told& told = facts_.told[pair.later];
    const bool share = pair.as == PairedAs::kShare || pair.as == PairedAs::kRest;
    if (share && IsCountedShare(*figures[pair.later])) continue;
    Candidate candidate;
    candidate.stated = figures[pair.later];
    candidate.condition = MatchConditions(wanted_.condition, candidate.stated->condition, wanted_.name);
    candidate.bridged =
        Bridged{{changes ? wanted_.comparator : Comparator::kEqual, pair.value, {}, false}, ""};
    candidate.derived = pair.told;
    AnswerFeatures features = FeaturesOf(told, candidate);
    features[AnswerFeature::kPaired] = static_cast<float>(pair.as);
    answers->push_back({std::move(candidate), features});
  }
}

// 岩棉导热系数 where the need speaks of no 岩棉: only such a figure is questioned although its name aligns.
bool EvidenceFinder::IsOfUnaskedOwner(const Candidate& named) const {
  const auto own = std::find_if(facts_.told.begin(), facts_.told.end(), [&](const Told& told) {
    return FigureOf(told).value_span == named.stated->value_span;
  });
  if (own == facts_.told.end()) return false;
  const Runes32 owner = OwnerIn(text_, *named.stated, NameOf(*own));
  return std::any_of(owner.begin(), owner.end(),
                     [&](char32_t c) { return target_.context.find(c) == Runes32::npos; });
}

std::vector<LikelyAnswer> EvidenceFinder::LikelyAnswers(const std::optional<Candidate>& named) const {
  std::vector<LikelyAnswer> answers;
  if (!target_.unit || (named && !(named->bridged && named->by_name))) return answers;
  if (named && !IsOfUnaskedOwner(*named)) return answers;
  const bool share = wanted_.unit == "%" && !IsRelative(wanted_);
  for (const Told& told : facts_.told) {
    if (answers.size() >= kMaxEvidenceCandidates) break;
    if (!CouldAnswer(told) || (!named && IsRuledOut(told))) continue;
    AddAnswer(told, false, named, &answers);
    if (share && !named && HasRest(told)) AddAnswer(told, true, named, &answers);
  }
  if (!named) AddPairs(&answers);
  if (answers.empty()) return answers;
  const float subject = SharesSubject() ? 1 : 0;
  for (LikelyAnswer& answer : answers) answer.features[AnswerFeature::kSubject] = subject;
  DescribeRivals(&answers);
  if (named) KeepNamed(*named, &answers);
  return answers;
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

// What DescribeRivals looks at.
AnswerFeatures EvidenceFinder::RivalFeatures(const Told& told, const Candidate& candidate) const {
  using enum AnswerFeature;
  AnswerFeatures features;
  const PreparedName name = NameOf(told);
  features[kStatedKnown] = name.group != 0 ? 1 : 0;
  features[kPhrases] = static_cast<float>(TellingPhrases(Part(text_, told.clause)));
  features[kShared] = SharedCharacters(Meaningful(name_.cleaned), ClauseRunes(told));
  features[kAlignment] = static_cast<float>(facts_.names->Align(name_, name));
  features[kDistance] = DistanceTo(*candidate.bridged);
  return features;
}

float EvidenceFinder::DistanceTo(const Bridged& bridged) const {
  const Figures& figures = bridged.figures;
  return static_cast<float>(
      Distance(wanted_.upper.value_or(wanted_.value), figures.upper.value_or(figures.value)));
}

AnswerFeatures EvidenceFinder::FeaturesOf(const Told& told, const Candidate& candidate) const {
  AnswerFeatures features;
  const PreparedName name = NameOf(told);
  const Runes32& clause = ClauseRunes(told);
  features[AnswerFeature::kNamesQuantity] = told.names_quantity ? 1 : 0;
  DescribeName(name, clause, &features);
  DescribeFigure(told, candidate, &features);
  DescribeObjections(told, name, &features);
  DescribeOwner(FigureOf(told), name, clause, &features);
  return features;
}

// How the names and the clause of the figure speak of what is asked for.
void EvidenceFinder::DescribeName(const PreparedName& name, View32 clause, AnswerFeatures* features) const {
  using enum AnswerFeature;
  const Runes32 wanted = Meaningful(name_.cleaned);
  const Runes32 stated = Meaningful(name.cleaned);
  AnswerFeatures& f = *features;
  f[kAlignment] = static_cast<float>(facts_.names->Align(name_, name));
  f[kShared] = SharedCharacters(wanted, clause);
  f[kSharedShare] = wanted.empty() ? 0 : f[kShared] / static_cast<float>(wanted.size());
  f[kSharedPairs] = SharedPairs(name_.cleaned, clause);
  f[kSharedName] = SharedCharacters(wanted, stated);
  f[kSharedNeed] = SharedCharacters(stated, target_.context);
  f[kSharedElsewhere] = SharedCharacters(wanted, facts_.text_runes) - f[kShared];
  f[kSameEnd] = static_cast<float>(SameEnd(name_.cleaned, name.cleaned));
  f[kWantedKnown] = name_.group != 0 ? 1 : 0;
  f[kStatedKnown] = name.group != 0 ? 1 : 0;
  f[kNameless] = name.cleaned.empty() ? 1 : 0;
  f[kWantedHead] = static_cast<float>(GeneralHeadLength(name_.cleaned));
  f[kStatedLength] = static_cast<float>(name.cleaned.size());
  f[kClauseLength] = static_cast<float>(clause.size());
  f[kStatedHead] = static_cast<float>(GeneralHeadLength(name.cleaned));
}

// Whose the figures are.
void EvidenceFinder::DescribeOwner(const Indicator& figure, const PreparedName& name, View32 clause,
                                   AnswerFeatures* features) const {
  using enum AnswerFeature;
  const auto share = [](const Runes32& characters, View32 text) {
    return characters.empty() ? 0
                              : SharedCharacters(characters, text) / static_cast<float>(characters.size());
  };
  const Runes32 wanted = Meaningful(ToFolded(target_.owner) + name_.subject);
  const Runes32 stated = OwnerIn(text_, figure, name);
  AnswerFeatures& f = *features;
  f[kOwnerWanted] = static_cast<float>(wanted.size());
  f[kOwnerStated] = static_cast<float>(stated.size());
  f[kOwnerShared] = share(wanted, stated);
  f[kOwnerInClause] = share(wanted, clause);
  f[kOwnerInText] = share(wanted, facts_.text_runes);
  f[kOwnerAsked] = share(stated, target_.context);
}

// Value, unit and bound.
void EvidenceFinder::DescribeFigure(const Told& told, const Candidate& candidate,
                                    AnswerFeatures* features) const {
  using enum AnswerFeature;
  const Indicator& figure = FigureOf(told);
  const Unit& unit = *target_.unit;
  AnswerFeatures& f = *features;
  f[kDistance] = DistanceTo(*candidate.bridged);
  f[kShare] = IsShare(wanted_.unit) ? 1 : 0;
  f[kBareNumber] = IsDimensionless(unit) ? 1 : 0;
  f[kRatio] = wanted_.unit.find('/') != std::string::npos ? 1 : 0;
  f[kCounts] = static_cast<float>(unit.dimensions[static_cast<size_t>(Base::kItem)]);
  f[kTemperature] = unit.offset != 0 ? 1 : 0;
  f[kBases] = static_cast<float>(
      std::count_if(unit.dimensions.begin(), unit.dimensions.end(), [](auto power) { return power != 0; }));
  f[kAsCount] = told.as == ToldAs::kCount ? 1 : 0;
  f[kAsShare] = told.as == ToldAs::kShare ? 1 : 0;
  f[kAsCondition] = told.as == ToldAs::kCondition ? 1 : 0;
  f[kSameUnit] = figure.unit == wanted_.unit ? 1 : 0;
  f[kSameBound] = figure.comparator == wanted_.comparator ? 1 : 0;
  f[kOppositeBound] = AreOppositeBounds(figure.comparator, wanted_.comparator) ? 1 : 0;
  f[kLossWanted] = TellsLoss(wanted_.name) ? 1 : 0;
  f[kLossClause] = TellsLoss(Part(text_, told.clause)) ? 1 : 0;
  f[kMaximum] = figure.is_maximum ? 1 : 0;
  f[kCondition] = static_cast<float>(candidate.condition);
  f[kHasCondition] = figure.condition.empty() ? 0 : 1;
  f[kWantsCondition] = wanted_.condition.empty() ? 0 : 1;
}

// What speaks against it.
void EvidenceFinder::DescribeObjections(const Told& told, const PreparedName& name,
                                        AnswerFeatures* features) const {
  using enum AnswerFeature;
  const Indicator& figure = FigureOf(told);
  const Runes32& clause = ClauseRunes(told);
  const auto objects = [&](AnswerFeature feature, bool holds) { (*features)[feature] = holds ? 1 : 0; };
  objects(kDecisiveClause, (DecisiveRows(clause) & ~name_.decisive) != 0);
  objects(kDecisiveName, name.decisive != name_.decisive);
  objects(kUnusable, IsUnusable(text_, figure));
  objects(kOfPart, IsOfPart(figure));
  objects(kOtherThing, told.as == ToldAs::kIndicator && IsOfOtherThing(told.index));
  objects(kOtherSubstance, AreOtherSubstances(name_.substances, name.substances));
  objects(kClauseSubstance, AreOtherSubstances(name_.substances, SubstanceRows(clause)));
  objects(kDenied, Denies(Behind(told)));
  (*features)[kPrecision] =
      static_cast<float>(name_.precision > 0 ? 1 : 0) - static_cast<float>(name.precision > 0 ? 1 : 0);
  (*features)[kPhrases] = static_cast<float>(TellingPhrases(Part(text_, told.clause)));
}

}  // namespace duijie::indicator
