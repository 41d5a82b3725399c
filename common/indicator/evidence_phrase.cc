// SPDX-License-Identifier: GPL-3.0-or-later
// The only figure that could answer, told in a phrase instead of a name (枸杞苗成活1140株,
// 每1000个字段中仅6个识别错误): the part of EvidenceFinder for what is said rather than named.
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
#include "common/indicator/runes.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

// Characters that say nothing of what is measured.
constexpr View32 kCommon =
    U"的大小高低中平均最总品机料性化体面后用度率量数值产出温压时间长宽厚重深速为不是有在和与及每一以可";

// How many characters of what the name asked for says stand in the phrase.
size_t SharedCharacters(View32 wanted, View32 phrase) {
  return static_cast<size_t>(std::count_if(wanted.begin(), wanted.end(), [&](char32_t c) {
    return IsHan(c) && kCommon.find(c) == View32::npos && phrase.find(c) != View32::npos;
  }));
}

// 1 m is no 刹车距离 of 78 m, 0.3 ppm no 含水率 of 60 %: too far off to be said of the same.
bool AreFarOff(double a, double b, double far) {
  a = std::abs(a);
  b = std::abs(b);
  return a > 0 && b > 0 && (a > far * b || b > far * a);
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

// 作业效率, 装配节拍: each 每小时可收割谷子8亩 tells how much is done by its unit alone.
bool AsksOutput(const Indicator& wanted) {
  if (wanted.unit.find('/') == std::string::npos) return false;
  for (const std::string_view output :
       {"效率", "处理量", "产能", "生产率", "节拍", "通量", "能力", "处理速度"}) {
    if (wanted.name.ends_with(output)) return true;
  }
  return false;
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

// The figure as an answer; of what is lost where the target asks for what is kept, its complement.
Candidate EvidenceFinder::WeighPhrase(const Told& told) const {
  const Indicator& figure = FigureOf(told);
  const TextSpan clause = ClauseOf(text_, figure.whole);
  const bool turned = wanted_.unit == "%" && TellsLoss(wanted_.name) != TellsLoss(Part(text_, clause));
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

// Whether what the need's sentence says besides the name asked for is spoken of in the text.
bool EvidenceFinder::SharesSubject() const {
  const size_t at = wanted_.name.empty() ? std::string::npos : context_.find(wanted_.name);
  const auto begin = static_cast<uint32_t>(at == std::string::npos ? 0 : at);
  const std::string_view sentence = Part(context_, SentenceOf(context_, {begin, begin}));
  const Runes32 name = ToFolded(wanted_.name);
  Runes32 rest = ToFolded(sentence);
  for (size_t found = rest.find(name); !name.empty() && found != Runes32::npos; found = rest.find(name))
    rest.erase(found, name.size());
  std::erase_if(rest, [](char32_t c) { return !IsHan(c); });
  rest = SubjectOfWords(rest);
  return rest.size() >= 2 && SubjectsShareWord(rest, SubjectOfWords(ToFolded(text_)));
}

std::optional<Candidate> EvidenceFinder::ByPhrase() const {
  constexpr double kFar = 20;
  constexpr double kNear = 4;  // where figures of known quantities stand beside
  if (!target_.unit) return std::nullopt;
  const double wanted = wanted_.upper.value_or(wanted_.value);
  std::optional<Candidate> only;
  bool rivals = false;
  for (const Told& told : facts_.told) {
    if (!Convertible(told.unit, *target_.unit)) continue;
    const Indicator& figure = FigureOf(told);
    // 每消耗1kWh供给2.2kWh for COP 2.5: a bare number is told as a ratio.
    if (wanted_.unit.empty() && figure.unit.find('/') == std::string::npos) continue;
    if (IsRelative(figure) != IsRelative(wanted_)) continue;
    const bool unknown = told.as == ToldAs::kIndicator && facts_.prepared[told.index].group == 0;
    if (told.names_quantity && !(unknown && IsTold(figure))) {
      const double stated = Convert(figure.upper.value_or(figure.value), told.unit, *target_.unit);
      rivals = rivals || !AreFarOff(wanted, stated, kFar);
      continue;
    }
    Candidate candidate = WeighPhrase(told);
    if (!candidate.bridged) continue;
    const Figures& figures = candidate.bridged->figures;
    const double stated = figures.upper.value_or(figures.value);
    if (AreFarOff(wanted, stated, kFar) || (wanted_.unit == "%" && stated > kHundred && wanted <= kHundred))
      continue;
    // 货叉能举到离地13.5m处，在窄至1.8m的巷道内: another figure of the unit that tells something else.
    if (!SaysWhatIsAsked(told, figure)) {
      rivals = true;
      continue;
    }
    if (only) return std::nullopt;
    only = std::move(candidate);
  }
  if (!only || !rivals) return only;
  const Figures& figures = only->bridged->figures;
  const bool near = !AreFarOff(wanted, figures.upper.value_or(figures.value), kNear);
  return near && Telling(*only->stated) >= 2 ? only : std::nullopt;
}

// How much of what the target says the clause of the figure says: characters of its name, two for a phrase
// that tells it.
size_t EvidenceFinder::Telling(const Indicator& figure) const {
  constexpr size_t kPhrase = 2;
  const std::string_view clause = Part(text_, ClauseOf(text_, figure.whole));
  return SharedCharacters(name_.cleaned, ToFolded(clause)) + (IsTold(figure) ? kPhrase : 0);
}

// Whether a phrase that tells the quantity asked for stands in the clause of the figure.
bool EvidenceFinder::IsTold(const Indicator& figure) const {
  const std::string_view clause = Part(text_, ClauseOf(text_, figure.whole));
  return std::any_of(target_.phrases.begin(), target_.phrases.end(),
                     [&](std::string_view phrase) { return Holds(clause, phrase); });
}

// Whether the phrase shares what the target says, and nothing speaks against it.
bool EvidenceFinder::SaysWhatIsAsked(const Told& told, const Indicator& figure) const {
  const bool output = AsksOutput(wanted_) && figure.unit.find('/') != std::string::npos;
  // Counts are of anything, and so are temperatures that something else is done at.
  const bool counts = told.unit.dimensions[static_cast<size_t>(Base::kItem)] == 2;
  if (counts && figure.unit != wanted_.unit) return false;
  const bool vague =
      counts || told.as == ToldAs::kShare || (told.as == ToldAs::kCondition && told.unit.offset != 0);
  const size_t least = output ? 0 : vague ? 2 : 1;
  if (Telling(figure) < (SharesSubject() ? least : 2)) return false;
  const TextSpan span = ClauseOf(text_, figure.whole);
  const Runes32 clause = ToFolded(Part(text_, span));
  if ((DecisiveRows(clause) & ~name_.decisive) != 0) return false;
  const bool indicator = told.as == ToldAs::kIndicator;
  const bool named = indicator && !facts_.prepared[told.index].cleaned.empty();
  if (AreOpposite(name_.cleaned, named ? View32(facts_.prepared[told.index].cleaned) : View32(clause)))
    return false;
  if (IsUnusable(text_, figure) || IsOfPart(figure) || (indicator && IsOfOtherThing(told.index)))
    return false;
  return !Denies(Part(text_, {figure.value_span.end, span.end}));
}

}  // namespace duijie::indicator
