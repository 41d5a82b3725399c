// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/value_envelope.h"

#include <absl/strings/escaping.h>

#include "common/storage/crc32c.h"

namespace duijie {
namespace {

constexpr char kEnvelopeVersion = 1;
constexpr size_t kCrcBytes = 4;
constexpr size_t kHeaderBytes = 1 + kCrcBytes;

uint32_t Checksum(std::string_view key, std::string_view payload) {
  return ExtendCrc32c(ExtendCrc32c(0, key), payload);
}

}  // namespace

std::string SealValue(std::string_view key, std::string_view payload) {
  const uint32_t crc = Checksum(key, payload);
  std::string sealed;
  sealed.reserve(kHeaderBytes + payload.size());
  sealed.push_back(kEnvelopeVersion);
  for (size_t i = 0; i < kCrcBytes; ++i) sealed.push_back(static_cast<char>(crc >> (8 * i)));
  sealed.append(payload);
  return sealed;
}

StatusOr<std::string_view> OpenValue(std::string_view key, std::string_view sealed) {
  if (sealed.size() < kHeaderBytes || sealed[0] != kEnvelopeVersion) {
    return ChecksumMismatch(key, "a stored value has no valid envelope");
  }
  uint32_t crc = 0;
  for (size_t i = 0; i < kCrcBytes; ++i) {
    crc |= static_cast<uint32_t>(static_cast<uint8_t>(sealed[1 + i])) << (8 * i);
  }
  const std::string_view payload = sealed.substr(kHeaderBytes);
  if (crc != Checksum(key, payload)) return ChecksumMismatch(key, "a stored value fails its checksum");
  return payload;
}

Status ChecksumMismatch(std::string_view key, std::string_view message) {
  return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", message,
               {{"key", absl::BytesToHexString(absl::string_view(key.data(), key.size()))}});
}

}  // namespace duijie
