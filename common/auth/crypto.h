// SPDX-License-Identifier: GPL-3.0-or-later
// The few cryptographic acts of the project; crypto.cc is the only file that knows libsodium. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace duijie::crypto {

inline constexpr size_t kHashBytes = 32;
inline constexpr size_t kKeyBytes = 32;

std::string RandomBytes(size_t count);

// BLAKE2b-256, and the same keyed with kKeyBytes bytes (a MAC).
std::string Hash(std::string_view bytes);
std::string KeyedHash(std::string_view key, std::string_view bytes);

// A key of kKeyBytes for one purpose: KeyedHash of the purpose under the hash of `secret`, so that what one
// purpose gives away tells nothing about the secret or another purpose's key. `secret`: ≥ 32 bytes of
// entropy, any length.
std::string DeriveKey(std::string_view secret, std::string_view purpose);

// Compares in a time that depends on the lengths only.
bool Equal(std::string_view a, std::string_view b);

// RFC 4648 §5 without padding; decoding refuses anything but the one canonical text of some bytes.
std::string ToBase64Url(std::string_view bytes);
std::optional<std::string> FromBase64Url(std::string_view text);
std::string ToHex(std::string_view bytes);

}  // namespace duijie::crypto
