// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/publication/publication_module.h"

#include <filesystem>

#include "services/push/publication/publication_service.h"

namespace duijie::push {
namespace {

// What exports of an earlier process left behind.
void ClearFolder(const std::string& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    std::filesystem::remove_all(entry.path(), ignored);
  }
}

}  // namespace

Status BindPublication(rpc::App& app, const std::shared_ptr<PushRole>& role) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string folder, app.DataFolder("catalogue_exports"));
  ClearFolder(folder);
  app.AddService(std::make_unique<PublicationServiceImpl>(
      app.edge(), std::make_unique<Publications>(*role->store, role->peers), folder, role));
  return OkStatus();
}

}  // namespace duijie::push
