// SPDX-License-Identifier: GPL-3.0-or-later
// Where clauses and sentences of a need's text begin and end. Private to common/demand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace duijie {

inline constexpr size_t kMaxSentenceBytes = 900;  // looked at on either side of a figure

enum class Stop : uint8_t {
  kClause,    // commas too
  kPart,      // semicolons too
  kSentence,  // 。！？ and line ends
};

// Behind the last stop before `at`, and where the first from `at` on begins; where none is near, where the
// looking ends. Never within a character.
size_t BeginBefore(std::string_view text, size_t at, Stop stop);
size_t EndFrom(std::string_view text, size_t at, Stop stop);

}  // namespace duijie
