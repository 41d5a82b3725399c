// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a RecordFilter fits the collection that it is for and names codes that exist; the other values are
// checked where they are used. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/common.pb.h"

namespace duijie::matching {

// Adds a violation for each field that achievements or needs do not have, for lists over their limits, and
// for codes that `taxonomies` lack.
void CheckFilter(const v1::RecordFilter& filter, v1::Collection collection, const TaxonomySet& taxonomies,
                 const std::string& path, std::vector<FieldViolation>* wrong);

}  // namespace duijie::matching
