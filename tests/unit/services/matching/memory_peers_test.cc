// SPDX-License-Identifier: GPL-3.0-or-later
// The implementation of memory_peers.h, and what the other tests rely on.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "common/auth/visibility.h"
#include "common/semantics/gram_weights.h"
#include "common/text/shared_analyzer.h"
#include "services/matching/term_counts.h"
#include "tests/support/paths.h"
#include "tests/unit/services/matching/memory_peers.h"

namespace duijie::matching::testing {
namespace {

using internal::v1::Term;

constexpr int64_t kRevision = 42;

const BagTerm* FindTerm(const TermBag& bag, const Term& term) {
  for (const BagTerm& known : bag.terms) {
    if (known.synonym_of < 0 && known.kind == term.kind() && known.text == term.text()) return &known;
  }
  return nullptr;
}

template <typename Terms>
std::vector<Term> TermsOf(const Terms& weighted) {
  std::vector<Term> terms;
  for (const auto& entry : weighted) terms.push_back(entry.term());
  return terms;
}

}  // namespace

std::shared_ptr<const Analyzer> SharedTestAnalyzer() {
  static const auto analyzer = *SharedAnalyzer(duijie::testing::BuiltFile("share/duijie/text"));
  return analyzer;
}

MemoryPeers::MemoryPeers() { SharedTestAnalyzer(); }

void MemoryPeers::AddNeed(const std::string& id, const std::string& title, const std::string& description) {
  v1::Need& need = needs_[id];
  need.set_name("needs/" + id);
  need.set_title(title);
  need.set_description(description);
  need.set_state(v1::RECORD_STATE_PUBLISHED);
  need.set_tier(v1::CONFIDENTIALITY_TIER_PUBLIC);
}

void MemoryPeers::AddAchievement(const std::string& id, const std::string& title,
                                 const std::string& summary) {
  v1::Achievement& achievement = achievements_[id];
  achievement.set_name("achievements/" + id);
  achievement.set_title(title);
  achievement.set_summary(summary);
  achievement.set_state(v1::RECORD_STATE_PUBLISHED);
  achievement.set_tier(v1::CONFIDENTIALITY_TIER_PUBLIC);
}

std::vector<MemoryPeers::Document> MemoryPeers::Documents(v1::Collection collection) const {
  std::vector<Document> documents;
  const auto add = [&](const auto& records) {
    for (const auto& [id, record] : records) {
      SourceRecord source = SourceOf(record);
      TermBag bag = TermBag::Of(source, *SharedTestAnalyzer());
      documents.push_back({record.name(), std::move(bag), std::move(source)});
    }
  };
  if (collection == v1::COLLECTION_NEEDS) {
    add(needs_);
  } else {
    add(achievements_);
  }
  return documents;
}

internal::v1::CollectionStatistics MemoryPeers::Statistics(const std::vector<Document>& documents,
                                                           const std::vector<Term>& terms) const {
  internal::v1::CollectionStatistics statistics;
  statistics.set_documents(static_cast<int64_t>(documents.size()));
  for (int i = 0; i < 9; ++i) statistics.add_mean_lengths(10);
  for (const Term& term : terms) {
    statistics.add_document_frequencies(
        std::count_if(documents.begin(), documents.end(),
                      [&](const Document& document) { return FindTerm(document.bag, term) != nullptr; }));
  }
  return statistics;
}

internal::v1::Candidate MemoryPeers::Describe(const Document& document, const std::vector<Term>& terms,
                                              const std::vector<Document>& all) const {
  internal::v1::Candidate candidate;
  candidate.set_name(document.name);
  candidate.set_title(document.source.title);
  candidate.set_revision(document.source.revision);
  *candidate.mutable_facts() = document.source.facts;
  for (size_t i = 0; i < terms.size(); ++i) {
    const BagTerm* const found = FindTerm(document.bag, terms[i]);
    if (found == nullptr) continue;
    AddTermCount(
        {static_cast<uint32_t>(i), found->counts[kTitle], found->counts[kKeywords], found->counts[kBody]},
        &candidate);
  }
  std::array<Counts, 4> lengths{};
  std::array<double, 2> norms{};  // bigrams, unigrams
  for (const BagTerm& term : document.bag.terms) {
    for (size_t field = 0; field < kFieldCount; ++field) lengths.at(term.kind)[field] += term.counts[field];
    if (term.kind == internal::v1::TERM_KIND_WORD) continue;
    Term asked;
    asked.set_text(term.text);
    asked.set_kind(term.kind);
    const int64_t df = Statistics(all, {asked}).document_frequencies(0);
    const double weight =
        RecordGramWeight()(term.counts[kTitle], term.counts[kKeywords], term.counts[kBody]) *
        GramIdf(static_cast<int64_t>(all.size()), df);
    norms.at(term.kind == internal::v1::TERM_KIND_UNIGRAM ? 1 : 0) += weight * weight;
  }
  candidate.set_bigram_norm(std::sqrt(norms[0]));
  candidate.set_unigram_norm(std::sqrt(norms[1]));
  for (const size_t kind : {1, 2, 3}) {
    for (const uint32_t length : lengths.at(kind)) candidate.add_lengths(length);
  }
  return candidate;
}

StatusOr<internal::v1::FindCandidatesResponse> MemoryPeers::Find(
    const internal::v1::FindCandidatesRequest& request) {
  const int64_t number = finds++;
  if (before_find) before_find(number);
  if (on_wait) on_wait(request.min_revision());
  if (fail_find_from >= 0 && number >= fail_find_from) {
    return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "search is away");
  }
  const std::vector<Term> terms = TermsOf(request.terms());
  const std::vector<Document> documents = Documents(request.collection());
  internal::v1::FindCandidatesResponse response;
  for (const Document& document : documents) {
    if (document.source.access.state != v1::RECORD_STATE_PUBLISHED) continue;
    if (VisibilityOf(request.principal(), document.source.access) == Visibility::kNone) continue;
    internal::v1::Candidate candidate = Describe(document, terms, documents);
    double score = 0;
    for (const TermCount count : TermCounts(candidate)) {
      score += request.terms(static_cast<int>(count.term)).weight();
    }
    candidate.set_retrieval_score(score);
    if (score > 0 && response.candidates_size() < request.limit())
      *response.add_candidates() = std::move(candidate);
  }
  response.set_index_revision(kRevision);
  return response;
}

internal::v1::Record MemoryPeers::RecordAt(const std::string& name) const {
  internal::v1::Record record;
  const std::string id = name.substr(name.find('/') + 1);
  if (name.starts_with("needs/") && needs_.contains(id)) *record.mutable_need() = needs_.at(id);
  if (name.starts_with("achievements/") && achievements_.contains(id)) {
    *record.mutable_achievement() = achievements_.at(id);
  }
  return record;
}

StatusOr<internal::v1::ScanRecordsResponse> MemoryPeers::Scan(
    const internal::v1::ScanRecordsRequest& request) const {
  internal::v1::ScanRecordsResponse response;
  response.set_revision(kRevision);
  int looked_at = 0;
  const auto scan = [&](const auto& records, const std::string& prefix) {
    for (auto it = records.upper_bound(request.after_id()); it != records.end(); ++it) {
      if (looked_at++ == request.limit()) return;
      response.set_last_id(it->first);
      if (it->second.state() == v1::RECORD_STATE_PUBLISHED)
        *response.add_records() = RecordAt(prefix + it->first);
    }
    response.set_done(true);
  };
  if (request.collection() == v1::COLLECTION_NEEDS) {
    scan(needs_, "needs/");
  } else {
    scan(achievements_, "achievements/");
  }
  return response;
}

Peers MemoryPeers::peers() {
  Peers peers;
  peers.term_statistics = [this](const auto&, const internal::v1::GetTermStatisticsRequest& request)
      -> StatusOr<internal::v1::GetTermStatisticsResponse> {
    if (on_wait) on_wait(request.min_revision());
    internal::v1::GetTermStatisticsResponse response;
    *response.mutable_statistics() =
        Statistics(Documents(request.collection()), {request.terms().begin(), request.terms().end()});
    return response;
  };
  peers.find_candidates = [this](const auto&, const auto& request) { return Find(request); };
  peers.describe_records = [this](const auto&, const internal::v1::DescribeRecordsRequest& request)
      -> StatusOr<internal::v1::DescribeRecordsResponse> {
    internal::v1::DescribeRecordsResponse response;
    const std::vector<Document> documents = Documents(request.collection());
    for (const std::string& name : request.names()) {
      for (const Document& document : documents) {
        if (document.name != name) continue;
        if (VisibilityOf(request.principal(), document.source.access) == Visibility::kNone) continue;
        *response.add_candidates() = Describe(document, TermsOf(request.terms()), documents);
      }
    }
    return response;
  };
  peers.open_snapshot = [this](const auto&, const auto&) -> StatusOr<internal::v1::OpenSnapshotResponse> {
    ++open_snapshots;
    internal::v1::OpenSnapshotResponse response;
    response.set_snapshot_id("snapshot");
    return response;
  };
  peers.close_snapshot = [this](const auto&, const auto&) -> StatusOr<internal::v1::CloseSnapshotResponse> {
    --open_snapshots;
    return internal::v1::CloseSnapshotResponse();
  };
  peers.read_records =
      [this](const auto&,
             const internal::v1::ReadRecordsRequest& request) -> StatusOr<internal::v1::ReadRecordsResponse> {
    internal::v1::ReadRecordsResponse response;
    for (const std::string& name : request.names()) *response.add_records() = RecordAt(name);
    response.set_revision(kRevision);
    return response;
  };
  peers.scan_records = [this](const auto&, const auto& request) { return Scan(request); };
  return peers;
}

namespace {

TEST(MemoryPeersTest, ScansInPagesToTheEnd) {
  MemoryPeers memory;
  for (const char* id : {"a", "b", "c"}) memory.AddNeed(id, "石墨烯", "");
  internal::v1::ScanRecordsRequest request;
  request.set_collection(v1::COLLECTION_NEEDS);
  request.set_limit(2);
  const rpc::CallContext call = rpc::CallContext::ForSystem(std::chrono::seconds(5));
  const auto first = memory.peers().scan_records(call, request);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->records_size(), 2);
  EXPECT_FALSE(first->done());
  request.set_after_id(first->last_id());
  const auto second = memory.peers().scan_records(call, request);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->records_size(), 1);
  EXPECT_TRUE(second->done());
}

}  // namespace
}  // namespace duijie::matching::testing
