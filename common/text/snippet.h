// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a text that shows best why it was found, with the places to highlight. Plain text: no markup is
// added, and markup in the source stays as it is, so whoever renders it must escape it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/text/normalize.h"

namespace duijie {

inline constexpr size_t kMaxSnippetSourceBytes = 64 << 10;  // only the start of longer texts is looked at
inline constexpr size_t kMaxSnippetTerms = 64;              // later terms are not highlighted

struct Snippet {
  std::string text;  // valid UTF-8; "…" where the source was cut (not below 8 code points)
  std::vector<std::pair<uint32_t, uint32_t>> ranges;  // [begin, end) byte offsets in text; sorted, disjoint
};

// An excerpt of at most `max_code_points` code points ("…" included) of the original `text`, chosen so that
// the matched terms (normalised, see normalize.h) it holds are as many and as long as possible, the earliest
// such part winning; without a match, the beginning. Line breaks and other controls become spaces. A term
// that starts or ends with a letter or digit does not match inside a longer word or number. With `normalizer`
// traditional text is matched too, otherwise only case and width are folded. Any bytes in; never throws.
Snippet MakeSnippet(std::string_view text, const std::vector<std::string>& matched_terms,
                    size_t max_code_points, const Normalizer* normalizer = nullptr);

}  // namespace duijie
