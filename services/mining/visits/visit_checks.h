// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of plans' and visits' fields. Each check adds a violation per broken rule, with a Chinese
// description. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/visit.pb.h"

namespace duijie::mining {

using Violations = std::vector<FieldViolation>;

inline constexpr size_t kVisitShortText = 200;     // code points
inline constexpr size_t kVisitReasonText = 1'000;  // code points
inline constexpr size_t kVisitLongText = 20'000;   // code points
inline constexpr int kMaxVisitTarget = 1'000;
inline constexpr int kMaxExpertsPerVisit = 5;
inline constexpr int kMaxAnswers = 100;
inline constexpr int kMaxVisitNeeds = 50;
inline constexpr int kMaxAttachments = 10;
inline constexpr size_t kMaxAttachmentBytes = 1024 * 1024;
inline constexpr int kMaxSignatures = 20;
inline constexpr size_t kMonthLength = sizeof("2026-03") - 1;  // of a date

// CONTROL_CHARACTER, TOO_LONG, REQUIRED.
void CheckVisitText(std::string_view text, size_t most, bool required, const std::string& field,
                    Violations* wrong);

// Fills defaults in, then checks.
void CompleteDemands(int year, v1::VisitDemands* demands);
void CheckPlan(const v1::VisitPlan& plan, const TaxonomySet& taxonomies, Violations* wrong);

// Of what a caller may set: experts (count and repetition), date, answers, findings, needs.
void CheckVisitInput(const v1::Visit& visit, Violations* wrong);

void CheckAttachment(const v1::VisitAttachment& attachment, const std::string& content, Violations* wrong);

// As steps name it: "HELD".
std::string VisitStateName(v1::VisitState state);

// WRONG_STATE, for who would change what is cancelled.
Status VisitCancelled();

}  // namespace duijie::mining
