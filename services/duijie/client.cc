// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/client.h"

#include <algorithm>

#include "common/auth/crypto.h"
#include "common/rpc/metadata.h"
#include "services/duijie/files.h"

namespace duijie {
namespace {

constexpr char kRequestIdPayload[] = "duijie/request-id";
constexpr int kMaxResponseBytes = 300 * 1024 * 1024;  // a page of 1,000 records of 256 KiB

Status WithRequestId(Status status, const std::string& request_id) {
  if (!status.ok()) status.SetPayload(kRequestIdPayload, absl::Cord(request_id));
  return status;
}

StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Credentials(const Settings& settings) {
  if (!settings.tls) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  if (!settings.ca_file.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(options.pem_root_certs, ReadSmallFile(settings.ca_file));
  }
  if (!settings.certificate_file.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(options.pem_cert_chain, ReadSmallFile(settings.certificate_file));
    DUIJIE_ASSIGN_OR_RETURN(options.pem_private_key, ReadSmallFile(settings.client_key_file));
  }
  return grpc::SslCredentials(options);
}

}  // namespace

std::chrono::milliseconds BackoffBefore(int attempt, const Status& status) {
  auto wait = kFirstBackoff * (1 << std::min(attempt - 1, 10));
  if (const auto asked = RetryAfterMsOf(status)) wait = std::max(wait, std::chrono::milliseconds(*asked));
  return std::min<std::chrono::milliseconds>(wait, kMaxBackoff);
}

std::string RequestIdOf(const Status& status) {
  const auto payload = status.GetPayload(kRequestIdPayload);
  return payload ? std::string(*payload) : "";
}

std::string NewUuid() {
  std::string bytes = crypto::RandomBytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);  // version 4
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);  // RFC 4122 variant
  std::string hex = crypto::ToHex(bytes);
  for (const size_t at : {8, 13, 18, 23}) hex.insert(at, 1, '-');
  return hex;
}

StatusOr<std::unique_ptr<Client>> Client::Create(Settings settings, Sleep sleep) {
  std::unique_ptr<Client> client(new Client(std::move(settings), std::move(sleep)));
  DUIJIE_RETURN_IF_ERROR(client->Connect());
  return client;
}

Status Client::Connect() {
  DUIJIE_ASSIGN_OR_RETURN(credentials_, Credentials(settings_));
  catalog_ = v1::CatalogService::NewStub(ChannelTo("catalog"));
  search_ = v1::SearchService::NewStub(ChannelTo("search"));
  match_ = v1::MatchService::NewStub(ChannelTo("matching"));
  judgements_ = v1::JudgementService::NewStub(ChannelTo("matching"));
  models_ = v1::ModelService::NewStub(ChannelTo("matching"));
  admin_ = v1::AdminService::NewStub(ChannelTo("admin"));
  return OkStatus();
}

std::shared_ptr<grpc::Channel> Client::ChannelTo(const std::string& role) const {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxResponseBytes);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  // The same address gives the same connection: gRPC shares subchannels of equal arguments.
  return grpc::CreateCustomChannel(settings_.servers.at(role), credentials_, arguments);
}

std::string Client::Prepare(grpc::ClientContext* context) const {
  std::string request_id = rpc::NewRequestId();
  context->AddMetadata(rpc::kRequestId, request_id);
  if (!settings_.key.empty()) context->AddMetadata(rpc::kAuthorization, "Bearer " + settings_.key);
  return request_id;
}

Status Client::Retry(const std::function<grpc::Status(grpc::ClientContext*)>& attempt) {
  for (int number = 1;; ++number) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::milliseconds(static_cast<int64_t>(settings_.timeout_seconds * 1000)));
    const std::string request_id = Prepare(&context);
    Status status = WithRequestId(rpc::FromGrpc(attempt(&context)), request_id);
    if (status.code() != StatusCode::kUnavailable || number == kMaxAttempts) return status;
    sleep_(BackoffBefore(number, status));
  }
}

std::unique_ptr<Client::StreamCall> Client::NewStream() const {
  auto call = std::make_unique<StreamCall>();
  call->request_id = Prepare(&call->context);
  return call;
}

Status Client::Finish(const StreamCall& call, const grpc::Status& status) {
  return WithRequestId(rpc::FromGrpc(status), call.request_id);
}

}  // namespace duijie
