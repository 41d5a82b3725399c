// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/record_writer.h"

#include <chrono>

#include "common/auth/visibility.h"
#include "common/base/proto_time.h"
#include "services/catalog/catalog_keys.h"
#include "services/catalog/catalog_validation.h"
#include "services/catalog/masking.h"
#include "services/catalog/record_edit.h"
#include "services/catalog/record_reader.h"
#include "services/catalog/state_machine.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {
namespace {

constexpr int kMaxAttempts = 8;  // of a change without etag that meets concurrent changes
constexpr std::chrono::seconds kMaxGateWait(10);

std::string FieldPrefix(v1::Collection collection) {
  switch (collection) {
    case v1::COLLECTION_ENTERPRISES:
      return "enterprise.";
    case v1::COLLECTION_NEEDS:
      return "need.";
    case v1::COLLECTION_EXPERTS:
      return "expert.";
    default:
      return "achievement.";
  }
}

void Stamp(AnyRecord* record, UnixMicros now, bool created) {
  std::visit(
      [&](auto& r) {
        if (created) *r.mutable_create_time() = TimestampOf(now);
        *r.mutable_update_time() = TimestampOf(now);
      },
      *record);
}

Status CheckContent(const AnyRecord& record, const TaxonomySet& taxonomies) {
  Violations violations = ValidateRecord(record, taxonomies, FieldPrefix(CollectionOf(record)));
  return violations.empty() ? OkStatus() : InvalidFields(violations);
}

Status StaleEtag() {
  return Error(StatusCode::kAborted, "STALE_ETAG", "the record was changed meanwhile; read it again");
}

bool IsStale(const Status& status) { return ReasonOf(status) == "STALE_REVISION"; }

Revision RevisionOf(const AnyRecord& record) {
  return std::visit([](const auto& r) { return static_cast<Revision>(r.revision()); }, record);
}

std::string EtagIn(const AnyRecord& record) {
  return std::visit([](const auto& r) { return r.etag(); }, record);
}

}  // namespace

Status TranslateCommitError(const Status& status) {
  const std::string reason = ReasonOf(status);
  if (reason == "STALE_REVISION") return StaleEtag();
  if (reason == "UNIQUE_CONFLICT") {
    // Not whose it is: that record may be hidden from the caller.
    return Error(StatusCode::kAlreadyExists, "UNIQUE_VALUE_TAKEN",
                 "another record carries this credit code, or this source library and external id");
  }
  return status;
}

StatusOr<RequestMemory::Answer> RecordWriter::Store(const WriteRequest& request,
                                                    std::vector<Mutation> mutations) {
  const Mutation main = mutations.front();
  DUIJIE_ASSIGN_OR_RETURN(auto entries, requests_.EntriesFor(request, main));
  auto revision = parts_.log.Commit(std::move(mutations), std::move(entries));
  if (revision.ok())
    return RequestMemory::Answer{main.collection, main.id, {*revision, main.tombstone, main.bytes}};
  if (!request.request_id.empty()) {
    auto before = requests_.Find(request);
    if (!before.ok()) return before.status();
    if (*before) return **before;
  }
  return revision.status();
}

StatusOr<AnyRecord> RecordWriter::Answer(const Principal& caller, const RequestMemory::Answer& answer) const {
  DUIJIE_ASSIGN_OR_RETURN(AnyRecord record,
                          ReadOf(*CollectionOf(answer.collection), answer.id, answer.version));
  ShowExpiry(&record, parts_.Today());
  auto view = ViewFor(caller, std::move(record));
  if (!view) return RecordNotFound(MakeName(*CollectionOf(answer.collection), answer.id));
  return *std::move(view);
}

StatusOr<AnyRecord> RecordWriter::Create(const Principal& caller, const WriteRequest& request,
                                         AnyRecord record, std::string id, bool validate_only) {
  if (!id.empty() && !IsValidId(id)) {
    return InvalidField(
        FieldPrefix(CollectionOf(record)).substr(0, FieldPrefix(CollectionOf(record)).size() - 1) + "_id",
        "INVALID_ID", "应为 1 到 64 个 a-z、0-9、- 字符");
  }
  DUIJIE_ASSIGN_OR_RETURN(auto before, requests_.Find(request));
  if (before) return Answer(caller, *before);
  const bool chosen = !id.empty();
  const UnixMicros now = parts_.clock.Now();
  if (!chosen) id = parts_.ids.NewId(now);

  ClearOutputFields(&record);
  ClaimForCaller(caller, &record);
  FillTier(&record);
  DUIJIE_RETURN_IF_ERROR(CheckContent(record, parts_.taxonomies));
  DUIJIE_RETURN_IF_ERROR(FillFromEnterprise(parts_.log, &record));
  std::visit([&](auto& r) { r.set_name(MakeName(CollectionOf(record), id)); }, record);
  TakeStep(&record, v1::RECORD_STATE_DRAFT, "", caller.key_id(), now);
  Stamp(&record, now, true);
  if (!MayEdit(caller, FactsOf(record))) return Forbidden();
  if (validate_only) return record;

  DUIJIE_ASSIGN_OR_RETURN(auto pass, parts_.gate.Enter(kMaxGateWait));
  auto stored = Store(request, {WriteOf(record, id, 0)});
  if (stored.ok()) return Answer(caller, *stored);
  if (!IsStale(stored.status())) return TranslateCommitError(stored.status());
  auto existing = Load(caller, NameOf(record), "");
  if (chosen && existing.ok() && SameContent(*existing, record) && MayEdit(caller, FactsOf(*existing)))
    return existing;
  return Error(StatusCode::kAlreadyExists, "RECORD_EXISTS", "the id is taken");
}

StatusOr<AnyRecord> RecordWriter::Load(const Principal& caller, const std::string& name,
                                       const std::string& etag) const {
  const auto parsed = ParseName(name);
  if (!parsed) return InvalidField("name", "INVALID_NAME", "应为 collection/{id}");
  auto version = parts_.log.Get(CollectionName(parsed->collection), parsed->id);
  if (version.status().code() == StatusCode::kNotFound) return RecordNotFound(name);
  if (!version.ok()) return version.status();
  DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(parsed->collection, parsed->id, *version));
  TakeDueExpiry(&record, parts_.Today(), parts_.clock.Now());
  if (VisibilityOf(caller, FactsOf(record)) == Visibility::kNone) return RecordNotFound(name);
  if (!etag.empty() && etag != EtagIn(record)) return StaleEtag();
  return record;
}

StatusOr<AnyRecord> RecordWriter::Change(const Principal& caller, const WriteRequest& request,
                                         const std::string& name, const std::string& etag,
                                         const std::function<Status(AnyRecord&)>& change) {
  DUIJIE_ASSIGN_OR_RETURN(auto before, requests_.Find(request));
  if (before) return Answer(caller, *before);
  DUIJIE_ASSIGN_OR_RETURN(auto pass, parts_.gate.Enter(kMaxGateWait));
  Status last;
  for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
    DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, Load(caller, name, etag));
    const Revision seen = RevisionOf(record);
    DUIJIE_RETURN_IF_ERROR(change(record));
    Stamp(&record, parts_.clock.Now(), false);
    auto stored = Store(request, {WriteOf(record, ParseName(name)->id, seen)});
    if (stored.ok()) return Answer(caller, *stored);
    last = stored.status();
    if (!IsStale(last)) break;
  }
  return TranslateCommitError(last);
}

StatusOr<AnyRecord> RecordWriter::Update(const Principal& caller, const WriteRequest& request,
                                         const AnyRecord& changes, const google::protobuf::FieldMask& mask) {
  const std::string name = NameOf(changes);
  const auto parsed = ParseName(name);
  if (!parsed || parsed->collection != CollectionOf(changes)) {
    return InvalidField(FieldPrefix(CollectionOf(changes)) + "name", "INVALID_NAME",
                        "应为 " + std::string(CollectionName(CollectionOf(changes))) + "/{id}");
  }
  return Change(caller, request, name, EtagIn(changes), [&](AnyRecord& record) -> Status {
    if (!MayEdit(caller, FactsOf(record))) return Forbidden();
    if (StateOf(record) == v1::RECORD_STATE_CLOSED) {
      return Error(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION", "a closed record cannot be changed",
                   {{"from", v1::RecordState_Name(v1::RECORD_STATE_CLOSED)},
                    {"to", v1::RecordState_Name(v1::RECORD_STATE_CLOSED)}});
    }
    Violations violations = ApplyMask(mask, changes, &record);
    if (!violations.empty()) return InvalidFields(violations);
    ClaimForCaller(caller, &record);
    FillTier(&record);
    DUIJIE_RETURN_IF_ERROR(CheckContent(record, parts_.taxonomies));
    // Nobody may move a record out of the own scope.
    return MayEdit(caller, FactsOf(record)) ? OkStatus() : Forbidden();
  });
}

StatusOr<AnyRecord> RecordWriter::Transition(const Principal& caller, const WriteRequest& request,
                                             const std::string& name, v1::RecordState to,
                                             const std::string& reason, const std::string& etag) {
  return Change(caller, request, name, etag, [&](AnyRecord& record) -> Status {
    if (!MayTransition(caller, FactsOf(record), to)) return Forbidden();
    DUIJIE_RETURN_IF_ERROR(CheckStep(StateOf(record), to, reason));
    if (to == v1::RECORD_STATE_SUBMITTED || to == v1::RECORD_STATE_PUBLISHED) {
      Violations violations = ValidateForSubmission(record, FieldPrefix(CollectionOf(record)));
      if (!violations.empty()) return InvalidFields(violations);
    }
    TakeStep(&record, to, reason, caller.key_id(), parts_.clock.Now());
    return OkStatus();
  });
}

StatusOr<Revision> RecordWriter::Delete(const Principal& caller, const WriteRequest& request,
                                        const std::string& name, const std::string& etag) {
  DUIJIE_ASSIGN_OR_RETURN(auto before, requests_.Find(request));
  if (before) return before->version.revision;
  DUIJIE_ASSIGN_OR_RETURN(auto pass, parts_.gate.Enter(kMaxGateWait));
  Status last;
  for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
    DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, Load(caller, name, etag));
    if (!MayEdit(caller, FactsOf(record))) return Forbidden();
    const auto parsed = *ParseName(name);
    std::vector<Mutation> mutations = {TombstoneOf(parsed.collection, parsed.id, RevisionOf(record))};
    auto contacts = parts_.log.Get(kContacts, name);
    if (contacts.ok()) {
      mutations.push_back({std::string(kContacts), name, "", true, contacts->revision, {}});
    } else if (contacts.status().code() != StatusCode::kNotFound) {
      return contacts.status();
    }
    auto stored = Store(request, std::move(mutations));
    if (stored.ok()) return stored->version.revision;
    last = stored.status();
    if (!IsStale(last)) break;
  }
  return TranslateCommitError(last);
}

StatusOr<size_t> RecordWriter::TakeDueExpiries(size_t limit) {
  const std::string today = parts_.Today();
  const UnixMicros now = parts_.clock.Now();
  DUIJIE_ASSIGN_OR_RETURN(IndexPage due, parts_.log.ListByIndex(kExpiryIndex, "", "", limit));
  DUIJIE_ASSIGN_OR_RETURN(auto pass, parts_.gate.Enter(kMaxGateWait));
  size_t taken = 0;
  for (const IndexEntry& entry : due.entries) {
    if (entry.key >= today) break;  // in order of date
    auto version = parts_.log.Get(entry.collection, entry.id);
    if (!version.ok()) continue;  // deleted since
    DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(*CollectionOf(entry.collection), entry.id, *version));
    if (!HasExpired(record, today)) continue;
    TakeDueExpiry(&record, today, now);
    Stamp(&record, now, false);
    const auto written = parts_.log.Commit({WriteOf(record, entry.id, version->revision)});
    if (IsStale(written.status())) continue;  // changed since; the next sweep sees it
    if (!written.ok()) return written.status();
    ++taken;
  }
  return taken;
}

}  // namespace duijie::catalog
