// SPDX-License-Identifier: GPL-3.0-or-later
// The contacts of records: stored apart from them, read only by who is entitled to. Thread-safe.
#pragma once

#include <string>

#include "common/auth/principal.h"
#include "common/auth/visibility.h"
#include "common/resources/request_memory.h"
#include "common/status/status.h"
#include "duijie/v1/catalog_service.pb.h"
#include "services/catalog/catalog_parts.h"

namespace duijie::catalog {

using Contacts = google::protobuf::RepeatedPtrField<v1::Contact>;

class ContactBook {
 public:
  ContactBook(CatalogParts parts, RequestMemory& requests) : parts_(parts), requests_(requests) {}

  // NOT_FOUND if the caller does not see the record, FORBIDDEN if it sees it but not its contacts.
  StatusOr<Contacts> Get(const Principal& caller, const std::string& name) const;

  // Returns the revision of the change.
  StatusOr<Revision> Replace(const Principal& caller, const WriteRequest& request, const std::string& name,
                             const Contacts& contacts);

 private:
  StatusOr<AccessFacts> FactsFor(const Principal& caller, const std::string& name) const;

  CatalogParts parts_;
  RequestMemory& requests_;
};

// How contacts lie in the log.
Mutation WriteOfContacts(const std::string& name, const Contacts& contacts,
                         std::optional<Revision> expected_revision);
// The contacts stored for a record and their revision; empty and 0 if there are none.
struct StoredContacts {
  Contacts contacts;
  Revision revision = 0;
};
StatusOr<StoredContacts> ReadContacts(const RecordLog& log, const std::string& name);
bool SameContacts(const Contacts& a, const Contacts& b);

}  // namespace duijie::catalog
