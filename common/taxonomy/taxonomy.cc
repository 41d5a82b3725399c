// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/taxonomy/taxonomy.h"

#include <utility>

#include "common/taxonomy/tsv_file.h"

namespace duijie {
namespace {
enum TaxonomyColumn { kEntryCode, kEntryLevel, kEntryParent, kEntryName, kTaxonomyColumns };
}  // namespace

StatusOr<Taxonomy> Taxonomy::Load(const std::string& path) {
  DUIJIE_ASSIGN_OR_RETURN(std::vector<TsvRow> rows, ReadTsv(path, kTaxonomyColumns));
  Taxonomy taxonomy;
  taxonomy.entries_.reserve(rows.size());
  for (TsvRow& row : rows) {
    DUIJIE_ASSIGN_OR_RETURN(const int level,
                            ParseTsvInt(path, row.line, row.cells[kEntryLevel], 1, kMaxTaxonomyLevel));
    DUIJIE_RETURN_IF_ERROR(taxonomy.Add(path, row.line,
                                        {std::move(row.cells[kEntryCode]), std::move(row.cells[kEntryParent]),
                                         std::move(row.cells[kEntryName]), level}));
  }
  return taxonomy;
}

Status Taxonomy::Add(const std::string& path, int line, TaxonomyEntry entry) {
  if (entry.code.empty()) return TsvError(path, line, "empty code");
  if (entry.name.empty()) return TsvError(path, line, "empty name");
  int level_above = 0;
  size_t parent_index = kNoParent;
  if (!entry.parent.empty()) {
    const TaxonomyEntry* const parent = Find(entry.parent);
    if (parent == nullptr)
      return TsvError(path, line, "parent " + entry.parent + " does not stand before it");
    level_above = parent->level;
    parent_index = static_cast<size_t>(parent - entries_.data());
  }
  if (entry.level != level_above + 1) {
    return TsvError(path, line,
                    "level " + std::to_string(entry.level) + " below level " + std::to_string(level_above));
  }
  const size_t index = entries_.size();
  if (!by_code_.emplace(entry.code, index).second)
    return TsvError(path, line, "code " + entry.code + " twice");
  const auto [named, first] = by_name_.emplace(entry.name, index);
  if (!first) named->second = std::nullopt;
  entries_.push_back(std::move(entry));
  parents_.push_back(parent_index);
  return OkStatus();
}

const TaxonomyEntry* Taxonomy::Find(std::string_view code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : &entries_[found->second];
}

const TaxonomyEntry* Taxonomy::FindByName(std::string_view name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end() || !found->second) return nullptr;
  return &entries_[*found->second];
}

bool Taxonomy::IsSelfOrDescendant(std::string_view code, std::string_view ancestor) const {
  for (const TaxonomyEntry* entry = Find(code); entry != nullptr; entry = ParentOf(*entry)) {
    if (entry->code == ancestor) return true;
  }
  return false;
}

std::vector<std::string> Taxonomy::AncestorsOf(std::string_view code) const {
  std::vector<std::string> codes;
  for (const TaxonomyEntry* entry = Find(code); entry != nullptr; entry = ParentOf(*entry)) {
    codes.push_back(entry->code);
  }
  return codes;
}

}  // namespace duijie
