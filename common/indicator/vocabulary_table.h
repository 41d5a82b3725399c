// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of vocabulary.h. Private to common/indicator.
#pragma once

#include <span>
#include <string_view>

#include "common/indicator/vocabulary.h"

namespace duijie::indicator {

struct VocabularyRow {
  Role role;
  std::string_view words;  // separated by '|'
};

std::span<const VocabularyRow> VocabularyRows();

// Ends of names; see the functions of vocabulary.h.
extern const std::string_view kPureNumberEnds;
extern const std::string_view kSizingWords;
extern const std::string_view kBetterSmallWords;  // anywhere in a name
extern const std::string_view kBetterSmallEnds;
extern const std::string_view kSmallIfSuperiorWords;  // beside those that are better small anyway
extern const std::string_view kBackgroundWords;

}  // namespace duijie::indicator
