// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a word of the vocabulary means there what its role says: 超 of 不能超5% bounds, that of
// 不能超声清洗 does not. Private to common/indicator.
#pragma once

#include "common/indicator/token_scan.h"
#include "common/indicator/vocabulary.h"

namespace duijie::indicator {

// All of `match`, the longest word at scan.pos.
bool HoldsHere(const TokenScan& scan, const VocabularyMatch& match);
// 想 of 电费想降低30%: the wish does not cut the name off.
bool WishesChange(const TokenScan& scan, const VocabularyMatch& match);
// Of 使用寿命15年起码, 充电1h顶多: as 15年以上; kWord if it is none.
Role TrailingBound(const TokenScan& scan, const VocabularyMatch& match);
// The growing word asks for a rate: 运行费 of 运行费一吨水18块钱.
bool IsRated(const TokenScan& scan);

}  // namespace duijie::indicator
