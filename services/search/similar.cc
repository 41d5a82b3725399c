// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/similar.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "services/search/hit_builder.h"
#include "services/search/index_schema.h"
#include "services/search/record_query.h"
#include "services/search/request_checks.h"
#include "services/search/search_limits.h"

namespace duijie::search {
namespace {

Status NotFound(const std::string& name) {
  return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "no such record", {{"name", name}});
}

StatusOr<v1::Collection> CollectionOf(const std::string& name) {
  if (name.starts_with("achievements/")) return v1::COLLECTION_ACHIEVEMENTS;
  if (name.starts_with("needs/")) return v1::COLLECTION_NEEDS;
  return InvalidField("name", "BAD_NAME", "应为 achievements/{id} 或 needs/{id}");
}

StatusOr<Xapian::docid> VisibleDocument(const IndexReader& reader, const std::string& name,
                                        const Principal& caller) {
  const std::optional<Xapian::docid> id = reader.Find(name);
  if (!id) return NotFound(name);
  std::string buffer;
  DUIJIE_ASSIGN_OR_RETURN(const ForwardView forward, reader.Forward(*id, &buffer));
  if (VisibilityOf(caller, forward.access()) == Visibility::kNone) return NotFound(name);
  return *id;
}

// Words of a document by falling tf-idf, ties by text.
std::vector<std::string> TellingWords(const IndexReader& reader, Xapian::docid id, const Analyzer& analyzer) {
  const Xapian::Database& database = reader.database();
  const double documents = database.get_doccount();
  const std::string first(1, static_cast<char>(Prefix::kWord));
  std::vector<std::pair<double, std::string>> words;
  Xapian::TermIterator term = database.termlist_begin(id);
  for (term.skip_to(first); term != database.termlist_end(id) && (*term).starts_with(first); ++term) {
    const std::string word = (*term).substr(1);
    if (CodePointsIn(word) < 2 || analyzer.IsStopWord(word)) continue;
    const double idf = std::log(1 + documents / term.get_termfreq());
    words.emplace_back(-idf * std::log1p(term.get_wdf()), word);
  }
  std::sort(words.begin(), words.end());
  if (words.size() > kSimilarTerms) words.resize(kSimilarTerms);
  std::vector<std::string> texts;
  texts.reserve(words.size());
  for (auto& [weight, word] : words) texts.push_back(std::move(word));
  return texts;
}

Status FindOn(const IndexReader& reader, const SearchTools& tools, const Caller& caller,
              const v1::FindSimilarRequest& request, v1::FindSimilarResponse* response) {
  DUIJIE_ASSIGN_OR_RETURN(const Xapian::docid id, VisibleDocument(reader, request.name(), caller.principal));
  const std::vector<std::string> words = TellingWords(reader, id, *tools.analyzer);
  std::vector<Xapian::Query> terms;
  terms.reserve(words.size());
  for (const std::string& word : words) terms.emplace_back(TermOf(Prefix::kWord, word));
  const Xapian::Query any(Xapian::Query::OP_OR, terms.begin(), terms.end());
  const Xapian::Query others(Xapian::Query::OP_AND_NOT, any,
                             Xapian::Query(TermOf(Prefix::kName, request.name())));
  Xapian::Enquire enquire(reader.database());
  enquire.set_query(
      Xapian::Query(Xapian::Query::OP_FILTER, others, FilterQuery(request.filter(), caller.principal)));
  enquire.set_weighting_scheme(Bm25());
  enquire.set_sort_by_relevance_then_value(kNameSlot, false);
  const int size = PageSizeOf(request.page_size(), kDefaultSimilar, kMaxSimilar);
  const Xapian::MSet hits = enquire.get_mset(0, static_cast<Xapian::doccount>(size));
  for (Xapian::MSetIterator hit = hits.begin(); hit != hits.end(); ++hit) {
    DUIJIE_RETURN_IF_ERROR(caller.alive());
    DUIJIE_ASSIGN_OR_RETURN(*response->add_hits(),
                            BuildHit(reader, *hit, hit.get_weight(), words, tools.analyzer->normalizer()));
  }
  return OkStatus();
}

}  // namespace

StatusOr<v1::FindSimilarResponse> FindSimilar(const Indexes& indexes, const SearchTools& tools,
                                              const Caller& caller, const v1::FindSimilarRequest& request) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Collection collection, CollectionOf(request.name()));
  DUIJIE_RETURN_IF_ERROR(ValidateFilter(request.filter(), collection, *tools.taxonomies, "filter"));
  DUIJIE_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  v1::FindSimilarResponse response;
  DUIJIE_RETURN_IF_ERROR(indexes.Of(collection).readable().Read([&](const IndexReader& reader) {
    response.Clear();
    return FindOn(reader, tools, caller, request, &response);
  }));
  return response;
}

}  // namespace duijie::search
