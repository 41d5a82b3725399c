// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the documents of one page of changes on a thread of its own, some way ahead of the thread that
// writes them: analysis takes about as long as Xapian's writing, so a bulk load keeps two cores busy.
// Documents come in the order of the page, whatever the threads do. Pages too small to gain from it are built
// by the caller.
//
// One caller. Memory: at most kBatchesAhead + 2 batches of documents, some 60 kB each for a record of 300
// characters.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "common/status/status.h"
#include "duijie/internal/v1/feed_service.pb.h"
#include "services/search/document_builder.h"

namespace duijie::search {

inline constexpr int kBatchDocuments = 16;
inline constexpr size_t kBatchesAhead = 8;
inline constexpr int kFewestPipelined = 64;  // changes; a smaller page is built in place

class DocumentPipeline {
 public:
  // Both must outlive this.
  DocumentPipeline(const DocumentBuilder& builder, const internal::v1::ListChangesResponse& page);
  // Leaves what was not asked for unbuilt.
  ~DocumentPipeline();
  DocumentPipeline(const DocumentPipeline&) = delete;
  DocumentPipeline& operator=(const DocumentPipeline&) = delete;

  // The document of the page's next change; none if it removes the record. Call once per change, at most.
  StatusOr<std::optional<BuiltDocument>> Next();

 private:
  using Batch = std::vector<std::optional<BuiltDocument>>;

  StatusOr<std::optional<BuiltDocument>> Build(int change) const;
  void Run();
  Status BuildBatch(int begin, Batch* batch) const;

  const DocumentBuilder& builder_;
  const internal::v1::ListChangesResponse& page_;
  int next_ = 0;   // change, of the caller
  Batch current_;  // the caller's; its first `taken_` are gone
  size_t taken_ = 0;

  std::mutex mutex_;  // protects all below
  std::condition_variable changed_;
  std::deque<Batch> ready_;
  Status failed_;  // after the batches in ready_
  bool stop_ = false;
  std::thread thread_;  // none for a small page
};

}  // namespace duijie::search
