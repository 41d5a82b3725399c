// SPDX-License-Identifier: GPL-3.0-or-later
// A record to a document of the index: postings, values, texts, forward data. Pure; thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "common/semantics/word_vectors.h"
#include "common/taxonomy/taxonomy_set.h"
#include "common/text/analyzer.h"
#include "services/search/forward_data.h"
#include "services/search/indexed_record.h"

namespace duijie::search {

struct BuiltDocument {
  Xapian::Document document;
  std::string forward;          // encoded ForwardData
  std::string texts;            // encoded StoredTexts
  std::vector<uint32_t> grams;  // hashes of its grams, each once
  FieldLengthCounts lengths{};
};

class DocumentBuilder {
 public:
  DocumentBuilder(std::shared_ptr<const Analyzer> analyzer, std::shared_ptr<const TaxonomySet> taxonomies,
                  std::shared_ptr<const WordVectors> vectors);

  // Call inside GuardXapian.
  BuiltDocument Build(const IndexedRecord& record) const;

 private:
  std::shared_ptr<const Analyzer> analyzer_;
  std::shared_ptr<const TaxonomySet> taxonomies_;
  std::shared_ptr<const WordVectors> vectors_;
};

// Bigrams and single characters by which titles are found: those of the analyzer, and each two neighbouring
// ASCII letters or digits, so that any two-character fragment of a title is among them. Calls bigram(text) or
// unigram(text).
template <typename Bigram, typename Unigram>
void ForEachTitleGram(const AnalyzedText& analyzed, Bigram&& bigram, Unigram&& unigram) {
  for (const Token& token : analyzed.tokens) {
    if (token.kind == TokenKind::kBigram) bigram(std::string_view(token.text), token.begin);
    if (token.kind == TokenKind::kUnigram) unigram(std::string_view(token.text), token.begin);
  }
  const auto is_ascii_alnum = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const std::string_view text = analyzed.normalized;
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (!is_ascii_alnum(text[i])) continue;
    unigram(text.substr(i, 1), i);
    if (i + 1 < text.size() && is_ascii_alnum(text[i + 1])) bigram(text.substr(i, 2), i);
  }
}

}  // namespace duijie::search
