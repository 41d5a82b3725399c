// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of generated records under the headings of the import. Row i of a kind depends on the seed, the
// samples and i alone. Every name says that it is generated, so that none can be mistaken for a real body.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/taxonomy/taxonomy_set.h"
#include "tests/bench/generator/sample_corpus.h"
#include "tests/bench/generator/text_maker.h"

namespace duijie::bench {

inline constexpr char kSourceLibrary[] = "generated";

class RecordMaker {
 public:
  // Both outlive the maker. `owners` and `enterprises`: how many different ones there are, at least 1 and at
  // most kMaxBodies.
  static constexpr uint64_t kMaxBodies = 1'000'000;
  RecordMaker(const SampleCorpus& corpus, const TaxonomySet& taxonomies, uint64_t seed, uint64_t owners,
              uint64_t enterprises)
      : corpus_(corpus), taxonomies_(taxonomies), seed_(seed), owners_(owners), enterprises_(enterprises) {}

  static const std::vector<std::string>& AchievementHeadings();
  static const std::vector<std::string>& EnterpriseHeadings();
  static const std::vector<std::string>& NeedHeadings();

  std::vector<std::string> Achievement(uint64_t row) const;
  std::vector<std::string> Enterprise(uint64_t row) const;
  std::vector<std::string> Need(uint64_t row) const;

  // The hidden truth: numbers of the sample achievements that a row is made of; second -1 for none.
  std::pair<int, int> AchievementTopics(uint64_t row) const;
  std::pair<int, int> NeedTopics(uint64_t row) const;
  int EnterpriseTopic(uint64_t row) const;

 private:
  TopicChoice Choose(std::pair<int, int> topics) const;
  std::string EnterpriseCreditCode(uint64_t enterprise) const;
  std::string OwnerCreditCode(uint64_t owner) const;

  const SampleCorpus& corpus_;
  const TaxonomySet& taxonomies_;
  const uint64_t seed_;
  const uint64_t owners_;
  const uint64_t enterprises_;
};

// A valid credit code of a body that cannot exist: its organization code starts with XDU. `number` < 10^6.
std::string GeneratedCreditCode(const std::string& kind, const std::string& region, uint64_t number);

}  // namespace duijie::bench
