// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/field_checks.h"

#include <algorithm>
#include <cmath>

#include "common/taxonomy/credit_code.h"
#include "common/text/encoding.h"
#include "services/catalog/china_date.h"

namespace duijie::catalog {
namespace {

constexpr double kMoneySteps = 10'000;         // four decimals
constexpr double kMoneyStepTolerance = 0.001;  // of a step; what binary rounding of 100,000,000.0001 needs

bool IsForbiddenControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
}

// U+0080 to U+009F are the bytes C2 80 to C2 9F.
bool HasControlCharacter(std::string_view value) {
  for (size_t i = 0; i < value.size(); ++i) {
    if (IsForbiddenControl(value[i])) return true;
    if (value[i] == '\xc2' && i + 1 < value.size() && static_cast<unsigned char>(value[i + 1]) < 0xa0)
      return true;
  }
  return false;
}

bool IsBlank(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
}

}  // namespace

std::string At(const std::string& field, int index) { return field + "[" + std::to_string(index) + "]"; }

void CheckText(const std::string& field, std::string_view value, const TextRule& rule, Violations* out) {
  if (IsBlank(value)) {
    if (rule.required) out->push_back({field, "REQUIRED", "必填"});
    return;
  }
  if (!IsValidUtf8(value)) {
    out->push_back({field, "INVALID_UTF8", "不是有效的 UTF-8 文字"});
    return;
  }
  if (HasControlCharacter(value)) out->push_back({field, "CONTROL_CHARACTER", "含有控制字符"});
  const size_t length = CountCodePoints(value);
  if (length > rule.max) {
    out->push_back({field, "TOO_LONG",
                    "最多 " + std::to_string(rule.max) + " 个字符，现有 " + std::to_string(length) + " 个"});
  }
}

void CheckDate(const std::string& field, std::string_view value, Violations* out) {
  if (!value.empty() && !IsDate(value))
    out->push_back({field, "INVALID_DATE", "不是有效日期，应为 2026-01-05 的形式"});
}

void CheckDateOrder(const std::string& field, std::string_view first, std::string_view last,
                    Violations* out) {
  if (IsDate(first) && IsDate(last) && last < first)
    out->push_back({field, "DATE_ORDER", "不得早于起始日期"});
}

void CheckMoney(const std::string& field, double wan_yuan, Violations* out) {
  if (!std::isfinite(wan_yuan)) {
    out->push_back({field, "NOT_FINITE", "不是有限的数"});
    return;
  }
  if (wan_yuan < 0 || wan_yuan > kMaxWanYuan) {
    out->push_back({field, "OUT_OF_RANGE", "应在 0 到 100000000 万元之间"});
    return;
  }
  const double steps = wan_yuan * kMoneySteps;
  if (std::fabs(steps - std::round(steps)) > kMoneyStepTolerance) {
    out->push_back({field, "TOO_MANY_DECIMALS", "最多四位小数"});
  }
}

void CheckCreditCode(const std::string& field, std::string_view value, Violations* out) {
  if (value.empty() || IsValidCreditCode(value)) return;
  if (value.size() != kCreditCodeLength) {
    out->push_back({field, "CREDIT_CODE_LENGTH", "统一社会信用代码应为 18 位"});
  } else {
    out->push_back({field, "CREDIT_CODE_CHECKSUM", "统一社会信用代码校验不通过"});
  }
}

void CheckLevel(const std::string& field, int level, int max, Violations* out) {
  if (level < 0 || level > max) {
    out->push_back({field, "OUT_OF_RANGE", "应在 1 到 " + std::to_string(max) + " 之间，0 表示未说明"});
  }
}

void CheckEnum(const std::string& field, int value, const google::protobuf::EnumDescriptor* type,
               bool required, Violations* out) {
  if (type->FindValueByNumber(value) == nullptr) {
    out->push_back({field, "UNKNOWN_VALUE", "未知的取值"});
  } else if (value == 0 && required) {
    out->push_back({field, "REQUIRED", "必填"});
  }
}

void CheckCount(const std::string& field, int count, int max, Violations* out) {
  if (count > max) {
    out->push_back(
        {field, "TOO_MANY", "最多 " + std::to_string(max) + " 项，现有 " + std::to_string(count) + " 项"});
  }
}

}  // namespace duijie::catalog
