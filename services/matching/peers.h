// SPDX-License-Identifier: GPL-3.0-or-later
// What matching asks of the catalog and of search, as functions, so that its logic knows no stub.
// matching_module makes them from the peers' stubs; tests from records in memory. All are safe on any thread.
#pragma once

#include "common/rpc/peer_call.h"
#include "duijie/internal/v1/candidate_service.pb.h"
#include "duijie/internal/v1/feed_service.pb.h"

namespace duijie::matching {

struct Peers {
  rpc::PeerCall<internal::v1::GetTermStatisticsRequest, internal::v1::GetTermStatisticsResponse>
      term_statistics;
  rpc::PeerCall<internal::v1::FindCandidatesRequest, internal::v1::FindCandidatesResponse> find_candidates;
  rpc::PeerCall<internal::v1::DescribeRecordsRequest, internal::v1::DescribeRecordsResponse> describe_records;
  rpc::PeerCall<internal::v1::OpenSnapshotRequest, internal::v1::OpenSnapshotResponse> open_snapshot;
  rpc::PeerCall<internal::v1::CloseSnapshotRequest, internal::v1::CloseSnapshotResponse> close_snapshot;
  rpc::PeerCall<internal::v1::ReadRecordsRequest, internal::v1::ReadRecordsResponse> read_records;
  rpc::PeerCall<internal::v1::ScanRecordsRequest, internal::v1::ScanRecordsResponse> scan_records;
};

}  // namespace duijie::matching
