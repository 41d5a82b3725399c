// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a record's life (RecordState in common.proto). Pure.
//
//   DRAFT → SUBMITTED → RETURNED  → SUBMITTED
//                     → WITHDRAWN → SUBMITTED
//                     → PUBLISHED → WITHDRAWN
//                                 → EXPIRED   → SUBMITTED
//   any of them → CLOSED (final), e.g. when it says what another record says
#pragma once

#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "services/catalog/record_traits.h"

namespace duijie::catalog {

inline constexpr int kMaxStateChanges = 100;       // kept of a record, the latest ones
inline constexpr size_t kMaxReasonLength = 1'000;  // code points
inline constexpr std::string_view kSystemActor = "system";

bool IsLegalStep(v1::RecordState from, v1::RecordState to);
bool NeedsReason(v1::RecordState to);

// FAILED_PRECONDITION ILLEGAL_TRANSITION with metadata from and to; INVALID_ARGUMENT for a missing, too long
// or ill-formed reason or an unknown state.
Status CheckStep(v1::RecordState from, v1::RecordState to, std::string_view reason);

// Sets the state and notes the step; does not check it.
void TakeStep(AnyRecord* record, v1::RecordState to, std::string_view reason, std::string_view actor,
              UnixMicros now);

// Whether the record is published and its last day of validity lies before `today` ("YYYY-MM-DD"): then it
// counts as EXPIRED for whoever reads it.
bool HasExpired(const AnyRecord& record, std::string_view today);

// For readers: shows an expired record in state EXPIRED.
void ShowExpiry(AnyRecord* record, std::string_view today);
// For writers: takes the step to EXPIRED, by kSystemActor, if it is due.
void TakeDueExpiry(AnyRecord* record, std::string_view today, UnixMicros now);

}  // namespace duijie::catalog
