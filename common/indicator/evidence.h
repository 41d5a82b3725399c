// SPDX-License-Identifier: GPL-3.0-or-later
// The stated figure that answers a target best. Private to common/indicator.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/indicator/answer_model.h"
#include "common/indicator/condition_match.h"
#include "common/indicator/name_words.h"
#include "common/indicator/stated_facts.h"
#include "common/indicator/unit_bridge.h"

namespace duijie::indicator {

struct Candidate {
  const Indicator* stated = nullptr;
  double alignment = 0;
  ConditionMatch condition = ConditionMatch::kSame;
  std::optional<Bridged> bridged;  // absent where the two do not answer each other
  bool by_name = false;            // the two names align; not worked out of another quantity
  std::string derived;             // how a figure that is not written was worked out
  double score = 0;
};

// What judging needs to know of a target, worked out once for all texts.
struct TargetFacts {
  const NameTable* names = nullptr;  // the table they were made with
  PreparedName name;
  std::optional<PreparedName> owned;  // owner and name, where the name is nothing without
  std::string owner;                  // the words of the need's sentence that say whose figure it asks for
  bool says_owner = false;            // it says whose figure it asks for
  std::vector<uint8_t> things;        // of its owner and its name, see things.h
  bool of_former = false;             // 提高到原来的2倍: it asks for a share of what was before
  std::optional<ToldChange> change;   // where it asks for one
  std::optional<Unit> unit;           // absent where it is not known
  std::optional<Unit> implied_unit;   // with what the name implies (吨钢电耗), where it implies anything
  std::vector<std::string_view> phrases;  // that tell the quantity without naming it
  Runes32 context;                        // the need's sentence, folded
  Runes32 subject;                        // its words that say of what it is, without the name
  std::vector<uint64_t> subject_pairs;    // see PairsIn
  Runes32 owner_subject;                  // the same of the owner
  uint64_t owner_decisive = 0;            // rows of the owner's decisive words
  Runes32 name_characters;                // of the name, those that mean something by themselves
  Runes32 owner_characters;               // of the owner and the name's own subject
  bool asks_loss = false;                 // the name is that of a loss (漏检率)
  bool names_own_change = false;          // the name is that of a change (增重)
  uint64_t opposite_sides = 0;            // of the name
};
TargetFacts WorkOutFacts(const Target& target, const NameTable& names);

// A figure that could answer, and what is known of it.
struct LikelyAnswer {
  Candidate candidate;
  AnswerFeatures features;
  size_t told = 0;  // which of the told figures
};

class EvidenceFinder {
 public:
  // All must outlive the finder.
  EvidenceFinder(const Target& target, const Stated& stated, const StatedFacts& facts);

  std::optional<Candidate> Best() const;
  // By its name, however unlikely it is.
  std::optional<Candidate> Named() const;
  // In the order of the told ones, the named one among them; none where what is named is not among them or
  // was found by other ways than its name.
  std::vector<LikelyAnswer> LikelyAnswers(const std::optional<Candidate>& named) const;

 private:
  class Gathering;
  std::optional<Candidate> ByName() const;
  std::optional<Candidate> ByRelation() const;
  std::optional<Candidate> ByTime() const;
  std::optional<Candidate> ByEndurance() const;
  std::optional<Candidate> ByCount() const;
  std::optional<Candidate> ByChange() const;
  const Indicator& FigureOf(const Told& told) const;
  const PreparedName& NameOf(const Told& told) const;
  bool IsToldOtherwise(const Indicator& figure) const;
  Indicator AsAsked(Indicator figure) const;
  std::optional<Indicator> RestOf(const Indicator& figure) const;
  Candidate WeighTold(const Told& told, bool turned) const;
  std::string HowTold(const Told& told, bool turned) const;
  bool IsLoose(const Told& told, LooseAs as) const {
    return told.as == ToldAs::kLoose && facts_.loose[told.index].as == as;
  }
  bool HasRest(const Told& told) const;
  float DistanceTo(const Bridged& bridged) const;
  bool CouldAnswer(const Told& told) const;
  bool IsOfOtherSubstance(const Told& told) const;
  bool IsRuledOut(const Told& told) const;
  bool IsOfUnaskedOwner(const Candidate& named) const;
  bool NameDecides(const Candidate& named) const;
  const ClauseFacts& ClauseOfTold(const Told& told) const;
  std::string_view Behind(const Told& told) const;
  bool SharesSubject() const;
  float SubjectShare() const;
  size_t TellingPhrases(std::string_view clause) const;
  AnswerFeatures FeaturesOf(const Told& told) const;
  void DescribeName(const Told& told, const PreparedName& name, View32 clause,
                    AnswerFeatures* features) const;
  void DescribeFigure(const Told& told, AnswerFeatures* features) const;
  void DescribeOwner(const Told& told, View32 clause, AnswerFeatures* features) const;
  void DescribeObjections(const Told& told, const PreparedName& name, AnswerFeatures* features) const;
  double Alignment(size_t i) const;
  double WithOwner(size_t i, double alignment) const;
  double WithOwners(size_t i) const;
  double Affinity(size_t i) const;
  bool NamesBefore(size_t i) const;
  bool SaysTooLittle(size_t i) const;
  bool SpeaksOfOther(View32 word) const;
  bool IsOfOtherThing(size_t i) const;
  bool IsOfPart(const Indicator& indicator) const;
  bool CountsSame(const Indicator& indicator) const;
  bool MakesSame(const Indicator& indicator) const;
  bool DoesSame(const Indicator& indicator) const;
  bool YieldsSame(const Indicator& indicator) const;
  bool IsShareOf(const Indicator& indicator) const;
  bool IsTheory(const Indicator& indicator) const;
  Candidate Weigh(const Indicator& indicator, double alignment) const;
  void BridgeTo(const Indicator& indicator, Candidate* candidate) const;
  bool BridgeShares(const Indicator& indicator, Candidate* candidate) const;
  void DeriveChange(const Indicator& indicator, Candidate* candidate) const;
  std::optional<Bridged> BridgeFigure(const Indicator& stated, const Indicator& wanted) const;
  std::string_view SentenceOfFigure(const Indicator& indicator) const;
  bool IsUnusable(const Indicator& figure) const {
    return indicator::IsUnusable(text_, facts_.places, figure);
  }

  const Indicator& wanted_;
  const std::string_view text_;
  const Stated& stated_;
  const StatedFacts& facts_;
  const std::optional<TargetFacts> own_;  // where the target brings none
  const TargetFacts& target_;
  const PreparedName& name_;
  const std::string_view context_;  // the need's sentence
};

}  // namespace duijie::indicator
