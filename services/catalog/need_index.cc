// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/need_index.h"

#include <algorithm>

#include "common/log/log.h"
#include "common/storage/reindex.h"
#include "services/catalog/catalog_keys.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {
namespace {

constexpr std::string_view kComplete = "1";

}  // namespace

void AddNeedIndexKeys(const v1::Need& need, std::vector<IndexKey>* keys) {
  if (!need.enterprise().empty()) {
    keys->push_back({std::string(kNeedEnterpriseIndex), need.enterprise(), false});
  }
  for (const std::string& code : need.industry_codes()) {
    keys->push_back({std::string(kNeedIndustryIndex), code, false});
  }
}

Status CompleteNeedIndexes(KvStore* store, RecordLog* log) {
  DUIJIE_ASSIGN_OR_RETURN(const auto complete, log->GetSide(kIndexSpace, kNeedIndexes));
  if (complete) return OkStatus();
  const auto keys_of = [](const std::string& id, const std::string& bytes) {
    return IndexKeysOf(v1::COLLECTION_NEEDS, id, bytes);
  };
  DUIJIE_ASSIGN_OR_RETURN(const size_t changed,
                          Reindex(store, CollectionName(v1::COLLECTION_NEEDS), keys_of));
  if (changed > 0) log::Info("need_indexes_completed", {{"needs", changed}});
  return log
      ->Commit({}, {{std::string(kIndexSpace), std::string(kNeedIndexes), std::string(kComplete), false}})
      .status();
}

StatusOr<std::optional<std::vector<std::string>>> IndexedNeeds(const RecordLog& log,
                                                               const v1::RecordFilter& filter, Revision at) {
  const bool by_enterprise = !filter.enterprises().empty();
  const std::string_view index = by_enterprise ? kNeedEnterpriseIndex : kNeedIndustryIndex;
  // A code begins with the codes above it.
  const auto& prefixes = by_enterprise ? filter.enterprises() : filter.industry_codes();
  const std::optional<std::vector<std::string>> none;
  if (prefixes.empty()) return none;
  std::vector<std::string> ids;
  for (const std::string& prefix : prefixes) {
    std::string next;
    do {
      DUIJIE_ASSIGN_OR_RETURN(IndexPage page, log.ListByIndex(index, prefix, next, kMaxPageSize));
      if (page.revision != at || ids.size() + page.entries.size() > kMaxIndexedNeeds) return none;
      for (IndexEntry& entry : page.entries) ids.push_back(std::move(entry.id));
      next = std::move(page.next);
    } while (!next.empty());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return std::optional(std::move(ids));
}

}  // namespace duijie::catalog
