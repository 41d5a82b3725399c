// SPDX-License-Identifier: GPL-3.0-or-later
// Traditional characters of technical texts. Private to common/indicator.
#pragma once

namespace duijie::indicator {

// The simplified form of a character that figures, units and names of quantities are written with; others are
// returned as they are. One character stays one, so that spans are exact.
char32_t Simplified(char32_t rune);

}  // namespace duijie::indicator
