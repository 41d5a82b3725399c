// SPDX-License-Identifier: GPL-3.0-or-later
// How likely a figure answers a target, one whose name aligns (of the same thing, at the same stage?) or one
// that no name tells (货叉可举到7.2米 for 起升高度): boosted trees over what is known of the two, trained on
// labelled cases by train_answers of tests/quality. docs/formats/indicators.md has the file, ADR 0022 why it
// is learned.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "common/boosting/forest.h"
#include "common/status/status.h"

namespace duijie::indicator {

// Characters are those of names that mean something by themselves, see evidence_features.cc; the clause is
// the one in which the figure stands; a rival is another figure of the text that could answer.
enum class AnswerFeature : uint8_t {
  kNamed,            // kOfAskedOwner or kOfOther: its name aligns
  kAlignment,        // of the two names
  kShared,           // characters of the name asked for that stand in the clause
  kSharedShare,      // the same as a share of the name's
  kSharedPairs,      // of two characters in a row
  kSharedName,       // characters of the name asked for that stand in the figure's
  kSharedNeed,       // characters of the figure's name that stand in the need
  kSharedElsewhere,  // characters of the name asked for that stand in the text outside the clause
  kSameEnd,          // code points that end both names
  kPhrases,          // words of doings.tsv in the clause that tell the quantity asked for
  kSubject,          // 1: the text speaks of what the need speaks of
  kWantedKnown,      // 1: the table of names knows the head of the name asked for
  kStatedKnown,      // the same of the figure's
  kNamesQuantity,    // 1: the figure's name is that of a quantity
  kNameless,         // 1: the figure has no name
  kWantedHead,       // code points of the general head (率, 时间) of the name asked for
  kStatedHead,       // the same of the figure's
  kStatedLength,     // code points of the figure's name
  kClauseLength,     // code points
  kDistance,         // how far the values lie apart, in powers of ten, at most 4
  kShare,            // 1: the target is in %, ‰ or 倍
  kBareNumber,       // 1: without dimension
  kRatio,            // 1: the target's unit has a /
  kCounts,           // of things: the power of the counted in the unit
  kTemperature,      // 1: the unit has a zero of its own
  kBases,            // base units that the unit is made of
  kAsCount,          // 1: the figure is a count that is no indicator by itself
  kAsShare,          // 1: worked out of two counts
  kAsCondition,      // 1: something that the thing stands
  kAsOrdinal,        // 1: 第8批, see loose_figures.h
  kAsSpoken,         // 1: in words (半年)
  kAsTurn,           // 1: the time that one takes (每28秒)
  kChanges,          // 1: the figure is told as a change (降低30%)
  kWantsChange,      // 1: the target asks for one
  kSameUnit,         // 1: as written
  kSameBound,        // 1: both at least, both at most, …
  kOppositeBound,    // 1: one at least, the other at most
  kTurned,           // 1: the rest to 100 %, what is lost for what is kept
  kPaired,           // PairedAs as a number, 0 for a figure as it is written
  kLossWanted,       // 1: the name asked for is that of a loss (漏检率)
  kLossClause,       // 1: the clause tells of one (被漏判)
  kMaximum,          // 1: the best value reached
  kCondition,        // ConditionMatch as a number
  kHasCondition,     // 1: the figure has one
  kWantsCondition,   // 1: the target has one
  kDecisiveClause,   // 1: the clause holds decisive words that the name asked for has not
  kDecisiveName,     // 1: the names differ in decisive words
  kUnusable,         // 1: a plan's, a rival product's
  kOfPart,           // 1: of a part
  kOtherThing,       // 1: of another thing of a kind
  kOtherSubstance,   // 1: the names speak of different substances
  kClauseSubstance,  // 1: the clause speaks of another substance
  kPrecision,        // 1, −1: only the name asked for, only the figure's ends in 精度, 误差
  kDenied,           // 1: 不能, 未 behind the figure
  kOwnerWanted,      // characters of the words that say whose figure is asked for
  kOwnerStated,      // the same of the figure
  kOwnerShared,      // share of the former in the latter
  kOwnerInClause,    // in the clause
  kOwnerInText,      // in the text
  kOwnerAsked,       // share of the latter in the need
  kRivals,           // their number
  kNamelessRivals,   // those whose head the table does not know
  kToldRivals,       // those with words of doings.tsv
  kRivalShared,      // most characters that a rival's clause shares, less this one's
  kRivalAlignment,   // the best of a rival
  kRivalDistance,    // the least of a rival, less this one's
  kTextLength,       // log2 of its bytes: of the figures of an abstract few answer anything
  kSubjectShare,     // of what the need speaks of, in pairs of characters: the share that the text speaks of
  kSentenceRivals,   // rivals in its sentence: a composition, a process
  kStepWords,        // words of the clause that tell a step of a process or a composition (加入, 质量份)
  kPlace,            // where it stands in the text, from 0 to 1: results come last
  kNumber,           // how many there are
};
inline constexpr size_t kAnswerFeatures = static_cast<size_t>(AnswerFeature::kNumber);

class AnswerFeatures {
 public:
  float& operator[](AnswerFeature feature) { return values_[static_cast<size_t>(feature)]; }
  float operator[](AnswerFeature feature) const { return values_[static_cast<size_t>(feature)]; }
  const std::array<float, kAnswerFeatures>& values() const { return values_; }

 private:
  std::array<float, kAnswerFeatures> values_{};
};

// As the model's file has it, "shared_share".
std::string_view NameOf(AnswerFeature feature);
// Whether more of it can only speak for (1) or against (−1) the figure; 0 if neither.
int DirectionOf(AnswerFeature feature);

// In texts up to this length a name decides unless it says that it is of something of which the need does not
// speak: asking the model gained as much there as it lost. An abstract is longer and holds a dozen figures.
inline constexpr size_t kNamesDecideBytes = 400;
inline constexpr float kLikely = 0.5F;  // figures answer from this likelihood on
// kNamed of a figure whose name aligns: of something of which the need does not speak, or else.
inline constexpr float kOfOther = 1;
inline constexpr float kOfAskedOwner = 2;
inline constexpr float kNamedLead = 0.1F;  // what the latter is ahead of all others
// Most figures are far from answering. Those with log odds below this after so many trees, or twice as many
// and so on, are not followed further: train_answers checks that no labelled case comes back from there.
inline constexpr size_t kStageTrees = 16;
inline constexpr float kHopeless = -3.0F;
inline constexpr int kAnswerModelFormat = 1;
inline constexpr size_t kMaxAnswerModelBytes = 4 << 20;

// Immutable; thread-safe.
class AnswerModel {
 public:
  // nullopt if there is no such file. INVALID_ARGUMENT (BAD_TEXT_DATA, metadata file and rule) for one that
  // is damaged or of other features.
  static StatusOr<std::optional<AnswerModel>> Load(const std::filesystem::path& path);

  // One from 0 to 1 for each of them; of the hopeless not the last word, but below kLikely.
  std::vector<float> Likelihoods(const std::vector<AnswerFeatures>& answers) const;

 private:
  explicit AnswerModel(Forest forest) : forest_(std::move(forest)) {}
  Forest forest_;
};

}  // namespace duijie::indicator
