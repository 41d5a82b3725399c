// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of single fields that processings, assessments and publications share. Each check adds a
// violation per broken rule, with a Chinese description. Lengths count Unicode code points. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"

namespace duijie::push {

using Violations = std::vector<FieldViolation>;

inline constexpr size_t kShortText = 200;
inline constexpr size_t kLongText = 20'000;
inline constexpr size_t kReasonLength = 1'000;
inline constexpr size_t kEvidenceLength = 2'000;
inline constexpr size_t kReferenceLength = 500;
inline constexpr size_t kViolationsTold = 20;  // errors travel in a header of bounded size

struct TextRule {
  bool required = false;
  size_t most = kShortText;
};

size_t CodePointCount(std::string_view text);

// Without anything that can be seen.
bool IsBlank(std::string_view text);

// REQUIRED, TOO_LONG, CONTROL_CHARACTER (all but line feed and tab).
void CheckText(std::string field, std::string_view value, TextRule rule, Violations* out);

// INVALID_NAME unless "{collection}/{id}".
void CheckName(std::string field, std::string_view name, std::string_view collection, Violations* out);

// INVALID_DATE unless empty or a day.
void CheckDay(std::string field, std::string_view day, Violations* out);

// OK, or INVALID_ARGUMENT with the first kViolationsTold.
Status StatusOf(Violations violations);

// FAILED_PRECONDITION INCOMPLETE with the first kViolationsTold; `missing` must not be empty.
Status Incomplete(const Violations& missing);

// "field[3].".
std::string EntryPath(std::string_view field, int index);

}  // namespace duijie::push
