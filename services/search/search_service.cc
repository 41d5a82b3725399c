// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/search_service.h"

#include "services/search/similar.h"
#include "services/search/suggest.h"

namespace duijie::search {
namespace {

Caller CallerOf(const rpc::CallContext& call) {
  return {call.principal(), [&call] { return call.CheckAlive(); }};
}

}  // namespace

SearchServiceEdge::SearchServiceEdge(rpc::Edge& edge, const Indexes& indexes, SearchTools tools,
                                     PageTokens page_tokens)
    : edge_(edge),
      indexes_(indexes),
      tools_(tools),
      searcher_(indexes, std::move(tools), std::move(page_tokens)) {}

grpc::Status SearchServiceEdge::Search(grpc::ServerContext* context, const v1::SearchRequest* request,
                                       v1::SearchResponse* response) {
  return edge_.Unary(context, "duijie.v1.SearchService/Search", response,
                     [&](rpc::CallContext& call) { return searcher_.Search(CallerOf(call), *request); });
}

grpc::Status SearchServiceEdge::FindSimilar(grpc::ServerContext* context,
                                            const v1::FindSimilarRequest* request,
                                            v1::FindSimilarResponse* response) {
  return edge_.Unary(context, "duijie.v1.SearchService/FindSimilar", response, [&](rpc::CallContext& call) {
    return search::FindSimilar(indexes_, tools_, CallerOf(call), *request);
  });
}

grpc::Status SearchServiceEdge::Suggest(grpc::ServerContext* context, const v1::SuggestRequest* request,
                                        v1::SuggestResponse* response) {
  return edge_.Unary(context, "duijie.v1.SearchService/Suggest", response, [&](rpc::CallContext& call) {
    return search::Suggest(indexes_, tools_, CallerOf(call), *request);
  });
}

}  // namespace duijie::search
