// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/searcher.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>

#include "services/search/facet_counter.h"
#include "services/search/hit_builder.h"
#include "services/search/index_schema.h"
#include "services/search/record_query.h"
#include "services/search/request_checks.h"
#include "services/search/search_limits.h"
#include "services/search/text_query.h"

namespace duijie::search {
namespace {

Status Validate(const v1::SearchRequest& request, const TaxonomySet& taxonomies) {
  DUIJIE_RETURN_IF_ERROR(ValidateCollection(request.collection()));
  DUIJIE_RETURN_IF_ERROR(ValidateFilter(request.filter(), request.collection(), taxonomies, "filter"));
  DUIJIE_RETURN_IF_ERROR(CheckLength(request.query(), 0, kMaxQueryCodePoints, "query"));
  DUIJIE_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  if (!v1::SearchOrder_IsValid(request.order())) {
    return InvalidField("order", "UNKNOWN_VALUE", "未知的排序方式");
  }
  std::set<int> kinds;
  for (const int kind : request.facets()) {
    if (kind == v1::FACET_KIND_UNSPECIFIED || !v1::FacetKind_IsValid(kind)) {
      return InvalidField("facets", "UNKNOWN_VALUE", "未知的分面");
    }
    if (!kinds.insert(kind).second) return InvalidField("facets", "DUPLICATE", "同一分面只能出现一次");
  }
  return OkStatus();
}

// What makes two requests the same query, so that a page token fits only its own.
std::string ScopeOf(const Caller& caller, const v1::SearchRequest& request) {
  v1::SearchRequest query;
  query.set_collection(request.collection());
  query.set_query(request.query());
  *query.mutable_filter() = request.filter();
  query.set_order(request.order());
  return "duijie.v1.SearchService/Search\n" + caller.principal.SerializeAsString() + "\n" +
         query.SerializeAsString();
}

StatusOr<int64_t> OffsetIn(const PageTokens& tokens, const std::string& scope, const std::string& token) {
  if (token.empty()) return 0;
  DUIJIE_ASSIGN_OR_RETURN(const std::string position, tokens.Open(scope, token));
  int64_t offset = 0;
  const auto [end, error] = std::from_chars(position.data(), position.data() + position.size(), offset);
  if (error != std::errc() || end != position.data() + position.size() || offset < 0 || offset >= kMaxDepth) {
    return Error(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN",
                 "the page token does not fit this query");
  }
  return offset;
}

std::unique_ptr<Xapian::MultiValueKeyMaker> KeysOf(v1::SearchOrder order) {
  auto keys = std::make_unique<Xapian::MultiValueKeyMaker>();
  if (order == v1::SEARCH_ORDER_UPDATE_TIME) keys->add_value(kUpdateTimeSlot, true);
  if (order == v1::SEARCH_ORDER_PRICE) keys->add_value(kPriceOrderSlot);
  if (order == v1::SEARCH_ORDER_MATURITY) keys->add_value(kMaturitySlot, true);
  keys->add_value(kNameSlot);
  return keys;
}

v1::SearchOrder OrderOf(const v1::SearchRequest& request, bool has_text) {
  if (request.order() != v1::SEARCH_ORDER_UNSPECIFIED) return request.order();
  return has_text ? v1::SEARCH_ORDER_RELEVANCE : v1::SEARCH_ORDER_UPDATE_TIME;
}

// One search on one commit.
class OneSearch {
 public:
  OneSearch(const IndexReader& reader, const SearchTools& tools, const Caller& caller,
            const v1::SearchRequest& request)
      : reader_(reader),
        tools_(tools),
        caller_(caller),
        request_(request),
        filter_(FilterQuery(request.filter(), caller.principal)),
        text_(BuildTextQuery(request.query(), *tools.analyzer, reader.database())) {
    for (const int kind : request.facets()) kinds_.push_back(static_cast<v1::FacetKind>(kind));
  }

  Status Run(int64_t offset, int64_t count, v1::SearchResponse* response) const {
    if (text_.empty) {
      // A text of nothing but punctuation finds nothing; no text finds everything.
      const bool everything = request_.query().find_first_not_of(" \t\r\n") == std::string::npos;
      if (!everything) return Fill(Xapian::Query(), offset, count, response);
      return Fill(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, filter_, 0), offset, count, response);
    }
    if (!text_.strict.empty()) {
      DUIJIE_RETURN_IF_ERROR(Fill(Filtered(text_.strict), offset, count, response));
      if (response->total() > 0) return OkStatus();
    }
    return Fill(Filtered(text_.loose), offset, count, response);
  }

 private:
  Xapian::Query Filtered(const Xapian::Query& text) const {
    return Xapian::Query(Xapian::Query::OP_FILTER, text, filter_);
  }

  Status Fill(const Xapian::Query& query, int64_t offset, int64_t count, v1::SearchResponse* response) const {
    response->Clear();
    Xapian::Enquire enquire(reader_.database());
    enquire.set_query(query);
    enquire.set_weighting_scheme(Bm25());
    const v1::SearchOrder order = OrderOf(request_, !text_.empty);
    const std::unique_ptr<Xapian::MultiValueKeyMaker> keys = KeysOf(order);
    if (order == v1::SEARCH_ORDER_RELEVANCE) {
      enquire.set_sort_by_relevance_then_key(keys.get(), false);
    } else {
      enquire.set_sort_by_key(keys.get(), false);
    }
    FacetCounter counter(kinds_, caller_.principal, caller_.alive);
    enquire.add_matchspy(&counter);
    const PhraseDecider decider(reader_, tools_.analyzer->normalizer(), text_.phrases, caller_.alive);
    // Looking at all documents keeps Xapian from stopping early, so the counter has seen every hit.
    const Xapian::MSet hits = enquire.get_mset(
        static_cast<Xapian::doccount>(offset), static_cast<Xapian::doccount>(count),
        reader_.database().get_doccount() + 1, nullptr, text_.phrases.empty() ? nullptr : &decider);
    response->set_total(counter.total());
    for (v1::Facet& facet : counter.Facets(*tools_.taxonomies)) *response->add_facets() = std::move(facet);
    for (Xapian::MSetIterator hit = hits.begin(); hit != hits.end(); ++hit) {
      const double score = text_.empty ? 1.0 : hit.get_weight();
      DUIJIE_ASSIGN_OR_RETURN(*response->add_hits(), BuildHit(reader_, *hit, score, text_.highlights,
                                                              tools_.analyzer->normalizer()));
    }
    response->set_index_revision(reader_.revision());
    return OkStatus();
  }

  const IndexReader& reader_;
  const SearchTools& tools_;
  const Caller& caller_;
  const v1::SearchRequest& request_;
  const Xapian::Query filter_;
  const TextQuery text_;
  std::vector<v1::FacetKind> kinds_;
};

}  // namespace

StatusOr<v1::SearchResponse> Searcher::Search(const Caller& caller, const v1::SearchRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(Validate(request, *tools_.taxonomies));
  const std::string scope = ScopeOf(caller, request);
  DUIJIE_ASSIGN_OR_RETURN(const int64_t offset, OffsetIn(page_tokens_, scope, request.page_token()));
  const int64_t size = PageSizeOf(request.page_size(), kDefaultPageSize, kMaxPageSize);
  const int64_t count = std::min(size, kMaxDepth - offset);
  CollectionIndex& index = indexes_.Of(request.collection());
  DUIJIE_RETURN_IF_ERROR(index.WaitForRevision(request.min_revision(), kRevisionWait));
  v1::SearchResponse response;
  DUIJIE_RETURN_IF_ERROR(index.readable().Read([&](const IndexReader& reader) -> Status {
    response.Clear();
    return OneSearch(reader, tools_, caller, request).Run(offset, count, &response);
  }));
  const int64_t next = offset + response.hits_size();
  if (response.hits_size() > 0 && next < std::min(response.total(), kMaxDepth)) {
    response.set_next_page_token(page_tokens_.Make(scope, std::to_string(next)));
  }
  return response;
}

}  // namespace duijie::search
