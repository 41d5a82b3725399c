// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/taxonomy/taxonomy_set.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "common/taxonomy/tsv_file.h"

namespace duijie {
namespace {

enum ParkColumn { kParkCode, kParkName, kParkRegion, kParkIndustries, kParkColumnCount };
enum MaturityColumn { kLevel, kStage, kName, kCriterion, kMaturityColumnCount };

constexpr int kCityLevel = 2;
constexpr char kListSeparator = '|';

std::vector<std::string> SplitList(std::string_view cell) {
  std::vector<std::string> items;
  while (!cell.empty()) {
    const size_t end = cell.find(kListSeparator);
    items.emplace_back(cell.substr(0, end));
    cell.remove_prefix(end == std::string_view::npos ? cell.size() : end + 1);
  }
  return items;
}

StatusOr<std::vector<Park>> LoadParks(const std::string& path, const Taxonomy& regions) {
  DUIJIE_ASSIGN_OR_RETURN(std::vector<TsvRow> rows, ReadTsv(path, kParkColumnCount));
  std::vector<Park> parks;
  for (TsvRow& row : rows) {
    Park park{std::move(row.cells[kParkCode]), std::move(row.cells[kParkName]),
              std::move(row.cells[kParkRegion]), SplitList(row.cells[kParkIndustries])};
    if (park.code.empty()) return TsvError(path, row.line, "empty code");
    if (park.name.empty()) return TsvError(path, row.line, "empty name");
    const TaxonomyEntry* const region = regions.Find(park.region_code);
    if (region == nullptr || region->level < kCityLevel) {
      return TsvError(path, row.line, "\"" + park.region_code + "\" is no city or county");
    }
    const bool twice =
        std::any_of(parks.begin(), parks.end(), [&](const Park& p) { return p.code == park.code; });
    if (twice) return TsvError(path, row.line, "code " + park.code + " twice");
    parks.push_back(std::move(park));
  }
  return parks;
}

StatusOr<std::vector<MaturityLevel>> LoadMaturity(const std::string& path) {
  DUIJIE_ASSIGN_OR_RETURN(std::vector<TsvRow> rows, ReadTsv(path, kMaturityColumnCount));
  std::vector<MaturityLevel> levels;
  for (TsvRow& row : rows) {
    const int expected = static_cast<int>(levels.size()) + 1;
    DUIJIE_RETURN_IF_ERROR(ParseTsvInt(path, row.line, row.cells[kLevel], expected, expected).status());
    for (const std::string& cell : row.cells) {
      if (cell.empty()) return TsvError(path, row.line, "empty cell");
    }
    levels.push_back({expected, std::move(row.cells[kStage]), std::move(row.cells[kName]),
                      std::move(row.cells[kCriterion])});
  }
  if (levels.size() != kMaturityLevels) {
    return TsvError(path, 0,
                    std::to_string(levels.size()) + " levels instead of " + std::to_string(kMaturityLevels));
  }
  return levels;
}

}  // namespace

StatusOr<std::shared_ptr<const TaxonomySet>> TaxonomySet::Load(const std::string& folder) {
  const auto file = [&](const char* name) { return (std::filesystem::path(folder) / name).string(); };
  auto set = std::make_shared<TaxonomySet>();
  DUIJIE_ASSIGN_OR_RETURN(set->regions, Taxonomy::Load(file("regions.tsv")));
  DUIJIE_ASSIGN_OR_RETURN(set->industries, Taxonomy::Load(file("industries_gbt4754_2017.tsv")));
  DUIJIE_ASSIGN_OR_RETURN(set->fields, Taxonomy::Load(file("fields_hightech_2016.tsv")));
  DUIJIE_ASSIGN_OR_RETURN(
      set->crosswalk, Crosswalk::Load(file("crosswalk_field_industry.tsv"), set->fields, set->industries));
  DUIJIE_ASSIGN_OR_RETURN(set->parks, LoadParks(file("parks.tsv"), set->regions));
  DUIJIE_ASSIGN_OR_RETURN(set->maturity, LoadMaturity(file("maturity_levels.tsv")));
  return std::shared_ptr<const TaxonomySet>(std::move(set));
}

const Park* TaxonomySet::FindPark(std::string_view code) const {
  const auto found =
      std::find_if(parks.begin(), parks.end(), [&](const Park& park) { return park.code == code; });
  return found == parks.end() ? nullptr : &*found;
}

const MaturityLevel* TaxonomySet::FindMaturity(int level) const {
  if (level < 1 || level > static_cast<int>(maturity.size())) return nullptr;
  return &maturity[static_cast<size_t>(level) - 1];
}

}  // namespace duijie
