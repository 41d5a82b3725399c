// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/resources/derived_uuid.h"

#include "common/auth/digest.h"

namespace duijie {

std::string DerivedUuid(std::string_view text) {
  constexpr size_t kUuidBytes = 16;
  constexpr char kDigits[] = "0123456789abcdef";
  std::string bytes = crypto::Sha256(text).substr(0, kUuidBytes);
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0f) | 0x80);  // version 8
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3f) | 0x80);  // variant
  std::string uuid;
  for (size_t i = 0; i < kUuidBytes; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
    uuid += kDigits[static_cast<unsigned char>(bytes[i]) >> 4];
    uuid += kDigits[static_cast<unsigned char>(bytes[i]) & 0x0f];
  }
  return uuid;
}

}  // namespace duijie
