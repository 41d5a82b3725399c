// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/compare.h"

#include <algorithm>
#include <cmath>

#include "common/indicator/condition_match.h"
#include "common/indicator/context_words.h"
#include "common/indicator/intervals.h"
#include "common/indicator/judgement_text.h"
#include "common/indicator/unit_bridge.h"

namespace duijie::indicator {
namespace {

bool IsRelative(const Indicator& indicator) {
  return indicator.comparator == Comparator::kIncreaseBy || indicator.comparator == Comparator::kDecreaseBy;
}

std::string_view Part(std::string_view text, TextSpan span) {
  const size_t begin = std::min<size_t>(span.begin, text.size());
  return text.substr(begin, span.end > begin ? span.end - begin : 0);
}

struct Candidate {
  const Indicator* stated = nullptr;
  double alignment = 0;
  ConditionMatch condition = ConditionMatch::kSame;
  std::optional<Bridged> bridged;  // absent where the two do not answer each other
  std::string derived;             // how a relative figure was worked out
  double score = 0;
};

class Judging {
 public:
  Judging(const Target& target, const Stated& stated, const NameTable& names)
      : target_(target), wanted_(target.indicator), stated_(stated), names_(names) {}

  Judgement Run() const {
    const std::optional<Candidate> best = BestCandidate();
    if (best) return FromCandidate(*best);
    if (const auto absent = AbsentSubstance()) return *absent;
    Judgement judgement;
    judgement.reason = SilenceText(wanted_);
    return judgement;
  }

 private:
  std::optional<Candidate> BestCandidate() const {
    std::optional<Candidate> best;
    size_t looked_at = 0;
    for (const Indicator& indicator : stated_.indicators) {
      const double alignment = names_.Align(wanted_.name, indicator.name);
      if (alignment < kAligned || ++looked_at > kMaxEvidenceCandidates) continue;
      const std::string_view clause = Part(stated_.text, ClauseOf(stated_.text, indicator.whole));
      if (IsPlan(clause) || IsOtherProduct(clause)) continue;
      Candidate candidate = Weigh(indicator, alignment);
      if (!best || candidate.score > best->score) best = std::move(candidate);
    }
    return best;
  }

  Candidate Weigh(const Indicator& indicator, double alignment) const {
    Candidate candidate;
    candidate.stated = &indicator;
    candidate.alignment = alignment;
    candidate.condition = MatchConditions(wanted_.condition, indicator.condition);
    BridgeTo(indicator, &candidate);
    candidate.score = alignment + ConditionScore(candidate.condition) + (candidate.bridged ? 1 : 0);
    return candidate;
  }

  static double ConditionScore(ConditionMatch match) {
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

  void BridgeTo(const Indicator& indicator, Candidate* candidate) const {
    const std::string_view sentence = Part(stated_.text, SentenceOf(stated_.text, indicator.whole));
    if (IsRelative(wanted_) == IsRelative(indicator)) {
      const bool same_way = !IsRelative(wanted_) || wanted_.comparator == indicator.comparator;
      if (same_way) candidate->bridged = Bridge(indicator, wanted_, sentence);
    } else if (IsRelative(wanted_) && indicator.from) {
      DeriveChange(indicator, sentence, candidate);
    }
  }

  // 由36降至28: the change, relative to the start or in the unit.
  void DeriveChange(const Indicator& indicator, std::string_view sentence, Candidate* candidate) const {
    Indicator change;
    change.name = indicator.name;
    const double difference = indicator.value - *indicator.from;
    change.comparator = difference >= 0 ? Comparator::kIncreaseBy : Comparator::kDecreaseBy;
    if (change.comparator != wanted_.comparator || *indicator.from == 0) return;
    change.unit = indicator.unit;
    change.value = std::abs(difference);
    const bool wants_share = wanted_.unit == "%" || wanted_.unit == "倍" || wanted_.unit == "‰";
    if (wants_share) {
      change.value = std::abs(difference / *indicator.from) * 100;
      change.unit.assign(1, '%');
    }
    candidate->bridged = Bridge(change, wanted_, sentence);
    candidate->derived = DerivedText(indicator, change);
  }

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
    const Figures wanted = {wanted_.comparator, wanted_.value, wanted_.upper, wanted_.is_about};
    Answer answer = candidate.stated->is_negated
                        ? AnswerNegated(wanted, candidate.bridged->figures)
                        : CompareFigures(wanted, candidate.bridged->figures, WantsCoverage());
    judgement.margin = answer.margin;
    judgement.verdict = answer.verdict;
    std::string_view note = ApplyConditions(candidate, &judgement.verdict);
    if (note.empty()) note = ApplyQualifications(candidate, &judgement.verdict);
    judgement.reason = ReasonText(wanted_, judgement, note);
    return judgement;
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
    const std::string_view clause = Part(stated_.text, ClauseOf(stated_.text, candidate.stated->whole));
    const std::string_view sentence = Part(stated_.text, SentenceOf(stated_.text, candidate.stated->whole));
    if (candidate.stated->is_maximum || IsBestCase(clause)) {
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

  // 甲醛未检出 for a target ≤.
  std::optional<Judgement> AbsentSubstance() const {
    if (wanted_.comparator != Comparator::kAtMost) return std::nullopt;
    const std::string subject = names_.SubjectOf(wanted_.name);
    if (subject.empty()) return std::nullopt;
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
  const NameTable& names_;
};

}  // namespace

Stated ReadStated(std::string_view text) { return {text, Extract(text)}; }

Judgement Judge(const Target& target, const Stated& stated, const NameTable& names) {
  return Judging(target, stated, names).Run();
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
