// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of what a caller gives of a push: names, numbers, texts, and that what it cites is so. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "duijie/internal/v1/feed_service.pb.h"
#include "duijie/v1/push.pb.h"

namespace duijie::push {

inline constexpr int kMaxCitations = 20;
inline constexpr size_t kMaxQuoteCodePoints = 2'000;
inline constexpr int kMaxFitRows = 50;
inline constexpr int kMaxRemarks = 10;
inline constexpr size_t kMaxRemarkCodePoints = 500;
inline constexpr size_t kMaxModelVersionCodePoints = 64;
inline constexpr size_t kMaxReasonsBytes = 128 * 1024;  // serialised

struct TextRules {
  bool required = false;
  size_t most = 0;     // code points
  bool lines = false;  // whether line ends and tabs are allowed
};
// REQUIRED, TOO_LONG, CONTROL_CHARACTER.
void CheckText(std::string_view text, const TextRules& rules, const std::string& field,
               std::vector<FieldViolation>* wrong);

// BAD_NAME unless `name` is "{collection}/{id}".
void CheckName(std::string_view name, std::string_view collection, const std::string& field,
               std::vector<FieldViolation>* wrong);

// What a caller may set, without the rest.
v1::Push InputOf(const v1::Push& asked);

// INVALID_FIELD: names, numbers, sizes.
Status CheckInput(const v1::Push& push);

// The records that a push is about; `need` is null in a push without one.
struct CitedRecords {
  const v1::Enterprise* enterprise = nullptr;
  const v1::Need* need = nullptr;
  const v1::Achievement* achievement = nullptr;
};
// FAILED_PRECONDITION INCOMPLETE with violations: no field or no sentence is cited, a field that may not be
// cited or is not set, or a quote that is not in it. Of a text, blanks do not matter; of codes, numbers and
// lines of a table, only that they are set.
Status CheckReasons(const v1::PushReasons& reasons, const CitedRecords& records);

}  // namespace duijie::push
