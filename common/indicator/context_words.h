// SPDX-License-Identifier: GPL-3.0-or-later
// What the words around a stated figure make of it. Private to common/indicator.
#pragma once

#include <string_view>

#include "common/indicator/extract.h"

namespace duijie::indicator {

// Bytes of the mark that stands at `at` and ends a sentence, with `commas` a clause; 0 if none does.
size_t MarkAt(std::string_view text, size_t at, bool commas);

// The sentence and the clause of a stretch, as byte offsets.
TextSpan SentenceOf(std::string_view text, TextSpan part);
TextSpan ClauseOf(std::string_view text, TextSpan part);

// The clause before `clause` in the same sentence, if it holds no figures: 在最优条件下，. Else empty.
std::string_view LeadClause(std::string_view text, TextSpan clause);

// The words directly before `at`, the start of a name in `text`, that say whose it is: 钢管 of
// 要求钢管壁厚不小于6mm. Empty if there are none.
std::string_view OwnerBefore(std::string_view text, size_t at);

bool IsPlan(std::string_view clause);       // 预计, 拟, 有望
bool LeadsPlan(std::string_view lead);      // 预计项目达产后，
bool LeadsBestCase(std::string_view lead);  // 在最优条件下，
bool IsOtherProduct(std::string_view clause);
// Whether the clause begins with another product and says nothing of its faults: 普通冷库贮藏180天.
bool BeginsWithOther(std::string_view clause);  // 传统, 国外同类, unless it is only compared with
bool IsBestCase(std::string_view clause);       // 最优条件下, 个别批次
bool IsLaboratory(std::string_view text);       // 实验室, 小试
bool AsksMassProduction(std::string_view text);
bool AsksCoverage(std::string_view text);   // 适用, 可调, 量程: a range to cover
bool SaysAbsent(std::string_view clause);   // 未检出, 不含
bool TellsStorage(std::string_view words);  // 储存, 存储, 贮存, 保存
// What goes wrong or is lost, as a name (漏检率) or as a phrase (被漏判).
bool TellsLoss(std::string_view words);
// How many words tell a step of a process or a composition: 加入, 搅拌, 质量份.
size_t StepWords(std::string_view clause);

}  // namespace duijie::indicator
