// SPDX-License-Identifier: GPL-3.0-or-later
// Codes as people write them in tables: the code itself or a name that is unique. Pure.
#pragma once

#include <string>
#include <string_view>

#include "common/taxonomy/taxonomy_set.h"

namespace duijie::catalog {

// Each gives the code, or "" if the text is neither a code nor a unique name.
// A region may be written with the regions above it, e.g. "石家庄市新华区", "河北省石家庄市".
std::string RegionCode(const Taxonomy& regions, std::string_view text);
// An industry may lack the letter of its section: "3340" is "C3340".
std::string IndustryCode(const Taxonomy& industries, std::string_view text);
std::string FieldCode(const Taxonomy& fields, std::string_view text);
std::string ParkCode(const TaxonomySet& taxonomies, std::string_view text);
// "5", "5级", "第5级", "TRL5", "TRL 5", or the name of the level; 0 if it is none.
int MaturityLevelOf(const TaxonomySet& taxonomies, std::string_view text);

}  // namespace duijie::catalog
