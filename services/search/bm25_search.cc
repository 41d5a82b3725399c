// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/bm25_search.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <queue>
#include <utility>

#include "services/search/document_scores.h"
#include "services/search/index_schema.h"
#include "services/search/search_context.h"

namespace duijie::search {
namespace {

constexpr size_t kTriedPerHit = 2;  // documents that a filter is asked for first, for each that is wanted

// As Xapian's BM25Weight has it: never negative, also for terms of most documents.
double IdfOf(const IndexReader& reader, const std::string& term) {
  const double frequency = reader.WordFrequency(term);
  const double odds = (reader.database().get_doccount() - frequency + 0.5) / (frequency + 0.5);
  return std::log(odds < 2 ? odds * 0.5 + 1 : odds);
}

void AddScores(const IndexReader& reader, const SearchTerm& searched, DocumentScores* scores) {
  const Xapian::Database& database = reader.database();
  const double weight = IdfOf(reader, searched.term) * searched.weight * (kBm25K1 + 1);
  constexpr Xapian::docid kBlock = LengthNorms::kBlockDocuments;
  const LengthNorms::Block* norms = nullptr;
  Xapian::docid first = 0;  // of the documents of `norms`
  const std::shared_ptr<const Postings> postings = reader.postings().Get(database, searched.term);
  for (const auto& [id, occurrences] : *postings) {
    if (norms == nullptr || id - first >= kBlock) {
      norms = reader.lengths().Get(database, id / kBlock);
      first = id / kBlock * kBlock;
      if (norms == nullptr) return;  // beyond the last document of the commit
    }
    const double count = occurrences;
    scores->Add(id, weight * (count / ((*norms)[id - first] + count)));
  }
}

// The `count` greatest scores; the least of them, or 0 if there are not as many.
double LeastOfBest(const DocumentScores& scores, size_t count) {
  std::priority_queue<double, std::vector<double>, std::greater<>> best;
  scores.ForEach([&](Xapian::docid /*id*/, double score) {
    if (best.size() == count && score <= best.top()) return;
    if (best.size() == count) best.pop();
    best.push(score);
  });
  return best.size() < count ? 0 : best.top();
}

// The documents that score at least `least`, for Xapian to filter, sort and cut.
class ScoredDocuments final : public Xapian::PostingSource {
 public:
  ScoredDocuments(const DocumentScores& scores, double least) : scores_(scores), least_(least) {
    scores.ForEach([&](Xapian::docid /*id*/, double score) {
      if (score < least) return;
      ++count_;
      best_ = std::max(best_, score);
    });
  }

  Xapian::doccount get_termfreq_min() const override { return count_; }
  Xapian::doccount get_termfreq_est() const override { return count_; }
  Xapian::doccount get_termfreq_max() const override { return count_; }
  double get_weight() const override { return scores_.Of(at_); }
  Xapian::docid get_docid() const override { return at_; }
  bool at_end() const override { return at_ == scores_.end(); }
  void next(double least) override { MoveTo(at_ + 1, least); }
  void skip_to(Xapian::docid id, double least) override {
    if (id > at_) MoveTo(id, least);
  }
  void init(const Xapian::Database& /*database*/) override {
    at_ = 0;  // no document has this number
    set_maxweight(best_);
  }

 private:
  void MoveTo(Xapian::docid at, double least) {
    least = std::max(least, least_);
    at = scores_.Next(at);
    while (at != scores_.end() && scores_.Of(at) < least) at = scores_.Next(at + 1);
    at_ = at;
  }

  const DocumentScores& scores_;
  const double least_;
  Xapian::docid at_ = 0;
  Xapian::doccount count_ = 0;
  double best_ = 0;
};

// The best of the documents that score at least `least`. Having Xapian sort by name means reading the names
// of all documents on the way; that is left for the case that the last score is shared with a document beyond
// the limit.
Xapian::MSet BestOf(const IndexReader& reader, const DocumentScores& scores, double least,
                    const Xapian::Query& filter, Xapian::doccount limit) {
  ScoredDocuments scored(scores, least);
  Xapian::Enquire enquire(reader.database());
  enquire.set_query({Xapian::Query::OP_FILTER, Xapian::Query(&scored), filter});
  Xapian::MSet found = enquire.get_mset(0, limit + 1);
  if (found.size() > limit && found[limit - 1].get_weight() == found[limit].get_weight()) {
    enquire.set_sort_by_relevance_then_value(kNameSlot, false);
    found = enquire.get_mset(0, limit);
  }
  return found;
}

std::string NameOf(const IndexReader& reader, Xapian::docid id) {
  return reader.database().get_document(id).get_value(kNameSlot);
}

// The `count` hits of equal scores whose names come first.
void KeepFirstNames(const IndexReader& reader, size_t count, std::vector<Hit>* tied) {
  std::vector<std::pair<std::string, Hit>> named;
  named.reserve(tied->size());
  for (const Hit& hit : *tied) named.emplace_back(NameOf(reader, hit.id), hit);
  std::partial_sort(named.begin(), named.begin() + static_cast<std::ptrdiff_t>(count), named.end(),
                    [](const auto& a, const auto& b) { return a.first < b.first; });
  tied->clear();
  for (size_t i = 0; i < count; ++i) tied->push_back(named[i].second);
}

// The best of the documents that pass, in no order.
std::vector<Hit> BestPassing(const IndexReader& reader, const DocumentSet& passing, size_t limit,
                             DocumentScores* scores) {
  scores->Keep(passing);
  const double least = LeastOfBest(*scores, limit);
  std::vector<Hit> hits;
  std::vector<Hit> last;  // of the least score, which more may share than there is room for
  scores->ForEach([&](Xapian::docid id, double score) {
    if (score >= least) (score > least ? hits : last).push_back({id, score});
  });
  if (hits.size() + last.size() > limit) KeepFirstNames(reader, limit - hits.size(), &last);
  hits.insert(hits.end(), last.begin(), last.end());
  return hits;
}

// The same through Xapian. Most filters let most documents pass: then the best ones before the filter hold
// the best ones after it.
std::vector<Hit> BestFiltered(const IndexReader& reader, const DocumentScores& scores,
                              const Xapian::Query& filter, Xapian::doccount limit) {
  const double least = LeastOfBest(scores, kTriedPerHit * (size_t{limit} + 1));
  Xapian::MSet found = BestOf(reader, scores, least, filter, limit);
  if (least > 0 && found.size() < limit) found = BestOf(reader, scores, 0, filter, limit);
  std::vector<Hit> hits;
  for (Xapian::MSetIterator hit = found.begin(); hit != found.end() && hits.size() < limit; ++hit) {
    hits.push_back({*hit, hit.get_weight()});
  }
  return hits;
}

}  // namespace

std::vector<Hit> FindBest(const IndexReader& reader, const std::vector<SearchTerm>& terms,
                          const Xapian::Query& filter, Xapian::doccount limit) {
  DocumentScores scores(reader.database().get_lastdocid());
  for (const SearchTerm& term : terms) AddScores(reader, term, &scores);
  const std::shared_ptr<const DocumentSet> passing = reader.filters().Get(reader.database(), filter);
  std::vector<Hit> hits = passing != nullptr ? BestPassing(reader, *passing, limit, &scores)
                                             : BestFiltered(reader, scores, filter, limit);
  std::sort(hits.begin(), hits.end(), [&](const Hit& a, const Hit& b) {
    if (a.score != b.score) return a.score > b.score;
    return a.id != b.id && NameOf(reader, a.id) < NameOf(reader, b.id);
  });
  return hits;
}

}  // namespace duijie::search
