// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of a figure that could answer, as the model of answer_model.h takes it: the part of
// EvidenceFinder that describes.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/evidence.h"
#include "common/indicator/holds.h"
#include "common/indicator/name_words.h"
#include "common/indicator/runes.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

float SharedCharacters(View32 characters, View32 text) {
  return static_cast<float>(std::count_if(characters.begin(), characters.end(),
                                          [&](char32_t c) { return text.find(c) != View32::npos; }));
}

// The same among sorted letters.
float SharedLetters(View32 characters, View32 letters) {
  return static_cast<float>(std::count_if(characters.begin(), characters.end(), [&](char32_t c) {
    return std::binary_search(letters.begin(), letters.end(), c);
  }));
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

constexpr double kFarthest = 4;  // powers of ten: more makes no difference

double Distance(double a, double b) {
  a = std::abs(a);
  b = std::abs(b);
  return a > 0 && b > 0 ? std::min(kFarthest, std::abs(std::log10(a / b))) : kFarthest;
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

bool AreOppositeBounds(Comparator a, Comparator b) {
  return (a == Comparator::kAtLeast && b == Comparator::kAtMost) ||
         (a == Comparator::kAtMost && b == Comparator::kAtLeast);
}

}  // namespace

const PreparedName& EvidenceFinder::NameOf(const Told& told) const {
  switch (told.as) {
    case ToldAs::kCount:
      return facts_.prepared_counts[told.index];
    case ToldAs::kShare:
      return facts_.prepared_shares[told.index];
    case ToldAs::kCondition:
      return facts_.prepared_endured[told.index];
    case ToldAs::kLoose:
      return facts_.nameless;
    case ToldAs::kIndicator:
      break;
  }
  return facts_.prepared[told.index];
}

const ClauseFacts& EvidenceFinder::ClauseOfTold(const Told& told) const {
  return facts_.places.ClauseOf(FigureOf(told).whole);
}

// The clause of the figure from where the figure ends.
std::string_view EvidenceFinder::Behind(const Told& told) const {
  const uint32_t begin = FigureOf(told).value_span.end;
  return Part(text_, {begin, std::max(ClauseOfTold(told).span.end, begin)});
}

// Whether what the need says besides the name asked for is spoken of in the text.
bool EvidenceFinder::SharesSubject() const {
  if (facts_.subject_pairs.empty())
    return target_.subject.size() >= 2 && SubjectsShareWord(target_.subject, facts_.subject);
  return SubjectShare() > 0;
}

// How much of it, in pairs of characters.
float EvidenceFinder::SubjectShare() const {
  const std::vector<uint64_t>& wanted = target_.subject_pairs;
  const std::vector<uint64_t>& told = facts_.subject_pairs;
  if (wanted.empty()) return 0;
  const auto shared = std::count_if(wanted.begin(), wanted.end(), [&](uint64_t pair) {
    return std::binary_search(told.begin(), told.end(), pair);
  });
  return static_cast<float>(shared) / static_cast<float>(wanted.size());
}

size_t EvidenceFinder::TellingPhrases(std::string_view clause) const {
  return static_cast<size_t>(std::count_if(target_.phrases.begin(), target_.phrases.end(),
                                           [&](std::string_view phrase) { return Holds(clause, phrase); }));
}

// Whether what is left to 100 % of the figure may be asked for. 每立方原木出板0.69立方 has no such rest,
// 每1000个字段中仅6个识别错误 has: it tells of a loss. What is left beside a content (C：0.06～0.08%) is
// another content or the purity.
bool EvidenceFinder::HasRest(const Told& told) const {
  const Runes32& name = NameOf(told).cleaned;
  const bool symbol = !name.empty() && IsLatin(name.back());
  const bool content = symbol || name.ends_with(U"含量") || name.ends_with(U"浓度");
  if (content && !name_.cleaned.ends_with(U"量") && !name_.cleaned.ends_with(U"度")) return false;
  if (FigureOf(told).unit.find('/') == std::string::npos) return true;
  return target_.asks_loss != ClauseOfTold(told).tells_loss;
}

// 岩棉导热系数 where the need speaks of no 岩棉: only such a figure is questioned although its name aligns.
bool EvidenceFinder::IsOfUnaskedOwner(const Candidate& named) const {
  const auto own = std::find_if(facts_.told.begin(), facts_.told.end(), [&](const Told& told) {
    return FigureOf(told).value_span == named.stated->value_span;
  });
  if (own == facts_.told.end()) return false;
  // A long name says whose the figure is.
  constexpr size_t kSaysAll = 5;  // code points
  if (NameOf(*own).cleaned == name_.cleaned && name_.cleaned.size() >= kSaysAll) return false;
  return std::any_of(own->owner_characters.begin(), own->owner_characters.end(),
                     [&](char32_t c) { return target_.context.find(c) == Runes32::npos; });
}

float EvidenceFinder::DistanceTo(const Bridged& bridged) const {
  const Figures& figures = bridged.figures;
  return static_cast<float>(
      Distance(wanted_.upper.value_or(wanted_.value), figures.upper.value_or(figures.value)));
}

// All but what depends on how the figure is brought to the target.
AnswerFeatures EvidenceFinder::FeaturesOf(const Told& told) const {
  AnswerFeatures features;
  const PreparedName& name = NameOf(told);
  const Runes32& clause = ClauseOfTold(told).runes;
  features[AnswerFeature::kNamesQuantity] = told.names_quantity ? 1 : 0;
  DescribeName(told, name, clause, &features);
  DescribeFigure(told, &features);
  DescribeObjections(told, name, &features);
  DescribeOwner(told, clause, &features);
  return features;
}

// How the names and the clause of the figure speak of what is asked for.
void EvidenceFinder::DescribeName(const Told& told, const PreparedName& name, View32 clause,
                                  AnswerFeatures* features) const {
  using enum AnswerFeature;
  const Runes32& wanted = target_.name_characters;
  AnswerFeatures& f = *features;
  f[kAlignment] = static_cast<float>(facts_.names->Align(name_, name));
  f[kShared] = SharedCharacters(wanted, clause);
  f[kSharedShare] = wanted.empty() ? 0 : f[kShared] / static_cast<float>(wanted.size());
  f[kSharedPairs] = SharedPairs(name_.cleaned, clause);
  f[kSharedName] = SharedCharacters(wanted, told.name_characters);
  f[kSharedNeed] = SharedCharacters(told.name_characters, target_.context);
  f[kSharedElsewhere] = SharedLetters(wanted, facts_.letters) - f[kShared];
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
void EvidenceFinder::DescribeOwner(const Told& told, View32 clause, AnswerFeatures* features) const {
  using enum AnswerFeature;
  const auto share = [](const Runes32& characters, View32 text) {
    return characters.empty() ? 0
                              : SharedCharacters(characters, text) / static_cast<float>(characters.size());
  };
  const Runes32& wanted = target_.owner_characters;
  const Runes32& stated = told.owner_characters;
  AnswerFeatures& f = *features;
  f[kOwnerWanted] = static_cast<float>(wanted.size());
  f[kOwnerStated] = static_cast<float>(stated.size());
  f[kOwnerShared] = share(wanted, stated);
  f[kOwnerInClause] = share(wanted, clause);
  f[kOwnerInText] =
      wanted.empty() ? 0 : SharedLetters(wanted, facts_.letters) / static_cast<float>(wanted.size());
  f[kOwnerAsked] = share(stated, target_.context);
}

// Unit, bound and condition.
void EvidenceFinder::DescribeFigure(const Told& told, AnswerFeatures* features) const {
  using enum AnswerFeature;
  const Indicator& figure = FigureOf(told);
  const Unit& unit = *target_.unit;
  AnswerFeatures& f = *features;
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
  f[kAsOrdinal] = IsLoose(told, LooseAs::kOrdinal) ? 1 : 0;
  f[kAsSpoken] = IsLoose(told, LooseAs::kSpoken) ? 1 : 0;
  f[kAsTurn] = IsLoose(told, LooseAs::kTurn) ? 1 : 0;
  f[kChanges] = IsRelative(figure) ? 1 : 0;
  f[kWantsChange] = IsRelative(wanted_) ? 1 : 0;
  f[kSameUnit] = figure.unit == wanted_.unit ? 1 : 0;
  f[kSameBound] = figure.comparator == wanted_.comparator ? 1 : 0;
  f[kOppositeBound] = AreOppositeBounds(figure.comparator, wanted_.comparator) ? 1 : 0;
  f[kLossWanted] = target_.asks_loss ? 1 : 0;
  f[kLossClause] = ClauseOfTold(told).tells_loss ? 1 : 0;
  f[kMaximum] = figure.is_maximum ? 1 : 0;
  f[kHasCondition] = figure.condition.empty() ? 0 : 1;
  f[kWantsCondition] = wanted_.condition.empty() ? 0 : 1;
}

// What speaks against it.
void EvidenceFinder::DescribeObjections(const Told& told, const PreparedName& name,
                                        AnswerFeatures* features) const {
  using enum AnswerFeature;
  const Indicator& figure = FigureOf(told);
  const ClauseFacts& clause = ClauseOfTold(told);
  const auto objects = [&](AnswerFeature feature, bool holds) { (*features)[feature] = holds ? 1 : 0; };
  objects(kDecisiveClause, (clause.decisive & ~name_.decisive) != 0);
  objects(kDecisiveName, name.decisive != name_.decisive);
  objects(kUnusable, IsUnusable(figure));
  objects(kOfPart, IsOfPart(figure));
  objects(kOtherThing, told.as == ToldAs::kIndicator && IsOfOtherThing(told.index));
  objects(kOtherSubstance, AreOtherSubstances(name_.substances, name.substances));
  objects(kClauseSubstance, AreOtherSubstances(name_.substances, clause.substances));
  objects(kDenied, Denies(Behind(told)));
  (*features)[kPrecision] =
      static_cast<float>(name_.precision > 0 ? 1 : 0) - static_cast<float>(name.precision > 0 ? 1 : 0);
  (*features)[kPhrases] = static_cast<float>(TellingPhrases(Part(text_, ClauseOfTold(told).span)));
  (*features)[kStepWords] = static_cast<float>(clause.step_words);
  (*features)[kPlace] =
      text_.empty() ? 0 : static_cast<float>(figure.value_span.begin) / static_cast<float>(text_.size());
}

}  // namespace duijie::indicator
