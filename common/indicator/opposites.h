// SPDX-License-Identifier: GPL-3.0-or-later
// Words that say the opposite of each other: 开门 and 关门, 进料 and 出料. Private to common/indicator.
#pragma once

#include <cstdint>

#include "common/indicator/name_words.h"

namespace duijie::indicator {

// Which of 开 and 关, 进 and 出, … the words hold, and whether two names differ in one: 开门时间, 关门时间.
uint64_t OppositeSides(View32 words);
bool AreOpposite(uint64_t sides_a, uint64_t sides_b);
// 关门2.8秒 where 开门时间 is asked for: a name and a phrase.
bool TellsOpposite(View32 name, View32 clause);

}  // namespace duijie::indicator
