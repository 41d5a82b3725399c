// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/status_page.h"

namespace duijie {
namespace {

struct Row {
  const char* name;
  v1::Collection collection;
};
constexpr Row kCollections[] = {
    {"achievements", v1::COLLECTION_ACHIEVEMENTS},
    {"enterprises", v1::COLLECTION_ENTERPRISES},
    {"needs", v1::COLLECTION_NEEDS},
    {"experts", v1::COLLECTION_EXPERTS},
};

int64_t NumberOf(const std::map<std::string, int64_t>& numbers, const std::string& name) {
  const auto found = numbers.find(name);
  return found == numbers.end() ? 0 : found->second;
}

}  // namespace

void FillCollections(const std::map<std::string, int64_t>& records,
                     const internal::v1::GetIndexStatusResponse& indexes, v1::GetStatusResponse* response) {
  response->set_revision(NumberOf(records, kRevisionNumber));
  for (const Row& row : kCollections) {
    auto* status = response->add_collections();
    status->set_collection(row.name);
    status->set_records(NumberOf(records, row.name));
    for (const auto& index : indexes.indexes()) {
      if (index.collection() != row.collection) continue;
      status->set_indexed(index.documents());
      status->set_index_revision(index.revision());
    }
  }
}

}  // namespace duijie
