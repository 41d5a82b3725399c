// SPDX-License-Identifier: GPL-3.0-or-later
// Reader of the technical thesaurus, data/thesaurus/<trade>.tsv; docs/formats/thesaurus.md says what its
// columns mean. Strict, like the other text files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/text/normalize.h"

namespace duijie {

inline constexpr size_t kMaxThesaurusMembers = 64;  // of one line

// One concept; all words normalised.
struct ThesaurusLine {
  std::string term;
  std::vector<std::string> same;     // other wording for it
  std::vector<std::string> kinds;    // narrower: kinds, methods, products
  std::vector<std::string> related;  // what goes with it
};

// Lines in order of the file. NOT_FOUND (TEXT_DATA_MISSING), INVALID_ARGUMENT (BAD_TEXT_DATA) with metadata
// file, line and rule: not four columns, an empty or long word, too many members.
StatusOr<std::vector<ThesaurusLine>> ReadThesaurus(const std::string& path, const Normalizer& normalizer);

// All files of a folder, by name.
StatusOr<std::vector<std::string>> ThesaurusFilesIn(const std::filesystem::path& folder);

}  // namespace duijie
