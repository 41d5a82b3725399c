// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/service/peer_queries.h"

#include <algorithm>
#include <fstream>

#include "common/auth/principal.h"
#include "common/tabular/table_reader.h"
#include "duijie/internal/v1/candidate_service.grpc.pb.h"
#include "services/matching/model.h"
#include "services/matching/query_terms.h"
#include "services/matching/source_record.h"

namespace duijie::bench {
namespace {

using internal::v1::CandidateService;
using internal::v1::QueryTerm;

constexpr size_t kFlushBytes = 1U << 20U;

struct Column {
  const char* heading;
  int repeats;   // weight of a word of it in the index
  bool bigrams;  // whether the index has its bigrams
};
constexpr Column kColumns[] = {{"成果名称", 3, true},      {"关键词", 2, true},    {"成果简介", 1, false},
                               {"解决的问题", 1, false},   {"技术优势", 1, false}, {"技术指标", 1, false},
                               {"成果体现形式", 1, false}, {"承接条件", 1, false}, {"完成单位", 1, false},
                               {"完成人", 1, false},       {"知识产权", 1, false}};

char MarkOf(internal::v1::TermKind kind) { return kind == internal::v1::TERM_KIND_WORD ? 'w' : 'b'; }

void AppendTokens(const Analyzer& analyzer, const std::string& text, const Column& column,
                  std::string* line) {
  for (const Token& token : analyzer.Analyze(text).tokens) {
    const bool word = token.kind == TokenKind::kWord;
    if (!word && (token.kind != TokenKind::kBigram || !column.bigrams)) continue;
    for (int i = 0; i < (word ? column.repeats : 1); ++i) {
      *line += word ? 'w' : 'b';
      *line += token.text;
      *line += ' ';
    }
  }
}

StatusOr<internal::v1::CollectionStatistics> StatisticsOf(const Daemon& daemon, CandidateService::Stub& stub,
                                                          const matching::TermBag& bag) {
  internal::v1::GetTermStatisticsRequest request;
  request.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  for (const matching::BagTerm& term : bag.terms) {
    request.add_terms()->set_text(term.text);
    request.mutable_terms(request.terms_size() - 1)->set_kind(term.kind);
  }
  internal::v1::GetTermStatisticsResponse response;
  const grpc::Status status = stub.GetTermStatistics(daemon.PeerContext().get(), request, &response);
  if (!status.ok())
    return Error(StatusCode::kInternal, "BENCH_FAILED", "GetTermStatistics: " + status.error_message());
  return response.statistics();
}

PeerQuery BestTerms(const matching::Query& query) {
  google::protobuf::RepeatedPtrField<internal::v1::QueryTerm> terms;
  query.AddTo(&terms);
  std::vector<std::pair<double, const QueryTerm*>> order;
  for (int i = 0; i < terms.size(); ++i) {
    if (terms[i].weight() > 0)
      order.emplace_back(terms[i].weight() * query.terms[static_cast<size_t>(i)].idf, &terms[i]);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  PeerQuery best;
  for (size_t i = 0; i < order.size() && i < kPeerTerms; ++i) best.push_back(*order[i].second);
  return best;
}

}  // namespace

StatusOr<std::vector<PeerQuery>> MakePeerQueries(const Daemon& daemon, const std::vector<v1::Need>& needs,
                                                 const Analyzer& analyzer, const std::string& share) {
  DUIJIE_ASSIGN_OR_RETURN(const auto models, matching::ModelSet::Load(share + "/models"));
  const auto model = models->Find("");
  const auto stub = CandidateService::NewStub(daemon.channel());
  std::vector<PeerQuery> queries;
  for (const v1::Need& need : needs) {
    matching::TermBag bag = matching::TermBag::Of(matching::SourceOf(need), analyzer);
    DUIJIE_ASSIGN_OR_RETURN(const auto statistics, StatisticsOf(daemon, *stub, bag));
    queries.push_back(BestTerms(matching::Query::Weigh(bag, statistics, model->parameters(), nullptr)));
    if (queries.back().empty())
      return Error(StatusCode::kInternal, "BENCH_FAILED", "a need without known terms");
  }
  return queries;
}

Status WritePeerQueries(const std::vector<PeerQuery>& queries, const std::string& path) {
  std::ofstream file(path);
  for (const PeerQuery& query : queries) {
    std::string line;
    for (const QueryTerm& term : query) {
      line += (line.empty() ? "" : " ") + std::string(1, MarkOf(term.term().kind())) + term.term().text() +
              "\t" + std::to_string(term.weight());
    }
    file << line << '\n';
  }
  file.flush();
  return file ? OkStatus() : Error(StatusCode::kUnavailable, "CANNOT_WRITE", "cannot write queries");
}

StatusOr<size_t> WritePeerTokens(const Analyzer& analyzer, const std::vector<std::string>& files,
                                 const std::string& path) {
  std::ofstream out(path, std::ios::binary);
  std::string buffer;
  size_t lines = 0;
  for (const std::string& file : files) {
    DUIJIE_ASSIGN_OR_RETURN(auto reader, OpenTable(file, TableFormat::kCsv, {}, {}));
    Row row;
    for (;;) {
      DUIJIE_ASSIGN_OR_RETURN(const bool more, reader->Next(&row));
      if (!more) break;
      for (const Field& field : row.fields) {
        for (const Column& column : kColumns) {
          if (field.name == column.heading) AppendTokens(analyzer, field.value, column, &buffer);
        }
      }
      buffer += '\n';
      ++lines;
      if (buffer.size() < kFlushBytes) continue;
      out << buffer;
      buffer.clear();
    }
  }
  out << buffer;
  out.flush();
  if (!out) return Error(StatusCode::kUnavailable, "CANNOT_WRITE", "cannot write tokens");
  return lines;
}

internal::v1::FindCandidatesRequest CandidatesRequest(const PeerQuery& query) {
  internal::v1::FindCandidatesRequest request;
  request.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  for (const QueryTerm& term : query) *request.add_terms() = term;
  *request.mutable_principal() = SystemPrincipal();
  request.set_limit(kPeerLimit);
  return request;
}

}  // namespace duijie::bench
