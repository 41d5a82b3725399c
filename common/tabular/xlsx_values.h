// SPDX-License-Identifier: GPL-3.0-or-later
// How values stored in a workbook are written as text. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace duijie::tabular {

// What a number format makes of a number.
enum class NumberKind { kNumber, kDate, kTime };

// By id for the formats every program knows (ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are those of Chinese
// Excel).
NumberKind KindOfBuiltinFormat(int format_id);
// By the letters y m d h s outside quotes, escapes and brackets; elapsed time ([h], [mm], [ss]) counts as
// time.
NumberKind KindOfFormatCode(std::string_view code);

// At most 15 significant digits, which hides binary noise (0.30000000000000004 -> 0.3) as spreadsheet
// programs do; no exponent for magnitudes from 1e-15 to below 1e21. nullopt unless `text` is a finite number.
std::optional<std::string> NumberText(std::string_view text);

// A date serial as "YYYY-MM-DD", "YYYY-MM-DD HH:MM:SS" or, for a time below one day, "HH:MM:SS"; rounded to
// seconds. nullopt if it is no day of the calendar: negative, after 9999-12-31, 1900-02-29 (which
// spreadsheets count), day 0.
std::optional<std::string> DateText(std::string_view serial, NumberKind kind, bool date_1904);

// An ISO 8601 cell (t="d") in the same forms; nullopt if it is not one.
std::optional<std::string> IsoDateText(std::string_view text);

// True if text has _xHHHH_ at `at`.
bool IsHexEscape(std::string_view text, size_t at);

// Replaces _xHHHH_ (ST_Xstring) by the character; control characters other than tab and line breaks are
// dropped.
std::string UnescapeString(std::string text);

}  // namespace duijie::tabular
