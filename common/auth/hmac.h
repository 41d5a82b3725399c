// SPDX-License-Identifier: GPL-3.0-or-later
// HMAC with SHA-256 (RFC 2104), for keys of any length. Pure.
#pragma once

#include <string>
#include <string_view>

#include "common/auth/digest.h"

namespace duijie::crypto {

// kSha256Bytes bytes.
inline std::string HmacSha256(std::string_view key, std::string_view bytes) {
  constexpr size_t kBlockBytes = 64;
  std::string block = key.size() > kBlockBytes ? Sha256(key) : std::string(key);
  block.resize(kBlockBytes, '\0');
  std::string inner = block, outer = block;
  for (char& c : inner) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer) c = static_cast<char>(c ^ 0x5c);
  inner.append(bytes);
  return Sha256(outer + Sha256(inner));
}

}  // namespace duijie::crypto
