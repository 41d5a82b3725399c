// SPDX-License-Identifier: GPL-3.0-or-later
// RecordFilter and caller to a Xapian query that filters. Pure.
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "common/auth/principal.h"
#include "common/status/status.h"
#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/common.pb.h"

namespace duijie::search {

// INVALID_ARGUMENT with a violation for every field that is ill-formed, too long or not of `collection`, and
// for codes that `taxonomies` lack. `path` is the filter's field path, e.g. "filter".
Status ValidateFilter(const v1::RecordFilter& filter, v1::Collection collection,
                      const TaxonomySet& taxonomies, const std::string& path);

// The same, codes aside: a filter that another service has checked and kept.
Status ValidateFilter(const v1::RecordFilter& filter, v1::Collection collection, const std::string& path);

// INVALID_ARGUMENT unless ACHIEVEMENTS or NEEDS.
Status ValidateCollection(v1::Collection collection);

// The documents that `caller` may see and that pass a valid `filter`; matches nothing for a caller without
// access. States default to PUBLISHED. A condition that would tell who stands behind a record (park,
// enterprise, owner, source library, county) holds only of records that the caller sees in full. Weightless:
// use it as a filter.
Xapian::Query FilterQuery(const v1::RecordFilter& filter, const Principal& caller);

}  // namespace duijie::search
