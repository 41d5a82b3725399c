// SPDX-License-Identifier: GPL-3.0-or-later
// What a need must state to be a valid one (有效需求), and which verdicts follow each other. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "duijie/v1/diagnosis_service.pb.h"
#include "duijie/v1/need.pb.h"

namespace duijie::mining {

inline constexpr size_t kMaxRubricText = 500;    // code points of a line
inline constexpr size_t kMaxWaiverReason = 200;  // code points
inline constexpr int kMaxWaivers = 5;

// Chinese name of an item, e.g. "量化目标".
std::string RubricName(v1::RubricItem item);
std::string VerdictName(v1::NeedVerdict verdict);

// A target that can be held to: a name, a bound, a finite value, and a unit or a whole number that counts.
bool IsQuantified(const v1::Indicator& target);

// Every item in order, as the need states it.
std::vector<v1::RubricLine> RubricOf(const v1::Need& need);

// Notes the waivers in the rubric. INVALID_ARGUMENT for one that cannot be: PROBLEM, TARGET, twice, no
// reason.
Status TakeWaivers(const v1::AssessNeedRequest& request, std::vector<v1::RubricLine>* rubric);

// FAILED_PRECONDITION INCOMPLETE with a violation for each item that keeps the need from being valid: neither
// stated nor waived, and not advisory.
Status CheckValid(const std::vector<v1::RubricLine>& rubric);

// The steps that diagnosis_service.proto lists.
bool IsLegalVerdict(v1::NeedVerdict from, v1::NeedVerdict to);

}  // namespace duijie::mining
