// SPDX-License-Identifier: GPL-3.0-or-later
// Names of quantities as alignment reads them, by the words of name_rules.h. Private to common/indicator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace duijie::indicator {

using Runes32 = std::u32string;
using View32 = std::u32string_view;

inline constexpr size_t kMaxAlignedRunes = 64;  // code points of a name that are looked at

// Lower case, without blanks and brackets, known ends rewritten (脱硫率 to 二氧化硫去除率).
Runes32 CleanedName(std::string_view name);
// The rows of decisive and of mild words that the name holds a word of, one bit each.
uint64_t DecisiveRows(View32 name);
uint64_t MildRows(View32 name);
// The same of substances: figures of different ones never answer each other.
uint64_t SubstanceRows(View32 name);
inline bool AreOtherSubstances(uint64_t a, uint64_t b) { return a != 0 && b != 0 && (a & b) == 0; }
bool HoldsHeadSubject(View32 words);
// Whether a name speaks of one kind of defect: 气孔, 色差.
bool HoldsDefect(View32 name);
// The words before a head without those that say nothing, synonyms read as one.
Runes32 SubjectOfWords(View32 words);
// The same of the words before a general word inside a head; empty if they part nothing.
Runes32 SpecificOfWords(View32 words);
// Those of the characters that say what is measured or whose it is: 的 and 高 say nothing.
Runes32 MeaningfulCharacters(View32 words);
// Code points of the longest general head (速度, 率) that ends the name, 0 if none does.
size_t GeneralHeadLength(View32 name);
// 换气 of 换气次数: the name is the verb with a general head behind it.
bool IsVerbOf(View32 verb, View32 name);
// 利用系数 and 利用率, 衣分 and 衣分率, 弓形弯曲 and 弯曲度: one name with and without a word for a measure.
bool SameStem(View32 stem_a, View32 stem_b);
// Code points of the word for a measure (系数, 率) at the end of a name, 0 if there is none: the rest is its
// stem.
size_t MeasureLength(View32 name);
// The substance of a name that asks how much of it there is: 甲醇 of 甲醇残留量 and of 残留溶剂甲醇; the name
// itself if it says nothing of an amount.
View32 SubstanceOf(View32 name);
// 水位计, 传感器 and 观测, 测量: what measures, and measuring.
bool IsInstrument(View32 words);
bool IsMeasuring(View32 words);
// Whether the quantity is nothing without its substance: 含量, 去除率.
bool AsksSubstance(View32 name);
// Code points of 精度, 误差 and the like at the end of a longer name, 0 if there are none.
size_t PrecisionLength(View32 name);
// Code points of words at the end of a name that belong to the sentence: 5 of 含水率经检测平均; 0 if there
// are none, or nothing else.
size_t RemarkLength(View32 name);
// Two code points in a row, or one where a subject has no more.
bool SubjectsShareWord(View32 a, View32 b);

}  // namespace duijie::indicator
