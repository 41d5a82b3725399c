// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/resources/role_store.h"

#include "common/storage/rocksdb_store.h"

namespace duijie {
namespace {

// Each write takes more old request ids away than it adds, so their number is bounded by a day's writes.
constexpr size_t kForgottenPerWrite = 2;

}  // namespace

RoleStore::RoleStore(std::unique_ptr<KvStore> store, std::unique_ptr<RecordLog> log, const Clock& clock,
                     const std::string& token_key, std::unique_ptr<IdMaker> ids)
    : store_(std::move(store)),
      log_(std::move(log)),
      clock_(clock),
      tokens_(token_key),
      ids_(std::move(ids)),
      requests_(*log_, clock) {}

StatusOr<std::unique_ptr<RoleStore>> RoleStore::Open(const Options& options, const Clock& clock) {
  RocksDbOptions rocks;
  rocks.folder = options.folder;
  rocks.block_cache_bytes = options.block_cache_bytes;
  rocks.write_buffer_bytes = options.write_buffer_bytes;
  DUIJIE_ASSIGN_OR_RETURN(std::unique_ptr<KvStore> store, OpenRocksDb(rocks));
  return Over(std::move(store), clock, options.token_key, std::make_unique<RandomIdMaker>());
}

StatusOr<std::unique_ptr<RoleStore>> RoleStore::Over(std::unique_ptr<KvStore> store, const Clock& clock,
                                                     const std::string& token_key,
                                                     std::unique_ptr<IdMaker> ids) {
  DUIJIE_ASSIGN_OR_RETURN(std::unique_ptr<RecordLog> log, RecordLog::Open(store.get()));
  return std::unique_ptr<RoleStore>(
      new RoleStore(std::move(store), std::move(log), clock, token_key, std::move(ids)));
}

StatusOr<Revision> RoleStore::Commit(const WriteRequest& request, std::vector<Mutation> mutations,
                                     std::vector<SideEntry> side_entries) {
  if (!request.request_id.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<SideEntry> memory,
                            requests_.EntriesFor(request, mutations.front()));
    side_entries.insert(side_entries.end(), memory.begin(), memory.end());
    DUIJIE_RETURN_IF_ERROR(requests_.Forget(kForgottenPerWrite).status());
  }
  return Commit(std::move(mutations), std::move(side_entries));
}

StatusOr<Revision> RoleStore::Commit(std::vector<Mutation> mutations, std::vector<SideEntry> side_entries) {
  StatusOr<Revision> revision = log_->Commit(std::move(mutations), std::move(side_entries));
  if (!revision.ok() && ReasonOf(revision.status()) == "STALE_REVISION") return StaleEtag();
  return revision;
}

}  // namespace duijie
