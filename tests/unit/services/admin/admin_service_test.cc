// SPDX-License-Identifier: GPL-3.0-or-later
#include <google/protobuf/util/time_util.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "common/config/version.h"
#include "common/rpc/app_host.h"
#include "common/storage/rocksdb_store.h"
#include "duijie/v1/admin_service.grpc.pb.h"
#include "services/admin/admin_module.h"
#include "services/admin/restore.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::MatchesRegex;
using testing::StatusIs;
using Stub = v1::AdminService::Stub;

std::string FirstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// Stands for a role with a store of its own: one key with a value.
struct SmallStore {
  std::shared_ptr<KvStore> store;

  Status Bind(rpc::App& app, const std::string& name) {
    RocksDbOptions options;
    DUIJIE_ASSIGN_OR_RETURN(options.folder, app.DataFolder(name));
    DUIJIE_ASSIGN_OR_RETURN(store, OpenRocksDb(options));
    app.AddStore(name,
                 {[kept = store](const std::string& folder) { return kept->Backup(folder); },
                  [] {
                    return std::map<std::string, int64_t>{{"revision", 42}, {"needs", 7}, {"active_runs", 2}};
                  }});
    return OkStatus();
  }
  Status Put(const std::string& value) {
    WriteBatch batch;
    batch.Put("k", value);
    return store->Write(batch);
  }
};

class AdminServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    config_.roles = {"catalog", "matching", "push", "mining", "admin"};
    config_.server.listen = "127.0.0.1:0";
    config_.data.folder = folder_.File("data");
    Start();
  }

  void Start() {
    auto made = rpc::NewApp(config_, clock_);
    ASSERT_THAT(made, IsOk());
    host_ = *std::move(made);
    ASSERT_THAT(host_->Bind("catalog", [this](rpc::App& app) { return records_.Bind(app, "records"); }),
                IsOk());
    ASSERT_THAT(host_->Bind("matching",
                            [this](rpc::App& app) {
                              const Status runs = runs_.Bind(app, "runs");
                              return runs.ok() ? learning_.Bind(app, "learning") : runs;
                            }),
                IsOk());
    ASSERT_THAT(host_->Bind("push", [this](rpc::App& app) { return push_.Bind(app, "push"); }), IsOk());
    ASSERT_THAT(host_->Bind("mining", [this](rpc::App& app) { return mining_.Bind(app, "mining"); }), IsOk());
    ASSERT_THAT(host_->Bind("admin", BindAdmin), IsOk());
    ASSERT_THAT(host_->Start(), IsOk());
    stub_ =
        v1::AdminService::NewStub(grpc::CreateChannel(host_->address(), grpc::InsecureChannelCredentials()));
  }

  void Stop() {
    host_.reset();
    records_.store.reset();
    runs_.store.reset();
    learning_.store.reset();
    push_.store.reset();
    mining_.store.reset();
  }

  std::string AdminKey() { return FirstLine(config_.data.folder + "/admin.key"); }

  template <typename Request, typename Response>
  StatusOr<Response> Call(const std::string& key,
                          grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                          const Request& request = {}) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + key);
    Response response;
    const Status status = rpc::FromGrpc((stub_.get()->*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  StatusOr<v1::CreateApiKeyResponse> CreateKey(v1::Role role) {
    v1::CreateApiKeyRequest request;
    request.mutable_api_key()->set_title("园区 李四");
    request.mutable_api_key()->set_role(role);
    if (role == v1::ROLE_ENTERPRISE) request.mutable_api_key()->set_enterprise("enterprises/e1");
    return Call(AdminKey(), &Stub::CreateApiKey, request);
  }

  testing::TempDir folder_;
  Config config_;
  FakeClock clock_;
  SmallStore records_, runs_, learning_, push_, mining_;
  std::unique_ptr<rpc::AppHost> host_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(AdminServiceTest, TheFirstStartWritesAnAdminKeyForItsOwnerOnly) {
  struct stat info {};
  ASSERT_EQ(stat((config_.data.folder + "/admin.key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  ASSERT_OK_AND_ASSIGN(const auto caller, Call(AdminKey(), &Stub::GetCaller));
  EXPECT_EQ(caller.api_key().role(), v1::ROLE_ADMIN);
}

TEST_F(AdminServiceTest, ALaterStartKeepsTheKeyUnlessNoAdministratorsKeyWorks) {
  const std::string first = AdminKey();
  Stop();
  Start();
  EXPECT_EQ(AdminKey(), first);
  EXPECT_THAT(Call(first, &Stub::GetCaller), IsOk());
  Stop();
  clock_.Advance(std::chrono::hours(24 * 366));
  Start();
  EXPECT_NE(AdminKey(), first);
  EXPECT_THAT(Call(first, &Stub::GetCaller), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(Call(AdminKey(), &Stub::GetCaller), IsOk());
}

TEST_F(AdminServiceTest, ACreatedKeyWorksUntilItIsRevoked) {
  ASSERT_OK_AND_ASSIGN(const auto created, CreateKey(v1::ROLE_ENTERPRISE));
  ASSERT_OK_AND_ASSIGN(const auto caller, Call(created.secret(), &Stub::GetCaller));
  EXPECT_EQ(caller.api_key().enterprise(), "enterprises/e1");
  EXPECT_EQ(caller.api_key().title(), "园区 李四");
  v1::RevokeApiKeyRequest revoke;
  revoke.set_key_id(created.api_key().key_id());
  ASSERT_THAT(Call(AdminKey(), &Stub::RevokeApiKey, revoke), IsOk());
  EXPECT_THAT(Call(created.secret(), &Stub::GetCaller),
              StatusIs(StatusCode::kUnauthenticated, "INVALID_API_KEY"));
}

TEST_F(AdminServiceTest, OnlyAdministratorsAdminister) {
  for (auto role : {v1::ROLE_STAFF, v1::ROLE_EXPERT, v1::ROLE_ENTERPRISE, v1::ROLE_PARTNER}) {
    ASSERT_OK_AND_ASSIGN(const auto key, CreateKey(role));
    EXPECT_THAT(Call(key.secret(), &Stub::ListApiKeys), StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"))
        << role;
    EXPECT_THAT(Call(key.secret(), &Stub::CreateBackup), StatusIs(StatusCode::kPermissionDenied)) << role;
    EXPECT_THAT(Call(key.secret(), &Stub::GetCaller), IsOk()) << role;
  }
}

TEST_F(AdminServiceTest, KeysAreListedInPagesWithoutSecrets) {
  for (int i = 0; i < 4; ++i) ASSERT_THAT(CreateKey(v1::ROLE_PARTNER), IsOk());
  std::set<std::string> ids;
  v1::ListApiKeysRequest request;
  request.set_page_size(2);
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Call(AdminKey(), &Stub::ListApiKeys, request));
    EXPECT_LE(page.api_keys_size(), 2);
    for (const auto& key : page.api_keys()) EXPECT_TRUE(ids.insert(key.key_id()).second) << key.key_id();
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(ids.size(), 5u);
  request.set_page_token("made-up");
  EXPECT_THAT(Call(AdminKey(), &Stub::ListApiKeys, request),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  request.set_page_size(-1);
  EXPECT_THAT(Call(AdminKey(), &Stub::ListApiKeys, request),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(AdminServiceTest, TheAuditLogListsWhoDidWhatLatestFirst) {
  ASSERT_OK_AND_ASSIGN(const auto created, CreateKey(v1::ROLE_PARTNER));
  v1::RevokeApiKeyRequest revoke;
  revoke.set_key_id(created.api_key().key_id());
  ASSERT_THAT(Call(AdminKey(), &Stub::RevokeApiKey, revoke), IsOk());
  revoke.set_key_id("k-none");
  EXPECT_THAT(Call(AdminKey(), &Stub::RevokeApiKey, revoke), StatusIs(StatusCode::kNotFound));

  ASSERT_OK_AND_ASSIGN(const auto all, Call(AdminKey(), &Stub::ListAuditEntries));
  std::vector<std::string> lines;
  for (const auto& entry : all.entries())
    lines.push_back(entry.method() + " " + entry.record() + " " + entry.outcome());
  const std::string record = "apiKeys/" + created.api_key().key_id();
  EXPECT_THAT(lines, ElementsAre("duijie.v1.AdminService/RevokeApiKey apiKeys/k-none NOT_FOUND",
                                 "duijie.v1.AdminService/RevokeApiKey " + record + " OK",
                                 "duijie.v1.AdminService/CreateApiKey " + record + " OK"));
  v1::ListAuditEntriesRequest of_record;
  of_record.set_record(record);
  of_record.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto first, Call(AdminKey(), &Stub::ListAuditEntries, of_record));
  ASSERT_EQ(first.entries_size(), 1);
  of_record.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second, Call(AdminKey(), &Stub::ListAuditEntries, of_record));
  ASSERT_EQ(second.entries_size(), 1);
  EXPECT_EQ(second.entries(0).method(), "duijie.v1.AdminService/CreateApiKey");
  of_record.set_record("other");
  EXPECT_THAT(Call(AdminKey(), &Stub::ListAuditEntries, of_record), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(AdminServiceTest, StatusShowsWhatWorksAndNamesWhatDoesNot) {
  clock_.Advance(std::chrono::seconds(90));
  ASSERT_OK_AND_ASSIGN(const auto status, Call(AdminKey(), &Stub::GetStatus));
  EXPECT_EQ(status.version(), Version());
  EXPECT_EQ(status.revision(), 42);
  EXPECT_EQ(status.active_runs(), 2);
  EXPECT_EQ(status.uptime_seconds(), 90);
  EXPECT_THAT(status.roles(), ElementsAre("catalog", "matching", "push", "mining", "admin"));
  EXPECT_THAT(status.unreachable_roles(), ElementsAre("search"));
  ASSERT_EQ(status.collections_size(), 4);
  EXPECT_EQ(status.collections(2).collection(), "needs");
  EXPECT_EQ(status.collections(2).records(), 7);
}

TEST_F(AdminServiceTest, ABackupIsRestoredAsItWasAndWhatWasThereIsKept) {
  ASSERT_THAT(records_.Put("before"), IsOk());
  ASSERT_THAT(learning_.Put("before"), IsOk());
  ASSERT_THAT(push_.Put("before"), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto made, Call(AdminKey(), &Stub::CreateBackup));
  EXPECT_EQ(made.backup_id(), "20231114-221320-42");
  EXPECT_EQ(made.revision(), 42);
  EXPECT_GT(made.bytes(), 0);
  ASSERT_THAT(records_.Put("after"), IsOk());
  ASSERT_THAT(learning_.Put("after"), IsOk());
  ASSERT_THAT(push_.Put("after"), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto late, CreateKey(v1::ROLE_PARTNER));
  std::filesystem::create_directories(config_.data.folder + "/index/needs");
  const std::string backup = config_.data.folder + "/backups/" + made.backup_id();

  EXPECT_THAT(RestoreFromBackup(backup, config_.data.folder),
              StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE"));
  Stop();
  ASSERT_OK_AND_ASSIGN(const auto report, RestoreFromBackup(backup, config_.data.folder));
  EXPECT_THAT(report.restored, ElementsAre("keys", "learning", "mining", "push", "records", "runs"));
  EXPECT_EQ(report.kept.size(), 6u);
  EXPECT_FALSE(std::filesystem::exists(config_.data.folder + "/index"));

  Start();
  EXPECT_EQ(records_.store->Get("k").value(), "before");
  EXPECT_EQ(learning_.store->Get("k").value(), "before");
  EXPECT_EQ(push_.store->Get("k").value(), "before");
  EXPECT_THAT(Call(AdminKey(), &Stub::GetCaller), IsOk());
  EXPECT_THAT(Call(late.secret(), &Stub::GetCaller), StatusIs(StatusCode::kUnauthenticated));
}

TEST_F(AdminServiceTest, ASecondBackupOfTheSameMomentIsRefusedAndLeavesTheFirst) {
  ASSERT_OK_AND_ASSIGN(const auto made, Call(AdminKey(), &Stub::CreateBackup));
  EXPECT_THAT(Call(AdminKey(), &Stub::CreateBackup), StatusIs(StatusCode::kAlreadyExists));
  EXPECT_TRUE(std::filesystem::exists(config_.data.folder + "/backups/" + made.backup_id() + "/MANIFEST"));
}

TEST_F(AdminServiceTest, WhatIsNoWholeBackupIsNotRestored) {
  ASSERT_OK_AND_ASSIGN(const auto made, Call(AdminKey(), &Stub::CreateBackup));
  const std::string backup = config_.data.folder + "/backups/" + made.backup_id();
  Stop();
  EXPECT_THAT(RestoreFromBackup(folder_.File("none"), config_.data.folder),
              StatusIs(StatusCode::kNotFound, "BACKUP_NOT_FOUND"));
  std::filesystem::rename(backup + "/runs", backup + "/gone");
  EXPECT_THAT(RestoreFromBackup(backup, config_.data.folder),
              StatusIs(StatusCode::kDataLoss, "BACKUP_DAMAGED"));
  std::filesystem::rename(backup + "/gone", backup + "/runs");
  std::filesystem::remove(backup + "/MANIFEST");
  EXPECT_THAT(RestoreFromBackup(backup, config_.data.folder),
              StatusIs(StatusCode::kNotFound, "BACKUP_NOT_FOUND"));
  EXPECT_TRUE(std::filesystem::exists(config_.data.folder + "/records"));
}

TEST_F(AdminServiceTest, AProcessWithoutTheAdminRoleAsksItsPeer) {
  Stop();
  std::ofstream(folder_.File("secret")) << std::string(64, 's') << "\n";
  config_.cluster.secret_file = folder_.File("secret");
  Start();
  Config config = config_;
  config.roles = {"search"};
  config.data.folder = folder_.File("peer");
  config.cluster.peers["admin"] = host_->address();
  ASSERT_OK_AND_ASSIGN(auto peer, rpc::NewApp(config, clock_));
  Principal seen;
  struct Probe final : v1::AdminService::Service {
    Probe(rpc::App& owner, Principal& out) : app(owner), principal(out) {}
    grpc::Status RevokeApiKey(grpc::ServerContext* context, const v1::RevokeApiKeyRequest*,
                              v1::RevokeApiKeyResponse*) override {
      return app.edge().Run(context, "duijie.v1.AdminService/RevokeApiKey", [&](rpc::CallContext& call) {
        principal = call.principal();
        call.set_audit_record("apiKeys/probe");
        return OkStatus();
      });
    }
    rpc::App& app;
    Principal& principal;
  };
  ASSERT_THAT(peer->Bind("search",
                         [&](rpc::App& app) {
                           app.AddService(std::make_unique<Probe>(app, seen));
                           return OkStatus();
                         }),
              IsOk());
  ASSERT_THAT(peer->Start(), IsOk());
  const auto at_peer = [&](const std::string& key) {
    auto stub =
        v1::AdminService::NewStub(grpc::CreateChannel(peer->address(), grpc::InsecureChannelCredentials()));
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + key);
    v1::RevokeApiKeyResponse response;
    return rpc::FromGrpc(stub->RevokeApiKey(&context, {}, &response));
  };
  EXPECT_THAT(at_peer("djk_wrong"), StatusIs(StatusCode::kUnauthenticated, "INVALID_API_KEY"));
  const std::string key = AdminKey();
  EXPECT_THAT(at_peer(key), IsOk());
  EXPECT_EQ(seen.role(), v1::ROLE_ADMIN);
  v1::ListAuditEntriesRequest request;
  request.set_record("apiKeys/probe");
  ASSERT_OK_AND_ASSIGN(const auto audit, Call(key, &Stub::ListAuditEntries, request));
  EXPECT_EQ(audit.entries_size(), 1);

  v1::RevokeApiKeyRequest revoke;
  revoke.set_key_id(seen.key_id());
  ASSERT_THAT(Call(key, &Stub::RevokeApiKey, revoke), IsOk());
  EXPECT_THAT(at_peer(key), IsOk()) << "remembered for two seconds";
  clock_.Advance(std::chrono::seconds(2));
  EXPECT_THAT(at_peer(key), StatusIs(StatusCode::kUnauthenticated));
  peer.reset();
}

}  // namespace
}  // namespace duijie
