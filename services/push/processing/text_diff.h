// SPDX-License-Identifier: GPL-3.0-or-later
// What was removed from and added to a text, character by character (Unicode code points): the shortest edit
// script, by the greedy algorithm of E. W. Myers, An O(ND) Difference Algorithm and Its Variations,
// Algorithmica 1 (1986), after a common beginning and end are set aside. Pure and deterministic.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace duijie::push {

// Characters removed plus added up to which texts are compared in full. The work is at most this times the
// longer text; the memory this squared / 2 numbers of 4 bytes.
inline constexpr int kMaxEdits = 1'500;

enum class SpanKind { kKept, kRemoved, kAdded };

struct DiffSpan {
  SpanKind kind = SpanKind::kKept;
  std::string text;
  bool operator==(const DiffSpan&) const = default;
};

struct TextDiff {
  // Kept and removed spans make up the text before, kept and added the text after. No span is empty, none
  // follows another of its kind, and what was removed stands before what was added in its place.
  std::vector<DiffSpan> spans;
  // More than kMaxEdits: the middle that differs is given as removed and added.
  bool coarse = false;
};

// Both texts must be UTF-8.
TextDiff DiffTexts(std::string_view before, std::string_view after);

}  // namespace duijie::push
