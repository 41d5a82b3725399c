// SPDX-License-Identifier: GPL-3.0-or-later
// A method that a role of the same process offers is called directly, with the rules of the edge.
#include "common/rpc/local_methods.h"

#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <stdexcept>
#include <thread>

#include "common/rpc/peer.h"
#include "tests/unit/common/rpc/test_app.h"

namespace duijie {
namespace {

using rpc::CallContext;
using std::chrono::milliseconds;
using std::chrono::system_clock;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

using Request = v1::GetCallerRequest;
using Response = v1::GetCallerResponse;
constexpr std::string_view kGetCaller = "duijie.v1.AdminService/GetCaller";

class LocalMethodsTest : public ::testing::Test {
 protected:
  void Start() {
    app_.bind_more = [this](rpc::App& app) {
      stub_ = std::make_unique<rpc::LazyStub<v1::AdminService>>(app, "admin");
      return OkStatus();
    };
    ASSERT_THAT(app_.Start(), IsOk());
  }
  void Offer(std::function<StatusOr<Response>(CallContext&, const Request&)> handler) {
    app_.host->edge().local_methods().Offer<Request, Response>({kGetCaller, std::move(handler)});
  }
  StatusOr<Response> GetCaller(const CallContext& call, milliseconds timeout = rpc::kQuickPeerCall) {
    return rpc::Peer(*app_.host, *stub_, &v1::AdminService::Stub::GetCaller, timeout)(call, Request());
  }
  Status RunLocal(std::string_view method, v1::Role role, std::function<Status(CallContext&)> handler) {
    return app_.host->edge().RunLocal(method, CallOf(role), milliseconds(1'000), handler);
  }
  static CallContext CallOf(v1::Role role) {
    Principal principal;
    principal.set_key_id("k-local");
    principal.set_role(role);
    return {principal, "req-7", system_clock::now() + std::chrono::hours(1), nullptr};
  }
  std::string Metrics() { return prometheus::TextSerializer().Serialize(app_.host->metrics().Collect()); }

  testing::TestApp app_;
  std::unique_ptr<rpc::LazyStub<v1::AdminService>> stub_;
};

TEST_F(LocalMethodsTest, AnOfferedMethodAnswersAsTheWireDoesAndOnTheCallersThread) {
  Start();
  ASSERT_OK_AND_ASSIGN(const Response over_wire, GetCaller(CallOf(v1::ROLE_STAFF)));
  std::thread::id handled_by;
  Offer([&](CallContext& call, const Request&) -> StatusOr<Response> {
    handled_by = std::this_thread::get_id();
    Response answer;
    answer.mutable_api_key()->set_key_id(call.principal().key_id());
    answer.mutable_api_key()->set_title(call.request_id());
    return answer;
  });
  ASSERT_OK_AND_ASSIGN(const Response direct, GetCaller(CallOf(v1::ROLE_STAFF)));
  EXPECT_EQ(direct.DebugString(), over_wire.DebugString());
  EXPECT_EQ(direct.api_key().key_id(), "k-local");
  EXPECT_EQ(direct.api_key().title(), "req-7");
  EXPECT_EQ(handled_by, std::this_thread::get_id());
  EXPECT_THAT(Metrics(),
              HasSubstr(R"(duijie_rpc_calls_total{code="OK",method="duijie.v1.AdminService/GetCaller"} 2)"));
}

TEST_F(LocalMethodsTest, ThePolicyHoldsForThePrincipalOfTheCall) {
  Start();
  bool ran = false;
  const auto handler = [&](CallContext&) {
    ran = true;
    return OkStatus();
  };
  EXPECT_THAT(RunLocal("duijie.v1.AdminService/GetStatus", v1::ROLE_STAFF, handler),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_THAT(RunLocal("duijie.v1.AdminService/Invented", v1::ROLE_ADMIN, handler),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_FALSE(ran);
  EXPECT_THAT(RunLocal("duijie.v1.AdminService/GetStatus", v1::ROLE_ADMIN, handler), IsOk());
  EXPECT_TRUE(ran);
}

TEST_F(LocalMethodsTest, ErrorsKeepTheirReasonAndAnExceptionIsInternal) {
  Start();
  Offer([](CallContext&, const Request&) -> StatusOr<Response> {
    return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "none");
  });
  EXPECT_THAT(GetCaller(CallOf(v1::ROLE_STAFF)).status(),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  Offer([](CallContext&, const Request&) -> StatusOr<Response> { throw std::runtime_error("detail"); });
  EXPECT_THAT(GetCaller(CallOf(v1::ROLE_STAFF)).status(), StatusIs(StatusCode::kInternal));
}

TEST_F(LocalMethodsTest, TheCallEndsWithTheOneBehindItOrAfterItsTimeout) {
  Start();
  Offer([](CallContext& call, const Request&) -> StatusOr<Response> {
    while (call.CheckAlive().ok()) std::this_thread::yield();
    return call.CheckAlive();
  });
  EXPECT_THAT(GetCaller(CallOf(v1::ROLE_STAFF), milliseconds(1)).status(),
              StatusIs(StatusCode::kDeadlineExceeded, "CALLER_GONE"));
  bool gone = false;
  const CallContext behind(CallOf(v1::ROLE_STAFF).principal(), "r",
                           system_clock::now() + std::chrono::hours(1),
                           [&] { return std::exchange(gone, true); });
  EXPECT_THAT(GetCaller(behind).status(), StatusIs(StatusCode::kCancelled, "CALLER_GONE"));
}

TEST_F(LocalMethodsTest, ADaemonThatDrainsEndsItsOwnCalls) {
  Start();
  Offer([this](CallContext& call, const Request&) -> StatusOr<Response> {
    if (call.CheckAlive().ok()) app_.host->Drain();
    return call.CheckAlive();
  });
  EXPECT_THAT(GetCaller(CallContext::ForSystem(std::chrono::minutes(1))).status(),
              StatusIs(StatusCode::kCancelled, "CALLER_GONE"));
}

TEST_F(LocalMethodsTest, WritesAreAuditedAndWhatIsRestrictedIsNotAnsweredWithoutAnEntry) {
  Start();
  const auto handler = [](CallContext& call) {
    call.set_audit_record("k1");
    return OkStatus();
  };
  EXPECT_THAT(RunLocal("duijie.v1.AdminService/RevokeApiKey", v1::ROLE_ADMIN, handler), IsOk());
  ASSERT_EQ(app_.audit.size(), 1U);
  EXPECT_EQ(app_.audit[0].key_id, "k-local");
  EXPECT_EQ(app_.audit[0].record, "k1");
  EXPECT_EQ(app_.audit[0].outcome, "OK");
  app_.audit_result = Error(StatusCode::kResourceExhausted, "DISK_FULL", "full");
  EXPECT_THAT(RunLocal("duijie.v1.CatalogService/GetContacts", v1::ROLE_ADMIN, handler),
              StatusIs(StatusCode::kUnavailable));
}

}  // namespace
}  // namespace duijie
