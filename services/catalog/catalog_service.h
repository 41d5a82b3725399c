// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of CatalogService: hands each call to the guard (rpc::Edge) and then to its use case.
#pragma once

#include <memory>
#include <string>

#include <grpcpp/grpcpp.h>

#include "common/auth/page_token.h"
#include "common/rpc/edge.h"
#include "services/catalog/catalog_parts.h"

namespace duijie::catalog {

class RecordWriter;

// `writer`, `edge` and what `parts` refers to outlive the service. Files of imports and exports under way are
// kept in `spool_folder`.
std::unique_ptr<grpc::Service> NewCatalogService(CatalogParts parts, RecordWriter& writer, rpc::Edge& edge,
                                                 PageTokens tokens, std::string spool_folder);

}  // namespace duijie::catalog
