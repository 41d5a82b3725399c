// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of data/indicators/names.tsv by name, and the quantity that a name ends with. Private to
// common/indicator.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/indicator/name_words.h"
#include "common/indicator/unit_parser.h"
#include "common/status/status.h"

namespace duijie::indicator {

class NameIndex {
 public:
  // One line of the file is one group.
  Status AddLine(const std::filesystem::path& path, int line, std::string_view text);

  struct Head {
    size_t length = 0;  // code points
    int group = 0;
    size_t begin = 0;  // where it stands; before the end only for a verb with its object behind it
  };
  // The longest known name at the end. A verb (飞行@min) counts only for a figure whose unit converts to its
  // own, at the end or, where the table knows no end, before its object (处理废塑料).
  std::optional<Head> HeadOf(View32 name, std::string_view unit) const;

  // The group that a unit alone tells (@lm/W), 0 if it tells none.
  int GroupOfUnit(std::string_view unit) const;

  // The group of a name, 0 if it is in none.
  int GroupOf(View32 name) const;

 private:
  struct Verb {
    Unit unit;
    int group;
  };
  Status AddVerb(const std::filesystem::path& path, int line, std::string_view text, size_t at);
  std::optional<Head> VerbBeforeObject(View32 name, const Unit& unit) const;
  int GroupOfVerb(View32 verb, const Unit& unit) const;

  std::unordered_map<Runes32, int, RuneHash, std::equal_to<>> groups_of_;
  std::unordered_map<Runes32, std::vector<Verb>, RuneHash, std::equal_to<>> verbs_;
  size_t longest_ = 0;
  int groups_ = 0;
};

// An INVALID_ARGUMENT (BAD_TEXT_DATA) with metadata file, line and rule.
Status BadNameLine(const std::filesystem::path& path, int line, std::string_view rule);

}  // namespace duijie::indicator
