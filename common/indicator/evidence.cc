// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/evidence.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/endurance.h"
#include "common/indicator/holds.h"
#include "common/indicator/judgement_text.h"
#include "common/indicator/name_words.h"
#include "common/indicator/opposites.h"
#include "common/indicator/runes.h"
#include "common/indicator/things.h"
#include "common/indicator/unit_forms.h"

namespace duijie::indicator {
namespace {

constexpr double kRelated = 0.75;  // alignment of 合格率 with 不良率
constexpr double kEndured = 0.65;  // of 耐温 with 可在350℃下使用

double ConditionScore(ConditionMatch match) {
  switch (match) {
    case ConditionMatch::kSame:
      return 0.5;
    case ConditionMatch::kHarder:
      return 0.3;
    case ConditionMatch::kMissing:
      return 0.2;
    case ConditionMatch::kEasier:
      return 0.1;
    case ConditionMatch::kOther:
      return 0;
  }
  return 0;
}

// 滤网200目: where only the unit says that the quantity is a mesh.
PreparedName PreparedTarget(const Indicator& wanted, const NameTable& names) {
  PreparedName name = names.Prepare(wanted);
  if (wanted.unit != "目" || name.group != 0) return name;
  return names.Prepare(wanted.name + "目数");
}

// Sizes of things as a whole.
constexpr std::string_view kSizes[] = {"长度", "高度", "宽度", "直径", "间距", "深度", "跨度", "距离"};

// The words of the need's sentence that say whose figure it asks for.
std::string_view OwnerOf(const Target& target) {
  const std::string& name = target.indicator.name;
  return name.empty() ? std::string_view() : OwnerBefore(target.context, target.context.find(name));
}

// 直径 100 nm is not of the thing whose 直径 is to be 5 m.
bool IsOfOtherScale(const Indicator& wanted, const std::optional<Unit>& unit, const Figures& stated) {
  constexpr double kScale = 1000;
  static const auto kMetre = ParseUnit("m");
  if (!unit || !Convertible(*unit, *kMetre)) return false;
  const bool size = std::any_of(std::begin(kSizes), std::end(kSizes),
                                [&](std::string_view end) { return wanted.name.ends_with(end); });
  const double a = std::abs(wanted.value);
  const double b = std::abs(stated.upper.value_or(stated.value));
  return size && a > 0 && b > 0 && (a > kScale * b || b > kScale * a);
}

// 拉伸强度/MPa ≥8 10.6: what was measured behind what a standard asks for.
bool IsMeasured(const Candidate& before, const Candidate& candidate) {
  const Comparator asked = before.stated->comparator;
  return candidate.score == before.score && candidate.stated->comparator == Comparator::kEqual &&
         (asked == Comparator::kAtLeast || asked == Comparator::kAtMost) &&
         candidate.stated->name == before.stated->name;
}

// -86℃ of a -86℃冰箱: a condition that the need states as what the thing is for.
bool NamesCondition(std::string_view need, std::string_view condition) {
  constexpr std::string_view kComma = "，";
  if (condition.empty()) return false;
  while (!condition.empty()) {
    const size_t end = std::min(condition.find(kComma), condition.size());
    if (!Holds(need, condition.substr(0, end))) return false;
    condition.remove_prefix(std::min(condition.size(), end + kComma.size()));
  }
  return true;
}

// Whether the need says whose figure it asks for.
bool SaysOwner(const Target& target) {
  for (const std::string_view whole : {"整机", "系统", "整体", "产品", "排放", "出口", "成品", "整车"}) {
    if (Holds(target.indicator.name, whole)) return true;
  }
  return !OwnerOf(target).empty();
}

// 提高到原来的2倍, where the target says only 2 倍.
bool AsksShareOfFormer(const Target& target) {
  const Indicator& wanted = target.indicator;
  if (wanted.is_of_former || wanted.unit != "倍" || IsRelative(wanted)) return wanted.is_of_former;
  for (const std::string_view former : {"原来的", "现有的", "目前的", "传统的", "原有的", "以前的", "人工的",
                                        "提高到", "提升到", "提高至", "提升至", "增加到", "延长到"}) {
    if (Holds(target.context, former)) return true;
  }
  return false;
}

// What the need's sentence says besides the name asked for.
Runes32 SubjectOf(const Target& target) {
  const std::string_view need = target.context;
  const std::string& wanted = target.indicator.name;
  const size_t at = wanted.empty() ? std::string::npos : need.find(wanted);
  const auto begin = static_cast<uint32_t>(at == std::string::npos ? 0 : at);
  const Runes32 name = ToFolded(wanted);
  Runes32 rest = ToFolded(Part(need, SentenceOf(need, {begin, begin})));
  for (size_t found = rest.find(name); !name.empty() && found != Runes32::npos; found = rest.find(name))
    rest.erase(found, name.size());
  std::erase_if(rest, [](char32_t c) { return !IsHan(c); });
  return SubjectOfWords(rest);
}

}  // namespace

TargetFacts WorkOutFacts(const Target& target, const NameTable& names) {
  const Indicator& wanted = target.indicator;
  TargetFacts facts;
  facts.names = &names;
  facts.name = PreparedTarget(wanted, names);
  facts.owner = OwnerOf(target);
  const Runes32 owner = ToFolded(facts.owner);
  facts.things = ThingsIn(ToFolded(facts.owner + wanted.name));
  if (!owner.empty() && AsksSubstance(ToFolded(wanted.name)))
    facts.owned = names.Prepare(facts.owner + wanted.name, wanted.unit);
  facts.says_owner = SaysOwner(target);
  facts.of_former = AsksShareOfFormer(target);
  facts.change = ChangeOf(IsRelative(wanted) ? std::optional(wanted) : NamedChange(wanted), names);
  facts.unit = ParseUnit(wanted.unit, wanted.name);
  facts.implied_unit = WithImplied(wanted);
  facts.phrases = names.PhrasesOf(wanted.name);
  facts.context = ToFolded(target.context);
  facts.subject = SubjectOf(target);
  facts.subject_pairs = PairsIn(facts.subject);
  facts.owner_subject = SubjectOfWords(owner);
  facts.owner_decisive = DecisiveRows(owner);
  facts.name_characters = MeaningfulCharacters(facts.name.cleaned);
  facts.owner_characters = MeaningfulCharacters(owner + facts.name.subject);
  facts.asks_loss = TellsLoss(wanted.name);
  facts.names_own_change = NamesOwnChange(wanted.name);
  facts.opposite_sides = OppositeSides(facts.name.cleaned);
  return facts;
}

EvidenceFinder::EvidenceFinder(const Target& target, const Stated& stated, const StatedFacts& facts)
    : wanted_(target.indicator),
      text_(stated.text),
      stated_(stated),
      facts_(facts),
      own_(target.facts != nullptr && target.facts->names == facts.names
               ? std::nullopt
               : std::optional(WorkOutFacts(target, *facts.names))),
      target_(own_ ? *own_ : *target.facts),
      name_(target_.name),
      context_(target.context) {}

std::optional<Candidate> EvidenceFinder::Named() const {
  std::optional<Candidate> best = ByName();
  if (best && best->bridged) return best;
  if (auto related = ByRelation()) return related;
  if (auto change = ByChange()) return change;
  if (auto faster = ByTime()) return faster;
  if (auto endured = ByEndurance()) return endured;
  if (auto counted = ByCount()) return counted;
  return best;
}

std::optional<Candidate> EvidenceFinder::ByName() const {
  std::optional<Candidate> best;
  size_t looked_at = 0;
  for (size_t i = 0; i < facts_.prepared.size() && looked_at < kMaxEvidenceCandidates; ++i) {
    const Indicator& indicator = stated_.indicators[i];
    const double alignment = Alignment(i);
    if (alignment < kAligned) continue;
    ++looked_at;
    if (IsUnusable(indicator) || IsOfPart(indicator) || IsTheory(indicator)) continue;
    Candidate candidate = Weigh(indicator, alignment);
    candidate.by_name = true;
    candidate.score += Affinity(i);
    if (candidate.bridged && IsOfOtherScale(wanted_, target_.unit, candidate.bridged->figures)) continue;
    if (!best || candidate.score > best->score || IsMeasured(*best, candidate)) best = std::move(candidate);
  }
  return best;
}

std::optional<Candidate> EvidenceFinder::ByRelation() const {
  for (size_t i = 0; i < facts_.prepared.size(); ++i) {
    const Relation relation = facts_.names->RelationOf(name_, facts_.prepared[i]);
    const Indicator& stated = stated_.indicators[i];
    // 磨损率 down by 30 % and 磨损量 down by 45 %.
    const bool changes = relation == Relation::kNear && wanted_.comparator == stated.comparator;
    if (relation == Relation::kNone || (!changes && (IsRelative(wanted_) || IsRelative(stated)))) continue;
    if (IsUnusable(stated) || IsOfPart(stated)) continue;
    Candidate candidate;
    candidate.stated = &stated;
    candidate.alignment = kRelated;
    candidate.condition = MatchConditions(wanted_.condition, stated.condition, wanted_.name);
    if (relation == Relation::kComplement) {
      const auto rest = Complement(stated);
      if (!rest) continue;
      candidate.bridged = Bridge(*rest, wanted_, SentenceOfFigure(stated));
      candidate.derived =
          stated.name + " " + BoundText(stated) + " = " + wanted_.name + " " + BoundText(*rest);
    } else {
      candidate.bridged = Bridge(stated, wanted_, SentenceOfFigure(stated));
    }
    if (candidate.bridged) return candidate;
  }
  return std::nullopt;
}

// 焊接时间由30分钟减为12分钟 for 焊接效率提高1倍.
std::optional<Candidate> EvidenceFinder::ByTime() const {
  if (wanted_.comparator != Comparator::kIncreaseBy || !IsShare(wanted_.unit)) return std::nullopt;
  Runes32 doing;
  for (const View32 end : {View32(U"效率"), View32(U"速度"), View32(U"生产率"), View32(U"产能")}) {
    if (View32(name_.cleaned).ends_with(end))
      doing = SubjectOfWords(View32(name_.cleaned).substr(0, name_.cleaned.size() - end.size()));
  }
  if (doing.size() < 2) return std::nullopt;
  for (const Indicator& stated : stated_.indicators) {
    const auto change = FasterByTime(stated);
    if (!change || IsUnusable(stated)) continue;
    const Runes32 clause = SubjectOfWords(facts_.places.ClauseOf(stated.whole).runes);
    if (!SubjectsShareWord(doing, clause)) continue;
    Candidate candidate;
    candidate.stated = &stated;
    candidate.alignment = kRelated;
    candidate.condition = MatchConditions(wanted_.condition, stated.condition, wanted_.name);
    candidate.bridged = Bridge(*change, wanted_, SentenceOfFigure(stated));
    candidate.derived = DerivedText(stated, *change);
    if (candidate.bridged) return candidate;
  }
  return std::nullopt;
}

std::optional<Candidate> EvidenceFinder::ByEndurance() const {
  for (const Endured& endured : facts_.endured) {
    if (!AnswersByEndurance(wanted_, target_.unit, endured) || IsUnusable(endured.figure)) continue;
    Candidate candidate;
    candidate.stated = &endured.figure;
    candidate.alignment = kEndured;
    candidate.bridged = Bridge(endured.figure, wanted_, endured.sentence);
    if (candidate.bridged) return candidate;
  }
  return std::nullopt;
}

// 每刃可加工260件 for 刀片耐用度: a count that is an indicator only because it is asked for.
std::optional<Candidate> EvidenceFinder::ByCount() const {
  for (size_t i = 0; i < facts_.counts.size() && i < kMaxEvidenceCandidates; ++i) {
    const Indicator& count = facts_.counts[i];
    double alignment = facts_.names->Align(name_, facts_.prepared_counts[i]);
    if (alignment < kAligned && CountsSame(count)) alignment = kAligned;
    if (alignment < kAligned || IsUnusable(count) || IsOfPart(count)) continue;
    Candidate candidate = Weigh(count, alignment);
    if (candidate.bridged) return candidate;
  }
  return std::nullopt;
}

// By the sentence of the figure; that of the need may tell that both are of water.
std::optional<Bridged> EvidenceFinder::BridgeFigure(const Indicator& stated, const Indicator& wanted) const {
  auto bridged = Bridge(stated, wanted, SentenceOfFigure(stated));
  if (bridged || context_.empty() || !stated.unit.starts_with("pp")) return bridged;
  return Bridge(stated, wanted, context_);
}

Candidate EvidenceFinder::Weigh(const Indicator& indicator, double alignment) const {
  Candidate candidate;
  candidate.stated = &indicator;
  candidate.alignment = alignment;
  candidate.condition = MatchConditions(wanted_.condition, indicator.condition, wanted_.name);
  if (wanted_.condition.empty() && NamesCondition(context_, indicator.condition))
    candidate.condition = ConditionMatch::kSame;
  BridgeTo(indicator, &candidate);
  candidate.score = alignment + ConditionScore(candidate.condition) + (candidate.bridged ? 1 : 0);
  return candidate;
}

std::string_view EvidenceFinder::SentenceOfFigure(const Indicator& indicator) const {
  return Part(text_, facts_.places.SentenceOf(indicator.whole));
}

void EvidenceFinder::BridgeTo(const Indicator& indicator, Candidate* candidate) const {
  if (BridgeShares(indicator, candidate)) return;
  if (wanted_.comparator == Comparator::kDecreaseBy && !IsRelative(indicator) &&
      NamesSaving(indicator.name)) {
    Indicator saving = indicator;
    saving.comparator = Comparator::kDecreaseBy;
    candidate->bridged = Bridge(saving, wanted_, SentenceOfFigure(indicator));
    return;
  }
  // 年可节约用电2.6GWh for 年节电量不少于200万kWh, 节电31.5% for 节电率: what is saved, named as a quantity
  // of its own.
  if (!IsRelative(wanted_) && indicator.comparator == Comparator::kDecreaseBy && NamesSaving(wanted_.name)) {
    Indicator saved = indicator;
    saved.comparator = Comparator::kEqual;
    candidate->bridged = Bridge(saved, wanted_, SentenceOfFigure(indicator));
    return;
  }
  if (target_.names_own_change && NamesOwnChange(indicator.name)) {
    // 增重0.6mg/cm²: a quantity that is a change, written as one.
    Indicator plain = indicator;
    if (IsRelative(indicator) && !IsRelative(wanted_)) plain.comparator = Comparator::kEqual;
    candidate->bridged = Bridge(plain, wanted_, SentenceOfFigure(indicator));
    return;
  }
  if (IsRelative(wanted_) == IsRelative(indicator)) {
    candidate->bridged = BridgeFigure(indicator, wanted_);
    // 能耗上升3% where it is to fall: less than nothing of what is asked for.
    const bool other_way = IsRelative(wanted_) && wanted_.comparator != indicator.comparator;
    if (other_way && candidate->bridged) {
      Figures& figures = candidate->bridged->figures;
      figures.comparator = Comparator::kEqual;
      figures.value = -figures.value;
      figures.upper.reset();
    }
  } else if (IsRelative(wanted_) && indicator.from) {
    DeriveChange(indicator, candidate);
  }
}

// 降到原来的60% answers 降低30%, and the other way round. Whether one of the two is such a share.
bool EvidenceFinder::BridgeShares(const Indicator& indicator, Candidate* candidate) const {
  if (!indicator.is_of_former && !target_.of_former) return false;
  const bool answers =
      indicator.is_of_former ? IsRelative(wanted_) || target_.of_former : IsRelative(indicator);
  if (!answers) return true;
  const auto stated = indicator.is_of_former ? AsChange(indicator) : std::optional(indicator);
  const auto wanted = target_.of_former ? AsChange(wanted_) : std::optional(wanted_);
  if (!stated || !wanted || stated->comparator != wanted->comparator) return true;
  candidate->bridged = Bridge(*stated, target_.of_former ? *wanted : wanted_, SentenceOfFigure(indicator));
  if (target_.of_former && candidate->bridged) {
    // The target is a remaining share: compare what remains.
    Figures& figures = candidate->bridged->figures;
    const bool falls = stated->comparator == Comparator::kDecreaseBy;
    figures.value = kHundred + (falls ? -figures.value : figures.value);
    figures.upper.reset();
    figures.comparator = Comparator::kEqual;
    const auto unit = ParseUnit(wanted_.unit);
    figures.value /= unit ? unit->factor * kHundred : 1;
  }
  candidate->derived = BoundText(indicator) + " = " + BoundText(*stated);
  return true;
}

// 由36降至28: the change, relative to the start or in the unit.
void EvidenceFinder::DeriveChange(const Indicator& indicator, Candidate* candidate) const {
  const auto change = ChangeFromStart(indicator, ChangeInUnit(wanted_.unit));
  if (!change || change->comparator != wanted_.comparator) return;
  candidate->bridged = Bridge(*change, wanted_, SentenceOfFigure(indicator));
  candidate->derived = DerivedText(indicator, *change);
}

// 能耗降低率 20 % for 能耗降低15%, 由2000降至150 for 去除率: one or both are changes by their names.
std::optional<Candidate> EvidenceFinder::ByChange() const {
  if (!target_.change) return std::nullopt;
  const auto& [wanted, name] = *target_.change;
  const ChangeIn in = ChangeInUnit(wanted.unit);
  const bool share = in == ChangeIn::kShare;
  for (size_t i = 0; i < stated_.indicators.size() && i < kMaxEvidenceCandidates; ++i) {
    const Indicator& stated = stated_.indicators[i];
    const std::optional<ToldChange> from_start =
        facts_.changes[i] ? std::nullopt : ChangeOf(ChangeFromStart(stated, in), *facts_.names);
    const std::optional<ToldChange>& told = facts_.changes[i] ? facts_.changes[i] : from_start;
    if (!told || told->change.comparator != wanted.comparator || IsUnusable(stated)) continue;
    const auto& [change, other] = *told;
    double alignment = facts_.names->Align(name, other);
    // 单次提升电耗由21.5kWh降为17.8kWh for 能耗降低12%.
    if (alignment < kAligned && share && facts_.names->RelationOf(name, other) == Relation::kNear)
      alignment = kRelated;
    if (alignment < kAligned || IsOfPart(stated)) continue;
    Candidate candidate;
    candidate.stated = &stated;
    candidate.alignment = alignment;
    candidate.condition = MatchConditions(wanted_.condition, stated.condition, wanted_.name);
    candidate.bridged = Bridge(change, wanted, SentenceOfFigure(stated));
    if (!candidate.bridged) continue;
    candidate.derived =
        stated.from ? DerivedText(stated, change)
                    : stated.name + " " + BoundText(stated) + " = " + change.name + " " + BoundText(change);
    return candidate;
  }
  return std::nullopt;
}

}  // namespace duijie::indicator
