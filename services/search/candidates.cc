// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/candidates.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

#include "services/search/bm25_search.h"
#include "services/search/cosine_search.h"
#include "services/search/index_schema.h"
#include "services/search/record_describer.h"
#include "services/search/record_query.h"
#include "services/search/search_context.h"
#include "services/search/search_limits.h"

namespace duijie::search {
namespace {

using internal::v1::CollectionStatistics;
using internal::v1::QueryTerm;
using internal::v1::Term;
using QueryTerms = google::protobuf::RepeatedPtrField<QueryTerm>;

// Spelt out for errors only: a request has thousands of terms.
std::string FieldOf(int index, std::string_view rest) {
  return "terms[" + std::to_string(index) + "]" + std::string(rest);
}

// `at`: where the term is in its element of `terms`.
Status CheckTerm(const Term& term, int index, std::string_view at) {
  if (!internal::v1::TermKind_IsValid(term.kind()) || term.kind() == internal::v1::TERM_KIND_UNSPECIFIED) {
    return InvalidField(FieldOf(index, at) + ".kind", "UNKNOWN_VALUE", "未知的词项种类");
  }
  if (!term.text().empty()) return OkStatus();
  return InvalidField(FieldOf(index, at) + ".text", "REQUIRED", "词项不能为空");
}

Status CheckTerms(const QueryTerms& terms) {
  if (terms.empty() || terms.size() > kMaxQueryTerms) {
    return InvalidField("terms", "BAD_COUNT", "词项数须为 1 至 " + std::to_string(kMaxQueryTerms));
  }
  for (int i = 0; i < terms.size(); ++i) {
    DUIJIE_RETURN_IF_ERROR(CheckTerm(terms[i].term(), i, ".term"));
    if (!std::isfinite(terms[i].weight()) || terms[i].weight() < 0) {
      return InvalidField(FieldOf(i, ".weight"), "OUT_OF_RANGE", "权重须为非负有限数");
    }
  }
  return OkStatus();
}

Status CheckCosine(const internal::v1::FindCandidatesRequest& request) {
  if (!request.has_cosine()) return OkStatus();
  const internal::v1::CosineSearch& cosine = request.cosine();
  if (!std::isfinite(cosine.unigram_weight()) || cosine.unigram_weight() <= 0) {
    return InvalidField("cosine.unigram_weight", "OUT_OF_RANGE", "须为正的有限数");
  }
  for (const auto& [field, value] : {std::pair("feedback_share", cosine.feedback_share()),
                                     std::pair("meaning_share", cosine.meaning_share())}) {
    if (!std::isfinite(value) || value < 0) {
      return InvalidField(std::string("cosine.") + field, "OUT_OF_RANGE", "须为非负有限数");
    }
  }
  if (cosine.feedback_records() < 0 || cosine.feedback_records() > kMaxFeedbackRecords) {
    return InvalidField("cosine.feedback_records", "OUT_OF_RANGE",
                        "须为 0 至 " + std::to_string(kMaxFeedbackRecords));
  }
  if (cosine.feedback_grams() < 0 || cosine.feedback_grams() > kMaxFeedbackGrams) {
    return InvalidField("cosine.feedback_grams", "OUT_OF_RANGE",
                        "须为 0 至 " + std::to_string(kMaxFeedbackGrams));
  }
  for (int i = 0; i < request.terms_size(); ++i) {
    const auto weight = static_cast<double>(request.terms(i).cosine_weight());
    if (std::isfinite(weight) && weight >= 0) continue;
    return InvalidField(FieldOf(i, ".cosine_weight"), "OUT_OF_RANGE", "权重须为非负有限数");
  }
  return OkStatus();
}

int64_t DocumentFrequency(const IndexReader& reader, const Term& term) {
  if (term.kind() != internal::v1::TERM_KIND_WORD) return reader.statistics().DocumentFrequency(HashOf(term));
  return reader.WordFrequency(TermOf(Prefix::kWord, term.text()));
}

void FillSums(const CollectionSums& sums, CollectionStatistics* out) {
  out->set_documents(sums.documents);
  const double documents = static_cast<double>(std::max<int64_t>(sums.documents, 1));
  for (const int64_t length : sums.lengths) out->add_mean_lengths(static_cast<double>(length) / documents);
}

// The terms to search for; see candidates.h.
std::vector<SearchTerm> BestTerms(const IndexReader& reader, const QueryTerms& terms) {
  struct Choice {
    double value;
    const QueryTerm* term;
    int64_t frequency;
  };
  const auto documents = static_cast<double>(reader.statistics().sums().documents);
  std::vector<Choice> choices;
  for (const QueryTerm& term : terms) {
    if (term.weight() <= 0 || term.term().kind() == internal::v1::TERM_KIND_UNIGRAM) continue;
    const int64_t frequency = DocumentFrequency(reader, term.term());
    if (frequency == 0) continue;
    const double idf = std::log(1 + documents / static_cast<double>(frequency));
    choices.push_back({static_cast<double>(term.weight()) * idf, &term, frequency});
  }
  const auto better = [](const Choice& a, const Choice& b) {
    if (a.value != b.value) return a.value > b.value;
    return std::forward_as_tuple(a.term->term().kind(), a.term->term().text()) <
           std::forward_as_tuple(b.term->term().kind(), b.term->term().text());
  };
  std::sort(choices.begin(), choices.end(), better);
  std::vector<SearchTerm> best;
  int64_t postings = 0;
  for (const Choice& choice : choices) {
    postings += choice.frequency;
    if (best.size() >= kMostTerms || (best.size() >= kFewestTerms && postings > kMaxPostings)) break;
    const Term& term = choice.term->term();
    const Prefix prefix = term.kind() == internal::v1::TERM_KIND_WORD ? Prefix::kWord : Prefix::kBigram;
    best.push_back({TermOf(prefix, term.text()), static_cast<double>(choice.term->weight())});
  }
  return best;
}

// How many records the second step may score.
size_t ScoredRecords(const CollectionSums& sums, size_t limit) {
  int64_t grams = 0;
  for (size_t i = kFields; i < kLengths; ++i) grams += sums.lengths[i];  // bigrams and unigrams
  const double mean = static_cast<double>(grams) / static_cast<double>(std::max<int64_t>(sums.documents, 1));
  const double allowed =
      kMaxScoredGrams / std::max(mean, 1.0) * std::max(1.0, kFewGrams / std::max(mean, 1.0));
  return std::max(limit, static_cast<size_t>(std::min(allowed, static_cast<double>(kMostScored))));
}

// Bytes that views look at; they stay where they are when more are added.
using Buffers = std::deque<std::string>;

// Reads the forward data of what the first step found: in the order of the table, where neighbours share
// blocks.
StatusOr<std::vector<FoundRecord>> ReadFound(const IndexReader& reader, const std::vector<Hit>& hits,
                                             Buffers* buffers) {
  std::vector<FoundRecord> records(hits.size());
  std::vector<size_t> order(hits.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return hits[a].id < hits[b].id; });
  for (const size_t i : order) {
    FoundRecord& record = records[i];
    record.id = hits[i].id;
    record.score = hits[i].score;
    buffers->emplace_back();
    DUIJIE_ASSIGN_OR_RETURN(record.forward, reader.Forward(record.id, &buffers->back()));
    if (buffers->back().empty()) buffers->pop_back();
  }
  return records;
}

Xapian::Query FilterOf(const internal::v1::FindCandidatesRequest& request) {
  Xapian::Query filter = FilterQuery(request.filter(), request.principal());
  if (request.exclude_name().empty()) return filter;
  return {Xapian::Query::OP_AND_NOT, filter, Xapian::Query(TermOf(Prefix::kName, request.exclude_name()))};
}

Status FindOn(const IndexReader& reader, const internal::v1::FindCandidatesRequest& request,
              internal::v1::FindCandidatesResponse* response) {
  response->set_index_revision(reader.revision());
  const std::vector<SearchTerm> terms = BestTerms(reader, request.terms());
  const auto limit = static_cast<size_t>(request.limit());
  const size_t scored = request.has_cosine() ? ScoredRecords(reader.statistics().sums(), limit) : limit;
  const std::vector<Hit> hits =
      FindBest(reader, terms, FilterOf(request), static_cast<Xapian::doccount>(scored));
  Buffers buffers;
  DUIJIE_ASSIGN_OR_RETURN(std::vector<FoundRecord> records, ReadFound(reader, hits, &buffers));
  if (request.has_cosine()) CosineScorer(reader, request).Rank(limit, &records);
  RecordDescriber describer(reader, request.principal(), request.terms());
  response->mutable_candidates()->Reserve(static_cast<int>(records.size()));
  for (const FoundRecord& record : records) {
    internal::v1::Candidate* candidate = response->add_candidates();
    DUIJIE_ASSIGN_OR_RETURN(const bool visible, describer.Describe(record.id, record.forward, candidate));
    candidate->set_retrieval_score(record.score);
    if (!visible) response->mutable_candidates()->RemoveLast();
  }
  return OkStatus();
}

Status DescribeOn(const IndexReader& reader, const internal::v1::DescribeRecordsRequest& request,
                  internal::v1::DescribeRecordsResponse* response) {
  response->set_index_revision(reader.revision());
  RecordDescriber describer(reader, request.principal(), request.terms());
  for (const std::string& name : request.names()) {
    const std::optional<Xapian::docid> id = reader.Find(name);
    if (!id) continue;
    internal::v1::Candidate* candidate = response->add_candidates();
    DUIJIE_ASSIGN_OR_RETURN(const bool visible, describer.Describe(*id, candidate));
    if (!visible) response->mutable_candidates()->RemoveLast();
  }
  return OkStatus();
}

}  // namespace

Status ValidateFindCandidates(const internal::v1::FindCandidatesRequest& request) {
  DUIJIE_RETURN_IF_ERROR(ValidateCollection(request.collection()));
  DUIJIE_RETURN_IF_ERROR(CheckTerms(request.terms()));
  DUIJIE_RETURN_IF_ERROR(ValidateFilter(request.filter(), request.collection(), "filter"));
  if (!request.has_principal()) return InvalidField("principal", "REQUIRED", "缺少调用者身份");
  DUIJIE_RETURN_IF_ERROR(CheckCosine(request));
  if (request.limit() < 1 || request.limit() > kMaxCandidates) {
    return InvalidField("limit", "OUT_OF_RANGE", "须为 1 至 " + std::to_string(kMaxCandidates));
  }
  return OkStatus();
}

Status ValidateDescribeRecords(const internal::v1::DescribeRecordsRequest& request) {
  DUIJIE_RETURN_IF_ERROR(ValidateCollection(request.collection()));
  DUIJIE_RETURN_IF_ERROR(CheckTerms(request.terms()));
  if (!request.has_principal()) return InvalidField("principal", "REQUIRED", "缺少调用者身份");
  if (request.names().empty() || request.names_size() > kMaxDescribedNames) {
    return InvalidField("names", "BAD_COUNT", "名称数须为 1 至 " + std::to_string(kMaxDescribedNames));
  }
  return OkStatus();
}

Status ValidateGetTermStatistics(const internal::v1::GetTermStatisticsRequest& request) {
  DUIJIE_RETURN_IF_ERROR(ValidateCollection(request.collection()));
  if (request.terms_size() > kMaxStatisticsTerms) {
    return InvalidField("terms", "TOO_MANY", "最多 " + std::to_string(kMaxStatisticsTerms) + " 项");
  }
  for (int i = 0; i < request.terms_size(); ++i) {
    DUIJIE_RETURN_IF_ERROR(CheckTerm(request.terms(i), i, ""));
  }
  return OkStatus();
}

StatusOr<internal::v1::FindCandidatesResponse> FindCandidates(
    ReadableIndex& index, const internal::v1::FindCandidatesRequest& request) {
  internal::v1::FindCandidatesResponse response;
  DUIJIE_RETURN_IF_ERROR(index.Read([&](const IndexReader& reader) {
    response.Clear();
    return FindOn(reader, request, &response);
  }));
  return response;
}

StatusOr<internal::v1::DescribeRecordsResponse> DescribeRecords(
    ReadableIndex& index, const internal::v1::DescribeRecordsRequest& request) {
  internal::v1::DescribeRecordsResponse response;
  DUIJIE_RETURN_IF_ERROR(index.Read([&](const IndexReader& reader) {
    response.Clear();
    return DescribeOn(reader, request, &response);
  }));
  return response;
}

StatusOr<internal::v1::GetTermStatisticsResponse> GetTermStatistics(
    ReadableIndex& index, const internal::v1::GetTermStatisticsRequest& request) {
  internal::v1::GetTermStatisticsResponse response;
  DUIJIE_RETURN_IF_ERROR(index.Read([&](const IndexReader& reader) -> Status {
    response.Clear();
    FillSums(reader.statistics().sums(), response.mutable_statistics());
    for (const Term& term : request.terms()) {
      response.mutable_statistics()->add_document_frequencies(DocumentFrequency(reader, term));
    }
    return OkStatus();
  }));
  return response;
}

}  // namespace duijie::search
