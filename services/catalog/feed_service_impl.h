// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of FeedService, for callers with the cluster secret.
#pragma once

#include <memory>

#include <grpcpp/grpcpp.h>

#include "common/rpc/edge.h"
#include "services/catalog/catalog_parts.h"

namespace duijie::catalog {

// `edge` and what `parts` refers to outlive the service. Roles of this process may read and scan records
// directly.
std::unique_ptr<grpc::Service> NewFeedService(CatalogParts parts, rpc::Edge& edge);

}  // namespace duijie::catalog
