// SPDX-License-Identifier: GPL-3.0-or-later
// Reads records as a caller may see them: masked, with expiry shown, invisible ones as if absent.
// Thread-safe.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/auth/principal.h"
#include "common/status/status.h"
#include "services/catalog/catalog_parts.h"
#include "services/catalog/record_traits.h"

namespace duijie::catalog {

inline constexpr int kMaxBatchNames = 1'000;
inline constexpr int kDefaultPageSize = 50;
inline constexpr int kMaxListPageSize = 1'000;
inline constexpr size_t kMaxPageBytes = 3 * 1024 * 1024;  // a page ends early rather than grow beyond
inline constexpr size_t kMaxBatchGetBytes = 48 * 1024 * 1024;

// Positions in what readers return are ids; a page goes on after them.
class RecordReader {
 public:
  explicit RecordReader(CatalogParts parts) : parts_(parts) {}

  // NOT_FOUND RECORD_NOT_FOUND; UNAVAILABLE INDEX_BEHIND if the catalog has not reached `min_revision`.
  StatusOr<AnyRecord> Get(const Principal& caller, v1::Collection collection, const std::string& name,
                          int64_t min_revision) const;

  struct Batch {
    std::vector<AnyRecord> records;
    std::vector<std::string> missing;
  };
  // `Names` is any range of strings. RESOURCE_EXHAUSTED TOO_LARGE beyond kMaxBatchGetBytes.
  StatusOr<Batch> BatchGet(const Principal& caller, v1::Collection collection,
                           const std::vector<std::string>& names) const;

  struct Page {
    std::vector<AnyRecord> records;
    std::string next;  // position of the next page; empty at the end
  };
  // A page may be short, even empty, before the end: the work for one call is bounded.
  StatusOr<Page> List(const Principal& caller, v1::Collection collection, const v1::RecordFilter& filter,
                      int page_size, const std::string& position) const;

  // Calls `visit` for every visible record of one state of the catalog, in id order, until it returns an
  // error.
  Status ForEach(const Principal& caller, v1::Collection collection, const v1::RecordFilter& filter,
                 const std::function<Status(AnyRecord)>& visit) const;

  // The name for each id, "" where there is no record that the caller sees in full (a masked record hides its
  // source).
  StatusOr<std::vector<std::string>> ResolveExternalIds(const Principal& caller, v1::Collection collection,
                                                        const std::string& source_library,
                                                        const std::vector<std::string>& external_ids) const;

  // Any record as the caller sees it; the record as stored is for those who write it (RecordWriter).
  StatusOr<AnyRecord> Visible(const Principal& caller, const std::string& name) const;

 private:
  CatalogParts parts_;
};

// NOT_FOUND RECORD_NOT_FOUND; says nothing of why.
Status RecordNotFound(const std::string& name);

}  // namespace duijie::catalog
