// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/staged_import.h"

#include <algorithm>
#include <map>

#include "common/storage/key_codec.h"
#include "services/catalog/catalog_keys.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {
namespace {

constexpr size_t kNotesPerPage = 1'000;
constexpr size_t kNotesPerCommit = 5'000;

Status Corrupt() {
  return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "the notes of an import do not decode");
}

std::string NamesOf(const std::vector<Mutation>& mutations) {
  KeyBuilder names;
  for (const Mutation& mutation : mutations) names.Str(mutation.collection).Str(mutation.id);
  return names.Take();
}

}  // namespace

StatusOr<StagedImport> StagedImport::Begin(RecordLog* log, std::string id) {
  const Revision start = log->CurrentRevision();
  DUIJIE_RETURN_IF_ERROR(log->Commit({}, {{std::string(kImportSpace), ImportBatchKey(id, 0),
                                           KeyBuilder().U64(start).Take(), true}})
                             .status());
  return StagedImport(log, std::move(id), start);
}

StatusOr<Revision> StagedImport::Write(std::vector<Mutation> mutations) {
  SideEntry note{std::string(kImportSpace), ImportBatchKey(id_, batches_ + 1), NamesOf(mutations), true};
  auto revision = log_->Commit(std::move(mutations), {std::move(note)});
  if (revision.ok()) ++batches_;
  return revision;
}

Status StagedImport::Finish() {
  // Batch 0 goes first and decides: what is left of the notes then is only swept up (RecoverAll).
  std::vector<SideEntry> deletions;
  for (uint64_t batch = 0; batch <= batches_; ++batch) {
    deletions.push_back({std::string(kImportSpace), ImportBatchKey(id_, batch), std::nullopt, false});
    if (deletions.size() < kNotesPerCommit && batch < batches_) continue;
    DUIJIE_RETURN_IF_ERROR(log_->Commit({}, std::move(deletions)).status());
    deletions.clear();
  }
  return OkStatus();
}

Status StagedImport::Restore(const std::string& collection, const std::string& id,
                             std::vector<Mutation>* mutations) const {
  auto before = log_->GetVersion(collection, id, start_);
  if (!before.ok() && before.status().code() != StatusCode::kNotFound) return before.status();
  if (!before.ok() || before->deleted) {
    const auto now = log_->GetVersion(collection, id);
    if (now.ok() && !now->deleted) mutations->push_back({collection, id, "", true, std::nullopt, {}});
    return OkStatus();
  }
  const auto kind = CollectionOf(collection);
  if (!kind) {  // contacts have no index keys
    mutations->push_back({collection, id, before->bytes, false, std::nullopt, {}});
    return OkStatus();
  }
  DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(*kind, id, *before));
  mutations->push_back(WriteOf(record, id, std::nullopt));
  return OkStatus();
}

Status StagedImport::UndoBatch(uint64_t batch, size_t* restored) {
  const std::string key = ImportBatchKey(id_, batch);
  DUIJIE_ASSIGN_OR_RETURN(auto names, log_->GetSide(kImportSpace, key));
  if (!names) return OkStatus();
  std::vector<Mutation> mutations;
  KeyReader reader(*names);
  while (!reader.Rest().empty()) {
    std::string collection, id;
    if (!reader.Str(&collection) || !reader.Str(&id)) return Corrupt();
    DUIJIE_RETURN_IF_ERROR(Restore(collection, id, &mutations));
  }
  *restored += mutations.size();
  return log_->Commit(std::move(mutations), {{std::string(kImportSpace), key, std::nullopt, false}}).status();
}

StatusOr<size_t> StagedImport::Undo() {
  size_t restored = 0;
  // Backwards, so that a unique value that moved between records moves back the same way.
  for (uint64_t batch = batches_; batch > 0; --batch) DUIJIE_RETURN_IF_ERROR(UndoBatch(batch, &restored));
  batches_ = 0;
  DUIJIE_RETURN_IF_ERROR(Finish());
  return restored;
}

StatusOr<size_t> StagedImport::RecoverAll(RecordLog* log) {
  struct Found {
    std::optional<Revision> start;
    uint64_t batches = 0;
  };
  std::map<std::string, Found> imports;
  std::string after;
  do {
    DUIJIE_ASSIGN_OR_RETURN(SidePage page, log->ListSides(kImportSpace, after, kNotesPerPage));
    for (const SideEntry& entry : page.entries) {
      KeyReader key(entry.key);
      std::string id;
      uint64_t batch = 0;
      if (!key.Str(&id) || !key.U64(&batch)) return Corrupt();
      Found& found = imports[id];
      found.batches = std::max(found.batches, batch);
      uint64_t start = 0;
      if (batch == 0) {
        if (!KeyReader(*entry.value).U64(&start)) return Corrupt();
        found.start = start;
      }
    }
    after = page.next;
  } while (!after.empty());

  size_t undone = 0;
  for (const auto& [id, found] : imports) {
    StagedImport import(log, id, found.start.value_or(0));
    import.batches_ = found.batches;
    if (found.start) {
      DUIJIE_RETURN_IF_ERROR(import.Undo().status());
      ++undone;
    } else {
      DUIJIE_RETURN_IF_ERROR(import.Finish());  // it was finished; only notes are left
    }
  }
  return undone;
}

}  // namespace duijie::catalog
