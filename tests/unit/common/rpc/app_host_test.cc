// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/app_host.h"

#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/support/byte_buffer.h>

#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "duijie/internal/v1/store_service.grpc.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/unit/common/rpc/test_app.h"

namespace duijie {
namespace {

using rpc::CallContext;
using testing::Authorize;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;
using testing::TestApp;

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

grpc::health::v1::HealthCheckResponse::ServingStatus HealthOf(const TestApp& app,
                                                              const std::string& service) {
  auto stub = grpc::health::v1::Health::NewStub(
      grpc::CreateChannel(app.host->address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(service);
  grpc::health::v1::HealthCheckResponse response;
  const grpc::Status status = stub->Check(&context, request, &response);
  return status.ok() ? response.status() : grpc::health::v1::HealthCheckResponse::UNKNOWN;
}

constexpr auto kServing = grpc::health::v1::HealthCheckResponse::SERVING;
constexpr auto kNotServing = grpc::health::v1::HealthCheckResponse::NOT_SERVING;

class AppHostTest : public ::testing::Test {
 protected:
  Status GetStatus(std::shared_ptr<grpc::Channel> channel, const std::string& key) {
    grpc::ClientContext context;
    Authorize(context, key);
    v1::GetStatusResponse response;
    return rpc::FromGrpc(v1::AdminService::NewStub(channel)->GetStatus(&context, {}, &response));
  }
  TestApp app_;
};

TEST_F(AppHostTest, HealthTellsTheWholeAndEachRole) {
  ASSERT_THAT(app_.Start(), IsOk());
  EXPECT_EQ(HealthOf(app_, ""), kServing);
  EXPECT_EQ(HealthOf(app_, "admin"), kServing);
  EXPECT_EQ(HealthOf(app_, "search"), grpc::health::v1::HealthCheckResponse::UNKNOWN);
}

TEST_F(AppHostTest, UntilEveryStarterIsDoneItIsNotServingButRolesReachEachOther) {
  grpc::health::v1::HealthCheckResponse::ServingStatus health{};
  Status client, peer;
  app_.bind_more = [&](rpc::App& app) {
    app.AddStarter("probe", [&, this] {
      health = HealthOf(app_, "");
      auto over_network = grpc::CreateChannel(app_.host->address(), grpc::InsecureChannelCredentials());
      client = GetStatus(over_network, app_.NewKey(v1::ROLE_ADMIN));
      rpc::LazyStub<v1::AdminService> stub(app, "admin");
      peer = rpc::Call(app, CallContext::ForSystem(std::chrono::seconds(10)), stub.get(),
                       &v1::AdminService::Stub::GetStatus, v1::GetStatusRequest())
                 .status();
      return OkStatus();
    });
    return OkStatus();
  };
  ASSERT_THAT(app_.Start(), IsOk());
  EXPECT_EQ(health, kNotServing);
  EXPECT_THAT(client, StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(peer, IsOk());
}

TEST_F(AppHostTest, ReflectionListsTheServices) {
  ASSERT_THAT(app_.Start(), IsOk());
  auto channel = grpc::CreateChannel(app_.host->address(), grpc::InsecureChannelCredentials());
  // ServerReflectionRequest{list_services: "*"}: field 7, length-delimited.
  const grpc::Slice bytes(std::string("\x3a\x01*", 3));
  grpc::ByteBuffer request(&bytes, 1), response;
  grpc::ClientContext context;
  const grpc::internal::RpcMethod method("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                                         grpc::internal::RpcMethod::NORMAL_RPC);
  const grpc::Status status =
      grpc::internal::BlockingUnaryCall(channel.get(), method, &context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  grpc::Slice answer;
  ASSERT_TRUE(response.DumpToSingleSlice(&answer).ok());
  EXPECT_THAT(std::string(reinterpret_cast<const char*>(answer.begin()), answer.size()),
              HasSubstr("duijie.v1.AdminService"));
}

TEST_F(AppHostTest, StartersRunInOrderAndClosersInReverse) {
  std::vector<std::string> steps;
  app_.bind_more = [&](rpc::App& app) {
    for (const char* name : {"1", "2"}) {
      app.AddStarter(name, [&steps, name] {
        steps.push_back(std::string("start ") + name);
        return OkStatus();
      });
      app.AddCloser(name, [&steps, name] { steps.push_back(std::string("close ") + name); });
    }
    app.AddDrainHook([&steps] { steps.push_back("drain"); });
    return OkStatus();
  };
  ASSERT_THAT(app_.Start(), IsOk());
  app_.host->Drain();
  app_.host->Drain();
  EXPECT_THAT(steps, ElementsAre("start 1", "start 2", "drain", "close 2", "close 1"));
}

TEST_F(AppHostTest, AStarterThatFailsStopsTheStartWithItsName) {
  app_.bind_more = [](rpc::App& app) {
    app.AddStarter("index", [] { return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "broken"); });
    return OkStatus();
  };
  const Status status = app_.Start();
  EXPECT_THAT(status, StatusIs(StatusCode::kDataLoss, "STORE_CORRUPT"));
  EXPECT_EQ(MessageOf(status), "index: broken");
}

TEST_F(AppHostTest, DrainLetsARunningCallEndAndRefusesNewOnes) {
  std::promise<void> entered, release;
  app_.script = [&](CallContext&) {
    entered.set_value();
    release.get_future().wait();
    return OkStatus();
  };
  ASSERT_THAT(app_.Start(), IsOk());
  const std::string key = app_.NewKey(v1::ROLE_ADMIN);
  auto channel = grpc::CreateChannel(app_.host->address(), grpc::InsecureChannelCredentials());
  auto running = std::async(std::launch::async, [&] { return GetStatus(channel, key); });
  entered.get_future().wait();
  std::promise<void> draining;
  app_.host->AddDrainHook([&] { draining.set_value(); });
  auto drain = std::async(std::launch::async, [&] { app_.host->Drain(); });
  draining.get_future().wait();
  EXPECT_THAT(GetStatus(channel, key), StatusIs(StatusCode::kUnavailable));
  release.set_value();
  EXPECT_THAT(running.get(), IsOk());
  drain.get();
}

TEST_F(AppHostTest, DrainCancelsWhatDoesNotEndInTime) {
  app_.config.server.drain_ms = 50;
  std::promise<void> entered;
  app_.script = [&](CallContext& call) {
    entered.set_value();
    while (call.CheckAlive().ok()) std::this_thread::yield();
    return call.CheckAlive();
  };
  ASSERT_THAT(app_.Start(), IsOk());
  const std::string key = app_.NewKey(v1::ROLE_ADMIN);
  auto channel = grpc::CreateChannel(app_.host->address(), grpc::InsecureChannelCredentials());
  auto running = std::async(std::launch::async, [&] { return GetStatus(channel, key); });
  entered.get_future().wait();
  app_.host->Drain();
  EXPECT_FALSE(running.get().ok());
}

TEST_F(AppHostTest, CallsOfTheDaemonToItselfAreCancelledWhenTheDrainBegins) {
  std::promise<void> entered;
  app_.script = [&](CallContext& call) {
    entered.set_value();
    while (call.CheckAlive().ok()) std::this_thread::yield();
    return call.CheckAlive();
  };
  app_.config.server.drain_ms = 600'000;
  ASSERT_THAT(app_.Start(), IsOk());
  rpc::LazyStub<v1::AdminService> stub(*app_.host, "admin");
  auto poll = std::async(std::launch::async, [&] {
    return rpc::Call(*app_.host, CallContext::ForSystem(std::chrono::minutes(5)), stub.get(),
                     &v1::AdminService::Stub::GetStatus, v1::GetStatusRequest())
        .status();
  });
  entered.get_future().wait();
  app_.host->Drain();
  EXPECT_FALSE(poll.get().ok());
}

TEST_F(AppHostTest, ThePortFileTellsTheAddressesInUse) {
  app_.config.server.port_file = app_.folder.File("ports");
  app_.config.server.metrics_listen = "127.0.0.1:0";
  ASSERT_THAT(app_.Start(), IsOk());
  EXPECT_EQ(Contents(app_.config.server.port_file),
            "grpc=" + app_.host->address() + "\nmetrics=" + app_.host->metrics_address() + "\n");
}

TEST_F(AppHostTest, AnAddressInUseIsAClearError) {
  ASSERT_THAT(app_.Start(), IsOk());
  TestApp second;
  second.config.server.listen = app_.host->address();
  const Status status = second.Start();
  EXPECT_THAT(status, StatusIs(StatusCode::kFailedPrecondition, "LISTEN_FAILED"));
  EXPECT_THAT(std::string(MessageOf(status)), HasSubstr(app_.host->address()));
}

TEST_F(AppHostTest, ASecondAppOnTheSameDataFolderIsRefused) {
  ASSERT_THAT(app_.Start(), IsOk());
  TestApp second;
  second.config.data.folder = app_.config.data.folder;
  EXPECT_THAT(second.Start(), StatusIs(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE"));
  app_.host.reset();
  EXPECT_THAT(second.Start(), IsOk());
}

TEST_F(AppHostTest, DerivedKeysSurviveARestartAndDifferBetweenInstallations) {
  ASSERT_THAT(app_.Start(), IsOk());
  const std::string key = app_.host->DerivedKey("page-tokens");
  EXPECT_EQ(key.size(), 32u);
  app_.host.reset();
  ASSERT_THAT(app_.Start(), IsOk());
  EXPECT_EQ(app_.host->DerivedKey("page-tokens"), key);
  EXPECT_NE(app_.host->DerivedKey("other"), key);
  TestApp other;
  ASSERT_THAT(other.Start(), IsOk());
  EXPECT_NE(other.host->DerivedKey("page-tokens"), key);
}

TEST_F(AppHostTest, BeyondLoopbackItRefusesToListenWithoutTls) {
  app_.config.server.listen = "0.0.0.0:0";
  EXPECT_THAT(app_.Start(), StatusIs(StatusCode::kInvalidArgument, "INVALID_CONFIG"));
}

TEST_F(AppHostTest, ARoleThatRunsNowhereIsUnavailable) {
  ASSERT_THAT(app_.Start(), IsOk());
  rpc::LazyStub<v1::AdminService> stub(*app_.host, "search");
  const Status status = rpc::Call(*app_.host, CallContext::ForSystem(std::chrono::seconds(30)), stub.get(),
                                  &v1::AdminService::Stub::GetStatus, v1::GetStatusRequest())
                            .status();
  EXPECT_THAT(status, StatusIs(StatusCode::kUnavailable, "PEER_UNAVAILABLE"));
}

TEST_F(AppHostTest, ARequestBeyondFourMebibytesIsRefused) {
  ASSERT_THAT(app_.Start(), IsOk());
  grpc::ClientContext context;
  Authorize(context, app_.NewKey(v1::ROLE_ADMIN));
  v1::RevokeApiKeyRequest request;
  request.set_key_id(std::string(rpc::kMaxRequestBytes + 1, 'x'));
  v1::RevokeApiKeyResponse response;
  EXPECT_THAT(rpc::FromGrpc(app_.Stub()->RevokeApiKey(&context, request, &response)),
              StatusIs(StatusCode::kResourceExhausted, "TOO_LARGE"));
}

class StoreServiceTest : public AppHostTest {
 protected:
  void SetUp() override {
    app_.bind_more = [this](rpc::App& app) {
      app.AddStore("runs", {[this](const std::string& folder) {
                              std::filesystem::create_directories(folder);
                              std::ofstream(folder + "/part") << "12345";
                              return backup_result_.Get();
                            },
                            [] {
                              return std::map<std::string, int64_t>{{"active_runs", 3}};
                            }});
      return OkStatus();
    };
    ASSERT_THAT(app_.Start(), IsOk());
  }
  StatusOr<internal::v1::BackupStoreResponse> Backup(const std::string& store, const std::string& id) {
    internal::v1::BackupStoreRequest request;
    request.set_store(store);
    request.set_backup_id(id);
    rpc::LazyStub<internal::v1::StoreService> stub(*app_.host, "admin");
    return rpc::Call(*app_.host, CallContext::ForSystem(std::chrono::seconds(30)), stub.get(),
                     &internal::v1::StoreService::Stub::BackupStore, request);
  }
  std::string Path(const std::string& name) { return app_.config.data.folder + "/backups/" + name; }
  testing::Guarded<Status> backup_result_;
};

TEST_F(StoreServiceTest, ABackupAppearsWholeUnderItsName) {
  ASSERT_OK_AND_ASSIGN(const auto response, Backup("runs", "b-1"));
  EXPECT_EQ(response.bytes(), 5);
  EXPECT_EQ(response.numbers().at("active_runs"), 3);
  EXPECT_EQ(Contents(Path("b-1/runs/part")), "12345");
  EXPECT_THAT(Backup("runs", "b-1"), StatusIs(StatusCode::kAlreadyExists));
}

TEST_F(StoreServiceTest, AFailedBackupLeavesNothing) {
  backup_result_ = Error(StatusCode::kResourceExhausted, "DISK_FULL", "full");
  EXPECT_THAT(Backup("runs", "b-1"), StatusIs(StatusCode::kResourceExhausted, "DISK_FULL"));
  EXPECT_TRUE(std::filesystem::is_empty(Path("b-1")));
  backup_result_ = OkStatus();
  EXPECT_THAT(Backup("runs", "b-1"), IsOk());
}

TEST_F(StoreServiceTest, ABackupIdCannotLeaveTheBackupFolder) {
  for (const char* id : {"", "..", "a/b", "../../x", "a.b"}) {
    EXPECT_THAT(Backup("runs", id), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD")) << id;
  }
  EXPECT_THAT(Backup("../runs", "b"), StatusIs(StatusCode::kNotFound));
}

class TlsTest : public AppHostTest {
 protected:
  void SetUp() override {
    Run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=duijie-ca "
        "-keyout ca.key "
        "-out ca.pem");
    for (const std::string name : {"server", "client", "stranger"}) {
      const std::string ca =
          name == "stranger" ? "-key stranger.key" : "-CA ca.pem -CAkey ca.key -CAcreateserial";
      Run("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name + " -keyout " +
          name + ".key -out " + name + ".csr");
      Run("printf 'subjectAltName=DNS:localhost,IP:127.0.0.1' > ext && openssl x509 -req -in " + name +
          ".csr -days 2 -extfile ext " + (name == "stranger" ? "-signkey stranger.key" : ca) + " -out " +
          name + ".pem");
    }
    app_.config.server.tls.certificate_file = File("server.pem");
    app_.config.server.tls.key_file = File("server.key");
    app_.config.server.tls.peer_ca_file = File("ca.pem");
  }
  std::string File(const std::string& name) { return app_.folder.File(name); }
  void Run(const std::string& command) {
    const std::string quiet =
        "cd '" + app_.folder.path().string() + "' && (" + command + ") >openssl.log 2>&1";
    ASSERT_EQ(std::system(quiet.c_str()), 0) << command << "\n" << Contents(File("openssl.log"));
  }
  Status Call(const std::string& ca, const std::string& client) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = Contents(File(ca));
    if (!client.empty()) {
      options.pem_private_key = Contents(File(client + ".key"));
      options.pem_cert_chain = Contents(File(client + ".pem"));
    }
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    auto channel = grpc::CreateCustomChannel(app_.host->address(), grpc::SslCredentials(options), arguments);
    return GetStatus(channel, app_.NewKey(v1::ROLE_ADMIN));
  }
};

TEST_F(TlsTest, AClientThatTrustsTheCaIsAnsweredAndOthersAreNot) {
  ASSERT_THAT(app_.Start(), IsOk());
  EXPECT_THAT(Call("ca.pem", ""), IsOk());
  EXPECT_THAT(Call("stranger.pem", ""), StatusIs(StatusCode::kUnavailable));
  auto plain = grpc::CreateChannel(app_.host->address(), grpc::InsecureChannelCredentials());
  EXPECT_THAT(GetStatus(plain, app_.NewKey(v1::ROLE_ADMIN)), StatusIs(StatusCode::kUnavailable));
}

TEST_F(TlsTest, WithAClientCaOnlyClientsItSignedGetIn) {
  app_.config.server.tls.client_ca_file = File("ca.pem");
  ASSERT_THAT(app_.Start(), IsOk());
  EXPECT_THAT(Call("ca.pem", "client"), IsOk());
  EXPECT_THAT(Call("ca.pem", ""), StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(Call("ca.pem", "stranger"), StatusIs(StatusCode::kUnavailable));
}

TEST_F(TlsTest, APeerProcessIsReachedOverMutualTls) {
  app_.config.server.tls.client_ca_file = File("ca.pem");
  std::ofstream(File("secret")) << std::string(64, 's') << "\n";
  app_.config.cluster.secret_file = File("secret");
  ASSERT_THAT(app_.Start(), IsOk());
  Config config = app_.config;
  config.roles = {"search"};
  config.data.folder = File("peer-data");
  config.cluster.peers["admin"] = app_.host->address();
  ASSERT_OK_AND_ASSIGN(auto peer, rpc::NewApp(config, app_.clock));
  ASSERT_THAT(peer->Start(), IsOk());
  rpc::LazyStub<v1::AdminService> stub(*peer, "admin");
  EXPECT_THAT(rpc::Call(*peer, CallContext::ForSystem(std::chrono::seconds(30)), stub.get(),
                        &v1::AdminService::Stub::GetStatus, v1::GetStatusRequest()),
              IsOk());
}

TEST_F(TlsTest, MissingOrBrokenFilesStopTheStart) {
  app_.config.server.tls.key_file = File("none.key");
  EXPECT_THAT(app_.Start(), StatusIs(StatusCode::kFailedPrecondition, "INVALID_CONFIG"));
  app_.host.reset();
  std::ofstream(File("text.pem")) << "hello";
  app_.config.server.tls.key_file = File("text.pem");
  EXPECT_THAT(app_.Start(), StatusIs(StatusCode::kFailedPrecondition, "INVALID_CONFIG"));
}

}  // namespace
}  // namespace duijie
