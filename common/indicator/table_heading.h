// SPDX-License-Identifier: GPL-3.0-or-later
// Units that stand in the headings of a table whose cells were written one after the other: 拉伸强度/MPa
// 18.5, 灰分（%）：6.2, 压缩永久变形/% ≤25 19. Private to common/indicator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/indicator/tokenizer.h"

namespace duijie::indicator {

// The unit that the heading before the number at `index` gives it, "" if there is none, or if several
// headings stand in a row, so that nobody can tell whose the number is.
std::string UnitOfHeading(const Runes& text, const std::vector<Token>& tokens, size_t index);

// Code points of the unit at the end of a name, with its stroke or brackets: 4 of 拉伸强度/MPa; 0 if there is
// none.
size_t HeadingUnitLength(std::u32string_view name);

}  // namespace duijie::indicator
