// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/default_paths.h"

namespace duijie {

std::filesystem::path TextDataFolder(const std::filesystem::path& exe_dir) {
  return (exe_dir / ".." / "share" / "duijie" / "text").lexically_normal();
}

Analyzer::Options TextOptionsIn(const std::filesystem::path& folder) {
  Analyzer::Options options;
  options.jieba_dict = folder / "jieba.dict.utf8";
  options.hmm_model = folder / "hmm_model.utf8";
  options.domain_dictionaries = {folder / "domain_terms.tsv"};
  options.thesaurus = folder / "thesaurus";
  options.synonyms = folder / "synonyms.tsv";
  options.stop_words = folder / "stop_words.txt";
  return options;
}

}  // namespace duijie
