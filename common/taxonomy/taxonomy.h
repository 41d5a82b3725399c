// SPDX-License-Identifier: GPL-3.0-or-later
// A tree of codes of a public classification (regions, industries, technology fields, disciplines).
//
// Immutable after Load, so it may be read from all threads. Pointers that it returns live as long as it does
// and stay valid when it is moved, not when it is copied.
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/string_lookup.h"
#include "common/status/status.h"

namespace duijie {

struct TaxonomyEntry {
  std::string code;    // unique in its taxonomy
  std::string parent;  // code; empty at the top
  std::string name;    // Chinese; need not be unique
  int level = 0;       // 1 at the top, one more than the parent's below
};

constexpr int kMaxTaxonomyLevel = 9;

class Taxonomy {
 public:
  // Reads a table of code, level, parent, name (see tsv_file.h). Besides what ReadTsv rejects, fails with
  // INVALID_TABLE at the line of: an empty code or name, a code twice, a parent that does not stand before
  // its child, a level that does not fit the parent's.
  static StatusOr<Taxonomy> Load(const std::string& path);

  // nullptr if there is no such code.
  const TaxonomyEntry* Find(std::string_view code) const;

  // nullptr if no entry has exactly this name, or several have.
  const TaxonomyEntry* FindByName(std::string_view name) const;

  // Of an entry of this taxonomy: its place among entries().
  size_t PlaceOf(const TaxonomyEntry& entry) const { return static_cast<size_t>(&entry - entries_.data()); }

  // Of an entry of this taxonomy; nullptr at the top.
  const TaxonomyEntry* ParentOf(const TaxonomyEntry& entry) const {
    const size_t parent = parents_[PlaceOf(entry)];
    return parent == kNoParent ? nullptr : &entries_[parent];
  }

  // Whether `code` is `ancestor` or lies below it; false if either is unknown.
  bool IsSelfOrDescendant(std::string_view code, std::string_view ancestor) const;

  // The code itself, its parent, and so on to the top; empty if unknown.
  std::vector<std::string> AncestorsOf(std::string_view code) const;

  // All entries in order of the file, parents before children.
  const std::vector<TaxonomyEntry>& entries() const { return entries_; }

 private:
  Status Add(const std::string& path, int line, TaxonomyEntry entry);

  static constexpr size_t kNoParent = std::numeric_limits<size_t>::max();

  std::vector<TaxonomyEntry> entries_;
  std::vector<size_t> parents_;  // of entries, as places among them
  StringMap<size_t> by_code_;    // ranking looks up codes of every candidate
  std::map<std::string, std::optional<size_t>, std::less<>> by_name_;  // nullopt: ambiguous
};

}  // namespace duijie
