// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 (FIPS 180-4): a hash that is the same in every build and version, because it becomes part of stored
// keys.
#pragma once

#include <string>
#include <string_view>

namespace duijie::catalog {

// 32 bytes.
std::string Sha256(std::string_view bytes);

// Lower-case hex of the first `bytes` bytes, at most 32.
std::string HexPrefix(std::string_view digest, size_t bytes);

}  // namespace duijie::catalog
