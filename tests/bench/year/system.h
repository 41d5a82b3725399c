// SPDX-License-Identifier: GPL-3.0-or-later
// The whole system in this process, with all roles, real stores and indexes in a folder, and a clock that the
// simulation moves. Clients reach it over gRPC on a loopback port, as they would a daemon.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <tuple>

#include "common/base/clock.h"
#include "common/rpc/app_host.h"
#include "duijie/v1/admin_service.grpc.pb.h"
#include "duijie/v1/campaign_service.grpc.pb.h"
#include "duijie/v1/catalog_service.grpc.pb.h"
#include "duijie/v1/intake_service.grpc.pb.h"
#include "duijie/v1/match_service.grpc.pb.h"
#include "duijie/v1/profile_service.grpc.pb.h"
#include "duijie/v1/publication_service.grpc.pb.h"
#include "duijie/v1/push_service.grpc.pb.h"
#include "duijie/v1/search_service.grpc.pb.h"
#include "duijie/v1/standing_service.grpc.pb.h"
#include "duijie/v1/visit_service.grpc.pb.h"

namespace duijie::bench {

class System {
 public:
  // `share`: dictionaries, taxonomies, models. The log goes to a file in `folder`.
  static StatusOr<std::unique_ptr<System>> Start(const std::string& share, const std::string& folder,
                                                 UnixMicros now);
  ~System();

  FakeClock& clock() { return clock_; }
  const std::string& admin_key() const { return admin_key_; }
  prometheus::Registry& metrics() { return host_->metrics(); }

  template <typename Stub>
  Stub* stub() const {
    return std::get<std::unique_ptr<Stub>>(stubs_).get();
  }

 private:
  explicit System(UnixMicros now) : clock_(now) {}

  FakeClock clock_;
  std::unique_ptr<rpc::AppHost> host_;
  std::string admin_key_;
  std::tuple<std::unique_ptr<v1::AdminService::Stub>, std::unique_ptr<v1::CampaignService::Stub>,
             std::unique_ptr<v1::CatalogService::Stub>, std::unique_ptr<v1::IntakeService::Stub>,
             std::unique_ptr<v1::MatchService::Stub>, std::unique_ptr<v1::ProfileService::Stub>,
             std::unique_ptr<v1::PublicationService::Stub>, std::unique_ptr<v1::PushService::Stub>,
             std::unique_ptr<v1::SearchService::Stub>, std::unique_ptr<v1::StandingService::Stub>,
             std::unique_ptr<v1::VisitService::Stub>>
      stubs_;
};

// Somebody with an API key. What he is answered is shown to `look`, if there is one. Thread-safe if `look`
// is.
class Party {
 public:
  using Look = std::function<void(const google::protobuf::MessageLite& answer)>;

  Party(const System& system, std::string key, Look look = nullptr)
      : system_(&system), key_(std::move(key)), look_(std::move(look)) {}

  const System& system() const { return *system_; }
  // For streams: no deadline.
  std::unique_ptr<grpc::ClientContext> Context() const;

  // party.Call(&v1::PushService::Stub::GetPush, request)
  template <typename Stub, typename Request, typename Response>
  StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                          const Request& request) const {
    const auto context = Context();
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(5));
    Response response;
    const grpc::Status status = (system_->stub<Stub>()->*method)(context.get(), request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    if (look_ != nullptr) look_(response);
    return response;
  }

 private:
  const System* system_;
  std::string key_;
  Look look_;
};

// Imports `table` (CSV) as published records, all or nothing. Returns the revision of the catalog after it.
StatusOr<int64_t> Import(const Party& party, v1::Collection collection, const std::string& table);

}  // namespace duijie::bench
