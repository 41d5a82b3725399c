// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of single fields. Each check adds a violation per broken rule to `out`, with a Chinese
// description, and nothing if the field is fine. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/descriptor.h>

#include "common/status/status.h"

namespace duijie::catalog {

using Violations = std::vector<FieldViolation>;

inline constexpr size_t kShortText = 200;    // code points
inline constexpr size_t kLongText = 20'000;  // code points
inline constexpr int kMaxListEntries = 50;   // unless a field says otherwise
inline constexpr double kMaxWanYuan = 100'000'000;

struct TextRule {
  bool required = false;
  size_t max = kShortText;  // code points
};

// Rules REQUIRED, TOO_LONG, INVALID_UTF8, CONTROL_CHARACTER (all but line feed and tab).
void CheckText(const std::string& field, std::string_view value, const TextRule& rule, Violations* out);

// INVALID_DATE.
void CheckDate(const std::string& field, std::string_view value, Violations* out);
// DATE_ORDER at `field` if both are dates and `last` lies before `first`.
void CheckDateOrder(const std::string& field, std::string_view first, std::string_view last, Violations* out);

// NOT_FINITE, OUT_OF_RANGE, TOO_MANY_DECIMALS.
void CheckMoney(const std::string& field, double wan_yuan, Violations* out);

// CREDIT_CODE_LENGTH, CREDIT_CODE_CHECKSUM.
void CheckCreditCode(const std::string& field, std::string_view value, Violations* out);

// OUT_OF_RANGE; 0 means not stated.
void CheckLevel(const std::string& field, int level, int max, Violations* out);

// UNKNOWN_VALUE; REQUIRED if it must be set.
void CheckEnum(const std::string& field, int value, const google::protobuf::EnumDescriptor* type,
               bool required, Violations* out);

// TOO_MANY.
void CheckCount(const std::string& field, int count, int max, Violations* out);

// "field[3]".
std::string At(const std::string& field, int index);

}  // namespace duijie::catalog
