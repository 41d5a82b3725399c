// SPDX-License-Identifier: GPL-3.0-or-later
// The values of a record that facets count, packed into one value slot so that counting reads one value per
// hit.
//
//   varint  1 if the record is ANONYMOUS, then varint state, string park, string enterprise; else 0
//   then, to the end: varint v1::FacetKind, string value (code, or number of an enum)
#pragma once

#include <string>
#include <string_view>

#include "common/auth/visibility.h"
#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/search_service.pb.h"
#include "services/search/byte_codec.h"
#include "services/search/indexed_record.h"

namespace duijie::search {

std::string EncodeFacetValues(const IndexedRecord& record, const TaxonomySet& taxonomies);

// Calls visit(v1::FacetKind, std::string_view value) for each value that `caller` may count: source libraries
// of a record that it sees masked are left out. Ends quietly at damaged bytes.
template <typename Visit>
void VisitFacetValues(std::string_view bytes, const Principal& caller, Visit&& visit) {
  ByteReader reader(bytes);
  bool in_full = true;
  if (reader.Varint() != 0) {
    AccessFacts facts;
    facts.tier = v1::CONFIDENTIALITY_TIER_ANONYMOUS;
    facts.state = static_cast<v1::RecordState>(reader.Varint());
    facts.park_code = reader.String();
    facts.enterprise = reader.String();
    in_full = VisibilityOf(caller, facts) == Visibility::kFull;
  }
  while (!reader.rest().empty()) {
    const auto kind = static_cast<v1::FacetKind>(reader.Varint());
    const std::string_view value = reader.String();
    if (reader.ok() && (in_full || kind != v1::FACET_KIND_SOURCE_LIBRARY)) visit(kind, value);
  }
}

}  // namespace duijie::search
