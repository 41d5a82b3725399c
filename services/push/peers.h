// SPDX-License-Identifier: GPL-3.0-or-later
// What directed push (科技成果定向推送) asks of other roles. push_module makes the calls from the peers'
// stubs; tests from records in memory. All are safe on any thread. Calls of the catalog's and matching's
// public methods act for the caller and see what he may see; FeedService reads everything and is filtered
// here.
#pragma once

#include "common/rpc/peer_call.h"
#include "duijie/internal/v1/feed_service.pb.h"
#include "duijie/v1/catalog_service.pb.h"
#include "duijie/v1/judgement_service.pb.h"
#include "duijie/v1/match_service.pb.h"

namespace duijie::push {

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
  rpc::PeerCall<v1::CreateMatchRunRequest, v1::CreateMatchRunResponse> create_match_run;
  rpc::PeerCall<v1::GetMatchRunRequest, v1::GetMatchRunResponse> get_match_run;
  rpc::PeerCall<v1::ListMatchRunResultsRequest, v1::ListMatchRunResultsResponse> list_match_run_results;
  rpc::PeerCall<v1::CancelMatchRunRequest, v1::CancelMatchRunResponse> cancel_match_run;
  rpc::PeerCall<v1::DeleteMatchRunRequest, v1::DeleteMatchRunResponse> delete_match_run;
  rpc::PeerCall<v1::CreateJudgementRequest, v1::CreateJudgementResponse> create_judgement;
};

}  // namespace duijie::push
