// SPDX-License-Identifier: GPL-3.0-or-later
// Beginnings and ends of words that look like words of the vocabulary, or like units. Private to
// common/indicator.
#pragma once

#include <cstddef>
#include <string_view>

#include "common/indicator/vocabulary.h"

namespace duijie::indicator {

// 利用率, 增长率, 老化时间: whether what stands behind the word makes it the beginning of a quantity's name.
bool BeginsName(const VocabularyMatch& match, std::u32string_view rest);
// 811目前, 3元素: whether `text`, which begins with the sign of a unit, begins with another word.
bool BeginsOtherWord(std::u32string_view text);
// Code points of the process that 每 counts by (粉磨 of 每粉磨一吨), 0 if there is none.
size_t ProcessLength(std::u32string_view text);
// Code points of what is done before one of a unit: 整地 of 整地1hm², 装配 of 装配一件; 0 if none does.
size_t DoingLength(std::u32string_view text);
// Code points of 邵A and the like right before a number, 0 if there is none.
size_t ShoreLength(std::u32string_view text);

}  // namespace duijie::indicator
