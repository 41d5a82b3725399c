// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows of one file have claimed so far: names, sources, credit codes. Finds duplicates within a
// file, of which the store knows nothing yet. 48 bytes or so a key; belongs to one pass over a file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "services/catalog/content_hash.h"

namespace duijie::catalog {

class RowKeys {
 public:
  // The row that claimed `key` before; if none did, `row` has it now, and 0 is returned.
  int64_t Claim(std::string_view kind, std::string_view key, int64_t row) {
    std::string digest = Sha256(std::string(kind) + '\0' + std::string(key)).substr(0, kDigestBytes);
    const auto [entry, is_new] = rows_.emplace(std::move(digest), row);
    return is_new ? 0 : entry->second;
  }

 private:
  static constexpr size_t kDigestBytes =
      15;  // fits into the string itself; 2^60 keys for an even chance of a clash
  std::unordered_map<std::string, int64_t> rows_;
};

}  // namespace duijie::catalog
