// SPDX-License-Identifier: GPL-3.0-or-later
// How sure an alignment of names is, from 0 to 1, by what it rests on. Private to common/indicator.
#pragma once

namespace duijie::indicator {

inline constexpr double kSameName = 1.0;
inline constexpr double kSameHead = 0.97;         // the same word for the quantity, the same subject
inline constexpr double kSynonymHead = 0.92;      // another word of its group
inline constexpr double kUnknownHead = 0.85;      // the names share an end that the table does not know
inline constexpr double kGeneralHead = 0.8;       // a general head against a longer one that ends with it
inline constexpr double kVerb = 0.75;             // 换气 against 换气次数
inline constexpr double kOneSidedSubject = 0.95;  // only one name says whose quantity it is
inline constexpr double kOtherSubject = 0.4;
inline constexpr double kMildDifference = 0.85;  // 平均 or 最大 in one name only

}  // namespace duijie::indicator
