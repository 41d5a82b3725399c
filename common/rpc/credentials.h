// SPDX-License-Identifier: GPL-3.0-or-later
// TLS by configuration. Certificates and keys are read from their files again within kTlsRefreshSeconds, so
// that they can be renewed without a restart; a renewal that is half written is ignored until key and
// certificate match.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>

#include "common/config/config.h"
#include "common/status/status.h"

namespace duijie::rpc {

inline constexpr unsigned kTlsRefreshSeconds = 30;

// Insecure if `tls` names no certificate. FAILED_PRECONDITION INVALID_CONFIG if a file is missing or is no
// PEM.
StatusOr<std::shared_ptr<grpc::ServerCredentials>> NewServerCredentials(const TlsConfig& tls);

// For our calls to peers: TLS if the server has it, and our own certificate if peers may ask for one.
StatusOr<std::shared_ptr<grpc::ChannelCredentials>> NewPeerCredentials(const TlsConfig& tls);

}  // namespace duijie::rpc
