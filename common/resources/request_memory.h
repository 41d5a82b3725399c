// SPDX-License-Identifier: GPL-3.0-or-later
// Makes repeated writes harmless: what a request_id led to is kept for 24 hours, stored in the same commit as
// the write itself, and bound to the caller, the method and the whole request. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/message.h>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "common/storage/record_log.h"

namespace duijie {

// Side spaces of the log: what a request_id was answered, and the same in order of expiry.
inline constexpr std::string_view kRequestSpace = "requests";
inline constexpr std::string_view kRequestExpirySpace = "request_expiry";

inline constexpr UnixMicros kRequestMemory = 24LL * 3600 * 1'000'000;

// One write as its caller asked for it.
struct WriteRequest {
  std::string caller;  // id of the API key
  std::string method;
  std::string request_id;   // "" = not to be remembered
  std::string fingerprint;  // hash of method and request
};

// INVALID_FIELD unless "" or a UUID.
Status CheckRequestId(std::string_view request_id);

// `request` must have a string field request_id, which is left out of the fingerprint.
WriteRequest DescribeRequest(std::string_view caller, std::string_view method,
                             const google::protobuf::Message& request);

class RequestMemory {
 public:
  RequestMemory(RecordLog& log, const Clock& clock) : log_(log), clock_(clock) {}

  // The version that this request wrote when it came before: collection, id, and its revision.
  struct Answer {
    std::string collection;
    std::string id;
    RecordVersion version;
  };
  // INVALID_ARGUMENT REQUEST_ID_REUSED if the id was used with another method or request; INVALID_FIELD if it
  // is no UUID.
  StatusOr<std::optional<Answer>> Find(const WriteRequest& request) const;

  // Entries to commit together with `mutation`, which replaces the version `prior` of its record (0 = none).
  // Empty without request_id. The commit fails with SIDE_ENTRY_EXISTS if the same request got there first:
  // Find it then.
  StatusOr<std::vector<SideEntry>> EntriesFor(const WriteRequest& request, const Mutation& mutation) const;

  // Forgets up to `limit` requests whose time is over; returns how many.
  StatusOr<size_t> Forget(size_t limit);

 private:
  StatusOr<RecordVersion> VersionAfter(const std::string& collection, const std::string& id, Revision prior,
                                       const std::string& bytes_hash) const;

  RecordLog& log_;
  const Clock& clock_;
};

}  // namespace duijie
