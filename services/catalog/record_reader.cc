// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/record_reader.h"

#include <algorithm>

#include "common/auth/visibility.h"
#include "services/catalog/catalog_keys.h"
#include "services/catalog/catalog_validation.h"
#include "services/catalog/masking.h"
#include "services/catalog/record_filter.h"
#include "services/catalog/state_machine.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {
namespace {

constexpr size_t kScanPage = 500;              // records fetched from the log at once
constexpr size_t kMaxScannedPerList = 10'000;  // records looked at for one page
constexpr int64_t kIndexBehindRetryMs = 200;

Status CheckFilter(const v1::RecordFilter& filter, v1::Collection collection, const TaxonomySet& taxonomies) {
  Violations violations = ValidateFilter(filter, collection, taxonomies);
  return violations.empty() ? OkStatus() : InvalidFields(violations);
}

}  // namespace

Status RecordNotFound(const std::string& name) {
  return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "no such record, or not visible to this caller",
               {{"name", name}});
}

StatusOr<AnyRecord> RecordReader::Visible(const Principal& caller, const std::string& name) const {
  const auto parsed = ParseName(name);
  if (!parsed) return InvalidField("name", "INVALID_NAME", "应为 collection/{id}");
  auto version = parts_.log.Get(CollectionName(parsed->collection), parsed->id);
  if (version.status().code() == StatusCode::kNotFound) return RecordNotFound(name);
  if (!version.ok()) return version.status();
  DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(parsed->collection, parsed->id, *version));
  ShowExpiry(&record, parts_.Today());
  auto view = ViewFor(caller, std::move(record));
  if (!view) return RecordNotFound(name);
  return *std::move(view);
}

StatusOr<AnyRecord> RecordReader::Get(const Principal& caller, v1::Collection collection,
                                      const std::string& name, int64_t min_revision) const {
  const auto parsed = ParseName(name);
  if (!parsed || parsed->collection != collection) {
    return InvalidField("name", "INVALID_NAME", "应为 " + std::string(CollectionName(collection)) + "/{id}");
  }
  if (min_revision < 0) return InvalidField("min_revision", "OUT_OF_RANGE", "不得为负");
  if (static_cast<Revision>(min_revision) > parts_.log.CurrentRevision()) {
    return WithRetryAfter(
        Error(StatusCode::kUnavailable, "INDEX_BEHIND", "the catalog has not reached min_revision"),
        kIndexBehindRetryMs);
  }
  return Visible(caller, name);
}

StatusOr<RecordReader::Batch> RecordReader::BatchGet(const Principal& caller, v1::Collection collection,
                                                     const std::vector<std::string>& names) const {
  if (names.empty() || names.size() > kMaxBatchNames) {
    return InvalidField("names", "OUT_OF_RANGE", "应有 1 到 1000 个名称");
  }
  Batch batch;
  size_t bytes = 0;
  for (const std::string& name : names) {
    auto record = Get(caller, collection, name, 0);
    if (record.status().code() == StatusCode::kNotFound) {
      batch.missing.push_back(name);
      continue;
    }
    if (!record.ok()) return record.status();
    bytes += ProtoOf(*record).ByteSizeLong();
    if (bytes > kMaxBatchGetBytes) {
      return Error(StatusCode::kResourceExhausted, "TOO_LARGE",
                   "the records together are too large; ask for fewer");
    }
    batch.records.push_back(*std::move(record));
  }
  return batch;
}

StatusOr<RecordReader::Page> RecordReader::List(const Principal& caller, v1::Collection collection,
                                                const v1::RecordFilter& filter, int page_size,
                                                const std::string& position) const {
  if (page_size < 0) return InvalidField("page_size", "OUT_OF_RANGE", "不得为负");
  DUIJIE_RETURN_IF_ERROR(CheckFilter(filter, collection, parts_.taxonomies));
  const size_t wanted =
      page_size == 0 ? kDefaultPageSize : static_cast<size_t>(std::min(page_size, kMaxListPageSize));
  const std::string today = parts_.Today();

  Page page;
  std::string after = position;
  size_t bytes = 0;
  for (size_t scanned = 0; scanned < kMaxScannedPerList;) {
    DUIJIE_ASSIGN_OR_RETURN(RecordPage found, parts_.log.List(CollectionName(collection), after, kScanPage));
    for (const RecordItem& item : found.items) {
      ++scanned;
      DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(collection, item.id, item.version));
      ShowExpiry(&record, today);
      after = item.id;
      auto view = ViewFor(caller, std::move(record));
      if (!view || !Passes(*view, filter, parts_.taxonomies)) continue;
      bytes += item.version.bytes.size();
      page.records.push_back(*std::move(view));
      if (page.records.size() == wanted || bytes >= kMaxPageBytes) {
        const bool last = &item == &found.items.back() && found.next.empty();
        page.next = last ? "" : after;
        return page;
      }
    }
    if (found.next.empty()) return page;
    after = found.next;
  }
  page.next = after;
  return page;
}

Status RecordReader::ForEach(const Principal& caller, v1::Collection collection,
                             const v1::RecordFilter& filter,
                             const std::function<Status(AnyRecord)>& visit) const {
  DUIJIE_RETURN_IF_ERROR(CheckFilter(filter, collection, parts_.taxonomies));
  const Revision at = parts_.log.CurrentRevision();
  const std::string today = parts_.Today();
  std::string after;
  do {
    DUIJIE_ASSIGN_OR_RETURN(RecordPage found,
                            parts_.log.List(CollectionName(collection), after, kScanPage, at));
    for (const RecordItem& item : found.items) {
      DUIJIE_ASSIGN_OR_RETURN(AnyRecord record, ReadOf(collection, item.id, item.version));
      ShowExpiry(&record, today);
      auto view = ViewFor(caller, std::move(record));
      if (view && Passes(*view, filter, parts_.taxonomies)) DUIJIE_RETURN_IF_ERROR(visit(*std::move(view)));
    }
    after = found.next;
  } while (!after.empty());
  return OkStatus();
}

StatusOr<std::vector<std::string>> RecordReader::ResolveExternalIds(
    const Principal& caller, v1::Collection collection, const std::string& source_library,
    const std::vector<std::string>& external_ids) const {
  if (CollectionName(collection).empty()) return InvalidField("collection", "REQUIRED", "必填");
  if (!IsValidSourceLibrary(source_library)) {
    return InvalidField("source_library", "INVALID_SOURCE_LIBRARY",
                        "来源库代码应为 1 到 64 个 a-z、0-9、._- 字符");
  }
  if (external_ids.empty() || external_ids.size() > kMaxBatchNames) {
    return InvalidField("external_ids", "OUT_OF_RANGE", "应有 1 到 1000 个编号");
  }
  std::vector<std::string> names;
  for (const std::string& external_id : external_ids) {
    const std::string key = ProvenanceKey(collection, source_library, external_id);
    DUIJIE_ASSIGN_OR_RETURN(IndexPage found, parts_.log.ListByIndex(kProvenanceIndex, key, "", 1));
    std::string name;
    if (!found.entries.empty() && found.entries[0].key == key) {
      auto record = Visible(caller, MakeName(collection, found.entries[0].id));
      if (record.ok() && VisibilityOf(caller, FactsOf(*record)) == Visibility::kFull) name = NameOf(*record);
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace duijie::catalog
