// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/collection_index.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "services/search/document_pipeline.h"
#include "services/search/index_schema.h"
#include "services/search/xapian_guard.h"

namespace duijie::search {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kRetryAfterMs = 200;
constexpr size_t kPrefetchAhead = 16;  // grams; the table of a large batch exceeds the processor's caches

int64_t NumberIn(const Xapian::Database& database, const char* key) {
  return std::strtoll(database.get_metadata(key).c_str(), nullptr, 10);
}

Status FileError(const char* what, const std::error_code& error) {
  if (error == std::errc::no_space_on_device) {
    return Error(StatusCode::kResourceExhausted, "DISK_FULL", "the disk of the index is full");
  }
  return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", std::string(what) + ": " + error.message());
}

}  // namespace

CollectionIndex::CollectionIndex(std::string folder, std::shared_ptr<const DocumentBuilder> builder)
    : folder_(std::move(folder)), builder_(std::move(builder)), readable_(folder_) {}

StatusOr<std::unique_ptr<CollectionIndex>> CollectionIndex::Open(
    std::string folder, std::shared_ptr<const DocumentBuilder> builder) {
  std::unique_ptr<CollectionIndex> index(new CollectionIndex(std::move(folder), std::move(builder)));
  const std::lock_guard lock(index->write_mutex_);
  DUIJIE_RETURN_IF_ERROR(index->OpenDatabase());
  return index;
}

Status CollectionIndex::OpenDatabase() {
  std::error_code error;
  fs::create_directories(fs::path(folder_).parent_path(), error);
  if (error) return FileError("cannot create the index folder", error);
  bool usable = false;
  Status opened = GuardXapian([&]() -> Status {
    database_ = Xapian::WritableDatabase(folder_, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
    usable = NumberIn(database_, kSchemaKey) == kSchemaVersion;
    return OkStatus();
  });
  if (!opened.ok() && opened.code() != StatusCode::kDataLoss) return opened;
  if (!usable) return CreateDatabase();
  const Status loaded = LoadState();
  return loaded.code() == StatusCode::kDataLoss ? CreateDatabase() : loaded;
}

Status CollectionIndex::CreateDatabase() {
  const uint64_t generation =
      readable_.Current().generation + 1;  // a number that no reader connects with other content
  const std::unique_lock gate(readable_.commit_gate());
  readable_.Reset();
  return GuardXapian([&]() -> Status {
    database_.close();
    std::error_code error;
    fs::remove_all(folder_, error);
    if (error) return FileError("cannot remove the old index", error);
    database_ = Xapian::WritableDatabase(folder_, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
    database_.set_metadata(kSchemaKey, std::to_string(kSchemaVersion));
    database_.set_metadata(kGenerationKey, std::to_string(generation));
    database_.add_document(Xapian::Document());  // see index_schema.h
    database_.commit();
    return LoadState();
  });
}

Status CollectionIndex::LoadState() {
  return GuardXapian([&]() -> Status {
    DUIJIE_ASSIGN_OR_RETURN(GramTable base, GramTable::Decode(database_.get_metadata(kGramBaseKey)));
    DUIJIE_ASSIGN_OR_RETURN(GramTable overlay, GramTable::Decode(database_.get_metadata(kGramOverlayKey)));
    DUIJIE_ASSIGN_OR_RETURN(sums_, CollectionSums::Decode(database_.get_metadata(kSumsKey)));
    in_transaction_ = false;
    pending_documents_ = 0;
    pending_grams_ = GramTable();
    applied_revision_ = NumberIn(database_, kRevisionKey);
    changed_revision_ = NumberIn(database_, kChangedKey);
    IndexVersion version;
    version.generation = static_cast<uint64_t>(NumberIn(database_, kGenerationKey));
    version.revision = applied_revision_;
    version.statistics =
        std::make_shared<GramStatistics>(std::make_shared<const GramTable>(std::move(base)),
                                         std::make_shared<const GramTable>(std::move(overlay)), sums_);
    version.caches = std::make_shared<CommitCaches>(database_.get_lastdocid());
    PublishRevision(version);
    return OkStatus();
  });
}

// After an error of Xapian its writer is in no known state: what was pending is dropped, the last commit
// stands.
Status CollectionIndex::Recover() {
  const Status closed = GuardXapian([&]() -> Status {
    database_.close();
    return OkStatus();
  });
  return closed.ok() ? OpenDatabase() : closed;
}

void CollectionIndex::PublishRevision(const IndexVersion& version) {
  readable_.Publish(version);
  const std::lock_guard lock(wait_mutex_);
  visible_revision_ = version.revision;
  advanced_.notify_all();
}

Status CollectionIndex::Apply(const internal::v1::ListChangesResponse& page) {
  const std::lock_guard lock(write_mutex_);
  if (page.changes().empty() && !in_transaction_) {
    applied_revision_ = std::max(applied_revision_, page.revision());
    IndexVersion version = readable_.Current();
    version.revision = applied_revision_;
    PublishRevision(version);
    return OkStatus();
  }
  Status applied = GuardXapian([&]() -> Status {
    Begin();
    DocumentPipeline documents(*builder_, page);
    for (const internal::v1::ChangedRecord& change : page.changes()) {
      DUIJIE_ASSIGN_OR_RETURN(const std::optional<BuiltDocument> built, documents.Next());
      ApplyChange(change, built);
    }
    return OkStatus();
  });
  if (!applied.ok()) {
    DUIJIE_RETURN_IF_ERROR(Recover());
    return applied;
  }
  applied_revision_ = std::max(applied_revision_, page.revision());
  pending_documents_ += page.changes_size();
  return OkStatus();
}

// A transaction keeps Xapian from committing by itself when its buffers are full, which would tear documents
// from the revision and statistics that belong to them.
void CollectionIndex::Begin() {
  if (in_transaction_) return;
  database_.begin_transaction(true);
  in_transaction_ = true;
}

void CollectionIndex::ApplyChange(const internal::v1::ChangedRecord& change,
                                  const std::optional<BuiltDocument>& built) {
  changed_revision_ = std::max(changed_revision_, change.revision());
  const std::string name_term = TermOf(Prefix::kName, change.name());
  const Xapian::PostingIterator found = database_.postlist_begin(name_term);
  const Xapian::docid known = found == database_.postlist_end(name_term) ? 0 : *found;
  if (!built) {
    if (known != 0) Remove(known);
    return;
  }
  Xapian::docid id = known;
  if (known != 0) {
    CountOut(known);
    database_.replace_document(known, built->document);
  } else {
    id = database_.add_document(built->document);
  }
  database_.set_metadata(ForwardKey(id), built->forward);
  database_.set_metadata(TextsKey(id), built->texts);
  CountIn(*built);
}

void CollectionIndex::Remove(Xapian::docid id) {
  CountOut(id);
  database_.delete_document(id);
  database_.set_metadata(ForwardKey(id), "");
  database_.set_metadata(TextsKey(id), "");
}

void CollectionIndex::CountOut(Xapian::docid id) {
  const std::string bytes = database_.get_metadata(ForwardKey(id));
  const StatusOr<ForwardView> forward = ForwardView::Parse(bytes);
  if (!forward.ok()) throw Xapian::DatabaseCorruptError("forward data are damaged");
  for (size_t i = 0; i < forward->grams().size(); ++i) pending_grams_.Add(forward->grams().hash(i), -1);
  for (size_t i = 0; i < kLengths; ++i) sums_.lengths[i] -= forward->lengths()[i];
  --sums_.documents;
}

void CollectionIndex::CountIn(const BuiltDocument& built) {
  for (size_t i = 0; i < built.grams.size(); ++i) {
    if (i + kPrefetchAhead < built.grams.size()) pending_grams_.Prefetch(built.grams[i + kPrefetchAhead]);
    pending_grams_.Add(built.grams[i], 1);
  }
  for (size_t i = 0; i < kLengths; ++i) sums_.lengths[i] += built.lengths[i];
  ++sums_.documents;
}

std::shared_ptr<const GramStatistics> CollectionIndex::MergedStatistics() const {
  const std::shared_ptr<const GramStatistics> before = readable_.Current().statistics;
  auto overlay = std::make_shared<GramTable>(*before->overlay());
  overlay->AddAll(pending_grams_);
  if (overlay->size() <= kMaxOverlayGrams) {
    return std::make_shared<const GramStatistics>(before->base(), std::move(overlay), sums_);
  }
  auto base = std::make_shared<GramTable>(*before->base());
  base->AddAll(*overlay);
  return std::make_shared<const GramStatistics>(std::move(base), std::make_shared<const GramTable>(), sums_);
}

void CollectionIndex::WriteState(const IndexVersion& next) {
  const GramStatistics& statistics = *next.statistics;
  if (statistics.base() != readable_.Current().statistics->base()) {
    database_.set_metadata(kGramBaseKey, statistics.base()->Encode());
  }
  database_.set_metadata(kGramOverlayKey, statistics.overlay()->Encode());
  database_.set_metadata(kSumsKey, sums_.Encode());
  database_.set_metadata(kRevisionKey, std::to_string(next.revision));
  database_.set_metadata(kChangedKey, std::to_string(changed_revision_));
  database_.set_metadata(kGenerationKey, std::to_string(next.generation));
}

Status CollectionIndex::Commit() {
  const std::lock_guard lock(write_mutex_);
  return CommitLocked();
}

Status CollectionIndex::CommitLocked() {
  if (!in_transaction_) return OkStatus();
  IndexVersion next;
  next.generation = readable_.Current().generation + 1;
  next.revision = applied_revision_;
  next.statistics = MergedStatistics();
  next.caches = std::make_shared<CommitCaches>(database_.get_lastdocid());
  Status committed = GuardXapian([&]() -> Status {
    WriteState(next);
    readable_.Announce(next);
    const std::unique_lock gate(readable_.commit_gate());
    database_.commit_transaction();
    return OkStatus();
  });
  if (!committed.ok()) {
    DUIJIE_RETURN_IF_ERROR(Recover());
    return committed;
  }
  in_transaction_ = false;
  pending_documents_ = 0;
  pending_grams_ = GramTable();
  PublishRevision(next);
  return OkStatus();
}

Status CollectionIndex::Clear() {
  const std::lock_guard lock(write_mutex_);
  {
    const std::lock_guard wait_lock(wait_mutex_);
    visible_revision_ = 0;  // whoever asks for a revision waits until the new index has it
  }
  return CreateDatabase();
}

void CollectionIndex::ShowRevision(int64_t revision) {
  const std::lock_guard lock(write_mutex_);
  applied_revision_ = revision;
  IndexVersion version = readable_.Current();
  version.revision = revision;
  PublishRevision(version);
}

int64_t CollectionIndex::AppliedRevision() const {
  const std::lock_guard lock(write_mutex_);
  return applied_revision_;
}

int64_t CollectionIndex::PendingDocuments() const {
  const std::lock_guard lock(write_mutex_);
  return pending_documents_;
}

Status CollectionIndex::WaitForRevision(int64_t revision, std::chrono::milliseconds timeout) {
  std::unique_lock lock(wait_mutex_);
  ++waiters_;
  const bool reached = advanced_.wait_for(lock, timeout, [&] { return visible_revision_ >= revision; });
  --waiters_;
  if (reached) return OkStatus();
  return WithRetryAfter(
      Error(StatusCode::kUnavailable, "INDEX_BEHIND", "the index has not reached this revision yet",
            {{"index_revision", std::to_string(visible_revision_)}}),
      kRetryAfterMs);
}

bool CollectionIndex::HasWaiters() const {
  const std::lock_guard lock(wait_mutex_);
  return waiters_ > 0;
}

StatusOr<int64_t> CollectionIndex::CopyTo(const std::string& folder) {
  const std::lock_guard lock(write_mutex_);
  DUIJIE_RETURN_IF_ERROR(CommitLocked());
  std::error_code error;
  fs::create_directories(fs::path(folder).parent_path(), error);
  if (!error) fs::copy(folder_, folder, error);
  if (error) return FileError("cannot copy the index", error);
  return readable_.Current().revision;
}

}  // namespace duijie::search
