// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/crypto.h"

#include <sodium.h>

#include <cstdlib>

namespace duijie::crypto {
namespace {

constexpr int kBase64Variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

// Without a random source nothing here can be right, so the process stops.
void EnsureReady() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) std::abort();
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string RandomBytes(size_t count) {
  EnsureReady();
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string Hash(std::string_view bytes) { return KeyedHash({}, bytes); }

std::string KeyedHash(std::string_view key, std::string_view bytes) {
  EnsureReady();
  std::string hash(kHashBytes, '\0');
  crypto_generichash(Bytes(hash), hash.size(), Bytes(bytes), bytes.size(), Bytes(key), key.size());
  return hash;
}

std::string DeriveKey(std::string_view secret, std::string_view purpose) {
  return KeyedHash(Hash(secret), purpose);
}

bool Equal(std::string_view a, std::string_view b) {
  EnsureReady();
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string ToBase64Url(std::string_view bytes) {
  EnsureReady();
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), kBase64Variant), '\0');
  sodium_bin2base64(text.data(), text.size(), Bytes(bytes), bytes.size(), kBase64Variant);
  text.pop_back();  // its terminating zero
  return text;
}

std::optional<std::string> FromBase64Url(std::string_view text) {
  EnsureReady();
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  size_t length = 0;
  const char* end = nullptr;
  const int rc = sodium_base642bin(Bytes(bytes), bytes.size(), text.data(), text.size(), nullptr, &length,
                                   &end, kBase64Variant);
  if (rc != 0 || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(length);
  return bytes;
}

std::string ToHex(std::string_view bytes) {
  EnsureReady();
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), Bytes(bytes), bytes.size());
  text.pop_back();  // its terminating zero
  return text;
}

}  // namespace duijie::crypto
