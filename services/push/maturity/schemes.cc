// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/maturity/schemes.h"

#include <algorithm>
#include <set>

#include "common/taxonomy/tsv_file.h"

namespace duijie::push {
namespace {

Status ReadLevels(const std::string& path, v1::MaturityScheme* scheme) {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<TsvRow> rows, ReadTsv(path, 3));
  for (const TsvRow& row : rows) {
    DUIJIE_ASSIGN_OR_RETURN(const int number, ParseTsvInt(path, row.line, row.cells[0], 1, kLevels));
    if (number != scheme->levels_size() + 1) return TsvError(path, row.line, "levels are not in order");
    v1::MaturitySchemeLevel& level = *scheme->add_levels();
    level.set_level(number);
    level.set_stage(row.cells[1]);
    level.set_title(row.cells[2]);
  }
  return scheme->levels_size() == kLevels ? OkStatus() : TsvError(path, 0, "there must be nine levels");
}

Status ReadConditions(const std::string& path, v1::MaturityScheme* scheme) {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<TsvRow> rows, ReadTsv(path, 4));
  std::set<std::string> codes;
  std::set<int> with_required;
  int last = 1;
  for (const TsvRow& row : rows) {
    DUIJIE_ASSIGN_OR_RETURN(const int level, ParseTsvInt(path, row.line, row.cells[1], 1, kLevels));
    DUIJIE_ASSIGN_OR_RETURN(const int required, ParseTsvInt(path, row.line, row.cells[2], 0, 1));
    if (level < last) return TsvError(path, row.line, "conditions are not in order of level");
    if (row.cells[0].empty() || row.cells[3].empty()) return TsvError(path, row.line, "empty code or text");
    if (!codes.insert(row.cells[0]).second) return TsvError(path, row.line, "a code stands twice");
    last = level;
    if (required == 1) with_required.insert(level);
    v1::MaturityCondition& condition = *scheme->add_conditions();
    condition.set_code(row.cells[0]);
    condition.set_level(level);
    condition.set_required(required == 1);
    condition.set_text(row.cells[3]);
  }
  return with_required.size() == kLevels ? OkStatus()
                                         : TsvError(path, 0, "a level has no required condition");
}

}  // namespace

StatusOr<Schemes> Schemes::Load(const std::string& folder) {
  Schemes schemes;
  const std::string path = folder + "/schemes.tsv";
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<TsvRow> rows, ReadTsv(path, 5));
  for (const TsvRow& row : rows) {
    v1::MaturityScheme scheme;
    scheme.set_name("maturitySchemes/" + row.cells[0]);
    if (schemes.Find(scheme.name()) != nullptr) return TsvError(path, row.line, "an id stands twice");
    scheme.set_title(row.cells[1]);
    scheme.set_basis(row.cells[2]);
    scheme.set_version(row.cells[3]);
    DUIJIE_ASSIGN_OR_RETURN(const int months, ParseTsvInt(path, row.line, row.cells[4], 1, kMaxValidMonths));
    scheme.set_valid_months(months);
    DUIJIE_RETURN_IF_ERROR(ReadLevels(folder + "/" + row.cells[0] + "_levels.tsv", &scheme));
    DUIJIE_RETURN_IF_ERROR(ReadConditions(folder + "/" + row.cells[0] + "_conditions.tsv", &scheme));
    schemes.schemes_.push_back(std::move(scheme));
  }
  return schemes;
}

const v1::MaturityScheme* Schemes::Find(std::string_view name) const {
  const auto found = std::find_if(schemes_.begin(), schemes_.end(),
                                  [&](const v1::MaturityScheme& scheme) { return scheme.name() == name; });
  return found == schemes_.end() ? nullptr : &*found;
}

}  // namespace duijie::push
