// SPDX-License-Identifier: GPL-3.0-or-later
// Calendar dates "YYYY-MM-DD" and the China Standard Time day (UTC+8, no summer time). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace duijie::catalog {

// A real day of the Gregorian calendar, years 1800 to 2999, in exactly this form. Such strings order like the
// days.
bool IsDate(std::string_view text);

// The day in China at this moment.
std::string DateInChina(UnixMicros time);

// The usual ways people write a date: 2026-01-05, 2026/1/5, 2026.1.5, 2026年1月5日, 20260105; a midnight time
// after it is ignored. Gives "YYYY-MM-DD".
std::optional<std::string> ParseDate(std::string_view text);

// A date as above (midnight in China), "YYYY-MM-DD HH:MM[:SS[.ffffff]]" in China time, or RFC 3339 with "Z"
// or an offset.
std::optional<UnixMicros> ParseTime(std::string_view text);

// "YYYY-MM-DD HH:MM:SS" in China time, ".ffffff" after it unless that is 0. ParseTime reads it back.
std::string FormatTime(UnixMicros time);

}  // namespace duijie::catalog
