// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 (FIPS 180-4), for digests that people compare with other tools. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace duijie::crypto {

inline constexpr size_t kSha256Bytes = 32;

// kSha256Bytes bytes.
std::string Sha256(std::string_view bytes);

}  // namespace duijie::crypto
