// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/packages/packages_module.h"

#include "services/push/packages/package_service.h"

namespace duijie::push {

Status BindPackages(rpc::App& app, const std::shared_ptr<PushRole>& role) {
  app.AddService(std::make_unique<PackageServiceImpl>(
      app.edge(), std::make_unique<Packages>(*role->store, role->peers), role));
  return OkStatus();
}

}  // namespace duijie::push
