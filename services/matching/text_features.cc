// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/text_features.h"

#include <algorithm>
#include <cmath>

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

// BM25F (Robertson, Zaragoza, Taylor 2004): field counts, each normalised by its field's length, are added
// before they saturate.
double WordPart(const WeightedTerm& weighted, const TextScale& scale, const TermCount& count) {
  const internal::v1::RankingParameters& p = scale.parameters;
  const double tf = p.title_weight() * count.title / scale.length_norms[kTitle] +
                    p.keywords_weight() * count.keywords / scale.length_norms[kKeywords] +
                    p.body_weight() * count.body / scale.length_norms[kBody];
  return weighted.word * tf / (tf + p.k1());
}

// Norm of the candidate's title in title_cosine. Only its matched grams are known; the others are taken to
// weigh like the average gram of the source's title.
constexpr double kOnce = 0.6931471805599453;  // ln(1 + 1): weight of one occurrence

double CandidateTitleNorm(const Query& query, const Candidate& candidate) {
  double known = 0;
  std::array<double, 2> unknown = {static_cast<double>(LengthAt(candidate, kBigramLengths + kTitle)),
                                   static_cast<double>(LengthAt(candidate, kUnigramLengths + kTitle))};
  for (const TermCount count : TermCounts(candidate)) {
    const WeightedTerm& weighted = query.terms[count.term];
    if (weighted.term.kind == TERM_KIND_WORD || count.title == 0) continue;
    const double weight = std::log1p(static_cast<double>(count.title)) * weighted.idf;
    known += weight * weight;
    unknown[weighted.term.kind == TERM_KIND_BIGRAM ? 0 : 1] -= count.title;
  }
  for (size_t kind = 0; kind < unknown.size(); ++kind) {
    known += std::max(unknown[kind], 0.0) * kOnce * kOnce * query.title_mean_square_idf[kind];
  }
  return std::sqrt(known);
}

double InRecord(const WeightedTerm& gram, const TermCount& count) {
  static const RecordGramWeight kRecordWeight;
  return kRecordWeight(count.title, count.keywords, count.body) * gram.idf;
}

// A title of a few words says what a record is about only roughly; the more body there is, the more its
// meaning counts.
double MeaningOf(const Query& query, const Candidate& candidate,
                 const internal::v1::RankingParameters& parameters) {
  const double words = LengthAt(candidate, kWordLengths + kBody);
  const double known = std::min(1.0, words / parameters.meaning_words());
  return known * std::max(0.0, MeaningCosine(query.meaning, candidate.meaning()));
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

TextParts PartsOf(const Query& query, const TextScale& scale, const TermCount& count) {
  const WeightedTerm& weighted = query.terms[count.term];
  TextParts parts{};
  if (weighted.term.kind == TERM_KIND_WORD) {
    parts[kWordBm25] = WordPart(weighted, scale, count);
    return parts;
  }
  const double in_record = InRecord(weighted, count);
  parts[kNgramCosine] = weighted.gram * in_record;
  parts[kTitleCosine] = weighted.title_gram * std::log1p(static_cast<double>(count.title)) * weighted.idf;
  if (weighted.term.counts[kTitle] > 0) {
    const bool prominent = count.title > 0 || count.keywords > 0;
    parts[kTitleCoverage] = weighted.idf * (prominent ? 1 : scale.parameters.body_coverage());
  }
  parts[kRecordCoverage] = in_record * in_record;
  return parts;
}

TextParts RawTextFeatures(const Query& query, const Candidate& candidate, const RankingModel& model) {
  const TextScale scale(query, candidate, model);
  TextParts sums{};
  for (const TermCount count : TermCounts(candidate)) {
    const TextParts parts = PartsOf(query, scale, count);
    for (size_t i = 0; i < kTextFeatureCount; ++i) sums[i] += parts[i];
  }
  TextParts raw{};
  raw[kNgramCosine] = Ratio(sums[kNgramCosine], query.gram_norm * scale.record_norm);
  raw[kTitleCosine] = Ratio(sums[kTitleCosine], query.title_norm * CandidateTitleNorm(query, candidate));
  raw[kWordBm25] = Ratio(sums[kWordBm25], query.word_mass);
  raw[kTitleCoverage] = Ratio(sums[kTitleCoverage], query.title_mass);
  raw[kMeaning] = MeaningOf(query, candidate, model.parameters());
  raw[kRecordCoverage] = Ratio(sums[kRecordCoverage], scale.record_norm * scale.record_norm);
  return raw;
}

Closeness ClosenessOf(const Query& query, const Candidate& candidate, const RankingModel& model) {
  const TextScale scale(query, candidate, model);
  double title = 0;
  for (const TermCount count : TermCounts(candidate)) {
    const WeightedTerm& weighted = query.terms[count.term];
    if (weighted.term.kind != TERM_KIND_WORD) title += weighted.title_gram * InRecord(weighted, count);
  }
  return {MeaningCosine(query.meaning, candidate.meaning()),
          MeaningCosine(query.title_meaning, candidate.meaning()),
          Ratio(title, query.title_norm * scale.record_norm)};
}

double Saturate(double raw, double saturation) { return raw * (1 + saturation) / (raw + saturation); }

}  // namespace duijie::matching
