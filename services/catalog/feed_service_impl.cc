// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/feed_service_impl.h"

#include "duijie/internal/v1/feed_service.grpc.pb.h"
#include "services/catalog/change_feed.h"

namespace duijie::catalog {
namespace {

namespace pb = internal::v1;

constexpr std::string_view kReadRecords = "duijie.internal.v1.FeedService/ReadRecords";
constexpr std::string_view kScanRecords = "duijie.internal.v1.FeedService/ScanRecords";

class FeedService final : public pb::FeedService::Service {
 public:
  FeedService(CatalogParts parts, rpc::Edge& edge) : edge_(edge), feed_(parts) {
    edge.local_methods().Offer<pb::ReadRecordsRequest, pb::ReadRecordsResponse>(
        {kReadRecords, [this](rpc::CallContext&, const pb::ReadRecordsRequest& request) {
           return feed_.ReadRecords(request);
         }});
    edge.local_methods().Offer<pb::ScanRecordsRequest, pb::ScanRecordsResponse>(
        {kScanRecords, [this](rpc::CallContext&, const pb::ScanRecordsRequest& request) {
           return feed_.ScanRecords(request);
         }});
  }

  grpc::Status ListChanges(grpc::ServerContext* context, const pb::ListChangesRequest* request,
                           pb::ListChangesResponse* response) override {
    return edge_.Unary(context, "duijie.internal.v1.FeedService/ListChanges", response,
                       [&](rpc::CallContext& call) {
                         return feed_.ListChanges(*request, [&] { return call.CheckAlive(); });
                       });
  }

  grpc::Status ReadRecords(grpc::ServerContext* context, const pb::ReadRecordsRequest* request,
                           pb::ReadRecordsResponse* response) override {
    return edge_.Unary(context, kReadRecords, response,
                       [&](rpc::CallContext&) { return feed_.ReadRecords(*request); });
  }

  grpc::Status ScanRecords(grpc::ServerContext* context, const pb::ScanRecordsRequest* request,
                           pb::ScanRecordsResponse* response) override {
    return edge_.Unary(context, kScanRecords, response,
                       [&](rpc::CallContext&) { return feed_.ScanRecords(*request); });
  }

 private:
  rpc::Edge& edge_;
  const ChangeFeed feed_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewFeedService(CatalogParts parts, rpc::Edge& edge) {
  return std::make_unique<FeedService>(parts, edge);
}

}  // namespace duijie::catalog
