// SPDX-License-Identifier: GPL-3.0-or-later
// duijie.internal.v1.StoreService over the stores that modules registered with App::AddStore.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "common/rpc/app.h"

namespace duijie::rpc {

// `stores` may be filled until the server listens; it and `app` must outlive the service. Backups go to
// <backup_folder>/<backup id>/<store>; they are written under another name and renamed, so a store's folder
// is there whole or not at all.
std::unique_ptr<grpc::Service> NewStoreService(App& app, const std::map<std::string, App::StoreHooks>& stores,
                                               std::string backup_folder);

}  // namespace duijie::rpc
