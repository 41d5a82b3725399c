// SPDX-License-Identifier: GPL-3.0-or-later
// Names of facet values: for programs (code or enum name) and for people (Chinese). Pure.
#pragma once

#include <string>

#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/search_service.pb.h"

namespace duijie::search {

// `value` as in facet_values.h: an enum's number becomes its name, a code stays as it is.
std::string FacetValueName(v1::FacetKind kind, const std::string& value);

// The value itself where there is no name for it.
std::string FacetLabel(v1::FacetKind kind, const std::string& value, const TaxonomySet& taxonomies);

}  // namespace duijie::search
