// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/mining_module.h"

#include "common/rpc/peer.h"
#include "duijie/internal/v1/feed_service.grpc.pb.h"
#include "duijie/v1/catalog_service.grpc.pb.h"
#include "duijie/v1/match_service.grpc.pb.h"
#include "duijie/v1/search_service.grpc.pb.h"
#include "services/mining/clinic/clinic_module.h"
#include "services/mining/intake/intake_module.h"
#include "services/mining/joint/joint_module.h"
#include "services/mining/mining_role.h"
#include "services/mining/profile/profile_module.h"
#include "services/mining/visits/visits_module.h"

namespace duijie::mining {
namespace {

using internal::v1::FeedService;
using v1::CatalogService;
using v1::MatchService;
using v1::SearchService;

// The role with the stubs that its peers are made of.
struct Wiring final : MiningRole {
  explicit Wiring(rpc::App& app)
      : catalog(app, "catalog"), feed(app, "catalog"), match(app, "matching"), find(app, "search") {
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
    peers.search = rpc::Peer(app, find, &SearchService::Stub::Search);
  }

  rpc::LazyStub<CatalogService> catalog;
  rpc::LazyStub<FeedService> feed;
  rpc::LazyStub<MatchService> match;
  rpc::LazyStub<SearchService> find;
};

void AddRoleStore(rpc::App& app, const std::shared_ptr<MiningRole>& role) {
  app.AddStore("mining", {[role](const std::string& folder) { return role->store->kv().Backup(folder); },
                          [role]() -> std::map<std::string, int64_t> {
                            return {
                                {"revision", static_cast<int64_t>(role->store->log().CurrentRevision())},
                                {"disk_bytes", static_cast<int64_t>(role->store->kv().Stats().disk_bytes)}};
                          }});
}

}  // namespace

Status BindMining(rpc::App& app) {
  const std::shared_ptr<MiningRole> role = std::make_shared<Wiring>(app);
  RoleStore::Options options;
  DUIJIE_ASSIGN_OR_RETURN(options.folder, app.DataFolder("mining"));
  options.token_key = app.DerivedKey("page-tokens");
  DUIJIE_ASSIGN_OR_RETURN(role->store, RoleStore::Open(options, app.clock()));
  AddRoleStore(app, role);
  DUIJIE_RETURN_IF_ERROR(BindIntake(app, role));
  DUIJIE_RETURN_IF_ERROR(BindClinic(app, role));
  DUIJIE_RETURN_IF_ERROR(BindJointNeeds(app, role));
  DUIJIE_ASSIGN_OR_RETURN(const std::shared_ptr<VisitContext> visits, MakeVisitContext(app, role));
  DUIJIE_RETURN_IF_ERROR(BindVisits(app, visits));
  DUIJIE_RETURN_IF_ERROR(BindProfiles(app, visits));
  return OkStatus();
}

}  // namespace duijie::mining
