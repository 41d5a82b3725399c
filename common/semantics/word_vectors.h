// SPDX-License-Identifier: GPL-3.0-or-later
// Which words mean nearly the same, as directions in a space of a few dozen dimensions, learned from public
// texts and our thesaurus; docs/formats/word_vectors.md has the file and the formula of a text's direction.
//
// Source: latent semantic spaces from word co-occurrence, Levy, Goldberg & Dagan, Improving distributional
// similarity with lessons learned from word embeddings, TACL 3, 2015.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/string_lookup.h"
#include "common/status/status.h"

namespace duijie {

inline constexpr uint32_t kMaxVectorDimensions = 1'024;
inline constexpr uint32_t kMaxVectorWords = 1'000'000;
inline constexpr uint32_t kNeedTitleTimes = 4;         // an occurrence in a need's title counts as so many
inline constexpr uint32_t kAchievementTitleTimes = 2;  // the same for a record that is searched

// A word of a text and how often it stands there, occurrences in the title counted as above.
struct CountedWord {
  std::string_view word;
  uint32_t count = 0;
};

// Immutable; thread-safe.
class WordVectors {
 public:
  // NOT_FOUND (TEXT_DATA_MISSING), INVALID_ARGUMENT (BAD_TEXT_DATA) with metadata file and rule.
  static StatusOr<std::shared_ptr<const WordVectors>> Load(const std::filesystem::path& path);

  // The same, one a path and process while anybody holds it.
  static StatusOr<std::shared_ptr<const WordVectors>> Shared(const std::filesystem::path& path);

  // The meaning of a text (meaning.h) by its words, each once, without function words. Sums in the given
  // order. Empty if no word is known.
  std::string MeaningOf(const std::vector<CountedWord>& words) const;

  // Inverse document frequency of a word in the texts that the vectors were learned from, 1 or more; the
  // greatest there is for unknown words.
  double Idf(std::string_view word) const;

  // Cosine of two words, -1 to 1; 0 if one is unknown.
  double Nearness(std::string_view a, std::string_view b) const;

  size_t size() const { return rows_.size(); }
  size_t dimensions() const { return mean_.size(); }

 private:
  WordVectors() = default;
  Status Read(std::string_view bytes, const std::string& file);
  const int8_t* RowOf(uint32_t row) const { return entries_.data() + size_t{row} * mean_.size(); }
  double LengthOf(uint32_t row) const;

  std::vector<double> mean_;
  StringMap<uint32_t> rows_;
  std::vector<float> factors_;   // by row: idf / |r|
  std::vector<int8_t> entries_;  // rows × dimensions
  double greatest_idf_ = 1;
};

}  // namespace duijie
