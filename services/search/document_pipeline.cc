// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/document_pipeline.h"

#include <algorithm>
#include <utility>

#include "services/search/xapian_guard.h"

namespace duijie::search {

DocumentPipeline::DocumentPipeline(const DocumentBuilder& builder,
                                   const internal::v1::ListChangesResponse& page)
    : builder_(builder), page_(page) {
  if (page_.changes_size() >= kFewestPipelined) thread_ = std::thread([this] { Run(); });
}

DocumentPipeline::~DocumentPipeline() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

StatusOr<std::optional<BuiltDocument>> DocumentPipeline::Build(int change) const {
  std::optional<BuiltDocument> built;
  DUIJIE_RETURN_IF_ERROR(GuardXapian([&]() -> Status {
    const std::optional<IndexedRecord> record = ToIndexedRecord(page_.changes(change).record());
    if (record) built = builder_.Build(*record);
    return OkStatus();
  }));
  return built;
}

Status DocumentPipeline::BuildBatch(int begin, Batch* batch) const {
  const int end = std::min(begin + kBatchDocuments, page_.changes_size());
  batch->reserve(kBatchDocuments);
  for (int change = begin; change < end; ++change) {
    DUIJIE_ASSIGN_OR_RETURN(std::optional<BuiltDocument> built, Build(change));
    batch->push_back(std::move(built));
  }
  return OkStatus();
}

void DocumentPipeline::Run() {
  for (int begin = 0; begin < page_.changes_size(); begin += kBatchDocuments) {
    Batch batch;
    Status built = BuildBatch(begin, &batch);
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stop_ || ready_.size() < kBatchesAhead; });
    if (stop_) return;
    if (built.ok()) {
      ready_.push_back(std::move(batch));
    } else {
      failed_ = std::move(built);
    }
    const bool failed = !failed_.ok();
    lock.unlock();
    changed_.notify_all();
    if (failed) return;
  }
}

StatusOr<std::optional<BuiltDocument>> DocumentPipeline::Next() {
  if (!thread_.joinable()) return Build(next_++);
  if (taken_ == current_.size()) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty() || !failed_.ok(); });
    if (ready_.empty()) return failed_;
    current_ = std::move(ready_.front());
    taken_ = 0;
    ready_.pop_front();
    lock.unlock();
    changed_.notify_all();
  }
  return std::move(current_[taken_++]);
}

}  // namespace duijie::search
