// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/publication/publication_module.h"

#include "common/documents/scratch_file.h"
#include "services/push/publication/publication_service.h"

namespace duijie::push {
Status BindPublication(rpc::App& app, const std::shared_ptr<PushRole>& role) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string folder, app.DataFolder("catalogue_exports"));
  EmptyFolder(folder);
  app.AddService(std::make_unique<PublicationServiceImpl>(
      app.edge(), std::make_unique<Publications>(*role->store, role->peers), folder, role));
  return OkStatus();
}

}  // namespace duijie::push
