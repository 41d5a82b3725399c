// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/commit_planner.h"

#include <algorithm>
#include <map>
#include <utility>

#include "common/storage/index_entries.h"
#include "common/storage/record_keys.h"

namespace duijie {
namespace {

using record_values::StoredVersion;
using RecordName = std::pair<std::string, std::string>;  // collection, id

Status Invalid(std::string_view reason, std::string_view message) {
  return Error(StatusCode::kInvalidArgument, reason, message);
}

ErrorMetadata Describe(const Mutation& mutation) {
  return {{"collection", mutation.collection}, {"id", mutation.id}};
}

bool IsName(std::string_view name) { return !name.empty() && name.size() <= kMaxNameBytes; }

Status CheckMutation(const Mutation& mutation) {
  if (!IsName(mutation.collection) || !IsName(mutation.id)) {
    return Invalid("COMMIT_LIMIT", "a collection or id is empty or too long");
  }
  if (mutation.bytes.size() > kMaxRecordBytes) return Invalid("COMMIT_LIMIT", "a record is too large");
  if (mutation.index_keys.size() > kMaxIndexKeysPerRecord) {
    return Invalid("COMMIT_LIMIT", "a record has too many index keys");
  }
  for (const IndexKey& key : mutation.index_keys) {
    if (!IsName(key.index) || key.key.size() > kMaxNameBytes) {
      return Invalid("COMMIT_LIMIT", "an index name is empty or an index name or key is too long");
    }
  }
  if (mutation.tombstone && (!mutation.index_keys.empty() || !mutation.bytes.empty())) {
    return Invalid("INVALID_COMMIT", "a tombstone has neither bytes nor index keys");
  }
  return OkStatus();
}

void AppendMutation(const Mutation& mutation, const std::vector<IndexKey>& old_keys, Revision revision,
                    WriteBatch* batch) {
  ReplaceIndexEntries({mutation.collection, mutation.id}, old_keys, mutation.index_keys, batch);
  const StoredVersion version{mutation.tombstone, mutation.index_keys, mutation.bytes};
  batch->Put(record_keys::Version(mutation.collection, mutation.id, revision),
             record_values::EncodeVersion(version));
}

Status Stale(const Mutation& mutation, Revision actual) {
  ErrorMetadata metadata = Describe(mutation);
  metadata["expected_revision"] = std::to_string(*mutation.expected_revision);
  metadata["actual_revision"] = std::to_string(actual);
  return Error(StatusCode::kAborted, "STALE_REVISION", "the record has changed since it was read", metadata);
}

Status UniqueConflict(const Mutation& mutation, const std::string& index, const IndexEntry& owner) {
  ErrorMetadata metadata = Describe(mutation);
  metadata["index"] = index;
  metadata["owner_collection"] = owner.collection;
  metadata["owner_id"] = owner.id;
  return Error(StatusCode::kAlreadyExists, "UNIQUE_CONFLICT",
               "another record holds this key of the unique index " + index, metadata);
}

// The things of which two commits of one group may not write the same: records, unique keys, side entries.
std::vector<std::string> WrittenBy(const CommitRequest& request) {
  std::vector<std::string> keys;
  for (const Mutation& mutation : request.mutations) {
    keys.push_back(record_keys::VersionsOfRecord(mutation.collection, mutation.id));
    for (const IndexKey& key : mutation.index_keys) {
      if (key.unique) keys.push_back(record_keys::IndexOwners(key.index, key.key));
    }
  }
  for (const SideEntry& entry : request.side_entries)
    keys.push_back(record_keys::Side(entry.space, entry.key));
  return keys;
}

}  // namespace

Status CheckAndNormalise(CommitRequest* request) {
  if (request->mutations.empty() && request->side_entries.empty()) {
    return Invalid("INVALID_COMMIT", "the commit is empty");
  }
  if (request->mutations.size() > kMaxMutationsPerCommit ||
      request->side_entries.size() > kMaxSideEntriesPerCommit) {
    return Invalid("COMMIT_LIMIT", "the commit has too many parts");
  }
  std::set<RecordName> records;
  for (Mutation& mutation : request->mutations) {
    DUIJIE_RETURN_IF_ERROR(CheckMutation(mutation));
    if (!records.emplace(mutation.collection, mutation.id).second) {
      return Invalid("INVALID_COMMIT", "one record is written twice");
    }
    SortIndexKeys(&mutation.index_keys);
  }
  std::set<RecordName> sides;
  for (const SideEntry& entry : request->side_entries) {
    if (!IsName(entry.space) || !IsName(entry.key)) {
      return Invalid("COMMIT_LIMIT", "a side entry's space or key is empty or too long");
    }
    if (!sides.emplace(entry.space, entry.key).second) {
      return Invalid("INVALID_COMMIT", "one side entry is written twice");
    }
  }
  return OkStatus();
}

size_t BytesOf(const CommitRequest& request) {
  size_t bytes = 0;
  for (const Mutation& mutation : request.mutations) {
    bytes += mutation.collection.size() + mutation.id.size() + mutation.bytes.size();
    for (const IndexKey& key : mutation.index_keys) bytes += key.index.size() + key.key.size();
  }
  for (const SideEntry& entry : request.side_entries) {
    bytes += entry.space.size() + entry.key.size() + (entry.value ? entry.value->size() : 0);
  }
  return bytes;
}

CommitPlanner::CommitPlanner(const KvStore& store, const Snapshot& snapshot)
    : store_(store),
      snapshot_(snapshot),
      it_(store.Scan(record_keys::First(), record_keys::End(), &snapshot)) {}

bool CommitPlanner::Overlaps(const CommitRequest& request) const {
  if (touched_.empty()) return false;
  const std::vector<std::string> keys = WrittenBy(request);
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& key) { return touched_.contains(key); });
}

StatusOr<std::optional<CommitPlanner::Latest>> CommitPlanner::LatestOf(const Mutation& mutation) {
  const std::string prefix = record_keys::VersionsOfRecord(mutation.collection, mutation.id);
  it_->Seek(prefix);
  DUIJIE_RETURN_IF_ERROR(it_->status());
  if (!it_->Valid() || !it_->key().starts_with(prefix)) return std::optional<Latest>();
  Latest latest;
  std::string id;
  if (!record_keys::ParseVersion(it_->key(), &id, &latest.revision))
    return record_values::Undecodable(it_->key());
  DUIJIE_ASSIGN_OR_RETURN(latest.version, record_values::DecodeVersion(it_->key(), it_->value()));
  return std::optional<Latest>(std::move(latest));
}

StatusOr<std::vector<std::optional<CommitPlanner::Latest>>> CommitPlanner::CheckExpectations(
    const CommitRequest& request) {
  std::vector<std::optional<Latest>> all;
  for (const Mutation& mutation : request.mutations) {
    DUIJIE_ASSIGN_OR_RETURN(std::optional<Latest> latest, LatestOf(mutation));
    const bool live = latest && !latest->version.deleted;
    const Revision revision = live ? latest->revision : 0;
    if (mutation.expected_revision && *mutation.expected_revision != revision)
      return Stale(mutation, revision);
    if (mutation.tombstone && !live) {
      return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "there is no record to delete",
                   Describe(mutation));
    }
    all.push_back(std::move(latest));
  }
  return all;
}

Status CommitPlanner::CheckUniqueKeys(const CommitRequest& request) {
  std::set<RecordName> written;
  std::map<std::pair<std::string, std::string>, const Mutation*> claims;  // index, key -> who claims it
  for (const Mutation& mutation : request.mutations) {
    written.emplace(mutation.collection, mutation.id);
    for (const IndexKey& key : mutation.index_keys) {
      if (!key.unique) continue;
      const auto [claim, first] = claims.try_emplace({key.index, key.key}, &mutation);
      if (!first) {
        return UniqueConflict(mutation, key.index, {key.key, claim->second->collection, claim->second->id});
      }
    }
  }
  for (const auto& [name, claimer] : claims) {
    const std::string prefix = record_keys::IndexOwners(name.first, name.second);
    for (it_->Seek(prefix); it_->Valid() && it_->key().starts_with(prefix); it_->Next()) {
      IndexEntry owner;
      if (!record_keys::ParseIndex(it_->key(), &owner)) return record_values::Undecodable(it_->key());
      // A record that this commit writes too holds the key afterwards only if it claims it, seen above.
      if (!written.contains({owner.collection, owner.id})) return UniqueConflict(*claimer, name.first, owner);
    }
    DUIJIE_RETURN_IF_ERROR(it_->status());
  }
  return OkStatus();
}

Status CommitPlanner::CheckSideEntries(const CommitRequest& request) const {
  for (const SideEntry& entry : request.side_entries) {
    if (!entry.must_be_new) continue;
    DUIJIE_ASSIGN_OR_RETURN(const auto present,
                            store_.Get(record_keys::Side(entry.space, entry.key), &snapshot_));
    if (present) {
      return Error(StatusCode::kAborted, "SIDE_ENTRY_EXISTS", "the side entry is there already",
                   {{"space", entry.space}, {"key", entry.key}});
    }
  }
  return OkStatus();
}

Status CommitPlanner::Add(const CommitRequest& request, Revision revision, WriteBatch* batch) {
  DUIJIE_RETURN_IF_ERROR(CheckSideEntries(request));
  DUIJIE_ASSIGN_OR_RETURN(const auto latest, CheckExpectations(request));
  DUIJIE_RETURN_IF_ERROR(CheckUniqueKeys(request));

  std::vector<Change> changes;
  for (size_t i = 0; i < request.mutations.size(); ++i) {
    const Mutation& mutation = request.mutations[i];
    AppendMutation(mutation, latest[i] ? latest[i]->version.index_keys : std::vector<IndexKey>(), revision,
                   batch);
    changes.push_back({revision, mutation.collection, mutation.id, mutation.tombstone});
  }
  if (!changes.empty()) batch->Put(record_keys::ChangeAt(revision), record_values::EncodeChanges(changes));
  for (const SideEntry& entry : request.side_entries) {
    std::string key = record_keys::Side(entry.space, entry.key);
    if (entry.value) {
      batch->Put(std::move(key), *entry.value);
    } else {
      batch->Delete(std::move(key));
    }
  }
  for (std::string& key : WrittenBy(request)) touched_.insert(std::move(key));
  return OkStatus();
}

}  // namespace duijie
