// SPDX-License-Identifier: GPL-3.0-or-later
// What a user could pick instead of Duijie. Each ranker scores every achievement of a corpus for a need;
// constants are those of the engine or of the literature, none was chosen by looking at judgements unless
// said here.
//
//   RandomRanker   uniform; the seed decides
//   XapianRanker   Xapian 1.4 with its BM25 as it comes (k1 1, k3 1, b 0.5); the need's terms are counted as
//   often as
//                  they occur. Terms are the words of our analyzer without function words, or what Xapian's
//                  own TermGenerator makes of Chinese (single characters and pairs)
//   CosineRanker   the plain cosine of character 1- and 2-grams: ln(1 + 4·count in the title + count in the
//   description)
//                  times idf for the need, (1 + ln count) times idf for the achievement, idf = 1 +
//                  ln((N+1)/(df+1)). That a title counts 4 times was chosen on the graded pairs
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/text/analyzer.h"
#include "tests/quality/baselines/corpus.h"

namespace duijie::baselines {

// Not thread-safe. Lives no longer than the corpus and analyzer that it was made from.
class Ranker {
 public:
  virtual ~Ranker() = default;
  // A score per achievement of the corpus, in its order; 0 for what the engine would not return.
  virtual std::vector<double> Scores(const TextRecord& need) = 0;
};

std::unique_ptr<Ranker> MakeRandomRanker(const Corpus& corpus, uint64_t seed);
std::unique_ptr<Ranker> MakeXapianWords(const Corpus& corpus, const Analyzer& analyzer);
std::unique_ptr<Ranker> MakeXapianNgrams(const Corpus& corpus);
std::unique_ptr<Ranker> MakeCosineRanker(const Corpus& corpus, const Analyzer& analyzer);

}  // namespace duijie::baselines
