// SPDX-License-Identifier: GPL-3.0-or-later
// A real app on a free port with API keys in memory and an AdminService whose GetStatus and CreateBackup run
// what a test says. Real clients talk to it over the network or in-process.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "common/auth/key_ring.h"
#include "common/rpc/app_host.h"
#include "common/storage/memory_store.h"
#include "duijie/v1/admin_service.grpc.pb.h"
#include "tests/support/guarded.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie::testing {

class ScriptedAdmin final : public v1::AdminService::Service {
 public:
  using Script = std::function<Status(rpc::CallContext&)>;
  ScriptedAdmin(rpc::App& app, const Guarded<Script>& script) : app_(app), script_(script) {}

  grpc::Status GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest*,
                         v1::GetStatusResponse*) override {
    return app_.edge().Run(context, "duijie.v1.AdminService/GetStatus", script_.Get());
  }
  grpc::Status GetCaller(grpc::ServerContext* context, const v1::GetCallerRequest*,
                         v1::GetCallerResponse* response) override {
    return app_.edge().Unary(context, "duijie.v1.AdminService/GetCaller", response,
                             [](rpc::CallContext& call) -> StatusOr<v1::GetCallerResponse> {
                               v1::GetCallerResponse answer;
                               answer.mutable_api_key()->set_key_id(call.principal().key_id());
                               answer.mutable_api_key()->set_title(call.request_id());
                               return answer;
                             });
  }
  grpc::Status RevokeApiKey(grpc::ServerContext* context, const v1::RevokeApiKeyRequest* request,
                            v1::RevokeApiKeyResponse*) override {
    return app_.edge().Run(context, "duijie.v1.AdminService/RevokeApiKey", [&](rpc::CallContext& call) {
      call.set_audit_record(request->key_id());
      return script_.Get()(call);
    });
  }
  // A method that the policy does not know.
  grpc::Status ListApiKeys(grpc::ServerContext* context, const v1::ListApiKeysRequest*,
                           v1::ListApiKeysResponse*) override {
    return app_.edge().Run(context, "duijie.v1.AdminService/Invented", script_.Get());
  }
  // Stands for the read of something restricted.
  grpc::Status ListAuditEntries(grpc::ServerContext* context, const v1::ListAuditEntriesRequest*,
                                v1::ListAuditEntriesResponse* response) override {
    return app_.edge().Unary(context, "duijie.v1.CatalogService/GetContacts", response,
                             [](rpc::CallContext& call) -> StatusOr<v1::ListAuditEntriesResponse> {
                               call.set_audit_record("needs/1");
                               v1::ListAuditEntriesResponse answer;
                               answer.set_next_page_token("restricted");
                               return answer;
                             });
  }

 private:
  rpc::App& app_;
  const Guarded<Script>& script_;
};

class TestApp {
 public:
  struct AuditLine {
    std::string key_id, method, record, outcome;
  };

  TestApp() {
    config.server.listen = "127.0.0.1:0";
    config.data.folder = folder.File("data");
  }

  Status Start() {
    auto made = rpc::NewApp(config, clock);
    if (!made.ok()) return made.status();
    host = *std::move(made);
    DUIJIE_RETURN_IF_ERROR(host->Bind("admin", [this](rpc::App& app) {
      app.AddService(std::make_unique<ScriptedAdmin>(app, script));
      app.SetKeyHooks(
          {[this](std::string_view presented) { return keys.Resolve(presented); },
           [this](const Principal& who, std::string_view method, std::string_view record,
                  std::string_view outcome, std::string_view) {
             std::lock_guard lock(mutex);
             audit.push_back({who.key_id(), std::string(method), std::string(record), std::string(outcome)});
             return audit_result.Get();
           }});
      return bind_more ? bind_more(app) : OkStatus();
    }));
    return host->Start();
  }

  std::string NewKey(v1::Role role) {
    v1::ApiKey wanted;
    wanted.set_title("test");
    wanted.set_role(role);
    if (role == v1::ROLE_ENTERPRISE) wanted.set_enterprise("enterprises/e1");
    return keys.Create(wanted).value().presented;
  }

  std::unique_ptr<v1::AdminService::Stub> Stub() const {
    return v1::AdminService::NewStub(
        grpc::CreateChannel(host->address(), grpc::InsecureChannelCredentials()));
  }

  TempDir folder;
  Config config;
  FakeClock clock;
  std::unique_ptr<KvStore> store = NewMemoryStore();
  KeyRing keys{*store, clock};
  Guarded<ScriptedAdmin::Script> script{[](rpc::CallContext&) { return OkStatus(); }};
  std::function<Status(rpc::App&)> bind_more;
  std::mutex mutex;
  std::vector<AuditLine> audit;
  Guarded<Status> audit_result;
  std::unique_ptr<rpc::AppHost> host;  // last: goes first
};

inline void Authorize(grpc::ClientContext& context, const std::string& key) {
  context.AddMetadata("authorization", "Bearer " + key);
}

}  // namespace duijie::testing
