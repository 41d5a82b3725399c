// SPDX-License-Identifier: GPL-3.0-or-later
// Text to tokens: the one analysis that indexing, searching and matching share.
//
//   normalise (normalize.h) → cut into runs of Chinese characters and runs of letters, digits and units
//   (alnum_run.h) → words:    cppjieba with the domain dictionary, with the dictionary words inside longer
//   ones;
//                             whole alphanumeric runs and their parts; dictionary terms that mix both
//                             (5g基站)
//                   bigrams:  each two adjacent Chinese characters, and a Chinese character beside a letter
//                   or
//                             digit (x光, p型), so that any two-character fragment is among them
//                   unigrams: each Chinese character
//
// Punctuation, space, symbols and emoji give no token. Stop words are tokens like others: callers drop them
// where they want, by IsStopWord.
//
// Measured with the shipped dictionaries at -O2 on one core of a shared machine: loading 0.7 s and 120 MB
// resident (cppjieba's trie, 349,000 words; its facade with keyword tables takes 147 MB), a record of 300
// Chinese characters 0.05 ms, 11 MB/s; 1 MiB of one repeated character 0.1 to 0.6 s and 45 to 65 MB of
// tokens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/text/normalize.h"

namespace duijie {

// Text beyond this many bytes is not analysed; the cut falls between code points.
inline constexpr size_t kMaxTextBytes = 1 << 20;

enum class TokenKind : uint8_t { kWord, kBigram, kUnigram };

struct Token {
  std::string text;
  TokenKind kind;
  uint32_t begin;  // byte offsets in AnalyzedText::normalized; text equals that slice
  uint32_t end;
  friend bool operator==(const Token&, const Token&) = default;
};

struct AnalyzedText {
  std::string normalized;
  std::vector<Token> tokens;  // ordered by (begin, kind, end); no two equal
};

// Immutable and thread-safe: share one per process. No method throws on any bytes; the same text and
// dictionaries give the same tokens. Time is linear in the text.
class Analyzer {
 public:
  // Paths; jieba_dict and hmm_model are required, an empty path or list means none. File formats:
  // text_files.h.
  struct Options {
    std::string jieba_dict;
    std::string hmm_model;
    std::vector<std::string> domain_dictionaries;
    std::string thesaurus;  // a folder; its terms are dictionary words
    std::string synonyms;
    std::string stop_words;
  };

  // Errors: NOT_FOUND (TEXT_DATA_MISSING), INVALID_ARGUMENT (BAD_TEXT_DATA, with file and line in the
  // metadata).
  static StatusOr<std::shared_ptr<const Analyzer>> Create(const Options& options);
  ~Analyzer();
  Analyzer(const Analyzer&) = delete;
  Analyzer& operator=(const Analyzer&) = delete;

  AnalyzedText Analyze(std::string_view text) const;

  // Texts of the word tokens, in order, repeats kept.
  std::vector<std::string> Words(std::string_view text) const;

  // The bigram and unigram tokens of Analyze, in order, without looking for words, which costs most.
  std::vector<Token> Grams(std::string_view text) const;

  // Texts of the bigram tokens, in order, repeats kept; a Chinese character with neither a Chinese character
  // nor a letter nor a digit beside it stands for itself.
  std::vector<std::string> Bigrams(std::string_view text) const;

  // The other words of the groups that a normalised word is in, in file order; empty if none. Lives as long
  // as this. Synonyms are in the segmenter's dictionary too, so each is a word token where it occurs.
  const std::vector<std::string>& SynonymsOf(std::string_view word) const;

  // Whether a normalised word is a function word.
  bool IsStopWord(std::string_view word) const;

  const Normalizer& normalizer() const;

 private:
  class Impl;
  explicit Analyzer(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace duijie
