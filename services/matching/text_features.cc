// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/text_features.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "common/semantics/meaning.h"

namespace duijie::matching {
namespace {

using internal::v1::Candidate;
using internal::v1::TERM_KIND_BIGRAM;
using internal::v1::TERM_KIND_WORD;

double Ratio(double numerator, double denominator) {
  return denominator > 0 ? std::clamp(numerator / denominator, 0.0, 1.0) : 0;
}

// Where Candidate.lengths has the lengths of each kind of term.
constexpr size_t kWordLengths = 0;
constexpr size_t kBigramLengths = kFieldCount;
constexpr size_t kUnigramLengths = 2 * kFieldCount;

uint32_t LengthAt(const Candidate& candidate, size_t place) {
  return static_cast<int>(place) < candidate.lengths_size() ? candidate.lengths(static_cast<int>(place)) : 0;
}

// What the formulas need of a term, close together: a match looks up tens of thousands of counts.
struct TermWeights {
  explicit TermWeights(const WeightedTerm& weighted)
      : idf(weighted.idf),
        gram(weighted.gram),
        title_gram(weighted.title_gram),
        word(weighted.word),
        is_word(weighted.term.kind == TERM_KIND_WORD),
        is_bigram(weighted.term.kind == TERM_KIND_BIGRAM),
        in_title(weighted.term.counts[kTitle] > 0) {}

  double idf;
  double gram;
  double title_gram;
  double word;
  bool is_word;
  bool is_bigram;
  bool in_title;  // of the source
};

// BM25F (Robertson, Zaragoza, Taylor 2004): field counts, each normalised by its field's length, are added
// before they saturate.
double WordPart(const TermWeights& weights, const TextScale& scale, const TermCount& count) {
  const internal::v1::RankingParameters& p = scale.parameters;
  double tf = 0;
  if (count.title > 0) tf = p.title_weight() * count.title / scale.length_norms[kTitle];
  if (count.keywords > 0) tf += p.keywords_weight() * count.keywords / scale.length_norms[kKeywords];
  if (count.body > 0) tf += p.body_weight() * count.body / scale.length_norms[kBody];
  return weights.word * tf / (tf + p.k1());
}

// ln(1 + title): what occurrences in a title weigh.
double TitleWeight(uint32_t title) {
  static const auto kLogs = [] {
    std::array<double, 16> logs{};  // of counts that occur often
    for (size_t i = 0; i < logs.size(); ++i) logs[i] = std::log1p(static_cast<double>(i));
    return logs;
  }();
  return title < kLogs.size() ? kLogs[title] : std::log1p(static_cast<double>(title));
}

const RecordGramWeight& RecordWeight() {
  static const RecordGramWeight kRecordWeight;
  return kRecordWeight;
}

// Adds what a gram of this weight in the record gives. Inlined, so that sums stay in registers.
[[gnu::always_inline]] inline void AddGram(const TermWeights& gram, double in_record, double body_coverage,
                                           const TermCount& count, TextParts* sums) {
  (*sums)[kNgramCosine] += gram.gram * in_record;
  if (count.title > 0) (*sums)[kTitleCosine] += gram.title_gram * TitleWeight(count.title) * gram.idf;
  if (gram.in_title) {
    const bool prominent = count.title > 0 || count.keywords > 0;
    (*sums)[kTitleCoverage] += gram.idf * (prominent ? 1 : body_coverage);
  }
  (*sums)[kRecordCoverage] += in_record * in_record;
}

// The square of the norm of the candidate's title in title_cosine. Only its matched grams are known; the
// others are taken to weigh like the average gram of the source's title.
class TitleSquares {
 public:
  explicit TitleSquares(const Candidate& candidate)
      : unknown_{static_cast<double>(LengthAt(candidate, kBigramLengths + kTitle)),
                 static_cast<double>(LengthAt(candidate, kUnigramLengths + kTitle))} {}

  void Add(const TermWeights& gram, uint32_t title) {
    const double weight = TitleWeight(title) * gram.idf;
    known_ += weight * weight;
    unknown_[gram.is_bigram ? 0 : 1] -= title;
  }
  double Norm(const Query& query) const {
    double sum = known_;
    for (size_t kind = 0; kind < unknown_.size(); ++kind)
      sum += std::max(unknown_[kind], 0.0) * kOnce * kOnce * query.title_mean_square_idf[kind];
    return std::sqrt(sum);
  }

 private:
  static constexpr double kOnce = 0.6931471805599453;  // ln(1 + 1): weight of one occurrence
  double known_ = 0;
  std::array<double, 2> unknown_;  // bigrams, unigrams
};

// A title of a few words says what a record is about only roughly; the more body there is, the more its
// meaning counts.
double MeaningOf(const Candidate& candidate, double cosine,
                 const internal::v1::RankingParameters& parameters) {
  const double words = LengthAt(candidate, kWordLengths + kBody);
  const double known = std::min(1.0, words / parameters.meaning_words());
  return known * std::max(0.0, cosine);
}

}  // namespace

TextScale::TextScale(const Query& query, const Candidate& candidate, const RankingModel& model)
    : parameters(model.parameters()),
      record_norm(std::sqrt(candidate.bigram_norm() * candidate.bigram_norm() +
                            model.parameters().unigram_weight() * candidate.unigram_norm() *
                                candidate.unigram_norm())) {
  for (size_t field = 0; field < kFieldCount; ++field) {
    word_lengths[field] = LengthAt(candidate, kWordLengths + field);
    const double mean = query.mean_lengths[field];
    const double relative = mean > 0 ? word_lengths[field] / mean : 1;
    length_norms[field] = std::max(1 - parameters.b() + parameters.b() * relative, 1e-3);
  }
}

struct TextScorer::Terms {
  std::vector<TermWeights> weights;  // by term of the query
};

TextScorer::TextScorer(const Query& query, const RankingModel& model) : query_(query), model_(model) {
  auto terms = std::make_unique<Terms>();
  terms->weights.reserve(query.terms.size());
  for (const WeightedTerm& weighted : query.terms) terms->weights.emplace_back(weighted);
  terms_ = std::move(terms);
}

TextScorer::~TextScorer() = default;

TextParts TextScorer::PartsOf(const TextScale& scale, const TermCount& count) const {
  const TermWeights& weights = terms_->weights[count.term];
  TextParts parts{};
  if (weights.is_word) {
    parts[kWordBm25] = WordPart(weights, scale, count);
  } else {
    const double in_record = RecordWeight()(count.title, count.keywords, count.body) * weights.idf;
    AddGram(weights, in_record, scale.parameters.body_coverage(), count, &parts);
  }
  return parts;
}

StatusOr<TextEvidence> TextScorer::Of(const Candidate& candidate) const {
  const TextScale scale(query_, candidate, model_);
  const RecordGramWeight& record_weight = RecordWeight();
  const double body_coverage = scale.parameters.body_coverage();
  TextParts sums{};
  double title_to_record = 0;
  TitleSquares title(candidate);
  for (const TermCount count : TermCounts(candidate)) {
    if (count.term >= terms_->weights.size())
      return Error(StatusCode::kInternal, "INTERNAL", "a candidate counts a term that was not asked");
    const TermWeights& weights = terms_->weights[count.term];
    if (weights.is_word) {
      sums[kWordBm25] += WordPart(weights, scale, count);
      continue;
    }
    const double in_record = record_weight(count.title, count.keywords, count.body) * weights.idf;
    AddGram(weights, in_record, body_coverage, count, &sums);
    title_to_record += weights.title_gram * in_record;
    if (count.title > 0) title.Add(weights, count.title);
  }
  TextEvidence evidence;
  evidence.raw[kNgramCosine] = Ratio(sums[kNgramCosine], query_.gram_norm * scale.record_norm);
  evidence.raw[kTitleCosine] = Ratio(sums[kTitleCosine], query_.title_norm * title.Norm(query_));
  evidence.raw[kWordBm25] = Ratio(sums[kWordBm25], query_.word_mass);
  evidence.raw[kTitleCoverage] = Ratio(sums[kTitleCoverage], query_.title_mass);
  evidence.raw[kRecordCoverage] = Ratio(sums[kRecordCoverage], scale.record_norm * scale.record_norm);
  evidence.close = {MeaningCosine(query_.meaning, candidate.meaning()),
                    MeaningCosine(query_.title_meaning, candidate.meaning()),
                    Ratio(title_to_record, query_.title_norm * scale.record_norm)};
  evidence.raw[kMeaning] = MeaningOf(candidate, evidence.close.meanings, model_.parameters());
  return evidence;
}

double Saturate(double raw, double saturation) { return raw * (1 + saturation) / (raw + saturation); }

}  // namespace duijie::matching
