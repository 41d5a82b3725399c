// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of duijie.v1.SearchService.
#pragma once

#include "common/rpc/edge.h"
#include "duijie/v1/search_service.grpc.pb.h"
#include "services/search/searcher.h"

namespace duijie::search {

class SearchServiceEdge final : public v1::SearchService::Service {
 public:
  // `edge` and `indexes` must outlive this.
  SearchServiceEdge(rpc::Edge& edge, const Indexes& indexes, SearchTools tools, PageTokens page_tokens);

  grpc::Status Search(grpc::ServerContext* context, const v1::SearchRequest* request,
                      v1::SearchResponse* response) override;
  grpc::Status FindSimilar(grpc::ServerContext* context, const v1::FindSimilarRequest* request,
                           v1::FindSimilarResponse* response) override;
  grpc::Status Suggest(grpc::ServerContext* context, const v1::SuggestRequest* request,
                       v1::SuggestResponse* response) override;

 private:
  rpc::Edge& edge_;
  const Indexes& indexes_;
  const SearchTools tools_;
  const Searcher searcher_;
};

}  // namespace duijie::search
