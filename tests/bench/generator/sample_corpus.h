// SPDX-License-Identifier: GPL-3.0-or-later
// What the generator knows of real language: the sample records (data/samples/*.csv), cut into clauses and
// words by the product's own analyzer, and the domain dictionary by field. A topic is one sample achievement.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/text/analyzer.h"
#include "tests/bench/generator/random.h"

namespace duijie::bench {

// A part of a clause. What is no word stays as it is.
struct Piece {
  enum class Kind { kFixed, kWord, kNumber };
  std::string text;
  Kind kind = Kind::kFixed;
};
using Clause = std::vector<Piece>;

// Words in order of frequency, drawn with Zipf's law.
struct WordPool {
  std::vector<std::string> words;
  ZipfRanks ranks{0, 1};
  const std::string& Draw(Random& random) const { return words[ranks.Draw(random)]; }
};

struct Topic {
  Clause title;
  std::vector<Clause> clauses;  // of summary and advantages
  std::vector<Clause> problem;  // of the problem that the achievement solves; may be empty
  WordPool words;               // its own words
  size_t terms = 0;             // index into SampleCorpus::terms: the domain dictionary of its field
  std::vector<std::string> indicators;
  std::vector<std::string> keywords;
  std::string field_codes;  // cells as they stand
  std::string industry_codes;
};

// Cells that are drawn independently of the topic, one value per sample record.
struct CellPools {
  std::vector<std::string> regions;
  std::vector<std::string> maturity_levels;
  std::vector<std::string> modes;
  std::vector<std::string> tiers;
  std::vector<std::string> attributes;
  std::vector<std::string> forms;
  std::vector<std::string> standings;
  std::vector<std::string> evaluations;
  std::vector<std::pair<double, double>> prices;  // lowest, highest
  std::vector<size_t> summary_lengths;            // code points
};

struct SampleCorpus {
  std::vector<Topic> topics;
  std::vector<WordPool> terms;          // one pool per field of the domain dictionary
  WordPool all_words;                   // of every sample
  std::vector<Clause> requests;         // clauses of sample needs; may be empty
  std::vector<std::string> need_types;  // enum names as in the samples; one at least
  std::vector<Clause> conditions;       // clauses of what a taker must have; may be empty
  CellPools cells;

  // `samples` holds achievements.csv and, if there are sample needs, needs.csv; `domain_terms` is
  // data/text/domain_terms.tsv. INVALID_ARGUMENT (BAD_SAMPLES) if there is nothing to learn from.
  static StatusOr<std::unique_ptr<SampleCorpus>> Load(const std::string& samples,
                                                      const std::string& domain_terms,
                                                      const Analyzer& analyzer);
};

// Text to clauses: cut at punctuation that ends a clause, each cut into words by the analyzer.
std::vector<Clause> ClausesOf(std::string_view text, const Analyzer& analyzer);
Clause ClauseOf(std::string_view text, const Analyzer& analyzer);

}  // namespace duijie::bench
