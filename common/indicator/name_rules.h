// SPDX-License-Identifier: GPL-3.0-or-later
// The words in names that decide whether two names mean the same, as data. Private to common/indicator.
#pragma once

#include <span>
#include <string_view>

namespace duijie::indicator {

// Words that change the quantity: where one name has one, the other must have one of the same row.
std::span<const std::string_view> DecisiveWords();  // each row: words separated by '|'
// Words that change it a little: 平均, 最大.
std::span<const std::string_view> MildWords();
// Substances by rows: 氨氮 is not 总磷, whatever else two names share.
std::span<const std::string_view> Substances();
// Words that say nothing about whose quantity it is: 产品, 设备.
std::span<const std::string_view> GeneralWords();
// Ends of unknown names that are quantities (速度, 含量), so that "…速度" aligns by them.
std::span<const std::string_view> GeneralHeads();

// Words for the same thing in the part of a name that says whose quantity it is; each row: words separated by
// '|', all read as the first.
std::span<const std::string_view> SubjectSynonyms();
// The same of what stands before a general word inside a head: 排 of 排风量 and 送 of 送风量. Words of the
// first row say nothing of whose it is.
std::span<const std::string_view> SpecificSynonyms();
// Words that part two names with one head although the table has them inside longer heads: 识别 of
// 识别准确率.
std::span<const std::string_view> HeadSubjects();

// Kinds of defects: the rate of one is not what the yield leaves.
std::span<const std::string_view> Defects();

// Ends of names that are read as another: 脱硫率 as 二氧化硫去除率. Each: the end, then what it is read as.
struct NameRewrite {
  std::string_view end;
  std::string_view read_as;
};
std::span<const NameRewrite> Rewrites();

// Pairs of groups, by any name of each: see Relation of align.h.
struct NamePair {
  std::string_view a;
  std::string_view b;
};
std::span<const NamePair> Complements();
std::span<const NamePair> Inverses();
std::span<const NamePair> Sieves();      // 目数 and 孔径
std::span<const NamePair> Neighbours();  // 能耗 and 电耗

}  // namespace duijie::indicator
