// SPDX-License-Identifier: GPL-3.0-or-later
// The configurable rules of pushes: defaults, limits, when a digest is due. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "duijie/v1/push.pb.h"

namespace duijie::push {

inline constexpr int kMaxPairIntervalDays = 3'650;
inline constexpr int kMaxCapPushes = 1'000;
inline constexpr int kMaxCapDays = 366;
inline constexpr int kMinutesPerDay = 1'440;

v1::PushRules DefaultRules();

// OUT_OF_RANGE, UNKNOWN_VALUE; `prefix` comes before the fields' names.
void CheckRules(const v1::PushRules& rules, const std::string& prefix, std::vector<FieldViolation>* wrong);

// What an enterprise with `chosen` (or none) gets under `rules`; never UNSPECIFIED.
v1::PushCadence CadenceOf(const v1::PushRules& rules, v1::PushCadence chosen);

// When a push made `now` is due: now, or the first moment after now at which a digest is.
UnixMicros DueTime(const v1::PushRules& rules, v1::PushCadence cadence, UnixMicros now);

// A push made at `then` still keeps its pair back at `now`.
bool IsWithinPairInterval(const v1::PushRules& rules, UnixMicros then, UnixMicros now);
// A push made at `then` counts against the cap at `now`.
bool IsWithinCapWindow(const v1::PushRules& rules, UnixMicros then, UnixMicros now);

}  // namespace duijie::push
