// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/achievements/field_rules.h"

#include <algorithm>

#include "common/resources/resource_table.h"
#include "services/push/achievements/china_day.h"

namespace duijie::push {
namespace {

constexpr std::string_view kWideBlank = "　";  // U+3000

bool HasControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
  });
}

}  // namespace

size_t CodePointCount(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool IsBlank(std::string_view text) {
  while (!text.empty()) {
    if (text.starts_with(kWideBlank)) {
      text.remove_prefix(kWideBlank.size());
    } else if (text.front() == ' ' || text.front() == '\t' || text.front() == '\n') {
      text.remove_prefix(1);
    } else {
      return false;
    }
  }
  return true;
}

void CheckText(std::string field, std::string_view value, TextRule rule, Violations* out) {
  if (rule.required && IsBlank(value)) {
    out->push_back({std::move(field), "REQUIRED", "必填"});
  } else if (CodePointCount(value) > rule.most) {
    out->push_back({std::move(field), "TOO_LONG", "最多 " + std::to_string(rule.most) + " 字"});
  } else if (HasControlCharacter(value)) {
    out->push_back({std::move(field), "CONTROL_CHARACTER", "含有不可见的控制字符"});
  }
}

void CheckName(std::string field, std::string_view name, std::string_view collection, Violations* out) {
  if (IdIn(collection, name)) return;
  out->push_back({std::move(field), "INVALID_NAME", "应为 " + std::string(collection) + "/编号"});
}

void CheckDay(std::string field, std::string_view day, Violations* out) {
  if (day.empty() || IsDay(day)) return;
  out->push_back({std::move(field), "INVALID_DATE", "应为 YYYY-MM-DD 形式的日期"});
}

Status StatusOf(Violations violations) {
  if (violations.empty()) return OkStatus();
  if (violations.size() > kViolationsTold) violations.resize(kViolationsTold);
  return InvalidFields(violations);
}

Status Incomplete(const Violations& missing) {
  std::string message = "还缺：";
  for (size_t i = 0; i < std::min(missing.size(), kViolationsTold); ++i) {
    message += (i == 0 ? "" : "；") + missing[i].field + "：" + missing[i].description;
  }
  return Error(StatusCode::kFailedPrecondition, "INCOMPLETE", message);
}

std::string EntryPath(std::string_view field, int index) {
  return std::string(field) + "[" + std::to_string(index) + "].";
}

}  // namespace duijie::push
