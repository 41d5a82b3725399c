// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/taxonomy/crosswalk.h"

#include <algorithm>
#include <charconv>

#include "common/taxonomy/tsv_file.h"

namespace duijie {
namespace {

enum Column { kField, kIndustry, kWeight, kColumnCount };

StatusOr<float> ParseWeight(const std::string& path, int line, const std::string& cell) {
  float value = 0;
  const char* const end = cell.data() + cell.size();
  const auto [stop, error] = std::from_chars(cell.data(), end, value);
  // Written so that NaN fails too.
  const bool in_range = value > 0 && value <= 1;
  if (error != std::errc() || stop != end || !in_range) {
    return TsvError(path, line, "\"" + cell + "\" is no weight in (0, 1]");
  }
  return value;
}

}  // namespace

StatusOr<Crosswalk> Crosswalk::Load(const std::string& path, const Taxonomy& fields,
                                    const Taxonomy& industries) {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<TsvRow> rows, ReadTsv(path, kColumnCount));
  Crosswalk crosswalk;
  for (const TsvRow& row : rows) {
    const std::string& field = row.cells[kField];
    const std::string& industry = row.cells[kIndustry];
    if (fields.Find(field) == nullptr) return TsvError(path, row.line, "unknown field " + field);
    if (industries.Find(industry) == nullptr) return TsvError(path, row.line, "unknown industry " + industry);
    DUIJIE_ASSIGN_OR_RETURN(const float weight, ParseWeight(path, row.line, row.cells[kWeight]));
    if (!crosswalk.weights_[field].emplace(industry, weight).second) {
      return TsvError(path, row.line, "pair " + field + " " + industry + " twice");
    }
  }
  return crosswalk;
}

float Crosswalk::Affinity(const Taxonomy& fields, const Taxonomy& industries, std::string_view field_code,
                          std::string_view industry_code) const {
  float highest = 0;
  for (const auto* field = fields.Find(field_code); field != nullptr; field = fields.ParentOf(*field)) {
    const auto row = weights_.find(field->code);
    if (row == weights_.end()) continue;
    for (const auto* industry = industries.Find(industry_code); industry != nullptr;
         industry = industries.ParentOf(*industry)) {
      const auto weight = row->second.find(industry->code);
      if (weight != row->second.end()) highest = std::max(highest, weight->second);
    }
  }
  return highest;
}

}  // namespace duijie
