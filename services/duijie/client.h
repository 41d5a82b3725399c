// SPDX-License-Identifier: GPL-3.0-or-later
// The server as commands see it: stubs by role, calls with key, deadline, request id and bounded retries.
// Not thread-safe, but for stubs and contexts, which follow gRPC's rules.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "common/rpc/edge.h"
#include "common/status/status.h"
#include "duijie/v1/admin_service.grpc.pb.h"
#include "duijie/v1/catalog_service.grpc.pb.h"
#include "duijie/v1/judgement_service.grpc.pb.h"
#include "duijie/v1/match_service.grpc.pb.h"
#include "duijie/v1/model_service.grpc.pb.h"
#include "duijie/v1/search_service.grpc.pb.h"
#include "services/duijie/settings.h"

namespace duijie {

// UNAVAILABLE is tried again this often, waiting 200 ms, 400 ms, 800 ms (or what the server asked for, up to
// 5 s).
inline constexpr int kMaxAttempts = 4;
inline constexpr auto kFirstBackoff = std::chrono::milliseconds(200);
inline constexpr auto kMaxBackoff = std::chrono::seconds(5);

// How long to wait before attempt `attempt` (1 = the first retry) after `status`.
std::chrono::milliseconds BackoffBefore(int attempt, const Status& status);

// The id that a failed call carried, or "".
std::string RequestIdOf(const Status& status);

// A random UUID (version 4), for request_id of writes: it makes a retried write harmless.
std::string NewUuid();

class Client {
 public:
  using Sleep = std::function<void(std::chrono::milliseconds)>;

  // LOCAL error if a certificate cannot be read. Connects on first use.
  static StatusOr<std::unique_ptr<Client>> Create(Settings settings, Sleep sleep);

  v1::CatalogService::Stub& catalog() { return *catalog_; }
  v1::SearchService::Stub& search() { return *search_; }
  v1::MatchService::Stub& match() { return *match_; }
  v1::JudgementService::Stub& judgements() { return *judgements_; }
  v1::ModelService::Stub& models() { return *models_; }
  v1::AdminService::Stub& admin() { return *admin_; }

  // A stub of any other service of the process that runs `role`; shares its connection.
  template <typename Service>
  std::unique_ptr<typename Service::Stub> NewStub(const std::string& role) const {
    return Service::NewStub(ChannelTo(role));
  }

  // auto response = client.Call(client.catalog(), &v1::CatalogService::Stub::GetNeed, request);
  template <typename Stub, typename Request, typename Response>
  StatusOr<Response> Call(Stub& stub,
                          grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                          const Request& request) {
    Response response;
    DUIJIE_RETURN_IF_ERROR(Retry([&](grpc::ClientContext* context) {
      response.Clear();
      return (stub.*method)(context, request, &response);
    }));
    return response;
  }

  // A call that the caller drives itself (streams); not retried, without a deadline.
  struct StreamCall {
    grpc::ClientContext context;
    std::string request_id;
  };
  std::unique_ptr<StreamCall> NewStream() const;
  static Status Finish(const StreamCall& call, const grpc::Status& status);

  // Waits before a caller asks again.
  void Pause(std::chrono::milliseconds time) const { sleep_(time); }

 private:
  Client(Settings settings, Sleep sleep) : settings_(std::move(settings)), sleep_(std::move(sleep)) {}
  Status Connect();
  std::shared_ptr<grpc::Channel> ChannelTo(const std::string& role) const;
  Status Retry(const std::function<grpc::Status(grpc::ClientContext*)>& attempt);
  std::string Prepare(grpc::ClientContext* context) const;

  const Settings settings_;
  const Sleep sleep_;
  std::shared_ptr<grpc::ChannelCredentials> credentials_;
  std::unique_ptr<v1::CatalogService::Stub> catalog_;
  std::unique_ptr<v1::SearchService::Stub> search_;
  std::unique_ptr<v1::MatchService::Stub> match_;
  std::unique_ptr<v1::JudgementService::Stub> judgements_;
  std::unique_ptr<v1::ModelService::Stub> models_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

}  // namespace duijie
