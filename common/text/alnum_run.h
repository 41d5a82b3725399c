// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of letters, digits and units that stay one word: 5g, cas9, al2o3, c-c, 210mah/g, 0.1~0.5mm, w/(m·k).
// Works on normalised text (normalize.h). Private to common/text.
//
// A run starts with a letter or digit and goes on over
//   letters, digits, combining marks;
//   % ‰ ° after a digit or another such sign;
//   - / · _ & ^ between letters or digits;  . : between digits;  ~ before a digit;  × * between a letter or
//   digit and a digit;
//   /( … ) around at most kMaxBracketed characters, as in w/(m·k);
//   a final ++ after a letter, a final # after one single letter (c++, c#).
// Comparators (≥ ≤ > < = ±) never belong to a run, so ≥210mah/g gives 210mah/g.
#pragma once

#include <vector>

#include "common/text/code_points.h"

namespace duijie {

inline constexpr uint32_t kMaxRunCodePoints = 64;  // longer runs are cut into runs of this length
inline constexpr uint32_t kMaxBracketed = 16;

// The end of the run that starts at `begin`. `text` ends with the end mark of SplitCodePoints, whose index is
// text.size() - 1; requires IsAlnum(text[begin].cls).
uint32_t EndOfRun(const CodePoints& text, uint32_t begin);

// Appends the parts of a run that are words of their own, each of at least two characters, the run itself
// not:
//   the pieces between joints            crispr-cas9 → crispr, cas9; tcp/ip → tcp, ip
//   number, unit and the two together    210mah/g → 210, mah/g;  0.1~0.5mm → 0.1, 0.5, mm, 0.5mm
// so that "210 mAh/g" and "210mAh/g" share their words. A piece that starts with a letter is not taken apart
// (cas9, pm2.5, al2o3). Appended spans may repeat.
void AppendRunParts(const CodePoints& text, Span run, std::vector<Span>* parts);

}  // namespace duijie
