// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/code_lookup.h"

#include <algorithm>

namespace duijie::catalog {
namespace {

std::string ByCodeOrName(const Taxonomy& taxonomy, std::string_view text) {
  if (taxonomy.Find(text) != nullptr) return std::string(text);
  const auto* entry = taxonomy.FindByName(text);
  return entry == nullptr ? "" : entry->code;
}

// Whether `text` names the entry with one or more of those above it, in order, the entry itself last.
bool IsPathTo(const Taxonomy& taxonomy, const TaxonomyEntry& entry, std::string_view text) {
  if (!text.ends_with(entry.name)) return false;
  text.remove_suffix(entry.name.size());
  for (const auto* above = taxonomy.ParentOf(entry); above != nullptr && !text.empty();
       above = taxonomy.ParentOf(*above)) {
    if (text.ends_with(above->name)) text.remove_suffix(above->name.size());
  }
  return text.empty();
}

std::string_view StripAround(std::string_view text) {
  for (const std::string_view prefix : {"第", "TRL", "trl", " "}) {
    if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  }
  if (text.ends_with("级")) text.remove_suffix(std::string_view("级").size());
  return text;
}

}  // namespace

std::string RegionCode(const Taxonomy& regions, std::string_view text) {
  std::string code = ByCodeOrName(regions, text);
  if (!code.empty()) return code;
  for (const auto& entry : regions.entries()) {
    if (!IsPathTo(regions, entry, text)) continue;
    if (!code.empty() && !regions.IsSelfOrDescendant(code, entry.code)) return "";
    code = entry.code;
  }
  return code;
}

std::string IndustryCode(const Taxonomy& industries, std::string_view text) {
  std::string code = ByCodeOrName(industries, text);
  if (!code.empty() || text.empty() || text.front() < '0' || text.front() > '9') return code;
  for (char section = 'A'; section <= 'T'; ++section) {
    const std::string full = section + std::string(text);
    if (industries.Find(full) != nullptr) return full;
  }
  return "";
}

std::string FieldCode(const Taxonomy& fields, std::string_view text) { return ByCodeOrName(fields, text); }

std::string ParkCode(const TaxonomySet& taxonomies, std::string_view text) {
  for (const Park& park : taxonomies.parks) {
    if (park.code == text || park.name == text) return park.code;
  }
  return "";
}

int MaturityLevelOf(const TaxonomySet& taxonomies, std::string_view text) {
  for (const MaturityLevel& level : taxonomies.maturity) {
    if (level.name == text || std::to_string(level.level) == StripAround(text)) return level.level;
  }
  return 0;
}

}  // namespace duijie::catalog
