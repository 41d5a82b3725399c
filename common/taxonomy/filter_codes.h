// SPDX-License-Identifier: GPL-3.0-or-later
// Codes in a filter that no table has: they would match nothing, and an empty list reads like an answer.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/common.pb.h"

namespace duijie {

// Adds UNKNOWN_CODE for each field, industry, region and park code of `filter` that the tables lack. `path`
// is the filter's field path, e.g. "filter".
void CheckFilterCodes(const v1::RecordFilter& filter, const TaxonomySet& taxonomies, const std::string& path,
                      std::vector<FieldViolation>* wrong);

}  // namespace duijie
