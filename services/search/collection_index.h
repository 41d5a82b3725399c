// SPDX-License-Identifier: GPL-3.0-or-later
// The index of one collection: takes changes of the catalog as data and commits them together with the
// revision they come from, so that after any crash the index says itself from where to go on. Thread-safe;
// writers take turns.
//
// An index of another schema version, a damaged one, and one whose folder was deleted start empty at revision
// 0; whoever feeds it then feeds it everything.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <xapian.h>

#include "common/status/status.h"
#include "duijie/internal/v1/feed_service.pb.h"
#include "services/search/document_builder.h"
#include "services/search/gram_statistics.h"
#include "services/search/readable_index.h"

namespace duijie::search {

class CollectionIndex {
 public:
  // Opens or creates the index in `folder`. FAILED_PRECONDITION (DATA_FOLDER_IN_USE) if another process
  // writes it.
  static StatusOr<std::unique_ptr<CollectionIndex>> Open(std::string folder,
                                                         std::shared_ptr<const DocumentBuilder> builder);

  // Takes one page of changes; readers see it after Commit. Applying a change again changes nothing. A page
  // without changes only moves the revision, without a commit if nothing is pending. After an error nothing
  // is pending.
  Status Apply(const internal::v1::ListChangesResponse& page);

  // Makes what is pending durable and visible, in one atomic step.
  Status Commit();

  // Throws everything away: the catalog is not the one this index was made from.
  Status Clear();

  // Declares that what is committed is the collection as of `revision`; for copies that were put back.
  void ShowRevision(int64_t revision);

  // Revision up to which changes were applied, and how many documents wait for Commit.
  int64_t AppliedRevision() const;
  int64_t PendingDocuments() const;

  // Waits until readers see `revision` or more. UNAVAILABLE (INDEX_BEHIND, with a retry delay) after
  // `timeout`.
  Status WaitForRevision(int64_t revision, std::chrono::milliseconds timeout);
  // True while somebody waits for a revision that readers do not see yet.
  bool HasWaiters() const;

  // Commits what is pending and copies the index into `folder` (must not exist), as of the revision that is
  // returned.
  StatusOr<int64_t> CopyTo(const std::string& folder);

  ReadableIndex& readable() { return readable_; }

 private:
  CollectionIndex(std::string folder, std::shared_ptr<const DocumentBuilder> builder);
  // All below: with write_mutex_ held.
  Status OpenDatabase();
  Status CreateDatabase();
  Status LoadState();
  Status Recover();
  Status CommitLocked();
  // `built`: its document; none removes the record.
  void ApplyChange(const internal::v1::ChangedRecord& change, const std::optional<BuiltDocument>& built);
  void Remove(Xapian::docid id);
  void CountOut(Xapian::docid id);
  void CountIn(const BuiltDocument& built);
  void Begin();
  std::shared_ptr<const GramStatistics> MergedStatistics() const;
  void WriteState(const IndexVersion& next);
  void PublishRevision(const IndexVersion& version);

  const std::string folder_;
  const std::shared_ptr<const DocumentBuilder> builder_;

  mutable std::mutex write_mutex_;
  Xapian::WritableDatabase database_;
  bool in_transaction_ = false;
  int64_t pending_documents_ = 0;
  int64_t applied_revision_ = 0;
  int64_t changed_revision_ = 0;
  GramTable pending_grams_;
  CollectionSums sums_;

  mutable std::mutex wait_mutex_;  // protects the two below
  std::condition_variable advanced_;
  int waiters_ = 0;
  int64_t visible_revision_ = 0;

  ReadableIndex readable_;
};

}  // namespace duijie::search
