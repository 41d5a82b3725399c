// SPDX-License-Identifier: GPL-3.0-or-later
// What demand mining (企业技术需求定向挖掘) asks of other roles. mining_module makes the calls from the
// peers' stubs; tests from records in memory. All are safe on any thread. Calls of the catalog's and
// matching's public methods act for the caller and see what he may see; FeedService reads everything and is
// filtered here.
#pragma once

#include "common/rpc/peer_call.h"
#include "duijie/internal/v1/feed_service.pb.h"
#include "duijie/v1/catalog_service.pb.h"
#include "duijie/v1/match_service.pb.h"
#include "duijie/v1/search_service.pb.h"

namespace duijie::mining {

struct Peers {
  rpc::PeerCall<internal::v1::ReadRecordsRequest, internal::v1::ReadRecordsResponse> read_records;
  rpc::PeerCall<internal::v1::ScanRecordsRequest, internal::v1::ScanRecordsResponse> scan_records;
  rpc::PeerCall<internal::v1::ListChangesRequest, internal::v1::ListChangesResponse> list_changes;
  rpc::PeerCall<v1::UpdateAchievementRequest, v1::UpdateAchievementResponse> update_achievement;
  rpc::PeerCall<v1::CreateNeedRequest, v1::CreateNeedResponse> create_need;
  rpc::PeerCall<v1::UpdateNeedRequest, v1::UpdateNeedResponse> update_need;
  rpc::PeerCall<v1::TransitionNeedRequest, v1::TransitionNeedResponse> transition_need;
  rpc::PeerCall<v1::MatchNeedRequest, v1::MatchNeedResponse> match_need;
  rpc::PeerCall<v1::MatchAchievementRequest, v1::MatchAchievementResponse> match_achievement;
  rpc::PeerCall<v1::ScorePairsRequest, v1::ScorePairsResponse> score_pairs;
  rpc::PeerCall<v1::SearchRequest, v1::SearchResponse> search;
};

}  // namespace duijie::mining
