// SPDX-License-Identifier: GPL-3.0-or-later
// What a push cites, taken from the explanation of its match: fields of the need or of the enterprise, and
// sentences of the achievement that answer them. Every quote stands in the record as it is written here. A
// push that nothing can be cited for has no achievement_sentences and must not be made. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "duijie/v1/achievement.pb.h"
#include "duijie/v1/enterprise.pb.h"
#include "duijie/v1/match.pb.h"
#include "duijie/v1/need.pb.h"
#include "duijie/v1/push.pb.h"

namespace duijie::push {

inline constexpr size_t kMaxCited = 3;                   // of each side
inline constexpr size_t kMaxCitedQuoteCodePoints = 200;  // longer sentences are cut around what matters
inline constexpr int kMaxCitedFitRows = 10;

// Which record the match started from: an explanation words its terms as the source has them.
enum class MatchSource { kTaker, kAchievement };

v1::PushReasons ReasonsFor(const v1::Need& need, const v1::Achievement& achievement,
                           const v1::MatchExplanation& explanation, MatchSource source);
v1::PushReasons ReasonsFor(const v1::Enterprise& enterprise, const v1::Achievement& achievement,
                           const v1::MatchExplanation& explanation, MatchSource source);

// The part of `text` around the first occurrence of `word` (ASCII letters in any case): its sentence, cut to
// kMaxCitedQuoteCodePoints, without blanks at the ends. "" if the word is not there.
std::string_view SentenceWith(std::string_view text, std::string_view word);

}  // namespace duijie::push
