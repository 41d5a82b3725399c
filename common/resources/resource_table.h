// SPDX-License-Identifier: GPL-3.0-or-later
// Resources of one kind in a RecordLog: a protobuf message with the fields name ("{collection}/{id}"), etag,
// create_time and update_time. The table turns messages into mutations and stored versions into messages; the
// owner of the RoleStore commits, so that one write may span tables. The etag is the revision of the version.
// Thread-safe.
#pragma once

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "common/base/proto_time.h"
#include "common/storage/record_log.h"

namespace duijie {

// How many stored resources one page looks at before it ends short.
inline constexpr size_t kMaxLookedAtPerPage = 5'000;

// An index key that puts later times first.
std::string LatestFirstKey(UnixMicros time);

// The id of "{collection}/{id}"; none if `name` is anything else.
std::optional<std::string_view> IdIn(std::string_view collection, std::string_view name);

// NOT_FOUND RECORD_NOT_FOUND, the same for what is absent and for what the caller may not see.
Status NoSuchResource();
// ABORTED STALE_ETAG.
Status StaleEtag();

template <typename Message>
struct ResourcePage {
  std::vector<Message> items;
  std::string next;  // position to go on from; empty at the end. A page may be short before the end.
};

template <typename Message>
class ResourceTable {
 public:
  // Every index key of a message, as RecordLog keeps them.
  using IndexKeys = std::function<std::vector<IndexKey>(const Message&)>;
  using Keep = std::function<bool(const Message&)>;

  // `log` must outlive this. `collection`: e.g. "pushes", of no other table.
  ResourceTable(const RecordLog& log, std::string collection, IndexKeys index_keys = nullptr)
      : log_(log), collection_(std::move(collection)), index_keys_(std::move(index_keys)) {}

  const std::string& collection() const { return collection_; }
  std::string NameOf(std::string_view id) const { return collection_ + "/" + std::string(id); }

  // NOT_FOUND RECORD_NOT_FOUND, also for a name of another collection.
  StatusOr<Message> Get(std::string_view name, std::optional<Revision> at = {}) const {
    const auto id = IdIn(collection_, name);
    if (!id) return NoSuchResource();
    return GetById(*id, at);
  }

  StatusOr<Message> GetById(std::string_view id, std::optional<Revision> at = {}) const {
    const StatusOr<RecordVersion> version = log_.Get(collection_, id, at);
    if (!version.ok()) {
      return version.status().code() == StatusCode::kNotFound ? NoSuchResource() : version.status();
    }
    return Decode(*version);
  }

  // Stores a message under its name, which must be new (else the commit fails with STALE_REVISION). Sets
  // create_time and update_time.
  Mutation Create(Message message, UnixMicros now) const {
    *message.mutable_create_time() = TimestampOf(now);
    return MutationOf(std::move(message), now, Revision{0});
  }

  // Stores a changed message, which was read from here, in place of the version read (else the commit fails
  // with STALE_REVISION). Sets update_time.
  Mutation Replace(Message message, UnixMicros now) const {
    const std::optional<Revision> read = RevisionOf(message.etag());
    return MutationOf(std::move(message), now, read);
  }

  Mutation Delete(const Message& message) const {
    Mutation mutation;
    mutation.collection = collection_;
    mutation.id = IdIn(collection_, message.name()).value_or("");
    mutation.tombstone = true;
    mutation.expected_revision = RevisionOf(message.etag());
    return mutation;
  }

  // ABORTED STALE_ETAG if the client saw another version; an empty etag means any.
  static Status CheckEtag(const Message& message, std::string_view etag) {
    return etag.empty() || etag == message.etag() ? OkStatus() : StaleEtag();
  }

  // In order of id, after the id `position`, at most `limit`, those that `keep` holds for.
  StatusOr<ResourcePage<Message>> List(std::string_view position, size_t limit, const Keep& keep = nullptr,
                                       std::optional<Revision> at = {}) const {
    ResourcePage<Message> page;
    page.next = position;
    for (size_t looked_at = 0; page.items.size() < limit && looked_at < kMaxLookedAtPerPage;) {
      DUIJIE_ASSIGN_OR_RETURN(const RecordPage block,
                              log_.List(collection_, page.next, limit - page.items.size(), at));
      for (const RecordItem& item : block.items) {
        DUIJIE_ASSIGN_OR_RETURN(Message message, Decode(item.version));
        if (keep == nullptr || keep(message)) page.items.push_back(std::move(message));
      }
      looked_at += std::max<size_t>(1, block.items.size());
      page.next = block.next;
      if (page.next.empty()) break;
    }
    return page;
  }

  // In order of an index, of keys that start with `prefix`.
  StatusOr<ResourcePage<Message>> ListByIndex(std::string_view index, std::string_view prefix,
                                              std::string_view position, size_t limit,
                                              const Keep& keep = nullptr) const {
    ResourcePage<Message> page;
    page.next = position;
    for (size_t looked_at = 0; page.items.size() < limit && looked_at < kMaxLookedAtPerPage;) {
      DUIJIE_ASSIGN_OR_RETURN(const IndexPage block,
                              log_.ListByIndex(index, prefix, page.next, limit - page.items.size()));
      for (const IndexEntry& entry : block.entries) {
        StatusOr<Message> message = GetById(entry.id);
        if (!message.ok() && message.status().code() == StatusCode::kNotFound) continue;  // deleted since
        if (!message.ok()) return message.status();
        if (keep == nullptr || keep(*message)) page.items.push_back(*std::move(message));
      }
      looked_at += std::max<size_t>(1, block.entries.size());
      page.next = block.next;
      if (page.next.empty()) break;
    }
    return page;
  }

  // Calls `visit` with every message, in order of id, at one revision; ends with the first error.
  Status ForEach(const std::function<Status(const Message&)>& visit, std::optional<Revision> at = {}) const {
    const Revision revision = at.value_or(log_.CurrentRevision());
    std::string position;
    do {
      DUIJIE_ASSIGN_OR_RETURN(const RecordPage block, log_.List(collection_, position, kBlock, revision));
      for (const RecordItem& item : block.items) {
        DUIJIE_ASSIGN_OR_RETURN(const Message message, Decode(item.version));
        DUIJIE_RETURN_IF_ERROR(visit(message));
      }
      position = block.next;
    } while (!position.empty());
    return OkStatus();
  }

  // The message of a stored version, with its etag.
  static StatusOr<Message> Decode(const RecordVersion& version) {
    Message message;
    if (!message.ParseFromString(version.bytes)) {
      return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "a stored resource does not decode");
    }
    message.set_etag(std::to_string(version.revision));
    return message;
  }

 private:
  static constexpr size_t kBlock = 500;

  static std::optional<Revision> RevisionOf(std::string_view etag) {
    Revision revision = 0;
    const auto [end, error] = std::from_chars(etag.data(), etag.data() + etag.size(), revision);
    if (error != std::errc() || end != etag.data() + etag.size()) return std::nullopt;
    return revision;
  }

  Mutation MutationOf(Message message, UnixMicros now, std::optional<Revision> expected) const {
    *message.mutable_update_time() = TimestampOf(now);
    message.clear_etag();
    Mutation mutation;
    mutation.collection = collection_;
    mutation.id = IdIn(collection_, message.name()).value_or("");
    mutation.bytes = message.SerializeAsString();
    mutation.expected_revision = expected;
    if (index_keys_ != nullptr) mutation.index_keys = index_keys_(message);
    return mutation;
  }

  const RecordLog& log_;
  const std::string collection_;
  const IndexKeys index_keys_;
};

}  // namespace duijie
