// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/cosine_search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "common/semantics/meaning.h"
#include "services/search/index_schema.h"
#include "services/search/record_describer.h"

namespace duijie::search {

CosineScorer::CosineScorer(const IndexReader& reader, const internal::v1::FindCandidatesRequest& request)
    : reader_(reader), options_(request.cosine()), unigram_factor_(std::sqrt(options_.unigram_weight())) {
  for (const internal::v1::QueryTerm& term : request.terms()) {
    if (term.cosine_weight() > 0 && term.term().kind() != internal::v1::TERM_KIND_WORD) {
      query_[HashOf(term.term())] += static_cast<double>(term.cosine_weight());
    }
  }
}

double CosineScorer::NormOf(const FoundRecord& record) const {
  const GramNorms norms = NormsOf(reader_, record.id, record.forward.grams());
  const auto bigrams = static_cast<double>(norms.bigrams);
  const double unigrams = unigram_factor_ * static_cast<double>(norms.unigrams);
  return std::sqrt(bigrams * bigrams + unigrams * unigrams);
}

double CosineScorer::IdfOf(uint32_t hash) const {
  const double idf = reader_.statistics().Idf(reader_.statistics().DocumentFrequency(hash));
  return IsUnigram(hash) ? unigram_factor_ * idf : idf;
}

double CosineScorer::ScoreOf(const FoundRecord& record) const {
  const ForwardView::Section& grams = record.forward.grams();
  double sum = 0;
  for (size_t i = 0; i < grams.size(); ++i) {
    const auto found = query_.find(grams.hash(i));
    if (found != query_.end()) sum += found->second * reader_.statistics().WeightOf(grams.at(i));
  }
  const double norm = NormOf(record);
  const double cosine = norm > 0 ? sum / norm : 0;
  if (options_.meaning_share() <= 0) return cosine;
  return cosine + options_.meaning_share() * MeaningCosine(options_.meaning(), record.forward.meaning());
}

void CosineScorer::ScoreAll(std::vector<FoundRecord>* records) const {
  for (FoundRecord& record : *records) record.score = ScoreOf(record);
  std::sort(records->begin(), records->end(), [](const FoundRecord& a, const FoundRecord& b) {
    return a.score != b.score ? a.score > b.score : a.forward.name() < b.forward.name();
  });
}

void CosineScorer::AddFeedback(const std::vector<FoundRecord>& records) {
  std::map<uint32_t, double> sums;  // ordered, so that the same records give the same query
  std::set<std::string_view> titles;
  for (const FoundRecord& record : records) {
    if (titles.size() == static_cast<size_t>(options_.feedback_records())) break;
    const double norm = NormOf(record);
    if (record.score <= 0 || norm <= 0) break;
    if (!titles.insert(record.forward.title()).second) continue;  // a copy is no second opinion
    const ForwardView::Section& grams = record.forward.grams();
    for (size_t i = 0; i < grams.size(); ++i) {
      const TermCounts gram = grams.at(i);
      sums[gram.hash] += record.score / norm * reader_.statistics().WeightOf(gram) * IdfOf(gram.hash);
    }
  }
  std::vector<Feedback> best;
  best.reserve(sums.size());
  for (const auto& [hash, weight] : sums) best.push_back({hash, weight});
  std::stable_sort(best.begin(), best.end(),
                   [](const Feedback& a, const Feedback& b) { return a.weight > b.weight; });
  best.resize(std::min(best.size(), static_cast<size_t>(options_.feedback_grams())));
  double squares = 0;
  for (const Feedback& gram : best) squares += gram.weight * gram.weight;
  if (squares <= 0) return;
  const double scale = options_.feedback_share() / std::sqrt(squares);
  for (const Feedback& gram : best) query_[gram.hash] += scale * gram.weight * IdfOf(gram.hash);
}

void CosineScorer::Rank(size_t limit, std::vector<FoundRecord>* records) {
  ScoreAll(records);
  if (options_.feedback_records() > 0) {
    AddFeedback(*records);
    ScoreAll(records);
  }
  if (records->size() > limit) records->resize(limit);
}

}  // namespace duijie::search
