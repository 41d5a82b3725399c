// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/status/status.h"

#include <google/rpc/error_details.pb.h>

namespace duijie {
namespace {

constexpr char kDomain[] = "duijie";
constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr char kBadRequestUrl[] = "type.googleapis.com/google.rpc.BadRequest";
constexpr char kRetryInfoUrl[] = "type.googleapis.com/google.rpc.RetryInfo";

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

void Attach(Status& status, const char* url, const google::protobuf::Message& detail) {
  status.SetPayload(url, absl::Cord(detail.SerializeAsString()));
}

template <typename Message>
std::optional<Message> Detail(const Status& status, const char* url) {
  auto payload = status.GetPayload(url);
  Message message;
  if (!payload || !message.ParseFromString(std::string(*payload))) return std::nullopt;
  return message;
}

}  // namespace

Status Error(StatusCode code, std::string_view reason, std::string_view message,
             const ErrorMetadata& metadata) {
  Status status(code, ToAbsl(message));
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(kDomain);
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[key] = value;
  Attach(status, kErrorInfoUrl, info);
  return status;
}

Status InvalidFields(const std::vector<FieldViolation>& violations) {
  std::string message;
  google::rpc::BadRequest bad;
  for (const auto& violation : violations) {
    if (!message.empty()) message += "; ";
    message += violation.field + ": " + violation.description;
    auto* field = bad.add_field_violations();
    field->set_field(violation.field);
    field->set_description(violation.rule + ": " + violation.description);
  }
  Status status = Error(StatusCode::kInvalidArgument, "INVALID_FIELD", message);
  Attach(status, kBadRequestUrl, bad);
  return status;
}

Status WithRetryAfter(Status status, int64_t retry_after_ms) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(retry_after_ms / 1000);
  info.mutable_retry_delay()->set_nanos(static_cast<int32_t>(retry_after_ms % 1000) * 1'000'000);
  Attach(status, kRetryInfoUrl, info);
  return status;
}

std::string ReasonOf(const Status& status) {
  auto info = Detail<google::rpc::ErrorInfo>(status, kErrorInfoUrl);
  return info ? info->reason() : "";
}

ErrorMetadata MetadataOf(const Status& status) {
  const auto info = Detail<google::rpc::ErrorInfo>(status, kErrorInfoUrl);
  if (!info) return {};
  return ErrorMetadata(info->metadata().begin(), info->metadata().end());
}

std::vector<FieldViolation> ViolationsOf(const Status& status) {
  std::vector<FieldViolation> violations;
  auto bad = Detail<google::rpc::BadRequest>(status, kBadRequestUrl);
  if (!bad) return violations;
  for (const auto& field : bad->field_violations()) {
    const std::string& text = field.description();
    const size_t colon = text.find(": ");
    if (colon == std::string::npos) {
      violations.push_back({field.field(), "", text});
    } else {
      violations.push_back({field.field(), text.substr(0, colon), text.substr(colon + 2)});
    }
  }
  return violations;
}

std::optional<int64_t> RetryAfterMsOf(const Status& status) {
  auto info = Detail<google::rpc::RetryInfo>(status, kRetryInfoUrl);
  if (!info) return std::nullopt;
  return info->retry_delay().seconds() * 1000 + info->retry_delay().nanos() / 1'000'000;
}

std::string_view MessageOf(const Status& status) {
  return {status.message().data(), status.message().size()};
}

Status Annotate(const Status& status, std::string_view context) {
  if (status.ok()) return status;
  Status annotated(status.code(), ToAbsl(std::string(context) + ": " + std::string(status.message())));
  status.ForEachPayload(
      [&](absl::string_view url, const absl::Cord& payload) { annotated.SetPayload(url, payload); });
  return annotated;
}

}  // namespace duijie
