// SPDX-License-Identifier: GPL-3.0-or-later
// The words that aspects of a note are found by; see aspects.h. All normalised. Private to aspects.cc.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace duijie::mining {

using WordSet = std::set<std::string, std::less<>>;

// Ends of nouns, e.g. 树脂 of 环氧树脂. A word ends with one of them, or is one.
const std::vector<std::string_view>& MaterialEnds();
const std::vector<std::string_view>& MethodEnds();
const std::vector<std::string_view>& ProductEnds();
const std::vector<std::string_view>& PlaceEnds();

// Words that look like one of the above by their end, and are none: 条件, 技术人员.
bool IsNoAspect(std::string_view word);

// Words that end like the head of a noun and are none: 硬件, 互联网.
bool IsNoHead(std::string_view word);

// Words that no noun phrase goes across: verbs, pronouns, adverbs, who speaks.
bool IsBoundary(std::string_view word);

// 提高, 降低, 避免: begin a wish for a change.
bool IsChangeVerb(std::string_view word);
// 差, 偏高, 不均: end a complaint that begins with what is complained of.
bool IsComplaint(std::string_view word);
// 开裂, 堵塞: complaints by themselves.
bool IsDefect(std::string_view word);
// 容易, 易: begin a complaint.
bool IsProneTo(std::string_view word);
// 抗, 防, 不: before a defect they turn it into a property.
bool DeniesDefect(std::string_view word);
// 到, 至, 以上: end what a change verb is about.
bool EndsChange(std::string_view word);
// 用于, 用在: what follows is where something is used.
bool BeginsPlace(std::string_view word);

}  // namespace duijie::mining
