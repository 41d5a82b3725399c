// SPDX-License-Identifier: GPL-3.0-or-later
// The catalog as other services read it (feed_service.proto): whole records, as stored, by revision. A record
// past its last day shows as PUBLISHED here until the sweep has written its EXPIRED step, so that what a
// revision shows never depends on the clock. Thread-safe.
#pragma once

#include <functional>

#include "common/status/status.h"
#include "duijie/internal/v1/feed_service.pb.h"
#include "services/catalog/catalog_parts.h"

namespace duijie::catalog {

inline constexpr int kMaxFeedRecords = 2'000;
inline constexpr int kMaxFeedWaitMs = 10'000;

class ChangeFeed {
 public:
  explicit ChangeFeed(CatalogParts parts) : parts_(parts) {}

  // A page holds whole commits: it may go over `limit` by the records of one import batch, because a revision
  // is never split. `alive` is asked while waiting.
  StatusOr<internal::v1::ListChangesResponse> ListChanges(const internal::v1::ListChangesRequest& request,
                                                          const std::function<Status()>& alive) const;
  StatusOr<internal::v1::ReadRecordsResponse> ReadRecords(
      const internal::v1::ReadRecordsRequest& request) const;
  StatusOr<internal::v1::ScanRecordsResponse> ScanRecords(
      const internal::v1::ScanRecordsRequest& request) const;

 private:
  // What a scan looks at next.
  StatusOr<RecordPage> PageOf(const internal::v1::ScanRecordsRequest& request, Revision at) const;

  CatalogParts parts_;
};

}  // namespace duijie::catalog
