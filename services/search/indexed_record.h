// SPDX-License-Identifier: GPL-3.0-or-later
// A record as the index sees it: which texts are searched, which facts are kept. Pure.
//
// Counted texts (title, keywords and the leading body texts) take part in matching; the other body texts are
// found by search only: names of people and papers, and what a need rules out, which must not attract offers.
//
// Whoever may find a record may read its texts here, so nothing that tells who stands behind an ANONYMOUS
// record is among them; of a need, the enterprise never is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/auth/visibility.h"
#include "duijie/internal/v1/candidate_service.pb.h"
#include "duijie/internal/v1/feed_service.pb.h"
#include "services/search/stored_texts.h"

namespace duijie::search {

struct IndexedRecord {
  std::string name;
  int64_t revision = 0;  // in the catalog
  AccessFacts access;
  StoredTexts texts;
  size_t counted_body = 0;  // this many of texts.body are counted
  internal::v1::RecordFacts facts;
  std::vector<std::string> source_libraries;  // identifying
  std::string owner_credit_code;              // identifying
  v1::NeedType need_type = v1::NEED_TYPE_UNSPECIFIED;
  int64_t update_micros = 0;
};

// nullopt if the record is absent or of a kind that has no index.
std::optional<IndexedRecord> ToIndexedRecord(const internal::v1::Record& record);

}  // namespace duijie::search
