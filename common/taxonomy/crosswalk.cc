// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/taxonomy/crosswalk.h"

#include <algorithm>
#include <charconv>

#include "common/taxonomy/tsv_file.h"

namespace duijie {
namespace {

enum CrosswalkColumn { kField, kIndustry, kWeight, kCrosswalkColumns };

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
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<TsvRow> rows, ReadTsv(path, kCrosswalkColumns));
  Crosswalk crosswalk;
  crosswalk.weights_.resize(fields.entries().size());
  for (const TsvRow& row : rows) {
    const TaxonomyEntry* const field = fields.Find(row.cells[kField]);
    const TaxonomyEntry* const industry = industries.Find(row.cells[kIndustry]);
    if (field == nullptr) return TsvError(path, row.line, "unknown field " + row.cells[kField]);
    if (industry == nullptr) return TsvError(path, row.line, "unknown industry " + row.cells[kIndustry]);
    DUIJIE_ASSIGN_OR_RETURN(const float value, ParseWeight(path, row.line, row.cells[kWeight]));
    std::vector<Weight>& weights = crosswalk.weights_[fields.PlaceOf(*field)];
    const size_t place = industries.PlaceOf(*industry);
    if (std::any_of(weights.begin(), weights.end(), [&](const Weight& w) { return w.industry == place; })) {
      return TsvError(path, row.line, "pair " + field->code + " " + industry->code + " twice");
    }
    weights.push_back({place, value});
  }
  return crosswalk;
}

float Crosswalk::Affinity(const Taxonomy& fields, const Taxonomy& industries, std::string_view field_code,
                          std::string_view industry_code) const {
  const TaxonomyEntry* const used_in = industries.Find(industry_code);
  if (used_in == nullptr || weights_.empty()) return 0;
  float highest = 0;
  for (const auto* field = fields.Find(field_code); field != nullptr; field = fields.ParentOf(*field)) {
    for (const Weight& weight : weights_[fields.PlaceOf(*field)]) {
      if (weight.value <= highest) continue;
      for (const auto* industry = used_in; industry != nullptr; industry = industries.ParentOf(*industry)) {
        if (industries.PlaceOf(*industry) == weight.industry) highest = weight.value;
      }
    }
  }
  return highest;
}

}  // namespace duijie
