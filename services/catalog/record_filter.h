// SPDX-License-Identifier: GPL-3.0-or-later
// Evaluates a RecordFilter. Values within one field are alternatives, fields add up; a code includes its
// descendants.
//
// A filter must be put to the record as its reader sees it (masking.h): put to the full record, it would
// answer questions about hidden fields ("is this anonymous need one of enterprise X?").
#pragma once

#include <string>

#include "common/status/status.h"
#include "common/taxonomy/taxonomy_set.h"
#include "services/catalog/field_checks.h"
#include "services/catalog/record_traits.h"

namespace duijie::catalog {

// Everything wrong with `filter` for this collection, among it every field that the collection does not have
// (FIELD_NOT_APPLICABLE). Field paths start with "filter.".
Violations ValidateFilter(const v1::RecordFilter& filter, v1::Collection collection,
                          const TaxonomySet& taxonomies);

// Requires a filter without violations for the record's collection.
bool Passes(const AnyRecord& record, const v1::RecordFilter& filter, const TaxonomySet& taxonomies);

}  // namespace duijie::catalog
