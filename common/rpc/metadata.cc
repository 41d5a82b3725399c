// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/metadata.h"

#include <algorithm>

#include "common/auth/crypto.h"

namespace duijie::rpc {
namespace {

constexpr size_t kRequestIdBytes = 8;
constexpr std::string_view kBearer = "Bearer ";

// The value of a key that is there exactly once; several values are as good as none, because nobody could say
// which counts.
std::string_view Only(const grpc::ServerContext& context, const char* name) {
  const auto range = context.client_metadata().equal_range(name);
  if (range.first == range.second || std::next(range.first) != range.second) return {};
  return {range.first->second.data(), range.first->second.size()};
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(),
                                                    [&](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

IncomingMetadata ReadMetadata(const grpc::ServerContext& context) {
  IncomingMetadata metadata;
  const std::string_view authorization = Only(context, kAuthorization);
  if (StartsWithIgnoringCase(authorization, kBearer)) metadata.api_key = authorization.substr(kBearer.size());
  metadata.cluster_secret = Only(context, kClusterSecret);
  metadata.principal = Only(context, kPeerPrincipal);
  metadata.request_id = Only(context, kRequestId);
  metadata.peer_request_id = Only(context, kPeerRequestId);
  return metadata;
}

bool IsRequestId(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !text.empty() && text.size() <= kMaxRequestIdChars && std::all_of(text.begin(), text.end(), allowed);
}

std::string NewRequestId() { return crypto::ToHex(crypto::RandomBytes(kRequestIdBytes)); }

}  // namespace duijie::rpc
