// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/compare.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/evidence.h"
#include "common/indicator/extraction.h"
#include "common/indicator/holds.h"
#include "common/indicator/intervals.h"
#include "common/indicator/judgement_text.h"
#include "common/indicator/possible_answers.h"

namespace duijie::indicator {
namespace {

class Judging {
 public:
  Judging(const Target& target, const Stated& stated, const StatedFacts& facts)
      : target_(target), wanted_(target.indicator), stated_(stated), facts_(facts) {}

  Judgement Run() const {
    const std::optional<Candidate> best = EvidenceFinder(target_, stated_, facts_).Best();
    if (best) return FromCandidate(*best);
    if (const auto absent = AbsentSubstance()) return *absent;
    Judgement judgement;
    judgement.reason = SilenceText(wanted_);
    return judgement;
  }

  std::vector<PossibleAnswer> Possible() const {
    const EvidenceFinder finder(target_, stated_, facts_);
    const std::optional<Candidate> named = finder.Named();
    std::vector<PossibleAnswer> possible;
    for (const LikelyAnswer& answer : finder.LikelyAnswers(named)) {
      const Verdict verdict = FromCandidate(answer.candidate).verdict;
      if (verdict != Verdict::kNotStated) possible.push_back({answer.features, verdict});
    }
    return possible;
  }

 private:
  Judgement FromCandidate(const Candidate& candidate) const {
    Judgement judgement;
    judgement.evidence = *candidate.stated;
    judgement.quote = SentenceOf(stated_.text, candidate.stated->whole);
    judgement.alignment = candidate.alignment;
    if (!candidate.bridged) {
      judgement.reason =
          UnanswerableText(wanted_, *candidate.stated, IsRelative(wanted_) != IsRelative(*candidate.stated));
      return judgement;
    }
    judgement.conversion = candidate.derived.empty() ? candidate.bridged->conversion : candidate.derived;
    Figures wanted = {wanted_.comparator, wanted_.value, wanted_.upper, wanted_.is_about};
    // 长度偏差±0.8mm against 长度100±0.5mm: the widths.
    const Figures& figures = candidate.bridged->figures;
    if (wanted.comparator == Comparator::kPlusMinus && figures.comparator == Comparator::kPlusMinus &&
        figures.value == 0)
      wanted.value = 0;
    if (wanted.comparator == Comparator::kEqual) wanted.comparator = ClaimOf(wanted.comparator);
    // 由4.6升至5.8 against a window: where it ends.
    Figures reached = figures;
    if (candidate.stated->from && wanted.comparator == Comparator::kBetween && !reached.upper)
      reached.comparator = Comparator::kEqual;
    Answer answer = candidate.stated->is_negated ? AnswerNegated(wanted, candidate.bridged->figures)
                                                 : CompareFigures(wanted, reached, WantsCoverage());
    if (IsJustBelow(*candidate.stated, candidate.bridged->figures)) answer = {};
    judgement.margin = answer.margin;
    judgement.verdict = answer.verdict;
    std::string_view note = ApplyConditions(candidate, &judgement.verdict);
    if (note.empty()) note = ApplyQualifications(candidate, &judgement.verdict);
    judgement.reason = ReasonText(wanted_, judgement, note);
    return judgement;
  }

  // 最高温度可达1400℃ in a need: it is to reach so much, more does no harm.
  Comparator ClaimOf(Comparator comparator) const {
    for (const std::string_view stands : {"耐热", "耐温", "耐高温", "承压", "耐压"}) {
      if (wanted_.name.starts_with(stands)) return Comparator::kAtLeast;
    }
    if (wanted_.name.starts_with("耐寒") || wanted_.name.starts_with("耐低温")) return Comparator::kAtMost;
    const size_t at = wanted_.name.empty() ? std::string::npos : target_.context.find(wanted_.name);
    if (at == std::string::npos || wanted_.is_about) return comparator;
    const TextSpan name = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + wanted_.name.size())};
    const std::string_view clause = Part(target_.context, ClauseOf(target_.context, name));
    const bool reaches = Holds(clause, "可达") || Holds(clause, "能达") || Holds(clause, "高达");
    if (!reaches || Holds(clause, "最低") || Holds(clause, "最小") || Holds(clause, "低至"))
      return comparator;
    return Comparator::kAtLeast;
  }

  // 尚未达到 X: not X, so the target is missed where X is the target or easier.
  static Answer AnswerNegated(const Figures& wanted, Figures stated) {
    const bool at_most =
        wanted.comparator == Comparator::kAtMost || wanted.comparator == Comparator::kPlusMinus;
    stated.comparator = Comparator::kEqual;
    const double reached =
        wanted.comparator == Comparator::kPlusMinus ? stated.upper.value_or(stated.value) : stated.value;
    const double bound =
        wanted.comparator == Comparator::kPlusMinus ? wanted.upper.value_or(0) : wanted.value;
    const bool breaks = at_most ? reached >= bound : reached <= bound;
    if (!breaks) return {};
    const double gap = at_most ? bound - reached : reached - bound;
    return {Verdict::kViolated, bound == 0 ? std::nullopt : std::optional<double>(gap / std::abs(bound))};
  }

  // 接近百分之百 where 99 % is asked for: less than it, and nobody knows by how much.
  bool IsJustBelow(const Indicator& stated, const Figures& figures) const {
    if (wanted_.comparator != Comparator::kAtLeast || !stated.is_about) return false;
    if (!Holds(Part(stated_.text, stated.whole), "接近")) return false;
    return figures.value >= wanted_.value && figures.value * (1 - kAboutTolerance) < wanted_.value;
  }

  bool WantsCoverage() const {
    if (wanted_.comparator != Comparator::kBetween) return false;
    if (AsksCoverage(wanted_.name)) return true;
    const size_t at = wanted_.name.empty() ? std::string::npos : target_.context.find(wanted_.name);
    if (at == std::string::npos) return AsksCoverage(target_.context);
    const TextSpan name = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + wanted_.name.size())};
    return AsksCoverage(Part(target_.context, ClauseOf(target_.context, name)));
  }

  // Rule 9; returns the note for the reason, "" if the condition changed nothing.
  std::string_view ApplyConditions(const Candidate& candidate, Verdict* verdict) const {
    const bool fits = *verdict == Verdict::kSatisfied;
    const bool fails = *verdict == Verdict::kViolated;
    switch (candidate.condition) {
      case ConditionMatch::kSame:
        return "";
      case ConditionMatch::kHarder:
        if (fails) *verdict = Verdict::kNotStated;
        return fails ? "所述条件比要求更苛刻，不能据此判断" : "";
      case ConditionMatch::kEasier:
        if (fits) *verdict = Verdict::kPartly;
        return fits ? "所述条件比要求宽松" : "";
      case ConditionMatch::kMissing:
        if (fits) *verdict = Verdict::kPartly;
        return fits ? "未说明是否在要求的条件下" : "";
      case ConditionMatch::kOther:
        if (fits) *verdict = Verdict::kPartly;
        if (fails) *verdict = Verdict::kNotStated;
        return "所述条件与要求的条件不同";
    }
    return "";
  }

  std::string_view ApplyQualifications(const Candidate& candidate, Verdict* verdict) const {
    if (*verdict != Verdict::kSatisfied) return "";
    const TextSpan span = ClauseOf(stated_.text, candidate.stated->whole);
    const std::string_view clause = Part(stated_.text, span);
    const std::string_view sentence = Part(stated_.text, SentenceOf(stated_.text, candidate.stated->whole));
    if (IsBestReached(*candidate.stated) || IsBestCase(clause) ||
        LeadsBestCase(LeadClause(stated_.text, span)) || IsBestShare(*candidate.stated)) {
      *verdict = Verdict::kPartly;
      return "所述为最好结果，不是保证值";
    }
    const bool mass = AsksMassProduction(wanted_.condition) || AsksMassProduction(target_.context);
    if (mass && IsLaboratory(sentence)) {
      *verdict = Verdict::kPartly;
      return "所述为实验室结果，要求的是批量生产";
    }
    return "";
  }

  // 偏差最大0.03mm keeps a tolerance, too.
  bool AsksLittle() const {
    return wanted_.comparator == Comparator::kAtMost ||
           (wanted_.comparator == Comparator::kPlusMinus && wanted_.value == 0);
  }

  // 最高可达, 最高 where more is asked for, 峰值达到; 最低35MPa keeps a promise of at least as much.
  bool IsBestReached(const Indicator& stated) const {
    const bool guaranteed = (wanted_.comparator == Comparator::kAtLeast && stated.is_lowest) ||
                            (AsksLittle() && stated.is_highest);
    // 最高温度可达1400℃ asks for a quantity that is a maximum itself.
    const bool own = Holds(wanted_.name, "最高") || Holds(wanted_.name, "最大") ||
                     Holds(wanted_.name, "极限") || Holds(wanted_.name, "转速");
    if (stated.is_maximum) return !guaranteed && !own;
    if (wanted_.comparator != Comparator::kAtLeast || Holds(wanted_.name, "峰值")) return false;
    const std::string_view whole = Part(stated_.text, stated.whole);
    return Holds(whole, "峰值") || stated.name.ends_with("最高值") || stated.name.ends_with("最大值") ||
           stated.name.ends_with("最优值");
  }

  // 最高发电效率46%: the best, where the target asks for more than the best. 最高转速 is a quantity of its
  // own.
  bool IsBestShare(const Indicator& stated) const {
    // 最小批间差 where 批间差 is to be small.
    for (const std::string_view best : {"最小", "最低", "最好", "最佳"}) {
      const bool small = wanted_.comparator == Comparator::kAtMost && !Holds(wanted_.name, best);
      if (small && stated.name.ends_with(std::string(best) + wanted_.name)) return true;
    }
    if (wanted_.comparator != Comparator::kAtLeast || !Holds(stated.name, "最高") ||
        Holds(wanted_.name, "最高"))
      return false;
    for (const std::string_view own :
         {"温",   "转速", "压",   "速度", "车速", "频率", "功率", "耐",   "承",   "载",
          "扬程", "电流", "使用", "工作", "扭矩", "高度", "亮度", "风速", "深度", "流量"}) {
      if (Holds(stated.name, own)) return false;
    }
    return true;
  }

  // 甲醛未检出 for a target ≤.
  std::optional<Judgement> AbsentSubstance() const {
    if (wanted_.comparator != Comparator::kAtMost) return std::nullopt;
    const std::string subject = facts_.names->SubjectOf(wanted_.name);
    constexpr size_t kMinSubject = 3;  // bytes: Ra is no substance
    if (subject.size() < kMinSubject) return std::nullopt;
    for (size_t at = stated_.text.find(subject); at != std::string_view::npos;
         at = stated_.text.find(subject, at + 1)) {
      const TextSpan part = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + subject.size())};
      if (!SaysAbsent(Part(stated_.text, ClauseOf(stated_.text, part)))) continue;
      Judgement judgement;
      judgement.verdict = Verdict::kSatisfied;
      judgement.quote = SentenceOf(stated_.text, part);
      judgement.alignment = kAligned;
      judgement.reason = AbsentText(wanted_);
      return judgement;
    }
    return std::nullopt;
  }

  const Target& target_;
  const Indicator& wanted_;
  const Stated& stated_;
  const StatedFacts& facts_;
};

}  // namespace

Stated ReadStated(std::string_view text) { return {text, Extract(text), nullptr}; }

Stated ReadStated(std::string_view text, const NameTable& names) {
  OtherFigures others;
  Stated stated{text, ExtractWithOthers(text, &others), nullptr};
  stated.facts =
      std::make_shared<const StatedFacts>(WorkOutFacts(text, stated.indicators, std::move(others), names));
  return stated;
}

Stated MakeStated(std::string_view text, std::vector<Indicator> indicators, const NameTable& names) {
  OtherFigures others;
  ExtractWithOthers(text, &others);
  Stated stated{text, std::move(indicators), nullptr};
  stated.facts =
      std::make_shared<const StatedFacts>(WorkOutFacts(text, stated.indicators, std::move(others), names));
  return stated;
}

void Prepare(const NameTable& names, Target* target) {
  target->facts = std::make_shared<const TargetFacts>(WorkOutFacts(*target, names));
}

namespace {

// Runs what is to be done with the facts of the text, worked out here where it does not bring them.
template <typename Do>
auto WithFacts(const Target& target, const Stated& stated, const NameTable& names, Do&& judge) {
  const StatedFacts* facts = stated.facts.get();
  if (facts != nullptr && facts->names == &names && facts->prepared.size() == stated.indicators.size())
    return judge(Judging(target, stated, *facts));
  OtherFigures others;
  ExtractWithOthers(stated.text, &others);
  const StatedFacts own = WorkOutFacts(stated.text, stated.indicators, std::move(others), names);
  return judge(Judging(target, stated, own));
}

}  // namespace

Judgement Judge(const Target& target, const Stated& stated, const NameTable& names) {
  return WithFacts(target, stated, names, [](const Judging& judging) { return judging.Run(); });
}

std::vector<PossibleAnswer> PossibleAnswers(const Target& target, const Stated& stated,
                                            const NameTable& names) {
  return WithFacts(target, stated, names, [](const Judging& judging) { return judging.Possible(); });
}

std::string_view VerdictText(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSatisfied:
      return "满足";
    case Verdict::kPartly:
      return "部分满足";
    case Verdict::kViolated:
      return "不满足";
    case Verdict::kNotStated:
      return "未说明";
  }
  return "未说明";
}

}  // namespace duijie::indicator
