// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/segmenter.h"

#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cppjieba/MixSegment.hpp>
#include <exception>
#include <limits>

#include "common/text/encoding.h"

namespace duijie {
namespace {

using Runes = std::vector<cppjieba::RuneStr>;

// Rare dictionary words have this frequency; a term never gets less.
constexpr double kLeastTermFrequency = 3;

Runes RunesOf(std::string_view word) {
  const CodePoints points = SplitCodePoints(word);
  Runes runes;
  for (size_t i = 0; i + 1 < points.size(); ++i) {
    runes.emplace_back(points[i].rune, points[i].offset, points[i + 1].offset - points[i].offset, i, 1);
  }
  return runes;
}

// The log probability of the best split of `runes` into dictionary words and unknown characters.
double BestSplit(const cppjieba::DictTrie& trie, const Runes& runes) {
  const size_t size = runes.size();
  std::vector<double> best(size + 1, 0);
  for (size_t begin = size; begin-- > 0;) {
    best[begin] = trie.GetMinWeight() + best[begin + 1];
    for (size_t end = begin + 1; end <= size; ++end) {
      const cppjieba::DictUnit* unit = trie.Find(runes.data() + begin, runes.data() + end);
      if (unit != nullptr) best[begin] = std::max(best[begin], unit->weight + best[end]);
    }
  }
  return best[0];
}

void InsertTerms(std::vector<std::string> terms, double frequency_sum, cppjieba::DictTrie* trie) {
  std::sort(terms.begin(), terms.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  for (const std::string& term : terms) {
    const double wanted = std::floor(std::exp(BestSplit(*trie, RunesOf(term))) * frequency_sum) + 1;
    const double most = std::numeric_limits<int>::max();
    trie->InsertUserWord(term, static_cast<int>(std::clamp(wanted, kLeastTermFrequency, most)));
  }
}

}  // namespace

class Segmenter::Impl {
 public:
  Impl(const std::string& jieba_dict, const std::string& hmm_model, double frequency_sum,
       std::vector<std::string> terms)
      : trie_(jieba_dict), model_(hmm_model), mix_(&trie_, &model_) {
    InsertTerms(std::move(terms), frequency_sum, &trie_);
  }

  void Cut(const CodePoints& text, Span piece, std::vector<Span>* words) const {
    Runes runes;
    runes.reserve(piece.end - piece.begin);
    for (uint32_t i = piece.begin; i < piece.end; ++i) {
      runes.emplace_back(text[i].rune, text[i].offset, text[i + 1].offset - text[i].offset, i, 1);
    }
    const cppjieba::RuneStr* const first = runes.data();
    std::vector<cppjieba::WordRange> ranges;
    ranges.reserve(runes.size());
    mix_.Cut(first, first + runes.size(), ranges, /*hmm=*/true);
    for (const cppjieba::WordRange& range : ranges) {
      const auto begin = static_cast<uint32_t>(range.left - first);
      const auto end = static_cast<uint32_t>(range.right - first) + 1;
      words->push_back({piece.begin + begin, piece.begin + end});
      if (end - begin > 2) AppendSubWords(first, {begin, end}, piece.begin, words);
    }
  }

 private:
  void AppendSubWords(const cppjieba::RuneStr* first, Span word, uint32_t base,
                      std::vector<Span>* words) const {
    for (uint32_t begin = word.begin; begin + 2 <= word.end; ++begin) {
      const uint32_t last = std::min(word.end, begin + kMaxSubWordCodePoints);
      for (uint32_t end = begin + 2; end <= last; ++end) {
        if (end - begin == word.end - word.begin) break;
        if (trie_.Find(first + begin, first + end) != nullptr) words->push_back({base + begin, base + end});
      }
    }
  }

  cppjieba::DictTrie trie_;
  cppjieba::HMMModel model_;
  cppjieba::MixSegment mix_;
};

Segmenter::Segmenter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Segmenter::~Segmenter() = default;

StatusOr<std::unique_ptr<Segmenter>> Segmenter::Create(const std::string& jieba_dict,
                                                       const std::string& hmm_model, double frequency_sum,
                                                       std::vector<std::string> terms) {
  try {
    auto impl = std::make_unique<Impl>(jieba_dict, hmm_model, frequency_sum, std::move(terms));
    malloc_trim(0);  // loading leaves tens of megabytes of freed blocks behind
    return std::unique_ptr<Segmenter>(new Segmenter(std::move(impl)));
  } catch (const std::exception& e) {
    return Error(StatusCode::kInternal, "INTERNAL", std::string("cppjieba: ") + e.what());
  }
}

void Segmenter::Cut(const CodePoints& text, Span run, std::vector<Span>* words) const {
  for (uint32_t begin = run.begin; begin < run.end; begin += kMaxPieceCodePoints) {
    impl_->Cut(text, {begin, std::min(run.end, begin + kMaxPieceCodePoints)}, words);
  }
}

}  // namespace duijie
