// SPDX-License-Identifier: GPL-3.0-or-later
// All code tables that records refer to, loaded together from one folder (data/taxonomies of the source tree,
// share/duijie/taxonomies of a build or installation). Immutable after Load; share it between threads freely.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/taxonomy/crosswalk.h"
#include "common/taxonomy/taxonomy.h"

namespace duijie {

struct Park {
  std::string code;                          // e.g. "sjz-gxq"
  std::string name;                          // as in the plan of the zone
  std::string region_code;                   // city or county
  std::vector<std::string> lead_industries;  // names as in the park's plan; may be empty
};

struct MaturityLevel {
  int level = 0;          // 1 to 9
  std::string stage;      // 实验室, 工程化 or 产业化
  std::string name;       // short
  std::string criterion;  // what must be shown
};

constexpr int kMaturityLevels = 9;

struct TaxonomySet {
  Taxonomy regions;                     // regions.tsv
  Taxonomy industries;                  // industries_gbt4754_2017.tsv
  Taxonomy fields;                      // fields_hightech_2016.tsv
  Crosswalk crosswalk;                  // crosswalk_field_industry.tsv; use FieldIndustryAffinity
  std::vector<Park> parks;              // parks.tsv, in order of the plan
  std::vector<MaturityLevel> maturity;  // maturity_levels.tsv; maturity[i] is level i + 1

  // Fails with INVALID_TABLE naming file and line if a table is missing or ill-formed, a park lies in no
  // known city or county, or the maturity levels are not 1 to 9 in order.
  static StatusOr<std::shared_ptr<const TaxonomySet>> Load(const std::string& folder);

  // nullptr if there is no such park.
  const Park* FindPark(std::string_view code) const;

  // nullptr if `level` is not 1 to 9.
  const MaturityLevel* FindMaturity(int level) const;

  // See Crosswalk::Affinity; from 0 to 1.
  float FieldIndustryAffinity(std::string_view field_code, std::string_view industry_code) const {
    return crosswalk.Affinity(fields, industries, field_code, industry_code);
  }
};

}  // namespace duijie
