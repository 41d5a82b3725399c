// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/quality/baselines/rankers.h"

#include <xapian.h>
#include <cmath>
#include <functional>
#include <random>
#include <unordered_map>

#include "tests/quality/baselines/grams.h"

namespace duijie::baselines {
namespace {

constexpr double kTitleBoost = 4;  // of the cosine's need

class RandomRanker final : public Ranker {
 public:
  RandomRanker(size_t achievements, uint64_t seed) : achievements_(achievements), generator_(seed) {}

  std::vector<double> Scores(const TextRecord&) override {
    std::vector<double> scores(achievements_);
    // 53 random bits in (0, 1]: our own, for std::uniform_real_distribution differs between libraries.
    for (double& score : scores) score = static_cast<double>((generator_() >> 11U) + 1) * 0x1p-53;
    return scores;
  }

 private:
  const size_t achievements_;
  std::mt19937_64 generator_;
};

class XapianRanker final : public Ranker {
 public:
  using Terms = std::function<Counts(const std::string& text)>;

  XapianRanker(const Corpus& corpus, Terms terms)
      : terms_(std::move(terms)), index_(std::string(), Xapian::DB_BACKEND_INMEMORY) {
    for (const TextRecord& achievement : corpus.achievements) {
      Xapian::Document document;
      for (const auto& [term, count] : terms_(achievement.Text())) {
        document.add_term(term, static_cast<Xapian::termcount>(count));
      }
      index_.add_document(document);  // numbers count from 1, in the order of the corpus
    }
  }

  std::vector<double> Scores(const TextRecord& need) override {
    std::vector<Xapian::Query> parts;
    for (const auto& [term, count] : terms_(need.Text())) {
      parts.emplace_back(term, static_cast<Xapian::termcount>(count));
    }
    Xapian::Enquire enquire(index_);
    enquire.set_weighting_scheme(Xapian::BM25Weight());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, parts.begin(), parts.end()));
    const Xapian::MSet found = enquire.get_mset(0, index_.get_doccount());
    std::vector<double> scores(index_.get_doccount(), 0);
    for (auto at = found.begin(); at != found.end(); ++at) scores[*at - 1] = at.get_weight();
    return scores;
  }

 private:
  const Terms terms_;
  Xapian::WritableDatabase index_;
};

Counts XapianTerms(const std::string& text) {
  Xapian::TermGenerator generator;
  generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
  generator.index_text_without_positions(text);
  const Xapian::Document& document = generator.get_document();
  Counts counts;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    counts[*term] = static_cast<int>(term.get_wdf());
  }
  return counts;
}

class CosineRanker final : public Ranker {
 public:
  CosineRanker(const Corpus& corpus, const Analyzer& analyzer)
      : analyzer_(analyzer), achievements_(corpus.achievements.size()) {
    std::vector<Counts> counted;
    for (const TextRecord& achievement : corpus.achievements) {
      counted.push_back(GramsOf(achievement.Text()));
      for (const auto& [gram, count] : counted.back()) ++df_[gram];
    }
    for (size_t i = 0; i < counted.size(); ++i) Index(i, counted[i]);
  }

  std::vector<double> Scores(const TextRecord& need) override {
    std::map<std::string, double> counts;
    for (const auto& [gram, count] : GramsOf(need.title)) counts[gram] += kTitleBoost * count;
    for (const auto& [gram, count] : GramsOf(need.body)) counts[gram] += count;
    std::vector<double> scores(achievements_, 0);
    double norm = 0;
    for (const auto& [gram, count] : counts) {
      const auto postings = postings_.find(gram);
      if (postings == postings_.end()) continue;  // unknown to the collection
      const double weight = std::log1p(count) * Idf(gram);
      norm += weight * weight;
      for (const auto& [achievement, value] : postings->second) scores[achievement] += weight * value;
    }
    for (double& score : scores) score /= norm > 0 ? std::sqrt(norm) : 1;
    return scores;
  }

 private:
  Counts GramsOf(const std::string& text) const { return CountGrams(analyzer_.normalizer().Normalize(text)); }

  double Idf(const std::string& gram) const {
    return 1 + std::log((static_cast<double>(achievements_) + 1) / (df_.at(gram) + 1));
  }

  void Index(size_t achievement, const Counts& counts) {
    double norm = 0;
    std::vector<std::pair<std::string, double>> weights;
    for (const auto& [gram, count] : counts) {
      weights.emplace_back(gram, (1 + std::log(count)) * Idf(gram));
      norm += weights.back().second * weights.back().second;
    }
    for (const auto& [gram, weight] : weights) {
      postings_[gram].emplace_back(achievement, weight / std::sqrt(norm));
    }
  }

  const Analyzer& analyzer_;
  const size_t achievements_;
  std::unordered_map<std::string, int> df_;
  std::unordered_map<std::string, std::vector<std::pair<size_t, double>>> postings_;
};

}  // namespace

std::unique_ptr<Ranker> MakeRandomRanker(const Corpus& corpus, uint64_t seed) {
  return std::make_unique<RandomRanker>(corpus.achievements.size(), seed);
}

std::unique_ptr<Ranker> MakeXapianWords(const Corpus& corpus, const Analyzer& analyzer) {
  return std::make_unique<XapianRanker>(corpus, [&analyzer](const std::string& text) {
    Counts counts;
    for (const std::string& word : analyzer.Words(text)) {
      if (!analyzer.IsStopWord(word)) ++counts[word];
    }
    return counts;
  });
}

std::unique_ptr<Ranker> MakeXapianNgrams(const Corpus& corpus) {
  return std::make_unique<XapianRanker>(corpus, &XapianTerms);
}

std::unique_ptr<Ranker> MakeCosineRanker(const Corpus& corpus, const Analyzer& analyzer) {
  return std::make_unique<CosineRanker>(corpus, analyzer);
}

}  // namespace duijie::baselines
