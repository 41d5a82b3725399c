// SPDX-License-Identifier: GPL-3.0-or-later
// Texts of generated records: clauses of the topic in which words give way to other words of the topic, of
// the domain dictionary and of all samples, and every number is drawn anew. So words, their neighbours and
// their frequencies stay like the samples', while the vocabulary grows with the number of records as in real
// text.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/generator/sample_corpus.h"

namespace duijie::bench {

// One record's topics: the first always, the second sometimes.
struct TopicChoice {
  const Topic* main = nullptr;
  const Topic* other = nullptr;  // nullptr: none
};

class TextMaker {
 public:
  // Both outlive the maker.
  TextMaker(const SampleCorpus& corpus, TopicChoice topics, Random* random)
      : corpus_(corpus), topics_(topics), random_(*random) {}

  std::string Title();
  // Sentences of about this many code points.
  std::string Sentences(const std::vector<Clause>& own, size_t code_points);
  std::string Summary();
  std::string Problem();
  std::string Advantage();
  std::string Condition();
  // Entries joined by "；", each once.
  std::string Keywords();
  // Indicators of the topic with other values, joined by "；".
  std::string Indicators();

 private:
  std::string Render(const Clause& clause, double replace);
  const std::string& Word();
  const Topic& AnyTopic();

  const SampleCorpus& corpus_;
  const TopicChoice topics_;
  Random& random_;
};

// "循环寿命≥1000次@25℃" with another value; what is no plain comparison comes back as it is.
std::string VaryIndicator(const std::string& indicator, Random& random);

}  // namespace duijie::bench
