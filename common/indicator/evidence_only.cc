// SPDX-License-Identifier: GPL-3.0-or-later
// The only figure of its kind, named by a word that the table does not know: the part of EvidenceFinder that
// goes by what is done rather than by names.
#include <algorithm>
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

bool IsConcentration(const Unit& unit) { return Convertible(unit, *ParseUnit("mg/L")); }

// What a name says besides the kind of quantity: 反射 of 反射率, all of 养护.
View32 WithoutHead(View32 name) {
  const size_t head = GeneralHeadLength(name);
  return head == name.size() ? name : name.substr(0, name.size() - head);
}

// Whether the ends of two names share a character besides the kind of quantity: 切 of 切碎长度 and 切段. Not
// where a noun ends both (纬密 is not 经密), nor where the other is a quantity of its own (断裂功).
bool SharesDoing(View32 wanted, View32 stated) {
  constexpr size_t kEnd = 4;  // code points: 涂层 is no 涂料固化温度
  constexpr View32 kNothing = U"大小高低中平均最总品机料性化体面后用度率量数值产出水温压时长宽厚重径深速亩吨";
  constexpr View32 kQuantities = U"功能热焓矩保";
  const bool nouns = GeneralHeadLength(wanted) == 0 || GeneralHeadLength(stated) == 0;
  if (nouns && wanted.back() == stated.back()) return false;
  if (kQuantities.find(stated.back()) != View32::npos) return false;
  wanted = WithoutHead(wanted);
  stated = WithoutHead(stated);
  wanted.remove_prefix(wanted.size() - std::min(wanted.size(), kEnd));
  stated.remove_prefix(stated.size() - std::min(stated.size(), kEnd));
  return std::any_of(stated.begin(), stated.end(), [&](char32_t c) {
    return IsHan(c) && kNothing.find(c) == View32::npos && wanted.find(c) != View32::npos;
  });
}

}  // namespace

bool EvidenceFinder::AnySaysSameDoing() const {
  return std::any_of(facts_.prepared.begin(), facts_.prepared.end(), [&](const PreparedName& name) {
    return (name.group == 0 || name_.group == 0) && (name.letters[0] & name_.letters[0]) != 0 &&
           (name.letters[1] & name_.letters[1]) != 0 && SharesDoing(name_.cleaned, name.cleaned);
  });
}

// 出模前只需养护6.5h for 蒸养时间: the only figure of its kind in the text, of whose names the table knows
// one at most, and that says what is done with one of the same characters.
std::optional<Candidate> EvidenceFinder::ByOnlyFigure() const {
  if (IsRelative(wanted_) || !AnySaysSameDoing()) return std::nullopt;  // the usual case, cheaply
  const auto unit = ParseUnit(wanted_.unit, wanted_.name);
  // A share may be of anything; what a thing holds and how exact it is go by their names.
  if (!unit || IsDimensionless(*unit) || name_.precision > 0 || IsConcentration(*unit)) return std::nullopt;
  std::optional<Candidate> only;
  for (size_t i = 0; i < facts_.prepared.size() && i < kMaxEvidenceCandidates; ++i) {
    const Indicator& stated = stated_.indicators[i];
    if (IsRelative(stated) || stated.unit.empty()) continue;
    Candidate candidate = Weigh(stated, kAligned);
    if (!candidate.bridged) continue;
    const PreparedName& name = facts_.prepared[i];
    if (name.precision > 0) return std::nullopt;
    const bool known = name.group != 0 && name_.group != 0;
    if (only || known || name.cleaned.empty() || name.decisive != name_.decisive) return std::nullopt;
    if (!SharesDoing(name_.cleaned, name.cleaned) || AreOpposite(name_.cleaned, name.cleaned))
      return std::nullopt;
    if (IsUnusable(text_, stated) || IsOfPart(stated) || IsOfOtherThing(i)) return std::nullopt;
    const std::string_view behind = Part(text_, {stated.value_span.end, ClauseOf(text_, stated.whole).end});
    if (Holds(behind, "不") || Holds(behind, "未") || Holds(behind, "无法")) return std::nullopt;
    only = std::move(candidate);
  }
  if (only && SpeaksOfOther({})) return std::nullopt;
  return only;
}

}  // namespace duijie::indicator
