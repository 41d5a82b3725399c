// SPDX-License-Identifier: GPL-3.0-or-later
// Writes single records. Every method is one atomic commit that is on disk when it returns; a repeated
// request_id returns the first answer. What the caller may not see is NOT_FOUND, what it may see but not
// change FORBIDDEN. Thread-safe.
#pragma once

#include <functional>
#include <string>

#include <google/protobuf/field_mask.pb.h>

#include "common/auth/principal.h"
#include "common/resources/request_memory.h"
#include "common/status/status.h"
#include "services/catalog/catalog_parts.h"
#include "services/catalog/record_traits.h"

namespace duijie::catalog {

class RecordWriter {
 public:
  explicit RecordWriter(CatalogParts parts) : parts_(parts), requests_(parts.log, parts.clock) {}

  // `id` "" = made up. ALREADY_EXISTS RECORD_EXISTS (not if the record there has the same content and the
  // caller may edit it: then that is the answer) or UNIQUE_VALUE_TAKEN.
  StatusOr<AnyRecord> Create(const Principal& caller, const WriteRequest& request, AnyRecord record,
                             std::string id, bool validate_only);

  // `changes` carries the name, the new values and, if it is to be checked, the etag: ABORTED STALE_ETAG.
  StatusOr<AnyRecord> Update(const Principal& caller, const WriteRequest& request, const AnyRecord& changes,
                             const google::protobuf::FieldMask& mask);

  StatusOr<Revision> Delete(const Principal& caller, const WriteRequest& request, const std::string& name,
                            const std::string& etag);

  StatusOr<AnyRecord> Transition(const Principal& caller, const WriteRequest& request,
                                 const std::string& name, v1::RecordState to, const std::string& reason,
                                 const std::string& etag);

  // Publishes no longer what is past its last day: at most `limit` records; returns how many steps were
  // taken.
  StatusOr<size_t> TakeDueExpiries(size_t limit);

  RequestMemory& requests() { return requests_; }

 private:
  // A record as stored, due expiry taken, that `caller` may see; with the etag checked.
  StatusOr<AnyRecord> Load(const Principal& caller, const std::string& name, const std::string& etag) const;
  StatusOr<AnyRecord> Change(const Principal& caller, const WriteRequest& request, const std::string& name,
                             const std::string& etag, const std::function<Status(AnyRecord&)>& change);
  StatusOr<AnyRecord> Answer(const Principal& caller, const RequestMemory::Answer& answer) const;
  // Commits; if the same request was answered before or meanwhile, gives that answer instead.
  StatusOr<RequestMemory::Answer> Store(const WriteRequest& request, std::vector<Mutation> mutations);

  CatalogParts parts_;
  RequestMemory requests_;
};

// How an error of RecordLog::Commit is told to the caller: STALE_ETAG, UNIQUE_VALUE_TAKEN; others unchanged.
Status TranslateCommitError(const Status& status);

}  // namespace duijie::catalog
