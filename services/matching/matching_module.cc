// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/matching_module.h"

#include <filesystem>

#include "common/documents/scratch_file.h"
#include "common/rpc/peer.h"
#include "common/storage/rocksdb_store.h"
#include "common/text/shared_analyzer.h"
#include "duijie/internal/v1/candidate_service.grpc.pb.h"
#include "duijie/internal/v1/feed_service.grpc.pb.h"
#include "services/matching/learning/judgement_service.h"
#include "services/matching/learning/model_service.h"
#include "services/matching/match_service.h"
#include "services/matching/run_engine.h"

namespace duijie::matching {
namespace {

constexpr std::chrono::milliseconds kSnapshotCall{600'000};  // an index may have to be built
constexpr size_t kRunsCacheBytes = 8 * 1024 * 1024;
constexpr size_t kRunsBufferBytes = 8 * 1024 * 1024;
constexpr size_t kLearningCacheBytes = 4 * 1024 * 1024;
constexpr size_t kLearningBufferBytes = 1024 * 1024;

using internal::v1::CandidateService;
using internal::v1::FeedService;

// Everything of the role, in order of construction.
struct Role {
  explicit Role(rpc::App& app)
      : candidates(app, "search"), feed(app, "catalog"), tokens(app.DerivedKey("page-tokens")) {
    using Stub = CandidateService::Stub;
    peers.term_statistics = rpc::Peer(app, candidates, &Stub::GetTermStatistics);
    peers.find_candidates = rpc::Peer(app, candidates, &Stub::FindCandidates);
    peers.describe_records = rpc::Peer(app, candidates, &Stub::DescribeRecords);
    peers.open_snapshot = rpc::Peer(app, candidates, &Stub::OpenSnapshot, kSnapshotCall);
    peers.close_snapshot = rpc::Peer(app, candidates, &Stub::CloseSnapshot);
    peers.read_records = rpc::Peer(app, feed, &FeedService::Stub::ReadRecords);
    peers.scan_records = rpc::Peer(app, feed, &FeedService::Stub::ScanRecords);
  }

  rpc::LazyStub<CandidateService> candidates;
  rpc::LazyStub<FeedService> feed;
  Peers peers;
  PageTokens tokens;
  std::unique_ptr<KvStore> store;
  std::unique_ptr<RunStore> runs;
  std::unique_ptr<KvStore> learning_store;
  std::unique_ptr<JudgementStore> judgement_store;
  std::unique_ptr<Judgements> judgements;
  std::unique_ptr<Matcher> matcher;
  std::unique_ptr<MatchRecords> match_records;
  std::unique_ptr<RunEngine> engine;
  std::unique_ptr<MatchRuns> match_runs;
  std::unique_ptr<ModelStore> model_store;
  std::shared_ptr<ModelSet> models;
  std::unique_ptr<ModelRegistry> registry;
  std::unique_ptr<TrainingRows> training_rows;
  std::unique_ptr<ModelTraining> model_training;
};

StatusOr<std::unique_ptr<Matcher>> LoadMatcher(rpc::App& app, const Peers& peers,
                                               std::shared_ptr<const ModelSet> models) {
  Matcher::Knowledge knowledge;
  DUIJIE_ASSIGN_OR_RETURN(knowledge.taxonomies, TaxonomySet::Load(app.ShareFolder("taxonomies")));
  DUIJIE_ASSIGN_OR_RETURN(knowledge.analyzer, SharedAnalyzer(app.ShareFolder("text")));
  const std::filesystem::path semantics = app.ShareFolder("semantics");
  DUIJIE_ASSIGN_OR_RETURN(knowledge.boilerplate, NeedBoilerplate::Load(semantics / "need_boilerplate.tsv"));
  DUIJIE_ASSIGN_OR_RETURN(knowledge.vectors, WordVectors::Shared(semantics / "words.vec"));
  DUIJIE_ASSIGN_OR_RETURN(knowledge.thesaurus,
                          Thesaurus::Load(std::filesystem::path(app.ShareFolder("text")) / "thesaurus"));
  const std::filesystem::path indicators = app.ShareFolder("indicators");
  DUIJIE_ASSIGN_OR_RETURN(knowledge.names, indicator::NameTable::Load(indicators / "names.tsv"));
  return std::make_unique<Matcher>(std::move(knowledge), std::move(models), peers);
}

StatusOr<std::unique_ptr<KvStore>> OpenStore(rpc::App& app, const std::string& name, size_t cache_bytes,
                                             size_t buffer_bytes) {
  RocksDbOptions options;
  DUIJIE_ASSIGN_OR_RETURN(options.folder, app.DataFolder(name));
  options.block_cache_bytes = cache_bytes;
  options.write_buffer_bytes = buffer_bytes;
  return OpenRocksDb(options);
}

// Match runs; judgements and models learned from them.
Status OpenStores(rpc::App& app, Role* role) {
  DUIJIE_ASSIGN_OR_RETURN(role->store, OpenStore(app, "runs", kRunsCacheBytes, kRunsBufferBytes));
  DUIJIE_ASSIGN_OR_RETURN(role->runs, RunStore::Open(role->store.get()));
  DUIJIE_ASSIGN_OR_RETURN(role->learning_store,
                          OpenStore(app, "learning", kLearningCacheBytes, kLearningBufferBytes));
  DUIJIE_ASSIGN_OR_RETURN(role->judgement_store, JudgementStore::Open(role->learning_store.get()));
  role->judgements = std::make_unique<Judgements>(
      Judgements::Dependencies{*role->judgement_store, role->peers.read_records, app.clock(), role->tokens});
  return OkStatus();
}

// Shipped and trained models, the one in service, and the matcher that uses them.
Status LoadModels(rpc::App& app, Role* role) {
  DUIJIE_ASSIGN_OR_RETURN(role->models, ModelSet::Load(app.ShareFolder("models")));
  DUIJIE_ASSIGN_OR_RETURN(role->model_store, ModelStore::Open(role->learning_store.get()));
  DUIJIE_ASSIGN_OR_RETURN(role->registry,
                          ModelRegistry::Open(*role->model_store, *role->models, app.clock()));
  DUIJIE_ASSIGN_OR_RETURN(role->matcher, LoadMatcher(app, role->peers, role->models));
  role->training_rows = std::make_unique<TrainingRows>(*role->judgement_store, *role->matcher, role->peers);
  role->model_training = std::make_unique<ModelTraining>(ModelTraining::Dependencies{
      *role->registry, *role->training_rows, *role->matcher, *role->runs, app.clock(), role->tokens});
  return OkStatus();
}

void AddRunsStore(rpc::App& app, const std::shared_ptr<Role>& role) {
  app.AddStore("runs", {[role](const std::string& folder) { return role->store->Backup(folder); },
                        [role]() -> std::map<std::string, int64_t> {
                          return {{"active_runs", role->runs->ActiveCount()},
                                  {"disk_bytes", static_cast<int64_t>(role->store->Stats().disk_bytes)}};
                        }});
}

void AddLearningStore(rpc::App& app, const std::shared_ptr<Role>& role) {
  app.AddStore("learning",
               {[role](const std::string& folder) { return role->learning_store->Backup(folder); },
                [role]() -> std::map<std::string, int64_t> {
                  return {{"judgements", role->judgement_store->Count()},
                          {"disk_bytes", static_cast<int64_t>(role->learning_store->Stats().disk_bytes)}};
                }});
}

}  // namespace

Status BindMatching(rpc::App& app) {
  const auto role = std::make_shared<Role>(app);
  DUIJIE_RETURN_IF_ERROR(OpenStores(app, role.get()));
  DUIJIE_RETURN_IF_ERROR(LoadModels(app, role.get()));
  DUIJIE_ASSIGN_OR_RETURN(const std::string export_folder, app.DataFolder("exports"));
  EmptyFolder(export_folder);
  role->match_records = std::make_unique<MatchRecords>(*role->matcher, role->peers, app.clock());
  role->engine = std::make_unique<RunEngine>(*role->runs, *role->matcher, role->peers, app.clock(),
                                             RunEngine::Options{app.config().matching.run_workers});
  role->match_runs = std::make_unique<MatchRuns>(
      MatchRuns::Dependencies{*role->runs, role->matcher->models(), role->matcher->taxonomies(), role->peers,
                              app.clock(), role->tokens, app.config().matching.max_active_runs,
                              [engine = role->engine.get()] { engine->Wake(); }});
  app.AddService(std::make_unique<MatchServiceImpl>(MatchServiceImpl::Dependencies{
      app.edge(), *role->match_records, *role->match_runs, export_folder, role}));
  app.AddService(std::make_unique<JudgementServiceImpl>(app.edge(), *role->judgements, role));
  app.AddService(std::make_unique<ModelServiceImpl>(app.edge(), *role->model_training, role));
  AddRunsStore(app, role);
  AddLearningStore(app, role);
  app.AddStarter("match runs", [role] {
    role->engine->Start();
    return OkStatus();
  });
  app.AddCloser("match runs", [role] { role->engine->Stop(); });
  return OkStatus();
}

}  // namespace duijie::matching
