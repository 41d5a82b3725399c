// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/change_feed.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>

#include "services/catalog/catalog_keys.h"
#include "services/catalog/need_index.h"
#include "services/catalog/record_filter.h"
#include "services/catalog/record_traits.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {
namespace {

using Steady = std::chrono::steady_clock;
using internal::v1::ListChangesRequest;
using internal::v1::ListChangesResponse;

constexpr std::chrono::milliseconds kAliveEvery(250);  // how often a waiting call looks after its caller
constexpr size_t kMaxScanBytes = 3 * 1024 * 1024;      // a scanned page ends early rather than grow beyond

void Put(AnyRecord record, internal::v1::Record* out) {
  if (auto* achievement = std::get_if<v1::Achievement>(&record))
    *out->mutable_achievement() = std::move(*achievement);
  if (auto* enterprise = std::get_if<v1::Enterprise>(&record))
    *out->mutable_enterprise() = std::move(*enterprise);
  if (auto* need = std::get_if<v1::Need>(&record)) *out->mutable_need() = std::move(*need);
  if (auto* expert = std::get_if<v1::Expert>(&record)) *out->mutable_expert() = std::move(*expert);
}

Status CheckCollection(v1::Collection collection) {
  return CollectionName(collection).empty() ? InvalidField("collection", "REQUIRED", "必填") : OkStatus();
}

Status CheckLimit(int limit) {
  if (limit >= 1 && limit <= kMaxFeedRecords) return OkStatus();
  return InvalidField("limit", "OUT_OF_RANGE", "应为 1 到 2000");
}

// 0 = now.
StatusOr<Revision> ResolveRevision(int64_t at, const RecordLog& log) {
  const Revision current = log.CurrentRevision();
  if (at < 0) return InvalidField("at_revision", "OUT_OF_RANGE", "不得为负");
  if (at == 0) return current;
  if (static_cast<Revision>(at) > current) {
    return Error(StatusCode::kUnavailable, "INDEX_BEHIND", "the catalog has not reached this revision");
  }
  return static_cast<Revision>(at);
}

Status CheckListChanges(const ListChangesRequest& request) {
  DUIJIE_RETURN_IF_ERROR(CheckCollection(request.collection()));
  DUIJIE_RETURN_IF_ERROR(CheckLimit(request.limit()));
  if (request.after_revision() < 0) return InvalidField("after_revision", "OUT_OF_RANGE", "不得为负");
  if (request.until_revision() < 0) return InvalidField("until_revision", "OUT_OF_RANGE", "不得为负");
  if (request.wait_ms() < 0 || request.wait_ms() > kMaxFeedWaitMs) {
    return InvalidField("wait_ms", "OUT_OF_RANGE", "应为 0 到 10000");
  }
  return OkStatus();
}

// Live records after `after_id`, of these ids where they are known, as the log would list them.
StatusOr<RecordPage> ListIds(const RecordLog& log, v1::Collection collection,
                             const std::vector<std::string>& ids, const std::string& after_id, size_t limit,
                             Revision at) {
  RecordPage page;
  for (auto id = std::upper_bound(ids.begin(), ids.end(), after_id); id != ids.end(); ++id) {
    if (page.items.size() == limit) {
      page.next = *std::prev(id);
      break;
    }
    StatusOr<RecordVersion> version = log.Get(CollectionName(collection), *id, at);
    if (version.status().code() == StatusCode::kNotFound) continue;
    DUIJIE_RETURN_IF_ERROR(version.status());
    page.items.push_back({*id, *std::move(version)});
  }
  return page;
}

// Gathers the latest change of each record of one collection.
class ChangePage {
 public:
  ChangePage(const RecordLog& log, const ListChangesRequest& request) : log_(log), request_(request) {
    seen_ = static_cast<Revision>(request.after_revision());
  }

  Revision seen() const { return seen_; }
  bool HasChanges() const { return !latest_.empty(); }
  bool more() const { return more_; }

  // Reads on from seen() to `end`, as far as the page goes.
  Status ReadTo(Revision end) {
    const auto limit = static_cast<size_t>(request_.limit());
    while (seen_ < end && !more_) {
      DUIJIE_ASSIGN_OR_RETURN(auto changes, log_.ChangesSince(seen_, limit));
      if (changes.empty()) {
        seen_ = end;  // nothing but what other collections' pages had already passed
        break;
      }
      for (size_t i = 0; i < changes.size() && changes[i].revision <= end;) i = TakeCommit(changes, i, limit);
      if (!more_ && changes.back().revision >= end) seen_ = end;
    }
    return OkStatus();
  }

  StatusOr<ListChangesResponse> Finish() const {
    ListChangesResponse response;
    std::vector<std::pair<Revision, std::string>> ordered;
    for (const auto& [id, revision] : latest_) ordered.emplace_back(revision, id);
    std::sort(ordered.begin(), ordered.end());
    const v1::Collection collection = request_.collection();
    for (const auto& [revision, id] : ordered) {
      auto* change = response.add_changes();
      change->set_name(MakeName(collection, id));
      change->set_revision(static_cast<int64_t>(revision));
      DUIJIE_ASSIGN_OR_RETURN(RecordVersion version, log_.GetVersion(CollectionName(collection), id, seen_));
      if (version.deleted) continue;
      DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(collection, id, version));
      Put(std::move(record), change->mutable_record());
    }
    response.set_revision(static_cast<int64_t>(seen_));
    response.set_more(more_);
    return response;
  }

 private:
  // Takes in the changes of one commit, or ends the page before it. Returns where the next commit starts.
  size_t TakeCommit(const std::vector<Change>& changes, size_t begin, size_t limit) {
    size_t end = begin;
    size_t of_collection = 0;
    for (; end < changes.size() && changes[end].revision == changes[begin].revision; ++end) {
      of_collection += changes[end].collection == CollectionName(request_.collection()) ? 1 : 0;
    }
    if (!latest_.empty() && latest_.size() + of_collection > limit) {
      more_ = true;
      return changes.size();
    }
    for (size_t i = begin; i < end; ++i) {
      if (changes[i].collection == CollectionName(request_.collection()))
        latest_[changes[i].id] = changes[i].revision;
    }
    seen_ = changes[begin].revision;
    return end;
  }

  const RecordLog& log_;
  const ListChangesRequest& request_;
  std::map<std::string, Revision> latest_;
  Revision seen_ = 0;
  bool more_ = false;
};

}  // namespace

StatusOr<ListChangesResponse> ChangeFeed::ListChanges(const ListChangesRequest& request,
                                                      const std::function<Status()>& alive) const {
  DUIJIE_RETURN_IF_ERROR(CheckListChanges(request));
  const auto deadline = Steady::now() + std::chrono::milliseconds(request.wait_ms());
  ChangePage page(parts_.log, request);
  for (;;) {
    Revision end = parts_.log.CurrentRevision();
    const auto until = static_cast<Revision>(request.until_revision());
    const bool bounded = until != 0 && until <= end;
    if (until != 0) end = std::min(end, until);
    DUIJIE_RETURN_IF_ERROR(page.ReadTo(end));
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Steady::now());
    if (page.HasChanges() || bounded || left.count() <= 0) return page.Finish();
    DUIJIE_RETURN_IF_ERROR(alive());
    const auto wait = std::min(left, kAliveEvery);
    const auto began = Steady::now();
    const bool changed = parts_.log.WaitForChange(std::max(page.seen(), end), wait);
    // Woken without a change before its time: the log shuts down, and waiting any longer would spin.
    if (!changed && Steady::now() - began < wait) return page.Finish();
  }
}

StatusOr<internal::v1::ReadRecordsResponse> ChangeFeed::ReadRecords(
    const internal::v1::ReadRecordsRequest& request) const {
  if (request.names_size() < 1 || request.names_size() > kMaxFeedRecords) {
    return InvalidField("names", "OUT_OF_RANGE", "应有 1 到 2000 个名称");
  }
  DUIJIE_ASSIGN_OR_RETURN(const Revision at, ResolveRevision(request.at_revision(), parts_.log));
  internal::v1::ReadRecordsResponse response;
  for (int i = 0; i < request.names_size(); ++i) {
    const auto name = ParseName(request.names(i));
    if (!name)
      return InvalidField("names[" + std::to_string(i) + "]", "INVALID_NAME", "应为 collection/{id}");
    auto* out = response.add_records();
    const auto version = parts_.log.Get(CollectionName(name->collection), name->id, at);
    if (version.status().code() == StatusCode::kNotFound) continue;
    if (!version.ok()) return version.status();
    DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(name->collection, name->id, *version));
    Put(std::move(record), out);
  }
  response.set_revision(static_cast<int64_t>(parts_.log.CurrentRevision()));
  return response;
}

StatusOr<RecordPage> ChangeFeed::PageOf(const internal::v1::ScanRecordsRequest& request, Revision at) const {
  const auto limit = static_cast<size_t>(request.limit());
  if (request.collection() == v1::COLLECTION_NEEDS) {
    DUIJIE_ASSIGN_OR_RETURN(const auto ids, IndexedNeeds(parts_.log, request.filter(), at));
    if (ids) return ListIds(parts_.log, request.collection(), *ids, request.after_id(), limit, at);
  }
  return parts_.log.List(CollectionName(request.collection()), request.after_id(), limit, at);
}

StatusOr<internal::v1::ScanRecordsResponse> ChangeFeed::ScanRecords(
    const internal::v1::ScanRecordsRequest& request) const {
  const v1::Collection collection = request.collection();
  DUIJIE_RETURN_IF_ERROR(CheckCollection(collection));
  DUIJIE_RETURN_IF_ERROR(CheckLimit(request.limit()));
  Violations violations = ValidateFilter(request.filter(), collection, parts_.taxonomies);
  if (!violations.empty()) return InvalidFields(violations);
  DUIJIE_ASSIGN_OR_RETURN(const Revision at, ResolveRevision(request.at_revision(), parts_.log));
  DUIJIE_ASSIGN_OR_RETURN(const RecordPage page, PageOf(request, at));
  internal::v1::ScanRecordsResponse response;
  size_t bytes = 0;
  bool cut = false;
  for (const RecordItem& item : page.items) {
    DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(collection, item.id, item.version));
    response.set_last_id(item.id);
    if (Passes(record, request.filter(), parts_.taxonomies)) {
      bytes += item.version.bytes.size();
      Put(std::move(record), response.add_records());
    }
    cut = bytes >= kMaxScanBytes && &item != &page.items.back();
    if (cut) break;
  }
  if (!cut && !page.next.empty()) response.set_last_id(page.next);
  response.set_done(!cut && page.next.empty());
  response.set_revision(static_cast<int64_t>(at));
  return response;
}

}  // namespace duijie::catalog
