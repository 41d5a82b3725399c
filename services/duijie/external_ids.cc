// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/external_ids.h"

#include <algorithm>

namespace duijie {
namespace {

constexpr size_t kBatch = 1000;  // limit of ResolveExternalIds and BatchGetAchievements

}  // namespace

Status ExternalIds::Resolve(const std::vector<std::string>& ids) {
  for (const std::string& library : libraries_) {
    std::vector<std::string> unknown;
    for (const std::string& id : ids) {
      if (name_of_.count(id) == 0) unknown.push_back(id);
    }
    for (size_t begin = 0; begin < unknown.size(); begin += kBatch) {
      const size_t end = std::min(unknown.size(), begin + kBatch);
      DUIJIE_RETURN_IF_ERROR(ResolveIn(library, {unknown.begin() + static_cast<std::ptrdiff_t>(begin),
                                                 unknown.begin() + static_cast<std::ptrdiff_t>(end)}));
    }
  }
  return OkStatus();
}

Status ExternalIds::ResolveIn(const std::string& library, const std::vector<std::string>& ids) {
  v1::ResolveExternalIdsRequest request;
  request.set_collection(collection_);
  request.set_source_library(library);
  for (const std::string& id : ids) request.add_external_ids(id);
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      client_.Call(client_.catalog(), &v1::CatalogService::Stub::ResolveExternalIds, request));
  for (int i = 0; i < std::min(response.names_size(), request.external_ids_size()); ++i) {
    if (response.names(i).empty()) continue;
    name_of_.emplace(ids[static_cast<size_t>(i)], response.names(i));
    id_of_.emplace(response.names(i), ids[static_cast<size_t>(i)]);
  }
  return OkStatus();
}

std::string ExternalIds::NameOf(const std::string& id) const {
  const auto found = name_of_.find(id);
  return found == name_of_.end() ? "" : found->second;
}

std::string ExternalIds::IdIn(const v1::Achievement& achievement) const {
  for (const std::string& library : libraries_) {
    for (const v1::Provenance& provenance : achievement.provenances()) {
      if (provenance.source_library() == library) return provenance.external_id();
    }
  }
  return achievement.name();
}

StatusOr<std::vector<std::string>> ExternalIds::IdsOf(const std::vector<std::string>& names) {
  v1::BatchGetAchievementsRequest request;
  for (const std::string& name : names) {
    if (id_of_.count(name) == 0) request.add_names(name);
  }
  if (request.names_size() > 0) {
    DUIJIE_ASSIGN_OR_RETURN(
        const auto response,
        client_.Call(client_.catalog(), &v1::CatalogService::Stub::BatchGetAchievements, request));
    for (const v1::Achievement& achievement : response.achievements()) {
      id_of_.emplace(achievement.name(), IdIn(achievement));
    }
  }
  std::vector<std::string> ids;
  for (const std::string& name : names) {
    const auto found = id_of_.find(name);
    ids.push_back(found == id_of_.end() ? name : found->second);
  }
  return ids;
}

}  // namespace duijie
