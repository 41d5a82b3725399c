// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/evidence.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/indicator/context_words.h"
#include "common/indicator/endurance.h"
#include "common/indicator/judgement_text.h"
#include "common/indicator/name_words.h"
#include "common/indicator/runes.h"

namespace duijie::indicator {
namespace {

constexpr double kRelated = 0.75;  // alignment of 合格率 with 不良率
constexpr double kEndured = 0.65;  // of 耐温 with 可在350℃下使用
constexpr double kHundred = 100;   // %

bool IsRelative(const Indicator& indicator) {
  return indicator.comparator == Comparator::kIncreaseBy || indicator.comparator == Comparator::kDecreaseBy;
}

bool IsShare(std::string_view unit) { return unit == "%" || unit == "倍" || unit == "‰"; }

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

// A share of what was before as a change: to 60 % is down by 40 %.
std::optional<Indicator> AsChange(const Indicator& share) {
  const auto unit = ParseUnit(share.unit);
  if (!unit || !IsDimensionless(*unit)) return std::nullopt;
  const double rest = share.value * unit->factor;
  Indicator change = share;
  change.comparator = rest < 1 ? Comparator::kDecreaseBy : Comparator::kIncreaseBy;
  change.value = std::abs(1 - rest) * kHundred;
  change.upper.reset();
  change.unit.assign(1, '%');
  return change;
}

std::optional<Indicator> Complement(const Indicator& stated) {
  const auto unit = ParseUnit(stated.unit);
  if (!unit || !IsDimensionless(*unit) || IsRelative(stated)) return std::nullopt;
  const double scale = unit->factor * kHundred;
  Indicator rest = stated;
  rest.unit.assign(1, '%');
  rest.value = kHundred - stated.value * scale;
  if (stated.comparator == Comparator::kPlusMinus) {
    rest.upper = stated.upper.value_or(0) * scale;
    return rest;
  }
  if (stated.upper) {
    rest.upper = rest.value;
    rest.value = kHundred - *stated.upper * scale;
  }
  if (stated.comparator == Comparator::kAtLeast) rest.comparator = Comparator::kAtMost;
  if (stated.comparator == Comparator::kAtMost) rest.comparator = Comparator::kAtLeast;
  return rest;
}

// 长度偏差 of 长度: the name without the word for a deviation.
std::string_view WithoutDeviation(std::string_view name) {
  for (const std::string_view end : {"偏差", "公差", "误差", "尺寸公差", "尺寸偏差"}) {
    if (name.size() > end.size() && name.ends_with(end)) name.remove_suffix(end.size());
  }
  return name;
}

// 滤网200目: where only the unit says that the quantity is a mesh.
std::string NameOfTarget(const Indicator& wanted, const NameTable& names) {
  const bool mesh = wanted.unit == "目" && names.Prepare(wanted.name).group == 0;
  return mesh ? wanted.name + "目数" : wanted.name;
}

bool Says(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

// Parts and surroundings of what a need is about: their figures are not its own where it says whose it asks
// for.
constexpr std::string_view kParts[] = {
    "风机",   "原料",   "原材料", "辅料",   "毛坯",   "坯料", "密封胶", "密封圈", "密封件", "防腐层",
    "保护层", "保温层", "衬里",   "车间",   "作业面", "室内", "岗位",   "厂界",   "传感器", "探头",
    "锅炉",   "整流器", "变压器", "外壳",   "壳体",   "机壳", "夹具",   "工装",   "托盘",   "控制器",
    "控制柜", "水泵",   "粘结剂", "包装膜", "包装箱", "电缆", "支架",   "基板",   "衬底",   "载体",
    "溶剂",   "轧辊",   "砂轮",   "刀具",   "辊筒",   "模具"};

// 节电量, 节水率: the figure is what is saved.
bool NamesSaving(std::string_view name) {
  for (const std::string_view saved :
       {"节电", "节水", "节能", "节煤", "节油", "节气", "节汽", "节药", "节肥", "节材", "节约", "减排",
        "减重", "降低率", "降低量", "减少量", "减少率", "降幅"}) {
    if (Says(name, saved)) return true;
  }
  return false;
}

// The words of the need's sentence that say whose figure it asks for.
std::string_view OwnerOf(const Target& target) {
  const std::string& name = target.indicator.name;
  return name.empty() ? std::string_view() : OwnerBefore(target.context, target.context.find(name));
}

// 减速器效率 for the 传动效率 of a 减速机: the stated name is the owner and the end of the name asked for.
bool NamesOwnerAndHead(const PreparedName& wanted, std::string_view owner, const PreparedName& stated) {
  const View32 name = stated.cleaned;
  const size_t head = GeneralHeadLength(name);
  if (head < 2 || head == name.size() || owner.empty()) return false;
  if (!View32(wanted.cleaned).ends_with(name.substr(name.size() - head))) return false;
  if (wanted.decisive != stated.decisive) return false;
  const Runes32 subject = SubjectOfWords(name.substr(0, name.size() - head));
  if (subject.size() < 2) return false;
  const Runes32 whose = SubjectOfWords(ToFolded(owner));
  return whose.size() >= 2 && SubjectsShareWord(subject, whose) && subject.size() <= whose.size() + 1;
}

// Whether the need says whose figure it asks for.
bool SaysOwner(const Target& target) {
  for (const std::string_view whole : {"整机", "系统", "整体", "产品", "排放", "出口", "成品", "整车"}) {
    if (Says(target.indicator.name, whole)) return true;
  }
  return !OwnerOf(target).empty();
}

}  // namespace

EvidenceFinder::EvidenceFinder(const Target& target, const Stated& stated, const StatedFacts& facts)
    : wanted_(target.indicator),
      text_(stated.text),
      stated_(stated),
      facts_(facts),
      name_(facts.names->Prepare(NameOfTarget(target.indicator, *facts.names))),
      context_(target.context),
      owner_(OwnerOf(target)),
      says_owner_(SaysOwner(target)) {}

std::optional<Candidate> EvidenceFinder::Best() const {
  std::optional<Candidate> best = ByName();
  if (best && best->bridged) return best;
  if (auto related = ByRelation()) return related;
  if (auto endured = ByEndurance()) return endured;
  return best;
}

double EvidenceFinder::Alignment(size_t i) const {
  const Indicator& indicator = stated_.indicators[i];
  const double alignment = facts_.names->Align(name_, facts_.prepared[i]);
  if (alignment < kAligned && facts_.prepared[i].group == 0 &&
      NamesOwnerAndHead(name_, owner_, facts_.prepared[i]))
    return kAligned;
  const bool nominal = wanted_.comparator == Comparator::kPlusMinus && wanted_.value != 0;
  if (!nominal || indicator.comparator != Comparator::kPlusMinus || indicator.value != 0) return alignment;
  const std::string_view bare = WithoutDeviation(indicator.name);
  if (bare.size() == indicator.name.size()) return alignment;
  return std::max(alignment, facts_.names->Align(name_, facts_.names->Prepare(bare)));
}

// 风机功率 for 整机功率.
bool EvidenceFinder::IsOfPart(const Indicator& indicator) const {
  if (!says_owner_) return false;
  const TextSpan name = indicator.name_span;
  const std::string_view owner = name.empty() ? std::string_view() : OwnerBefore(text_, name.begin);
  return std::any_of(std::begin(kParts), std::end(kParts), [&](std::string_view part) {
    return (Says(indicator.name, part) || Says(owner, part)) && !Says(wanted_.name, part) &&
           !Says(context_, part);
  });
}

std::optional<Candidate> EvidenceFinder::ByName() const {
  std::optional<Candidate> best;
  size_t looked_at = 0;
  for (size_t i = 0; i < facts_.prepared.size() && looked_at < kMaxEvidenceCandidates; ++i) {
    const Indicator& indicator = stated_.indicators[i];
    const double alignment = Alignment(i);
    if (alignment < kAligned) continue;
    ++looked_at;
    if (IsUnusable(text_, indicator) || IsOfPart(indicator)) continue;
    Candidate candidate = Weigh(indicator, alignment);
    if (!best || candidate.score > best->score) best = std::move(candidate);
  }
  return best;
}

std::optional<Candidate> EvidenceFinder::ByRelation() const {
  for (size_t i = 0; i < facts_.prepared.size(); ++i) {
    const Relation relation = facts_.names->RelationOf(name_, facts_.prepared[i]);
    if (relation == Relation::kNone || IsRelative(wanted_)) continue;
    const Indicator& stated = stated_.indicators[i];
    if (IsRelative(stated) || IsUnusable(text_, stated)) continue;
    Candidate candidate;
    candidate.stated = &stated;
    candidate.alignment = kRelated;
    candidate.condition = MatchConditions(wanted_.condition, stated.condition);
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

std::optional<Candidate> EvidenceFinder::ByEndurance() const {
  for (const Endured& endured : facts_.endured) {
    if (!AnswersByEndurance(wanted_, endured) || IsUnusable(text_, endured.figure)) continue;
    Candidate candidate;
    candidate.stated = &endured.figure;
    candidate.alignment = kEndured;
    candidate.bridged = Bridge(endured.figure, wanted_, endured.sentence);
    if (candidate.bridged) return candidate;
  }
  return std::nullopt;
}

Candidate EvidenceFinder::Weigh(const Indicator& indicator, double alignment) const {
  Candidate candidate;
  candidate.stated = &indicator;
  candidate.alignment = alignment;
  candidate.condition = MatchConditions(wanted_.condition, indicator.condition);
  BridgeTo(indicator, &candidate);
  candidate.score = alignment + ConditionScore(candidate.condition) + (candidate.bridged ? 1 : 0);
  return candidate;
}

std::string_view EvidenceFinder::SentenceOfFigure(const Indicator& indicator) const {
  return Part(text_, SentenceOf(text_, indicator.whole));
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
  if (IsRelative(wanted_) == IsRelative(indicator)) {
    const bool same_way = !IsRelative(wanted_) || wanted_.comparator == indicator.comparator;
    if (same_way) candidate->bridged = Bridge(indicator, wanted_, SentenceOfFigure(indicator));
  } else if (IsRelative(wanted_) && indicator.from) {
    DeriveChange(indicator, candidate);
  }
}

// 降到原来的60% answers 降低30%, and the other way round. Whether one of the two is such a share.
bool EvidenceFinder::BridgeShares(const Indicator& indicator, Candidate* candidate) const {
  if (!indicator.is_of_former && !wanted_.is_of_former) return false;
  const bool answers =
      indicator.is_of_former ? IsRelative(wanted_) || wanted_.is_of_former : IsRelative(indicator);
  if (!answers) return true;
  const auto stated = indicator.is_of_former ? AsChange(indicator) : std::optional(indicator);
  const auto wanted = wanted_.is_of_former ? AsChange(wanted_) : std::optional(wanted_);
  if (!stated || !wanted || stated->comparator != wanted->comparator) return true;
  candidate->bridged = Bridge(*stated, wanted_.is_of_former ? *wanted : wanted_, SentenceOfFigure(indicator));
  if (wanted_.is_of_former && candidate->bridged) {
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
  Indicator change;
  change.name = indicator.name;
  const double difference = indicator.value - *indicator.from;
  change.comparator = difference >= 0 ? Comparator::kIncreaseBy : Comparator::kDecreaseBy;
  if (change.comparator != wanted_.comparator || *indicator.from == 0) return;
  change.unit = indicator.unit;
  change.value = std::abs(difference);
  if (IsShare(wanted_.unit)) {
    change.value = std::abs(difference / *indicator.from) * kHundred;
    change.unit.assign(1, '%');
  }
  candidate->bridged = Bridge(change, wanted_, SentenceOfFigure(indicator));
  candidate->derived = DerivedText(indicator, change);
}

}  // namespace duijie::indicator
