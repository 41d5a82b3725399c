// SPDX-License-Identifier: GPL-3.0-or-later
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "common/auth/crypto.h"
#include "common/log/log.h"
#include "common/rpc/metadata.h"
#include "duijie/internal/v1/store_service.grpc.pb.h"
#include "tests/unit/common/rpc/test_app.h"

namespace duijie {
namespace {

using rpc::CallContext;
using testing::Authorize;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::MatchesRegex;
using ::testing::Not;
using testing::StatusIs;

class EdgeTest : public ::testing::Test {
 protected:
  void Start() { ASSERT_THAT(app_.Start(), IsOk()); }

  Status GetStatus(const std::string& key, grpc::ClientContext* context = nullptr) {
    grpc::ClientContext own;
    if (context == nullptr) context = &own;
    if (!key.empty()) Authorize(*context, key);
    v1::GetStatusResponse response;
    return rpc::FromGrpc(app_.Stub()->GetStatus(context, {}, &response));
  }
  StatusOr<v1::ApiKey> GetCaller(grpc::ClientContext& context) {
    v1::GetCallerResponse response;
    const Status status = rpc::FromGrpc(app_.Stub()->GetCaller(&context, {}, &response));
    if (!status.ok()) return status;
    return response.api_key();
  }
  Status Revoke(const std::string& key, const std::string& record) {
    grpc::ClientContext context;
    Authorize(context, key);
    v1::RevokeApiKeyRequest request;
    request.set_key_id(record);
    v1::RevokeApiKeyResponse response;
    return rpc::FromGrpc(app_.Stub()->RevokeApiKey(&context, request, &response));
  }
  std::string Metrics() { return prometheus::TextSerializer().Serialize(app_.host->metrics().Collect()); }
  std::string PeerSecret() { return crypto::ToHex(app_.host->DerivedKey(rpc::kPeerCallPurpose)); }

  testing::TestApp app_;
};

const auto kNoKey = StatusIs(StatusCode::kUnauthenticated, "INVALID_API_KEY");

TEST_F(EdgeTest, WithoutAValidKeyNothingIsAnswered) {
  Start();
  EXPECT_THAT(GetStatus(""), kNoKey);
  EXPECT_THAT(GetStatus("djk_wrong"), kNoKey);
  grpc::ClientContext basic;
  basic.AddMetadata("authorization", "Basic " + app_.NewKey(v1::ROLE_ADMIN));
  EXPECT_THAT(GetStatus("", &basic), kNoKey);
  grpc::ClientContext twice;
  Authorize(twice, app_.NewKey(v1::ROLE_ADMIN));
  EXPECT_THAT(GetStatus(app_.NewKey(v1::ROLE_ADMIN), &twice), kNoKey);
}

TEST_F(EdgeTest, AKeyOfTheRoleIsAnsweredAndARevokedOneIsNot) {
  Start();
  const std::string key = app_.NewKey(v1::ROLE_ADMIN);
  EXPECT_THAT(GetStatus(key), IsOk());
  ASSERT_THAT(app_.keys.Revoke(app_.keys.Resolve(key)->key_id()), IsOk());
  EXPECT_THAT(GetStatus(key), kNoKey);
}

TEST_F(EdgeTest, ARoleWithoutPermissionIsRefusedAndTheHandlerDoesNotRun) {
  bool ran = false;
  app_.script = [&](CallContext&) {
    ran = true;
    return OkStatus();
  };
  Start();
  EXPECT_THAT(GetStatus(app_.NewKey(v1::ROLE_STAFF)), StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_FALSE(ran);
}

TEST_F(EdgeTest, AMethodWithoutPolicyIsRefusedEvenToAdministrators) {
  Start();
  grpc::ClientContext context;
  Authorize(context, app_.NewKey(v1::ROLE_ADMIN));
  v1::ListApiKeysResponse response;
  EXPECT_THAT(rpc::FromGrpc(app_.Stub()->ListApiKeys(&context, {}, &response)),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
}

TEST_F(EdgeTest, TooManyCallsWithAKeyAreToldWhenToRetry) {
  app_.config.limits = {10, 2};
  Start();
  const std::string key = app_.NewKey(v1::ROLE_ADMIN);
  EXPECT_THAT(GetStatus(key), IsOk());
  EXPECT_THAT(GetStatus(key), IsOk());
  const Status limited = GetStatus(key);
  EXPECT_THAT(limited, StatusIs(StatusCode::kResourceExhausted, "RATE_LIMITED"));
  EXPECT_EQ(RetryAfterMsOf(limited), 100);
  EXPECT_THAT(GetStatus(app_.NewKey(v1::ROLE_ADMIN)), IsOk());
  app_.clock.Advance(std::chrono::milliseconds(100));
  EXPECT_THAT(GetStatus(key), IsOk());
}

TEST_F(EdgeTest, TheRequestIdOfTheClientIsKeptIfItIsHarmless) {
  Start();
  const std::string key = app_.NewKey(v1::ROLE_EXPERT);
  for (const auto& [sent, kept] : std::vector<std::pair<std::string, bool>>{{"abc-123", true},
                                                                            {std::string(64, 'x'), true},
                                                                            {std::string(65, 'x'), false},
                                                                            {"a b", false},
                                                                            {"", false}}) {
    grpc::ClientContext context;
    Authorize(context, key);
    context.AddMetadata("x-request-id", sent);
    ASSERT_OK_AND_ASSIGN(const v1::ApiKey caller, GetCaller(context));
    const auto& trailer = context.GetServerTrailingMetadata();
    const auto found = trailer.find("x-request-id");
    ASSERT_NE(found, trailer.end());
    EXPECT_EQ(caller.title(), std::string(found->second.data(), found->second.size()));
    EXPECT_EQ(caller.title() == sent, kept) << sent;
    EXPECT_THAT(caller.title(), MatchesRegex("[A-Za-z0-9-]{1,64}"));
  }
}

TEST_F(EdgeTest, ACallWithoutDeadlineGetsTheDefaultAndOneWithKeepsItsOwn) {
  std::chrono::system_clock::time_point seen;
  app_.script = [&](CallContext& call) {
    seen = call.deadline();
    return OkStatus();
  };
  app_.config.server.default_deadline_ms = 5000;
  Start();
  const std::string key = app_.NewKey(v1::ROLE_ADMIN);
  const auto before = std::chrono::system_clock::now();
  ASSERT_THAT(GetStatus(key), IsOk());
  EXPECT_GE(seen, before + std::chrono::milliseconds(5000));
  EXPECT_LE(seen, std::chrono::system_clock::now() + std::chrono::milliseconds(5000));
  grpc::ClientContext context;
  const auto wanted = before + std::chrono::hours(1);
  context.set_deadline(wanted);
  ASSERT_THAT(GetStatus(key, &context), IsOk());
  EXPECT_GT(seen, before + std::chrono::minutes(59));
}

TEST_F(EdgeTest, AHandlerSeesThatItsClientHasGone) {
  std::promise<void> entered;
  std::promise<Status> left;
  app_.script = [&](CallContext& call) {
    entered.set_value();
    while (call.CheckAlive().ok()) std::this_thread::yield();
    left.set_value(call.CheckAlive());
    return call.CheckAlive();
  };
  Start();
  grpc::ClientContext context;
  std::thread client([&] {
    EXPECT_THAT(GetStatus(app_.NewKey(v1::ROLE_ADMIN), &context), StatusIs(StatusCode::kCancelled));
  });
  entered.get_future().wait();
  context.TryCancel();
  EXPECT_THAT(left.get_future().get(), StatusIs(StatusCode::kCancelled, "CALLER_GONE"));
  client.join();
}

TEST_F(EdgeTest, ErrorsArriveWithReasonViolationsAndRetryDelay) {
  Status result = InvalidFields({{"need.title", "REQUIRED", "必填"}});
  app_.script = [&](CallContext&) { return WithRetryAfter(result, 1500); };
  Start();
  const Status seen = GetStatus(app_.NewKey(v1::ROLE_ADMIN));
  EXPECT_THAT(seen, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  ASSERT_EQ(ViolationsOf(seen).size(), 1u);
  EXPECT_EQ(ViolationsOf(seen)[0].field, "need.title");
  EXPECT_EQ(ViolationsOf(seen)[0].rule, "REQUIRED");
  EXPECT_EQ(RetryAfterMsOf(seen), 1500);
}

TEST_F(EdgeTest, AThousandViolationsDoNotBreakTheAnswer) {
  app_.script = [&](CallContext&) {
    std::vector<FieldViolation> many;
    for (int i = 0; i < 1000; ++i)
      many.push_back({"need.indicators[" + std::to_string(i) + "].unit", "RULE", "单位不认识"});
    return InvalidFields(many);
  };
  Start();
  const Status seen = GetStatus(app_.NewKey(v1::ROLE_ADMIN));
  EXPECT_THAT(seen, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_GT(ViolationsOf(seen).size(), 5u);
}

TEST_F(EdgeTest, WhatGoesWrongInsideStaysInside) {
  Start();
  const std::string key = app_.NewKey(v1::ROLE_ADMIN);
  for (const testing::ScriptedAdmin::Script& script : std::vector<testing::ScriptedAdmin::Script>{
           [](CallContext&) -> Status { throw std::runtime_error("secret detail"); },
           [](CallContext&) -> Status { throw 7; },
           [](CallContext&) { return absl::InternalError("secret detail"); },
           [](CallContext&) { return absl::UnknownError("secret detail"); },
           [](CallContext&) { return Error(StatusCode::kInternal, "INTERNAL", "secret detail"); }}) {
    app_.script = script;
    const Status seen = GetStatus(key);
    EXPECT_THAT(seen, StatusIs(StatusCode::kInternal, "INTERNAL"));
    EXPECT_THAT(std::string(MessageOf(seen)), Not(HasSubstr("secret")));
  }
}

TEST_F(EdgeTest, WritesAreAuditedWithTheirOutcomeAndReadsAreNot) {
  Start();
  const std::string key = app_.NewKey(v1::ROLE_ADMIN);
  EXPECT_THAT(Revoke(key, "k1"), IsOk());
  app_.script = [](CallContext&) { return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "no"); };
  EXPECT_THAT(Revoke(key, "k2"), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(GetStatus(key), StatusIs(StatusCode::kNotFound));
  ASSERT_EQ(app_.audit.size(), 2u);
  EXPECT_EQ(app_.audit[0].method, "duijie.v1.AdminService/RevokeApiKey");
  EXPECT_EQ(app_.audit[0].record, "k1");
  EXPECT_EQ(app_.audit[0].outcome, "OK");
  EXPECT_EQ(app_.audit[0].key_id, app_.keys.Resolve(key)->key_id());
  EXPECT_EQ(app_.audit[1].outcome, "NOT_FOUND");
}

TEST_F(EdgeTest, AWriteKeepsItsAnswerWhenItCannotBeAuditedAndTheFailureIsCounted) {
  app_.audit_result = Error(StatusCode::kResourceExhausted, "DISK_FULL", "full");
  Start();
  EXPECT_THAT(Revoke(app_.NewKey(v1::ROLE_ADMIN), "k1"), IsOk());
  EXPECT_THAT(Metrics(), HasSubstr("duijie_audit_failures_total 1"));
}

TEST_F(EdgeTest, WhatIsRestrictedIsNotAnsweredWithoutAnAuditEntry) {
  Start();
  const std::string key = app_.NewKey(v1::ROLE_ADMIN);
  const auto read = [&](v1::ListAuditEntriesResponse* response) {
    grpc::ClientContext context;
    Authorize(context, key);
    return rpc::FromGrpc(app_.Stub()->ListAuditEntries(&context, {}, response));
  };
  v1::ListAuditEntriesResponse response;
  EXPECT_THAT(read(&response), IsOk());
  EXPECT_EQ(response.next_page_token(), "restricted");
  app_.audit_result = Error(StatusCode::kResourceExhausted, "DISK_FULL", "full");
  response.Clear();
  EXPECT_THAT(read(&response), StatusIs(StatusCode::kUnavailable));
  EXPECT_EQ(response.next_page_token(), "");
}

TEST_F(EdgeTest, CallsAreCountedByMethodAndCode) {
  Start();
  ASSERT_THAT(GetStatus(app_.NewKey(v1::ROLE_ADMIN)), IsOk());
  ASSERT_THAT(GetStatus(""), kNoKey);
  const std::string metrics = Metrics();
  EXPECT_THAT(metrics,
              HasSubstr(R"(duijie_rpc_calls_total{code="OK",method="duijie.v1.AdminService/GetStatus"} 1)"));
  EXPECT_THAT(metrics, HasSubstr(R"({code="UNAUTHENTICATED",method="duijie.v1.AdminService/GetStatus"} 1)"));
  EXPECT_THAT(metrics, HasSubstr(R"(duijie_rpc_in_flight{method="duijie.v1.AdminService/GetStatus"} 0)"));
  EXPECT_THAT(metrics, HasSubstr(R"(duijie_rpc_seconds_count{method="duijie.v1.AdminService/GetStatus"} 2)"));
}

TEST_F(EdgeTest, EachCallIsOneLogLineWithoutTheKey) {
  const std::string path = app_.folder.File("log");
  ASSERT_THAT(log::Configure({"info", path}), IsOk());
  Start();
  const std::string key = app_.NewKey(v1::ROLE_ADMIN);
  grpc::ClientContext context;
  context.AddMetadata("x-request-id", "req-1");
  ASSERT_THAT(GetStatus(key, &context), IsOk());
  app_.host->Drain();
  ASSERT_THAT(log::Configure({}), IsOk());
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_THAT(text.str(),
              HasSubstr(R"("event":"call","method":"duijie.v1.AdminService/GetStatus","code":"OK","ms":)"));
  EXPECT_THAT(text.str(),
              HasSubstr(R"("key_id":")" + app_.keys.Resolve(key)->key_id() + R"(","request_id":"req-1")"));
  EXPECT_THAT(text.str(), Not(HasSubstr(key)));
  EXPECT_THAT(text.str(), Not(HasSubstr(PeerSecret())));
}

TEST_F(EdgeTest, CallsBeyondTheSlotsAreRefusedAtOnce) {
  app_.config.server.max_threads = 4;
  std::promise<void> release;
  auto released = release.get_future().share();
  std::atomic<int> inside = 0;
  app_.script = [&](CallContext&) {
    ++inside;
    released.wait();
    return OkStatus();
  };
  Start();
  const std::string key = app_.NewKey(v1::ROLE_ADMIN);
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) clients.emplace_back([&] { EXPECT_THAT(GetStatus(key), IsOk()); });
  while (inside < 4) std::this_thread::yield();
  const Status refused = GetStatus(key);
  EXPECT_THAT(refused, StatusIs(StatusCode::kResourceExhausted, "QUEUE_FULL"));
  EXPECT_NE(RetryAfterMsOf(refused), std::nullopt);
  release.set_value();
  for (auto& client : clients) client.join();
  EXPECT_THAT(GetStatus(key), IsOk());
}

TEST_F(EdgeTest, InternalMethodsNeedTheClusterSecret) {
  Start();
  auto stub = internal::v1::StoreService::NewStub(
      grpc::CreateChannel(app_.host->address(), grpc::InsecureChannelCredentials()));
  internal::v1::GetStoreStatusRequest request;
  request.set_store("none");
  internal::v1::GetStoreStatusResponse response;
  const auto call = [&](const std::string& key, const std::string& secret, bool with_principal) {
    grpc::ClientContext context;
    if (!key.empty()) Authorize(context, key);
    if (!secret.empty()) context.AddMetadata(rpc::kClusterSecret, secret);
    if (with_principal) context.AddMetadata(rpc::kPeerPrincipal, SystemPrincipal().SerializeAsString());
    return rpc::FromGrpc(stub->GetStoreStatus(&context, request, &response));
  };
  EXPECT_THAT(call(app_.NewKey(v1::ROLE_ADMIN), "", true), kNoKey);
  EXPECT_THAT(call("", std::string(64, '0'), true), kNoKey);
  EXPECT_THAT(call("", PeerSecret(), false), kNoKey);
  EXPECT_THAT(call("", PeerSecret(), true), StatusIs(StatusCode::kNotFound));
}

TEST_F(EdgeTest, APrincipalInTheMetadataOfAClientIsIgnored) {
  Start();
  grpc::ClientContext context;
  context.AddMetadata(rpc::kPeerPrincipal, SystemPrincipal().SerializeAsString());
  EXPECT_THAT(GetStatus(app_.NewKey(v1::ROLE_PARTNER), &context), StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(EdgeTest, APeerActsForThePrincipalWithItsRightsAndRequestId) {
  Start();
  Principal staff;
  staff.set_key_id("k-staff");
  staff.set_role(v1::ROLE_STAFF);
  CallContext call(staff, "req-7", std::chrono::system_clock::now() + std::chrono::minutes(1), nullptr);
  auto stub = v1::AdminService::NewStub(app_.host->Channel("admin"));
  ASSERT_OK_AND_ASSIGN(
      const auto caller,
      rpc::Call(*app_.host, call, stub.get(), &v1::AdminService::Stub::GetCaller, v1::GetCallerRequest()));
  EXPECT_EQ(caller.api_key().key_id(), "k-staff");
  EXPECT_EQ(caller.api_key().title(), "req-7");
  EXPECT_THAT(
      rpc::Call(*app_.host, call, stub.get(), &v1::AdminService::Stub::GetStatus, v1::GetStatusRequest())
          .status(),
      StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
}

TEST_F(EdgeTest, AnOutgoingCallEndsWithTheCallBehindIt) {
  app_.script = [](CallContext& call) {
    while (call.CheckAlive().ok()) std::this_thread::yield();
    return call.CheckAlive();
  };
  Start();
  CallContext call(SystemPrincipal(), "r", std::chrono::system_clock::now() + std::chrono::milliseconds(50),
                   nullptr);
  auto stub = v1::AdminService::NewStub(app_.host->Channel("admin"));
  EXPECT_THAT(
      rpc::Call(*app_.host, call, stub.get(), &v1::AdminService::Stub::GetStatus, v1::GetStatusRequest())
          .status(),
      StatusIs(StatusCode::kDeadlineExceeded, "CALLER_GONE"));
}

}  // namespace
}  // namespace duijie
