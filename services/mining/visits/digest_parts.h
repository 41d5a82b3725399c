// SPDX-License-Identifier: GPL-3.0-or-later
// What a digest is made of: parts with their lengths, so that no two lists of parts have the same bytes. Each
// is its length in bytes, ":", its bytes.
#pragma once

#include <string>
#include <string_view>

#include "common/auth/crypto.h"
#include "common/auth/digest.h"

namespace duijie::mining {

class DigestParts {
 public:
  void Add(std::string_view part) {
    bytes_ += std::to_string(part.size()) + ":";
    bytes_ += part;
  }
  void AddCount(int64_t count) { Add(std::to_string(count)); }
  // Their number, then each.
  template <typename Texts>
  void AddAll(const Texts& texts) {
    AddCount(static_cast<int64_t>(texts.size()));
    for (const std::string& text : texts) Add(text);
  }
  std::string Sha256Hex() const { return crypto::ToHex(crypto::Sha256(bytes_)); }

 private:
  std::string bytes_;
};

}  // namespace duijie::mining
