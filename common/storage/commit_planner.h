// SPDX-License-Identifier: GPL-3.0-or-later
// Turns commit requests into the operations of one batch: checks what each expects against one state of the
// store and works out which index entries come and go. One planner serves one group of commits that will be
// written together; it belongs to one thread.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/storage/kv_store.h"
#include "common/storage/record_types.h"
#include "common/storage/record_values.h"

namespace duijie {

struct CommitRequest {
  std::vector<Mutation> mutations;
  std::vector<SideEntry> side_entries;
};

// What needs no store: INVALID_ARGUMENT COMMIT_LIMIT or INVALID_COMMIT. Sorts each mutation's index keys and
// drops duplicates.
Status CheckAndNormalise(CommitRequest* request);

// About how many bytes the request adds to a batch.
size_t BytesOf(const CommitRequest& request);

class CommitPlanner {
 public:
  // `store` and `snapshot` outlive the planner; `snapshot` is the newest state, with no write under way.
  CommitPlanner(const KvStore& store, const Snapshot& snapshot);

  // True if `request` touches something that an added commit writes: it then needs a later group, whose
  // snapshot shows that write.
  bool Overlaps(const CommitRequest& request) const;

  // Appends the operations of `request`, whose changes get `revision`. On an error (see RecordLog::Commit)
  // nothing is appended.
  Status Add(const CommitRequest& request, Revision revision, WriteBatch* batch);

 private:
  struct Latest {
    Revision revision = 0;
    record_values::StoredVersion version;
  };

  StatusOr<std::optional<Latest>> LatestOf(const Mutation& mutation);
  StatusOr<std::vector<std::optional<Latest>>> CheckExpectations(const CommitRequest& request);
  Status CheckUniqueKeys(const CommitRequest& request);
  Status CheckSideEntries(const CommitRequest& request) const;

  const KvStore& store_;
  const Snapshot& snapshot_;
  std::unique_ptr<Iterator> it_;   // over the whole record layer
  std::set<std::string> touched_;  // key prefixes of records and unique keys, keys of side entries
};

}  // namespace duijie
