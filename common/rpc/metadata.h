// SPDX-License-Identifier: GPL-3.0-or-later
// Names of the metadata that calls carry, and what a server reads from them. docs/zh tells clients about the
// first two.
#pragma once

#include <grpcpp/grpcpp.h>

#include <string>
#include <string_view>

namespace duijie::rpc {

inline constexpr char kAuthorization[] = "authorization";  // "Bearer djk_…"
inline constexpr char kRequestId[] = "x-request-id";       // from clients, and back in every answer's trailer

// Between processes, or from a role to another in the same process.
inline constexpr char kClusterSecret[] =
    "x-duijie-cluster-secret";  // hex of App::DerivedKey(kPeerCallPurpose)
inline constexpr char kPeerPrincipal[] = "x-duijie-principal-bin";  // internal.v1.Principal it acts for
inline constexpr char kPeerRequestId[] = "x-duijie-request-id";     // of the client's call behind it
inline constexpr std::string_view kPeerCallPurpose = "peer-calls";

inline constexpr size_t kMaxRequestIdChars = 64;

// What the metadata of a call says, unverified. Views live as long as the context.
struct IncomingMetadata {
  std::string_view api_key;  // after "Bearer "; "" if absent
  std::string_view cluster_secret;
  std::string_view principal;
  std::string_view request_id;
  std::string_view peer_request_id;
};

IncomingMetadata ReadMetadata(const grpc::ServerContext& context);

// 1 to kMaxRequestIdChars of [A-Za-z0-9-]: what may be taken over into logs and the audit log.
bool IsRequestId(std::string_view text);
std::string NewRequestId();

}  // namespace duijie::rpc
