// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/push_module.h"

#include "common/rpc/peer.h"
#include "duijie/internal/v1/feed_service.grpc.pb.h"
#include "duijie/v1/catalog_service.grpc.pb.h"
#include "duijie/v1/judgement_service.grpc.pb.h"
#include "duijie/v1/match_service.grpc.pb.h"
#include "services/push/campaigns/campaign_module.h"
#include "services/push/delivery/delivery_module.h"
#include "services/push/letters/letters_module.h"
#include "services/push/maturity/maturity_module.h"
#include "services/push/packages/packages_module.h"
#include "services/push/processing/processing_module.h"
#include "services/push/publication/publication_module.h"
#include "services/push/push_role.h"
#include "services/push/standing/standing_module.h"
#include "services/push/webhooks/webhooks_module.h"

namespace duijie::push {
namespace {

using internal::v1::FeedService;
using v1::CatalogService;
using v1::JudgementService;
using v1::MatchService;

// The role with the stubs that its peers are made of.
struct Wiring final : PushRole {
  explicit Wiring(rpc::App& app)
      : catalog(app, "catalog"), feed(app, "catalog"), match(app, "matching"), judgement(app, "matching") {
    peers.read_records = rpc::Peer(app, feed, &FeedService::Stub::ReadRecords);
    peers.scan_records = rpc::Peer(app, feed, &FeedService::Stub::ScanRecords);
    peers.list_changes = rpc::Peer(app, feed, &FeedService::Stub::ListChanges);
    peers.update_achievement = rpc::Peer(app, catalog, &CatalogService::Stub::UpdateAchievement);
    peers.create_need = rpc::Peer(app, catalog, &CatalogService::Stub::CreateNeed);
    peers.update_need = rpc::Peer(app, catalog, &CatalogService::Stub::UpdateNeed);
    peers.transition_need = rpc::Peer(app, catalog, &CatalogService::Stub::TransitionNeed);
    peers.match_need = rpc::Peer(app, match, &MatchService::Stub::MatchNeed);
    peers.match_achievement = rpc::Peer(app, match, &MatchService::Stub::MatchAchievement);
    peers.score_pairs = rpc::Peer(app, match, &MatchService::Stub::ScorePairs);
    peers.create_match_run = rpc::Peer(app, match, &MatchService::Stub::CreateMatchRun);
    peers.get_match_run = rpc::Peer(app, match, &MatchService::Stub::GetMatchRun);
    peers.list_match_run_results = rpc::Peer(app, match, &MatchService::Stub::ListMatchRunResults);
    peers.cancel_match_run = rpc::Peer(app, match, &MatchService::Stub::CancelMatchRun);
    peers.delete_match_run = rpc::Peer(app, match, &MatchService::Stub::DeleteMatchRun);
    peers.create_judgement = rpc::Peer(app, judgement, &JudgementService::Stub::CreateJudgement);
  }

  rpc::LazyStub<CatalogService> catalog;
  rpc::LazyStub<FeedService> feed;
  rpc::LazyStub<MatchService> match;
  rpc::LazyStub<JudgementService> judgement;
};

void AddRoleStore(rpc::App& app, const std::shared_ptr<PushRole>& role) {
  app.AddStore("push", {[role](const std::string& folder) { return role->store->kv().Backup(folder); },
                        [role]() -> std::map<std::string, int64_t> {
                          return {{"revision", static_cast<int64_t>(role->store->log().CurrentRevision())},
                                  {"disk_bytes", static_cast<int64_t>(role->store->kv().Stats().disk_bytes)}};
                        }});
}

}  // namespace

Status BindPush(rpc::App& app) {
  const std::shared_ptr<PushRole> role = std::make_shared<Wiring>(app);
  RoleStore::Options options;
  DUIJIE_ASSIGN_OR_RETURN(options.folder, app.DataFolder("push"));
  options.token_key = app.DerivedKey("page-tokens");
  DUIJIE_ASSIGN_OR_RETURN(role->store, RoleStore::Open(options, app.clock()));
  AddRoleStore(app, role);
  DUIJIE_RETURN_IF_ERROR(BindDelivery(app, role));
  DUIJIE_RETURN_IF_ERROR(BindWebhooks(app, role));
  DUIJIE_RETURN_IF_ERROR(BindCampaigns(app, role));
  DUIJIE_RETURN_IF_ERROR(BindStanding(app, role));
  DUIJIE_RETURN_IF_ERROR(BindLetters(app, role));
  DUIJIE_RETURN_IF_ERROR(BindPackages(app, role));
  DUIJIE_RETURN_IF_ERROR(BindProcessing(app, role));
  DUIJIE_RETURN_IF_ERROR(BindMaturity(app, role));
  DUIJIE_RETURN_IF_ERROR(BindPublication(app, role));
  return OkStatus();
}

}  // namespace duijie::push
