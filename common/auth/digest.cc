// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/digest.h"

#include <sodium.h>

namespace duijie::crypto {

std::string Sha256(std::string_view bytes) {
  static_assert(kSha256Bytes == crypto_hash_sha256_BYTES);
  std::string digest(kSha256Bytes, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}

}  // namespace duijie::crypto
