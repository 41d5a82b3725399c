// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/catalog_module.h"

#include <memory>
#include <utility>

#include <grpcpp/impl/codegen/service_type.h>

#include "common/auth/page_token.h"
#include "common/log/log.h"
#include "common/storage/rocksdb_store.h"
#include "services/catalog/catalog_service.h"
#include "services/catalog/feed_service_impl.h"
#include "services/catalog/housekeeper.h"
#include "services/catalog/need_index.h"
#include "services/catalog/spool_file.h"
#include "services/catalog/staged_import.h"

namespace duijie {
namespace {

using namespace catalog;  // NOLINT(google-build-using-namespace): this file is the wiring of that namespace

// Everything that lives as long as the role, in order of dependence.
struct Catalog {
  std::unique_ptr<KvStore> store;
  std::unique_ptr<RecordLog> log;
  std::shared_ptr<const TaxonomySet> taxonomies;
  RandomIdMaker ids;
  WriteGate gate;
  std::unique_ptr<RecordWriter> writer;
  std::unique_ptr<RecordCounter> counter;
  std::unique_ptr<Housekeeper> housekeeper;

  CatalogParts Parts(const Clock& clock) { return {*log, *taxonomies, clock, ids, gate}; }
};

Status OpenRecords(rpc::App& app, Catalog* catalog) {
  RocksDbOptions options;
  DUIJIE_ASSIGN_OR_RETURN(options.folder, app.DataFolder("records"));
  DUIJIE_ASSIGN_OR_RETURN(catalog->store, OpenRocksDb(options));
  DUIJIE_ASSIGN_OR_RETURN(catalog->log, RecordLog::Open(catalog->store.get()));
  DUIJIE_RETURN_IF_ERROR(CompleteNeedIndexes(catalog->store.get(), catalog->log.get()));
  DUIJIE_ASSIGN_OR_RETURN(const size_t undone, StagedImport::RecoverAll(catalog->log.get()));
  if (undone > 0) log::Warn("imports_undone", {{"imports", undone}});
  return OkStatus();
}

rpc::App::StoreHooks Hooks(const std::shared_ptr<Catalog>& catalog) {
  rpc::App::StoreHooks hooks;
  hooks.backup = [catalog](const std::string& folder) { return catalog->store->Backup(folder); };
  hooks.numbers = [catalog] {
    if (const Status counted = catalog->counter->CatchUp(false); !counted.ok()) {
      log::Warn("count_failed", {{"error", counted}});
    }
    return catalog->counter->Numbers();
  };
  return hooks;
}

}  // namespace

Status BindCatalog(rpc::App& app) {
  auto catalog = std::make_shared<Catalog>();
  DUIJIE_ASSIGN_OR_RETURN(catalog->taxonomies, TaxonomySet::Load(app.ShareFolder("taxonomies")));
  DUIJIE_RETURN_IF_ERROR(OpenRecords(app, catalog.get()));
  DUIJIE_ASSIGN_OR_RETURN(const std::string spool_folder, app.DataFolder("spool"));
  DUIJIE_RETURN_IF_ERROR(SpoolFile::ClearFolder(spool_folder));

  const CatalogParts parts = catalog->Parts(app.clock());
  catalog->writer = std::make_unique<RecordWriter>(parts);
  catalog->counter = std::make_unique<RecordCounter>(*catalog->log);
  DUIJIE_RETURN_IF_ERROR(catalog->counter->Load());
  catalog->housekeeper = std::make_unique<Housekeeper>(*catalog->writer, *catalog->counter);

  app.AddService(NewCatalogService(parts, *catalog->writer, app.edge(),
                                   PageTokens(app.DerivedKey("page-tokens")), spool_folder));
  app.AddService(NewFeedService(parts, app.edge()));
  app.AddStore("records", Hooks(catalog));
  app.AddStarter("catalog", [catalog] {
    catalog->housekeeper->Start();
    return OkStatus();
  });
  app.AddCloser("catalog", [catalog] {
    catalog->log->Shutdown();
    catalog->housekeeper->Stop();
  });
  return OkStatus();
}

}  // namespace duijie
