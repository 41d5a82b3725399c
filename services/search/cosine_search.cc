// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/cosine_search.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <utility>

#include "common/semantics/meaning.h"
#include "services/search/index_schema.h"
#include "services/search/record_describer.h"

namespace duijie::search {
namespace {

constexpr size_t kGramsAhead = 16;  // grams; their frequencies exceed the processor's caches

// Best first, ties by name.
void Sort(std::vector<const FoundRecord*>* records) {
  std::sort(records->begin(), records->end(), [](const FoundRecord* a, const FoundRecord* b) {
    return a->score != b->score ? a->score > b->score : a->forward.name() < b->forward.name();
  });
}

// Sums by gram. Each sum is added up in the order in which its parts come, so it is always the same.
class GramSums {
 public:
  struct Sum {
    uint32_t hash = 0;  // 0: empty; no gram has this hash
    double idf = 0;     // 0: not looked up yet; no gram has this idf
    double weight = 0;
  };
  explicit GramSums(size_t grams) : slots_(std::bit_ceil(2 * grams + 1)), mask_(slots_.size() - 1) {}
  Sum& Of(uint32_t hash) {  // of at most `grams` different ones
    size_t i = hash & mask_;
    while (slots_[i].hash != 0 && slots_[i].hash != hash) i = (i + 1) & mask_;
    slots_[i].hash = hash;
    return slots_[i];
  }
  const std::vector<Sum>& all() const { return slots_; }  // in no order, empty ones between them

 private:
  std::vector<Sum> slots_;  // a power of two of them
  size_t mask_;
};

}  // namespace

GramWeights::GramWeights(size_t grams)
    : slots_(std::bit_ceil(grams * kSlotsPerGram + 1)), mask_(slots_.size() - 1) {}

void GramWeights::Add(uint32_t hash, double weight) {
  size_t i = hash & mask_;
  while (slots_[i].hash != 0 && slots_[i].hash != hash) i = (i + 1) & mask_;
  slots_[i].hash = hash;
  slots_[i].weight += weight;
  filter_.Add(hash);
}

CosineScorer::CosineScorer(const IndexReader& reader, const internal::v1::FindCandidatesRequest& request)
    : reader_(reader),
      options_(request.cosine()),
      unigram_factor_(std::sqrt(options_.unigram_weight())),
      query_(static_cast<size_t>(request.terms_size())) {
  for (const internal::v1::QueryTerm& term : request.terms()) {
    if (term.cosine_weight() > 0 && term.term().kind() != internal::v1::TERM_KIND_WORD) {
      query_.Add(HashOf(term.term()), static_cast<double>(term.cosine_weight()));
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

double CosineScorer::CosineOf(const GramWeights& query, const FoundRecord& record) const {
  const ForwardView::Section& grams = record.forward.grams();
  double sum = 0;
  query.filter().Sift(grams, [&](size_t i) {
    const double weight = query.Find(grams.hash(i));
    if (weight != 0) sum += weight * reader_.statistics().WeightOf(grams.at(i));
  });
  const double norm = NormOf(record);
  return norm > 0 ? sum / norm : 0;
}

std::vector<const FoundRecord*> CosineScorer::FeedbackRecords(
    const std::vector<const FoundRecord*>& records) const {
  std::vector<const FoundRecord*> chosen;
  std::set<std::string_view> titles;
  for (const FoundRecord* record : records) {
    if (chosen.size() == static_cast<size_t>(options_.feedback_records())) break;
    if (record->score <= 0 || NormOf(*record) <= 0) break;
    if (titles.insert(record->forward.title()).second)
      chosen.push_back(record);  // a copy is no second opinion
  }
  return chosen;
}

std::vector<CosineScorer::Feedback> CosineScorer::BestGrams(
    const std::vector<const FoundRecord*>& records) const {
  size_t grams_of_all = 0;
  for (const FoundRecord* record : records) grams_of_all += record->forward.grams().size();
  GramSums sums(grams_of_all);
  for (const FoundRecord* record : records) {
    const double share = record->score / NormOf(*record);
    const ForwardView::Section& grams = record->forward.grams();
    for (size_t i = 0; i < grams.size(); ++i) {
      if (i + kGramsAhead < grams.size()) reader_.statistics().Prefetch(grams.hash(i + kGramsAhead));
      const TermCounts gram = grams.at(i);
      GramSums::Sum& sum = sums.Of(gram.hash);
      if (sum.idf == 0) sum.idf = IdfOf(gram.hash);
      sum.weight += share * reader_.statistics().WeightOf(gram) * sum.idf;
    }
  }
  std::vector<Feedback> best;
  for (const GramSums::Sum& sum : sums.all()) {
    if (sum.hash != 0) best.push_back({sum.hash, sum.weight});
  }
  const size_t kept = std::min(best.size(), static_cast<size_t>(options_.feedback_grams()));
  std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(kept), best.end(),
                    [](const Feedback& a, const Feedback& b) {
                      return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
                    });
  best.resize(kept);
  return best;
}

GramWeights CosineScorer::FeedbackQuery(const std::vector<const FoundRecord*>& records) const {
  const std::vector<Feedback> best = BestGrams(FeedbackRecords(records));
  double squares = 0;
  for (const Feedback& gram : best) squares += gram.weight * gram.weight;
  GramWeights query(best.size());
  const double scale = squares > 0 ? options_.feedback_share() / std::sqrt(squares) : 0;
  for (const Feedback& gram : best) query.Add(gram.hash, scale * gram.weight * IdfOf(gram.hash));
  return query;
}

void CosineScorer::Rank(size_t limit, std::vector<FoundRecord>* records) {
  for (FoundRecord& record : *records) {
    record.score = CosineOf(query_, record);
    if (options_.meaning_share() > 0) {
      record.score += options_.meaning_share() * MeaningCosine(options_.meaning(), record.forward.meaning());
    }
  }
  std::vector<const FoundRecord*> order;  // records are large
  order.reserve(records->size());
  for (const FoundRecord& record : *records) order.push_back(&record);
  Sort(&order);
  if (options_.feedback_records() > 0) {
    const GramWeights feedback = FeedbackQuery(order);
    for (FoundRecord& record : *records) record.score += CosineOf(feedback, record);
    Sort(&order);
  }
  order.resize(std::min(order.size(), limit));
  std::vector<FoundRecord> kept;
  kept.reserve(order.size());
  for (const FoundRecord* record : order) kept.push_back(*record);
  *records = std::move(kept);
}

}  // namespace duijie::search
