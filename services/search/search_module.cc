// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/search_module.h"

#include <filesystem>
#include <memory>
#include <vector>

#include "common/auth/crypto.h"
#include "common/text/shared_analyzer.h"
#include "duijie/internal/v1/feed_service.grpc.pb.h"
#include "services/search/candidate_service.h"
#include "services/search/follower.h"
#include "services/search/search_service.h"
#include "services/search/snapshots.h"

namespace duijie::search {
namespace {

using internal::v1::FeedService;

constexpr size_t kSnapshotIdBytes = 16;

// Everything that the role keeps alive. Later members use earlier ones.
struct SearchRole {
  explicit SearchRole(rpc::App& app) : feed(app, "catalog") {}

  rpc::LazyStub<FeedService> feed;
  Indexes indexes;
  std::unique_ptr<Snapshots> snapshots;
  std::vector<std::unique_ptr<Follower>> followers;
};

template <typename Request, typename Response>
auto FeedMethod(rpc::App& app, std::shared_ptr<SearchRole> role,
                grpc::Status (FeedService::Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  return [&app, role = std::weak_ptr(role), method](const Request& request) -> StatusOr<Response> {
    const std::shared_ptr<SearchRole> alive = role.lock();
    if (alive == nullptr) return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "the index is closing");
    constexpr std::chrono::seconds kTimeout{30};
    return rpc::Call(app, rpc::CallContext::ForSystem(kTimeout), alive->feed.operator->(), method, request,
                     kTimeout);
  };
}

std::string NewSnapshotId() { return crypto::ToHex(crypto::RandomBytes(kSnapshotIdBytes)); }

}  // namespace
}  // namespace duijie::search

namespace duijie {

Status BindSearch(rpc::App& app) {
  using namespace search;  // NOLINT: the function is this namespace's entry
  DUIJIE_ASSIGN_OR_RETURN(const std::string folder, app.DataFolder("index"));
  SearchTools tools;
  DUIJIE_ASSIGN_OR_RETURN(tools.analyzer, SharedAnalyzer(app.ShareFolder("text")));
  DUIJIE_ASSIGN_OR_RETURN(tools.taxonomies, TaxonomySet::Load(app.ShareFolder("taxonomies")));
  DUIJIE_ASSIGN_OR_RETURN(
      const std::shared_ptr<const WordVectors> vectors,
      WordVectors::Shared(std::filesystem::path(app.ShareFolder("semantics")) / "words.vec"));
  const auto builder = std::make_shared<const DocumentBuilder>(tools.analyzer, tools.taxonomies, vectors);

  auto role = std::make_shared<SearchRole>(app);
  DUIJIE_ASSIGN_OR_RETURN(role->indexes.achievements,
                          CollectionIndex::Open(folder + "/achievements", builder));
  DUIJIE_ASSIGN_OR_RETURN(role->indexes.needs, CollectionIndex::Open(folder + "/needs", builder));
  const ListChanges list_changes = FeedMethod(app, role, &FeedService::Stub::ListChanges);
  const ReadRecords read_records = FeedMethod(app, role, &FeedService::Stub::ReadRecords);
  role->snapshots =
      std::make_unique<Snapshots>(folder + "/snapshots", role->indexes, app.clock(),
                                  SnapshotSources{builder, list_changes, read_records, NewSnapshotId});
  for (const v1::Collection collection : {v1::COLLECTION_ACHIEVEMENTS, v1::COLLECTION_NEEDS}) {
    role->followers.push_back(std::make_unique<Follower>(collection, role->indexes.Of(collection),
                                                         list_changes, app.config().search));
  }
  app.AddService(std::make_unique<SearchServiceEdge>(app.edge(), role->indexes, tools,
                                                     PageTokens(app.DerivedKey("page-tokens"))));
  app.AddService(std::make_unique<CandidateServiceEdge>(app.edge(), role->indexes, *role->snapshots));
  app.AddStarter("search followers", [role]() -> Status {
    for (const auto& follower : role->followers) follower->Start();
    return OkStatus();
  });
  app.AddCloser("search followers", [role] {
    for (const auto& follower : role->followers) follower->Stop();
  });
  return OkStatus();
}

}  // namespace duijie
