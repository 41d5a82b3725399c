// SPDX-License-Identifier: GPL-3.0-or-later
// The one error type of the project: absl::Status with a reason and, for bad input, field violations.
//
// Debian builds Abseil in C++14 mode, where absl::string_view is not std::string_view; this header takes
// std::string_view everywhere so that no other file meets the difference.
//
// Reasons are UPPER_SNAKE_CASE strings, listed once in proto/duijie/v1/errors.proto (enum ErrorReason) and
// carried as google.rpc.ErrorInfo{reason, domain = "duijie"}; violations travel as google.rpc.BadRequest.
// The payload type URLs are the ones gRPC clients expect, so the RPC edge copies them without knowing them.
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace duijie {

using absl::OkStatus;
using absl::Status;
using absl::StatusCode;
using absl::StatusOr;

// One thing wrong with one field of a request or record.
struct FieldViolation {
  std::string field;        // path, e.g. "need.indicators[2].unit"
  std::string rule;         // UPPER_SNAKE_CASE, e.g. "CREDIT_CODE_CHECKSUM"
  std::string description;  // for a person, in Chinese
};

using ErrorMetadata = std::map<std::string, std::string>;

// An error with its reason; `message` is for a person. Never put record texts or secrets into either.
Status Error(StatusCode code, std::string_view reason, std::string_view message,
             const ErrorMetadata& metadata = {});

// INVALID_ARGUMENT with the fields at fault; `violations` must not be empty.
Status InvalidFields(const std::vector<FieldViolation>& violations);
inline Status InvalidField(std::string field, std::string rule, std::string description) {
  return InvalidFields({{std::move(field), std::move(rule), std::move(description)}});
}

// The same error with a hint when to try again; for RESOURCE_EXHAUSTED and UNAVAILABLE.
Status WithRetryAfter(Status status, int64_t retry_after_ms);

// The reason of an error, or "" if it carries none.
std::string ReasonOf(const Status& status);
// The metadata given to Error(), or empty.
ErrorMetadata MetadataOf(const Status& status);
std::vector<FieldViolation> ViolationsOf(const Status& status);
std::optional<int64_t> RetryAfterMsOf(const Status& status);
std::string_view MessageOf(const Status& status);

// The same error with "context: " before its message; reason and details are kept.
Status Annotate(const Status& status, std::string_view context);

}  // namespace duijie

// Returns the error of `expr` from the current function, or goes on.
#define DUIJIE_RETURN_IF_ERROR(expr)                                                           \
  do {                                                                                         \
    if (::duijie::Status duijie_status_ = (expr); !duijie_status_.ok()) return duijie_status_; \
  } while (false)

#define DUIJIE_CONCAT_INNER_(a, b) a##b
#define DUIJIE_CONCAT_(a, b) DUIJIE_CONCAT_INNER_(a, b)

// DUIJIE_ASSIGN_OR_RETURN(auto x, F()): x = *F(), or returns the error of F().
#define DUIJIE_ASSIGN_OR_RETURN(lhs, expr) \
  DUIJIE_ASSIGN_OR_RETURN_(DUIJIE_CONCAT_(duijie_status_or_, __LINE__), lhs, expr)
#define DUIJIE_ASSIGN_OR_RETURN_(tmp, lhs, expr) \
  auto tmp = (expr);                             \
  if (!tmp.ok()) return tmp.status();            \
  lhs = *std::move(tmp)
