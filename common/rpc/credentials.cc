// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/credentials.h"

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <fstream>
#include <sstream>

namespace duijie::rpc {
namespace {

using grpc::experimental::FileWatcherCertificateProvider;

// gRPC itself only logs a file it cannot read and then fails every handshake, so we look first.
Status CheckPem(const std::string& key, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  if (file) text << file.rdbuf();
  if (text.str().find("-----BEGIN ") != std::string::npos) return OkStatus();
  return Error(StatusCode::kFailedPrecondition, "INVALID_CONFIG",
               "server.tls." + key + ": " + path + (file ? " is not a PEM file" : " cannot be read"));
}

}  // namespace

StatusOr<std::shared_ptr<grpc::ServerCredentials>> NewServerCredentials(const TlsConfig& tls) {
  if (tls.certificate_file.empty()) return grpc::InsecureServerCredentials();
  DUIJIE_RETURN_IF_ERROR(CheckPem("certificate_file", tls.certificate_file));
  DUIJIE_RETURN_IF_ERROR(CheckPem("key_file", tls.key_file));
  if (!tls.client_ca_file.empty()) DUIJIE_RETURN_IF_ERROR(CheckPem("client_ca_file", tls.client_ca_file));
  grpc::experimental::TlsServerCredentialsOptions options(std::make_shared<FileWatcherCertificateProvider>(
      tls.key_file, tls.certificate_file, tls.client_ca_file, kTlsRefreshSeconds));
  options.watch_identity_key_cert_pairs();
  if (!tls.client_ca_file.empty()) {
    options.watch_root_certs();
    options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  }
  return grpc::experimental::TlsServerCredentials(options);
}

StatusOr<std::shared_ptr<grpc::ChannelCredentials>> NewPeerCredentials(const TlsConfig& tls) {
  if (tls.certificate_file.empty()) return grpc::InsecureChannelCredentials();
  const std::string& ca = tls.peer_ca_file.empty() ? tls.certificate_file : tls.peer_ca_file;
  if (!tls.peer_ca_file.empty()) DUIJIE_RETURN_IF_ERROR(CheckPem("peer_ca_file", ca));
  grpc::experimental::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(std::make_shared<FileWatcherCertificateProvider>(
      tls.key_file, tls.certificate_file, ca, kTlsRefreshSeconds));
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  return grpc::experimental::TlsCredentials(options);
}

}  // namespace duijie::rpc
