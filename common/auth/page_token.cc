// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/page_token.h"

#include "common/auth/crypto.h"

namespace duijie {
namespace {

constexpr char kVersion = 1;
constexpr size_t kMacBytes = 16;  // 128 bits: 2^128 guesses over the network for one forgery
// base64url of the longest token; anything longer is refused before it is decoded.
constexpr size_t kMaxTokenChars = (1 + PageTokens::kMaxPositionBytes + kMacBytes + 2) / 3 * 4;

Status BadToken() {
  return Error(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN",
               "page_token was not made by this service, or for another query");
}

// Length first, so that no other split of scope and position gives the same bytes.
std::string Mac(std::string_view key, std::string_view scope, std::string_view version_and_position) {
  std::string bytes = std::to_string(scope.size()) + ":";
  bytes += scope;
  bytes += version_and_position;
  return crypto::KeyedHash(key, bytes).substr(0, kMacBytes);
}

}  // namespace

PageTokens::PageTokens(const std::string& key) : key_(crypto::DeriveKey(key, "page token")) {}

std::string PageTokens::Make(std::string_view scope, std::string_view position) const {
  std::string bytes(1, kVersion);
  bytes += position.substr(0, kMaxPositionBytes);
  bytes += Mac(key_, scope, bytes);
  return crypto::ToBase64Url(bytes);
}

StatusOr<std::string> PageTokens::Open(std::string_view scope, std::string_view token) const {
  if (token.size() > kMaxTokenChars) return BadToken();
  const auto bytes = crypto::FromBase64Url(token);
  if (!bytes || bytes->size() < 1 + kMacBytes || bytes->front() != kVersion) return BadToken();
  const std::string_view signed_part = std::string_view(*bytes).substr(0, bytes->size() - kMacBytes);
  const std::string_view mac = std::string_view(*bytes).substr(signed_part.size());
  if (!crypto::Equal(mac, Mac(key_, scope, signed_part))) return BadToken();
  return std::string(signed_part.substr(1));
}

}  // namespace duijie
