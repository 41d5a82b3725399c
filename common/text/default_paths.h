// SPDX-License-Identifier: GPL-3.0-or-later
// Where the text data lie: one folder with all files, <prefix>/share/duijie/text beside <prefix>/bin.
#pragma once

#include <filesystem>

#include "common/text/analyzer.h"

namespace duijie {

// The folder that belongs to a program in `exe_dir`: <exe_dir>/../share/duijie/text. It need not exist.
std::filesystem::path TextDataFolder(const std::filesystem::path& exe_dir);

// The analyzer's files in a data folder: jieba.dict.utf8, hmm_model.utf8, domain_terms.tsv, thesaurus/,
// synonyms.tsv, stop_words.txt. All are expected; Analyzer::Create names the one that is missing.
Analyzer::Options TextOptionsIn(const std::filesystem::path& folder);

}  // namespace duijie
