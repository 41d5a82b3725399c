// SPDX-License-Identifier: GPL-3.0-or-later
// How typical it is that technology of a field is used in an industry. A soft ranking signal, never a filter.
// Immutable after Load, so it may be read from all threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/taxonomy/taxonomy.h"

namespace duijie {

class Crosswalk {
 public:
  // Reads a table of field code, industry code, weight in (0, 1] (see tsv_file.h). Besides what ReadTsv
  // rejects, fails with INVALID_TABLE at the line of an unknown code, a pair twice, or another weight.
  static StatusOr<Crosswalk> Load(const std::string& path, const Taxonomy& fields,
                                  const Taxonomy& industries);

  // The highest weight of all rows whose field is `field_code` or above it and whose industry is
  // `industry_code` or above it; 0 if there is none or a code is unknown. The taxonomies are those of Load.
  float Affinity(const Taxonomy& fields, const Taxonomy& industries, std::string_view field_code,
                 std::string_view industry_code) const;

 private:
  struct Weight {
    size_t industry;  // place in its taxonomy
    float value;
  };
  std::vector<std::vector<Weight>> weights_;  // by the field's place in its taxonomy
};

}  // namespace duijie
