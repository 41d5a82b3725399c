// SPDX-License-Identifier: GPL-3.0-or-later
// The one place where our Status becomes gRPC's and back. Details travel as google.rpc.Status in the trailer
// grpc-status-details-bin, the convention that every gRPC client library knows.
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include "common/rpc/edge.h"

namespace duijie::rpc {
namespace {

// HTTP/2 peers refuse header lists beyond 8 KiB by default: the message counts up to three times
// (percent-encoding), the details four thirds (base64), and both hold the message.
constexpr size_t kMaxMessageBytes = 512;
constexpr int kMaxDetailsBytes = 4096;

constexpr char kBadRequestUrl[] = "type.googleapis.com/google.rpc.BadRequest";
constexpr char kInternalMessage[] = "internal error; the operator's log has the details";

std::string CutUtf8(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

// Drops field violations from the end until the details fit; the first ones are what a client needs to go on.
void ShrinkToFit(google::rpc::Status& details) {
  for (auto& any : *details.mutable_details()) {
    if (any.type_url() != kBadRequestUrl) continue;
    google::rpc::BadRequest bad;
    if (!bad.ParseFromString(any.value())) continue;
    while (static_cast<int>(details.ByteSizeLong()) > kMaxDetailsBytes && bad.field_violations_size() > 1) {
      bad.mutable_field_violations()->RemoveLast();
      any.set_value(bad.SerializeAsString());
    }
  }
  if (static_cast<int>(details.ByteSizeLong()) > kMaxDetailsBytes) details.clear_details();
}

std::string_view DefaultReason(StatusCode code) {
  switch (code) {
    case StatusCode::kUnavailable:
      return "PEER_UNAVAILABLE";
    case StatusCode::kCancelled:
    case StatusCode::kDeadlineExceeded:
      return "CALLER_GONE";
    case StatusCode::kResourceExhausted:
      return "TOO_LARGE";
    default:
      return "INTERNAL";
  }
}

}  // namespace

grpc::Status ToGrpc(const Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const bool our_defect = status.code() == StatusCode::kInternal || status.code() == StatusCode::kUnknown;
  if (our_defect && ReasonOf(status) != "INTERNAL") {
    return ToGrpc(Error(StatusCode::kInternal, "INTERNAL", kInternalMessage));
  }
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(our_defect ? kInternalMessage : CutUtf8(MessageOf(status), kMaxMessageBytes));
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    auto* any = details.add_details();
    any->set_type_url(url.data(), url.size());
    any->set_value(std::string(payload));
  });
  ShrinkToFit(details);
  return {static_cast<grpc::StatusCode>(status.code()), details.message(), details.SerializeAsString()};
}

Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return OkStatus();
  const auto code = static_cast<StatusCode>(status.error_code());
  google::rpc::Status details;
  if (status.error_details().empty() || !details.ParseFromString(status.error_details()) ||
      details.details().empty()) {
    return Error(code, DefaultReason(code), status.error_message());
  }
  Status result(code, absl::string_view(status.error_message()));
  for (const auto& any : details.details()) {
    result.SetPayload(absl::string_view(any.type_url()), absl::Cord(any.value()));
  }
  return result;
}

}  // namespace duijie::rpc
