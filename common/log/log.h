// SPDX-License-Identifier: GPL-3.0-or-later
// The structured log: one JSON object a line, {"time":…,"level":…,"event":…, fields in the order given}.
//
//   log::Info("backup_done", {{"backup_id", id}, {"bytes", bytes}});
//
// Events are constant lower_snake_case names; everything that varies is a field. Never log record texts, keys
// or secrets: names of records, ids and counts only. Values are escaped, so no value can forge a line, and
// cut at kMaxValueBytes. Thread-safe. Before Configure, lines of level info and above go to standard error.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "common/config/config.h"
#include "common/status/status.h"

namespace duijie::log {

enum class Level { kDebug, kInfo, kWarn, kError };

inline constexpr size_t kMaxValueBytes = 2048;  // of one field, before escaping

// A key with its value: text, number or flag.
struct Field {
  Field(std::string_view name, std::string_view text) : key(name), value(text) {}
  Field(std::string_view name, const std::string& text) : key(name), value(text) {}
  Field(std::string_view name, const char* text) : key(name), value(text) {}
  Field(std::string_view name, bool flag) : key(name), value(flag ? "true" : "false"), quoted(false) {}
  Field(std::string_view name, std::integral auto number)
      : key(name), value(std::to_string(number)), quoted(false) {}
  Field(std::string_view name, double number);
  // An error: its code, reason and message as one text.
  Field(std::string_view name, const Status& status);

  std::string key;
  std::string value;
  bool quoted = true;
};

// Sets level and sink; call once, before threads start. INVALID_ARGUMENT for an unknown level,
// FAILED_PRECONDITION if the file cannot be opened.
Status Configure(const LogConfig& config);

bool Enabled(Level level);
void Write(Level level, std::string_view event, const std::vector<Field>& fields);

inline void Debug(std::string_view event, const std::vector<Field>& fields = {}) {
  Write(Level::kDebug, event, fields);
}
inline void Info(std::string_view event, const std::vector<Field>& fields = {}) {
  Write(Level::kInfo, event, fields);
}
inline void Warn(std::string_view event, const std::vector<Field>& fields = {}) {
  Write(Level::kWarn, event, fields);
}
inline void Error(std::string_view event, const std::vector<Field>& fields = {}) {
  Write(Level::kError, event, fields);
}

// Everything after "level" of a line, as JSON members: "event":…,"key":value… Pure; Write uses it.
std::string ToJsonMembers(std::string_view event, const std::vector<Field>& fields);

}  // namespace duijie::log
