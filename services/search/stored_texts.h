// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of a record as written, kept as Xapian metadata TextsKey(docid) for snippets, exact phrases and
// suggestions: only texts that everybody who may find the record may read.
//
//   byte    format version (1)
//   varint  number of keywords, number of body texts
//   string  title, keywords, body texts; each preceded by its length as varint
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"

namespace duijie::search {

struct StoredTexts {
  std::string title;
  std::vector<std::string> keywords;
  std::vector<std::string> body;  // all other searchable texts, in the order of the record's fields
};

std::string EncodeTexts(const StoredTexts& texts);
// Errors: DATA_LOSS (CHECKSUM_MISMATCH).
StatusOr<StoredTexts> DecodeTexts(std::string_view bytes);

}  // namespace duijie::search
