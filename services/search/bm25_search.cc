// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/bm25_search.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>

#include "services/search/index_schema.h"
#include "services/search/search_context.h"

namespace duijie::search {
namespace {

constexpr size_t kTriedPerHit = 2;  // documents that a filter is asked for first, for each that is wanted

// As Xapian's BM25Weight has it: never negative, also for terms of most documents.
double IdfOf(const Xapian::Database& database, const std::string& term) {
  const double frequency = database.get_termfreq(term);
  const double odds = (database.get_doccount() - frequency + 0.5) / (frequency + 0.5);
  return std::log(odds < 2 ? odds * 0.5 + 1 : odds);
}

void AddScores(const IndexReader& reader, const SearchTerm& searched, std::vector<double>* scores) {
  const Xapian::Database& database = reader.database();
  const double weight = IdfOf(database, searched.term) * searched.weight * (kBm25K1 + 1);
  constexpr Xapian::docid kBlock = LengthNorms::kBlockDocuments;
  const LengthNorms::Block* norms = nullptr;
  Xapian::docid first = 0;  // of the documents of `norms`
  const Xapian::PostingIterator end = database.postlist_end(searched.term);
  for (Xapian::PostingIterator posting = database.postlist_begin(searched.term); posting != end; ++posting) {
    const Xapian::docid id = *posting;
    if (norms == nullptr || id - first >= kBlock) {
      norms = reader.lengths().Get(database, id / kBlock);
      first = id / kBlock * kBlock;
      if (norms == nullptr) return;  // beyond the last document of the commit
    }
    const double count = posting.get_wdf();
    (*scores)[id] += weight * (count / ((*norms)[id - first] + count));
  }
}

// The `count` greatest scores; the least of them, or 0 if there are not as many above 0.
double LeastOfBest(const std::vector<double>& scores, size_t count) {
  std::priority_queue<double, std::vector<double>, std::greater<>> best;
  for (const double score : scores) {
    if (score <= 0 || (best.size() == count && score <= best.top())) continue;
    if (best.size() == count) best.pop();
    best.push(score);
  }
  return best.size() < count ? 0 : best.top();
}

// The documents that score at least `least`, and above 0, for Xapian to filter, sort and cut.
class ScoredDocuments final : public Xapian::PostingSource {
 public:
  ScoredDocuments(const std::vector<double>& scores, double least) : scores_(scores), least_(least) {
    for (const double score : scores) {
      if (score <= 0 || score < least) continue;
      ++count_;
      best_ = std::max(best_, score);
    }
  }

  Xapian::doccount get_termfreq_min() const override { return count_; }
  Xapian::doccount get_termfreq_est() const override { return count_; }
  Xapian::doccount get_termfreq_max() const override { return count_; }
  double get_weight() const override { return scores_[at_]; }
  Xapian::docid get_docid() const override { return static_cast<Xapian::docid>(at_); }
  bool at_end() const override { return at_ == scores_.size(); }
  void next(double least) override { MoveTo(at_ + 1, least); }
  void skip_to(Xapian::docid id, double least) override {
    if (id > at_) MoveTo(id, least);
  }
  void init(const Xapian::Database& /*database*/) override {
    at_ = 0;  // no document has this number
    set_maxweight(best_);
  }

 private:
  void MoveTo(size_t at, double least) {
    least = std::max(least, least_);
    while (at < scores_.size() && (scores_[at] <= 0 || scores_[at] < least)) ++at;
    at_ = std::min(at, scores_.size());
  }

  const std::vector<double>& scores_;  // by document
  const double least_;
  size_t at_ = 0;
  Xapian::doccount count_ = 0;
  double best_ = 0;
};

// The best of the documents that score at least `least`. Having Xapian sort by name means reading the names
// of all documents on the way; that is left for the case that the last score is shared with a document beyond
// the limit.
Xapian::MSet BestOf(const IndexReader& reader, const std::vector<double>& scores, double least,
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

}  // namespace

// Most filters let most documents pass: then the best ones before the filter hold the best ones after it.
std::vector<Hit> FindBest(const IndexReader& reader, const std::vector<SearchTerm>& terms,
                          const Xapian::Query& filter, Xapian::doccount limit) {
  std::vector<double> scores(size_t{reader.database().get_lastdocid()} + 1);
  for (const SearchTerm& term : terms) AddScores(reader, term, &scores);
  const double least = LeastOfBest(scores, kTriedPerHit * (size_t{limit} + 1));
  Xapian::MSet found = BestOf(reader, scores, least, filter, limit);
  if (least > 0 && found.size() < limit) found = BestOf(reader, scores, 0, filter, limit);
  std::vector<Hit> hits;
  for (Xapian::MSetIterator hit = found.begin(); hit != found.end() && hits.size() < limit; ++hit) {
    hits.push_back({*hit, hit.get_weight()});
  }
  const auto name = [&](Xapian::docid id) { return reader.database().get_document(id).get_value(kNameSlot); };
  std::sort(hits.begin(), hits.end(), [&](const Hit& a, const Hit& b) {
    if (a.score != b.score) return a.score > b.score;
    return a.id != b.id && name(a.id) < name(b.id);
  });
  return hits;
}

}  // namespace duijie::search
