// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/candidate_service.h"

#include "services/search/candidates.h"
#include "services/search/record_query.h"
#include "services/search/search_limits.h"

namespace duijie::search {
namespace {

using internal::v1::DescribeRecordsRequest;
using internal::v1::DescribeRecordsResponse;
using internal::v1::FindCandidatesRequest;
using internal::v1::FindCandidatesResponse;
using internal::v1::GetTermStatisticsRequest;
using internal::v1::GetTermStatisticsResponse;

constexpr std::string_view kFindCandidates = "duijie.internal.v1.CandidateService/FindCandidates";
constexpr std::string_view kDescribeRecords = "duijie.internal.v1.CandidateService/DescribeRecords";
constexpr std::string_view kGetTermStatistics = "duijie.internal.v1.CandidateService/GetTermStatistics";

Status CheckRevision(const internal::v1::OpenSnapshotRequest& request) {
  if (request.revision() >= 0) return ValidateCollection(request.collection());
  return InvalidField("revision", "NEGATIVE", "版本号不能为负");
}

}  // namespace

template <typename Request, typename Body>
auto CandidateServiceEdge::OnIndex(const Request& request, Body&& body)
    -> decltype(body(std::declval<ReadableIndex&>())) {
  if (request.snapshot_id().empty()) return body(indexes_.Of(request.collection()).readable());
  DUIJIE_ASSIGN_OR_RETURN(const std::shared_ptr<CollectionIndex> snapshot,
                          snapshots_.Find(request.collection(), request.snapshot_id()));
  return body(snapshot->readable());
}

CandidateServiceEdge::CandidateServiceEdge(rpc::Edge& edge, const Indexes& indexes, Snapshots& snapshots)
    : edge_(edge), indexes_(indexes), snapshots_(snapshots) {
  edge.local_methods().Offer<FindCandidatesRequest, FindCandidatesResponse>(
      {kFindCandidates,
       [this](rpc::CallContext&, const FindCandidatesRequest& request) { return Find(request); }});
  edge.local_methods().Offer<DescribeRecordsRequest, DescribeRecordsResponse>(
      {kDescribeRecords,
       [this](rpc::CallContext&, const DescribeRecordsRequest& request) { return Describe(request); }});
  edge.local_methods().Offer<GetTermStatisticsRequest, GetTermStatisticsResponse>(
      {kGetTermStatistics,
       [this](rpc::CallContext&, const GetTermStatisticsRequest& request) { return Count(request); }});
}

template <typename Request>
Status CandidateServiceEdge::WaitForRevision(const Request& request) {
  if (!request.snapshot_id().empty()) return OkStatus();
  return indexes_.Of(request.collection()).WaitForRevision(request.min_revision(), kRevisionWait);
}

StatusOr<FindCandidatesResponse> CandidateServiceEdge::Find(const FindCandidatesRequest& request) {
  DUIJIE_RETURN_IF_ERROR(ValidateFindCandidates(request));
  DUIJIE_RETURN_IF_ERROR(WaitForRevision(request));
  return OnIndex(request, [&](ReadableIndex& index) { return search::FindCandidates(index, request); });
}

StatusOr<DescribeRecordsResponse> CandidateServiceEdge::Describe(const DescribeRecordsRequest& request) {
  DUIJIE_RETURN_IF_ERROR(ValidateDescribeRecords(request));
  return OnIndex(request, [&](ReadableIndex& index) { return search::DescribeRecords(index, request); });
}

StatusOr<GetTermStatisticsResponse> CandidateServiceEdge::Count(const GetTermStatisticsRequest& request) {
  DUIJIE_RETURN_IF_ERROR(ValidateGetTermStatistics(request));
  DUIJIE_RETURN_IF_ERROR(WaitForRevision(request));
  return OnIndex(request, [&](ReadableIndex& index) { return search::GetTermStatistics(index, request); });
}

grpc::Status CandidateServiceEdge::FindCandidates(grpc::ServerContext* context,
                                                  const FindCandidatesRequest* request,
                                                  FindCandidatesResponse* response) {
  return edge_.Unary(context, kFindCandidates, response, [&](rpc::CallContext&) { return Find(*request); });
}

grpc::Status CandidateServiceEdge::DescribeRecords(grpc::ServerContext* context,
                                                   const DescribeRecordsRequest* request,
                                                   DescribeRecordsResponse* response) {
  return edge_.Unary(context, kDescribeRecords, response,
                     [&](rpc::CallContext&) { return Describe(*request); });
}

grpc::Status CandidateServiceEdge::GetTermStatistics(grpc::ServerContext* context,
                                                     const GetTermStatisticsRequest* request,
                                                     GetTermStatisticsResponse* response) {
  return edge_.Unary(context, kGetTermStatistics, response,
                     [&](rpc::CallContext&) { return Count(*request); });
}

grpc::Status CandidateServiceEdge::OpenSnapshot(grpc::ServerContext* context,
                                                const internal::v1::OpenSnapshotRequest* request,
                                                internal::v1::OpenSnapshotResponse* response) {
  return edge_.Unary(context, "duijie.internal.v1.CandidateService/OpenSnapshot", response,
                     [&](rpc::CallContext& call) -> StatusOr<internal::v1::OpenSnapshotResponse> {
                       DUIJIE_RETURN_IF_ERROR(CheckRevision(*request));
                       internal::v1::OpenSnapshotResponse opened;
                       DUIJIE_ASSIGN_OR_RETURN(*opened.mutable_snapshot_id(),
                                               snapshots_.Open(request->collection(), request->revision(),
                                                               [&call] { return call.CheckAlive(); }));
                       return opened;
                     });
}

grpc::Status CandidateServiceEdge::CloseSnapshot(grpc::ServerContext* context,
                                                 const internal::v1::CloseSnapshotRequest* request,
                                                 internal::v1::CloseSnapshotResponse* response) {
  return edge_.Unary(context, "duijie.internal.v1.CandidateService/CloseSnapshot", response,
                     [&](rpc::CallContext&) -> StatusOr<internal::v1::CloseSnapshotResponse> {
                       snapshots_.Close(request->snapshot_id());
                       return internal::v1::CloseSnapshotResponse();
                     });
}

grpc::Status CandidateServiceEdge::GetIndexStatus(grpc::ServerContext* context,
                                                  const internal::v1::GetIndexStatusRequest*,
                                                  internal::v1::GetIndexStatusResponse* response) {
  return edge_.Unary(
      context, "duijie.internal.v1.CandidateService/GetIndexStatus", response,
      [&](rpc::CallContext&) -> StatusOr<internal::v1::GetIndexStatusResponse> {
        internal::v1::GetIndexStatusResponse status;
        for (const v1::Collection collection : {v1::COLLECTION_ACHIEVEMENTS, v1::COLLECTION_NEEDS}) {
          const IndexVersion version = indexes_.Of(collection).readable().Current();
          internal::v1::IndexStatus* index = status.add_indexes();
          index->set_collection(collection);
          index->set_documents(version.statistics->sums().documents);
          index->set_revision(version.revision);
        }
        return status;
      });
}

}  // namespace duijie::search
