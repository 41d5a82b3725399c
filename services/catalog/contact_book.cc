// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/contact_book.h"

#include <chrono>

#include "services/catalog/catalog_keys.h"
#include "services/catalog/catalog_validation.h"
#include "services/catalog/record_edit.h"
#include "services/catalog/record_reader.h"
#include "services/catalog/record_traits.h"
#include "services/catalog/record_writer.h"
#include "services/catalog/state_machine.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {
namespace {

constexpr std::chrono::seconds kMaxGateWait(10);

std::string Bytes(const Contacts& contacts) {
  v1::GetContactsResponse stored;
  *stored.mutable_contacts() = contacts;
  return stored.SerializeAsString();
}

}  // namespace

Mutation WriteOfContacts(const std::string& name, const Contacts& contacts,
                         std::optional<Revision> expected_revision) {
  Mutation mutation;
  mutation.collection = kContacts;
  mutation.id = name;
  mutation.bytes = Bytes(contacts);
  mutation.expected_revision = expected_revision;
  return mutation;
}

StatusOr<StoredContacts> ReadContacts(const RecordLog& log, const std::string& name) {
  auto version = log.Get(kContacts, name);
  if (version.status().code() == StatusCode::kNotFound) return StoredContacts();
  if (!version.ok()) return version.status();
  v1::GetContactsResponse stored;
  if (!stored.ParseFromString(version->bytes)) {
    return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "stored contacts do not decode", {{"key", name}});
  }
  return StoredContacts{stored.contacts(), version->revision};
}

bool SameContacts(const Contacts& a, const Contacts& b) { return Bytes(a) == Bytes(b); }

StatusOr<AccessFacts> ContactBook::FactsFor(const Principal& caller, const std::string& name) const {
  const auto parsed = ParseName(name);
  if (!parsed) return InvalidField("name", "INVALID_NAME", "应为 collection/{id}");
  auto version = parts_.log.Get(CollectionName(parsed->collection), parsed->id);
  if (version.status().code() == StatusCode::kNotFound) return RecordNotFound(name);
  if (!version.ok()) return version.status();
  DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(parsed->collection, parsed->id, *version));
  ShowExpiry(&record, parts_.Today());
  if (VisibilityOf(caller, FactsOf(record)) == Visibility::kNone) return RecordNotFound(name);
  return FactsOf(record);
}

StatusOr<Contacts> ContactBook::Get(const Principal& caller, const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(const AccessFacts facts, FactsFor(caller, name));
  if (!MayReadContacts(caller, facts)) return Forbidden();
  DUIJIE_ASSIGN_OR_RETURN(StoredContacts stored, ReadContacts(parts_.log, name));
  return std::move(stored.contacts);
}

StatusOr<Revision> ContactBook::Replace(const Principal& caller, const WriteRequest& request,
                                        const std::string& name, const Contacts& contacts) {
  Violations violations = ValidateContacts(contacts, "contacts");
  if (!violations.empty()) return InvalidFields(violations);
  DUIJIE_ASSIGN_OR_RETURN(auto before, requests_.Find(request));
  if (before) return before->version.revision;
  DUIJIE_ASSIGN_OR_RETURN(auto pass, parts_.gate.Enter(kMaxGateWait));
  DUIJIE_ASSIGN_OR_RETURN(const AccessFacts facts, FactsFor(caller, name));
  if (!MayEdit(caller, facts)) return Forbidden();
  const Mutation mutation = WriteOfContacts(name, contacts, std::nullopt);
  DUIJIE_ASSIGN_OR_RETURN(auto entries, requests_.EntriesFor(request, mutation));
  auto revision = parts_.log.Commit({mutation}, std::move(entries));
  if (revision.ok() || request.request_id.empty()) return revision;
  DUIJIE_ASSIGN_OR_RETURN(before, requests_.Find(request));
  if (before) return before->version.revision;
  return revision;
}

}  // namespace duijie::catalog
