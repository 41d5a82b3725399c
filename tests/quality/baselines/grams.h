// SPDX-License-Identifier: GPL-3.0-or-later
// Character n-grams as docs/research/ranking.md has them: text is cut at anything but Chinese characters,
// Latin letters, digits and .-+%/ ; within a piece a Chinese character is one symbol and a run of letters and
// digits is one symbol; unigrams and bigrams of the symbols are counted. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace duijie::baselines {

using Counts = std::map<std::string, int>;

// `normalized` is NFKC in lower case. Kinds never collide: the first byte is 1 or 2.
Counts CountGrams(std::string_view normalized);

}  // namespace duijie::baselines
