// SPDX-License-Identifier: GPL-3.0-or-later
// Readers of the text data files; strict, so that a damaged file stops the start with a line number instead
// of changing results silently. Private to common/text.
//
// All files are UTF-8 (a byte order mark is skipped), lines end in LF or CRLF, empty lines and lines that
// start with '#' are comments in our own files. Errors: NOT_FOUND (TEXT_DATA_MISSING) if a file cannot be
// opened, INVALID_ARGUMENT (BAD_TEXT_DATA) with metadata file, line (from 1) and rule otherwise.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/text/normalize.h"

namespace duijie {

inline constexpr size_t kMaxTermCodePoints = 40;  // of one term or synonym
inline constexpr size_t kMaxSynonymsPerGroup = 64;

// domain_terms.tsv: `term<TAB>field` per line; further columns are refused. Returns the normalised terms in
// file order. A term twice in one file is refused; the same term in two files is kept once by the caller.
StatusOr<std::vector<std::string>> ReadDomainTerms(const std::string& path, const Normalizer& normalizer);

// synonyms.tsv: one group per line, words separated by tabs, the canonical one first. Returns normalised
// groups. A word twice in a group (also after normalisation), or a group of one word, is refused; a word may
// be in several groups.
StatusOr<std::vector<std::vector<std::string>>> ReadSynonyms(const std::string& path,
                                                             const Normalizer& normalizer);

// stop_words.txt: a word per line. Returns normalised words; repeats are refused.
StatusOr<std::vector<std::string>> ReadStopWords(const std::string& path, const Normalizer& normalizer);

// What cppjieba's loader would abort on is found here first.
struct JiebaDictSummary {
  double frequency_sum = 0;
  std::vector<std::string> mixed_words;  // normalised words that hold ASCII letters or digits, such as b超
};
StatusOr<JiebaDictSummary> CheckJiebaDict(const std::string& path, const Normalizer& normalizer);
Status CheckHmmModel(const std::string& path);

}  // namespace duijie
