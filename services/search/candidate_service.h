// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of duijie.internal.v1.CandidateService.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "common/rpc/edge.h"
#include "duijie/internal/v1/candidate_service.grpc.pb.h"
#include "services/search/search_context.h"
#include "services/search/snapshots.h"

namespace duijie::search {

class CandidateServiceEdge final : public internal::v1::CandidateService::Service {
 public:
  // Arguments must outlive this. What a match asks for may be called directly by roles of this process.
  CandidateServiceEdge(rpc::Edge& edge, const Indexes& indexes, Snapshots& snapshots);

  grpc::Status FindCandidates(grpc::ServerContext* context,
                              const internal::v1::FindCandidatesRequest* request,
                              internal::v1::FindCandidatesResponse* response) override;
  grpc::Status DescribeRecords(grpc::ServerContext* context,
                               const internal::v1::DescribeRecordsRequest* request,
                               internal::v1::DescribeRecordsResponse* response) override;
  grpc::Status GetTermStatistics(grpc::ServerContext* context,
                                 const internal::v1::GetTermStatisticsRequest* request,
                                 internal::v1::GetTermStatisticsResponse* response) override;
  grpc::Status OpenSnapshot(grpc::ServerContext* context, const internal::v1::OpenSnapshotRequest* request,
                            internal::v1::OpenSnapshotResponse* response) override;
  grpc::Status CloseSnapshot(grpc::ServerContext* context, const internal::v1::CloseSnapshotRequest* request,
                             internal::v1::CloseSnapshotResponse* response) override;
  grpc::Status GetIndexStatus(grpc::ServerContext* context,
                              const internal::v1::GetIndexStatusRequest* request,
                              internal::v1::GetIndexStatusResponse* response) override;

 private:
  StatusOr<internal::v1::FindCandidatesResponse> Find(const internal::v1::FindCandidatesRequest& request);
  StatusOr<internal::v1::DescribeRecordsResponse> Describe(
      const internal::v1::DescribeRecordsRequest& request);
  StatusOr<internal::v1::GetTermStatisticsResponse> Count(
      const internal::v1::GetTermStatisticsRequest& request);

  // Until the live index shows the revision asked for; a snapshot shows what it shows.
  template <typename Request>
  Status WaitForRevision(const Request& request);

  // Runs body(ReadableIndex&) on the snapshot if one is named, else on the live index.
  template <typename Request, typename Body>
  auto OnIndex(const Request& request, Body&& body) -> decltype(body(std::declval<ReadableIndex&>()));

  rpc::Edge& edge_;
  const Indexes& indexes_;
  Snapshots& snapshots_;
};

}  // namespace duijie::search
