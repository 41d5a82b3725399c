// SPDX-License-Identifier: GPL-3.0-or-later
// What a processing must be to be stored, and what it must be to be submitted; which steps its states allow.
// Pure.
#pragma once

#include "common/base/clock.h"
#include "common/taxonomy/taxonomy.h"
#include "duijie/v1/processing.pb.h"
#include "services/push/achievements/field_rules.h"

namespace duijie::push {

inline constexpr int kMaxProcessedIndicators = 50;
inline constexpr int kMaxProcessedKeywords = 20;
inline constexpr int kMaxProcessedIndustries = 10;
inline constexpr size_t kMaxUnitLength = 40;
inline constexpr double kMaxWanYuan = 100'000'000;
inline constexpr int kMaxSteps = 100;

// Of what a client may set; `industries` is GB/T 4754.
Violations CheckProcessing(const v1::Processing& processing, const Taxonomy& industries);

// What is missing for SUBMITTED: a change, a value for every indicator, evidence for every changed field.
// Reads raw too.
Violations MissingInProcessing(const v1::Processing& processing);

// Names of the fields in which processed and raw differ, in order of Processing.fields.
std::vector<std::string> ChangedFields(const v1::Processing& processing);

// FAILED_PRECONDITION ILLEGAL_TRANSITION, with from and to.
Status CheckStep(v1::ProcessingState from, v1::ProcessingState to);

// Takes a step that CheckStep allows.
void TakeStep(v1::Processing* processing, v1::ProcessingState to, const std::string& reason,
              const std::string& actor, UnixMicros now);

}  // namespace duijie::push
