// SPDX-License-Identifier: GPL-3.0-or-later
// Webhooks against a real HTTP server on this host.
#include "services/push/webhooks/webhooks.h"

#include <httplib.h>

#include <set>
#include <thread>

#include "services/push/webhooks/webhook_dispatch.h"
#include "tests/unit/services/push/delivery/push_fixture.h"

namespace duijie::push {
namespace {

using testing::Admin;
using testing::IsOk;
using testing::kOtherPark;
using testing::kPark;
using testing::StatusIs;

constexpr uint64_t kSeed = 7;

// Collects what is posted; answers with `status`.
class Receiver {
 public:
  struct Got {
    std::string body, id, timestamp, signature;
  };

  Receiver() {
    server_.Post("/hook", [this](const httplib::Request& request, httplib::Response& response) {
      const std::lock_guard<std::mutex> lock(mutex_);
      got_.push_back({request.body, request.get_header_value("Duijie-Event-Id"),
                      request.get_header_value("Duijie-Timestamp"),
                      request.get_header_value("Duijie-Signature")});
      response.status = status;
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Receiver() {
    server_.stop();
    thread_.join();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
  std::vector<Got> got() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return got_;
  }

  std::atomic<int> status{200};

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::vector<Got> got_;
};

class WebhooksTest : public testing::PushFixture {
 protected:
  WebhooksTest() : webhooks_(*store_, std::string(32, 's')) {
    AddEnterprise("e1");
    AddEnterprise("e2", kOtherPark);
    for (int i = 0; i < 5; ++i) AddAchievement("a" + std::to_string(i));
    Restart();
  }

  // A dispatcher that knows nothing but the store, as after a crash.
  void Restart() {
    dispatch_ = std::make_unique<WebhookDispatch>(*store_, *events_, webhooks_, &http::Send, kSeed);
  }

  v1::CreateWebhookResponse Register(const v1::Webhook& filter = {}) {
    v1::CreateWebhookRequest request;
    *request.mutable_webhook() = filter;
    request.mutable_webhook()->set_url(receiver_.url());
    request.mutable_webhook()->set_private_network(true);
    return webhooks_.Create(Admin(), request).value();
  }
  void FollowAndSend() {
    for (size_t more = 1; more > 0;) {
      ASSERT_OK_AND_ASSIGN(more, dispatch_->Follow(100));
    }
    ASSERT_THAT(dispatch_->Send(100), IsOk());
  }
  std::vector<v1::WebhookDelivery> Deliveries(v1::WebhookDeliveryState state = {}) const {
    v1::ListWebhookDeliveriesRequest request;
    request.set_state(state);
    const v1::ListWebhookDeliveriesResponse listed = webhooks_.ListDeliveries(Admin(), request).value();
    return {listed.deliveries().begin(), listed.deliveries().end()};
  }

  Receiver receiver_;
  Webhooks webhooks_;
  std::unique_ptr<WebhookDispatch> dispatch_;
};

TEST_F(WebhooksTest, EventsArriveSignedAndCarryNoTexts) {
  const auto registered = Register();
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1")));
  ASSERT_THAT(Step(Admin(), push.name(), v1::PUSH_STATE_READ), IsOk());
  FollowAndSend();
  const auto got = receiver_.got();
  ASSERT_EQ(got.size(), 2u);
  EXPECT_NE(got[0].id, got[1].id);
  EXPECT_EQ(got[0].signature, SignatureOf(registered.secret(), got[0].timestamp, got[0].id, got[0].body));
  EXPECT_NE(got[0].signature, SignatureOf("guess", got[0].timestamp, got[0].id, got[0].body));
  EXPECT_NE(got[0].body.find(push.name()), std::string::npos);
  EXPECT_NE(got[0].body.find("WEBHOOK_EVENT_KIND_DELIVERED"), std::string::npos);
  EXPECT_EQ(got[0].body.find("断丝"), std::string::npos);
  EXPECT_EQ(Deliveries(v1::WEBHOOK_DELIVERY_STATE_DELIVERED).size(), 2u);
  FollowAndSend();
  EXPECT_EQ(receiver_.got().size(), 2u) << "delivered once";
}

TEST_F(WebhooksTest, ACrashBetweenCommitAndDeliveryTellsTheSameEvent) {
  Register();
  ASSERT_THAT(Make(Admin(), Asked("e1", "a1")), IsOk());
  ASSERT_THAT(dispatch_->Follow(100), IsOk());
  const auto waiting = Deliveries(v1::WEBHOOK_DELIVERY_STATE_PENDING);
  ASSERT_EQ(waiting.size(), 1u);
  Restart();
  FollowAndSend();
  ASSERT_EQ(receiver_.got().size(), 1u);
  EXPECT_EQ(receiver_.got()[0].id, waiting[0].event().event_id());
}

TEST_F(WebhooksTest, ACrashAfterThePostTellsItAgainUnderTheSameId) {
  Register();
  ASSERT_THAT(Make(Admin(), Asked("e1", "a1")), IsOk());
  // The receiver gets it, but the process dies before it can note so.
  dispatch_ = std::make_unique<WebhookDispatch>(
      *store_, *events_, webhooks_,
      [](const http::Post& post) -> StatusOr<int> {
        static_cast<void>(http::Send(post));
        return Error(StatusCode::kUnavailable, "STORE_BUSY", "cut off");
      },
      kSeed);
  FollowAndSend();
  Restart();
  clock_.Advance(std::chrono::minutes(1));
  FollowAndSend();
  ASSERT_EQ(receiver_.got().size(), 2u);
  EXPECT_EQ(receiver_.got()[0].id, receiver_.got()[1].id);
}

TEST_F(WebhooksTest, FailuresAreRetriedWithGrowingWaitsAndEndAsDeadLetters) {
  Register();
  ASSERT_THAT(Make(Admin(), Asked("e1", "a1")), IsOk());
  receiver_.status = 500;
  FollowAndSend();
  EXPECT_EQ(receiver_.got().size(), 1u);
  ASSERT_THAT(dispatch_->Send(100), IsOk());
  EXPECT_EQ(receiver_.got().size(), 1u) << "it waits before it tries again";
  UnixMicros before = 0;
  while (Deliveries(v1::WEBHOOK_DELIVERY_STATE_DEAD).empty()) {
    const auto pending = Deliveries(v1::WEBHOOK_DELIVERY_STATE_PENDING);
    ASSERT_EQ(pending.size(), 1u);
    EXPECT_EQ(pending[0].last_status(), 500);
    const UnixMicros wait = MicrosOf(pending[0].next_attempt_time()) - clock_.Now();
    EXPECT_GE(wait, before / 2);
    EXPECT_LE(wait, kLongestRetryWait);
    before = wait;
    clock_.Advance(std::chrono::microseconds(wait));
    ASSERT_THAT(dispatch_->Send(100), IsOk());
  }
  EXPECT_EQ(receiver_.got().size(), static_cast<size_t>(kMaxAttempts));
  const v1::WebhookDelivery dead = Deliveries(v1::WEBHOOK_DELIVERY_STATE_DEAD)[0];
  receiver_.status = 204;
  v1::RedeliverWebhookRequest again;
  again.set_name(dead.name());
  ASSERT_THAT(webhooks_.Redeliver(Admin(), again), IsOk());
  EXPECT_THAT(webhooks_.Redeliver(Admin(), again), StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  ASSERT_THAT(dispatch_->Send(100), IsOk());
  EXPECT_EQ(Deliveries(v1::WEBHOOK_DELIVERY_STATE_DELIVERED).size(), 1u);
  std::set<std::string> ids;
  for (const auto& got : receiver_.got()) ids.insert(got.id);
  EXPECT_EQ(ids.size(), 1u);
}

TEST_F(WebhooksTest, AWebhookOfAnEnterpriseHearsItsOwnFromTheirDeliveryOn) {
  v1::Webhook own;
  own.set_enterprise("enterprises/e1");
  Register(own);
  Choose("e1", v1::PUSH_CADENCE_DAILY);
  ASSERT_THAT(Make(Admin(), Asked("e1", "a1")), IsOk());
  ASSERT_THAT(Make(Admin(), Asked("e2", "a1")), IsOk());
  FollowAndSend();
  EXPECT_TRUE(receiver_.got().empty());
  AdvanceDays(1);
  ASSERT_THAT(delivery_->DeliverDue(10), IsOk());
  FollowAndSend();
  ASSERT_EQ(receiver_.got().size(), 1u);
  EXPECT_NE(receiver_.got()[0].body.find("enterprises/e1"), std::string::npos);
}

TEST_F(WebhooksTest, FiltersHoldAndEarlierEventsAreNotTold) {
  ASSERT_THAT(Make(Admin(), Asked("e1", "a0")), IsOk());
  clock_.Advance(std::chrono::seconds(1));
  v1::Webhook filter;
  filter.add_park_codes(kPark);
  filter.add_states(v1::PUSH_STATE_READ);
  Register(filter);
  ASSERT_OK_AND_ASSIGN(const v1::Push near, Make(Admin(), Asked("e1", "a1")));
  ASSERT_OK_AND_ASSIGN(const v1::Push far, Make(Admin(), Asked("e2", "a1")));
  ASSERT_THAT(Step(Admin(), near.name(), v1::PUSH_STATE_READ), IsOk());
  ASSERT_THAT(Step(Admin(), far.name(), v1::PUSH_STATE_READ), IsOk());
  FollowAndSend();
  ASSERT_EQ(receiver_.got().size(), 1u);
  EXPECT_NE(receiver_.got()[0].body.find(near.name()), std::string::npos);
}

TEST_F(WebhooksTest, ADeletedWebhookGivesUpAndOldDeliveriesAreForgotten) {
  const auto registered = Register();
  ASSERT_THAT(Make(Admin(), Asked("e1", "a1")), IsOk());
  ASSERT_THAT(dispatch_->Follow(100), IsOk());
  v1::DeleteWebhookRequest request;
  request.set_name(registered.webhook().name());
  ASSERT_THAT(webhooks_.Delete(request), IsOk());
  ASSERT_THAT(dispatch_->Send(100), IsOk());
  EXPECT_TRUE(receiver_.got().empty());
  EXPECT_EQ(Deliveries(v1::WEBHOOK_DELIVERY_STATE_DEAD).size(), 1u);
  AdvanceDays(91);
  ASSERT_THAT(dispatch_->Prune(100), IsOk());
  EXPECT_TRUE(Deliveries().empty());
}

TEST_F(WebhooksTest, OnlyHttpsOrLoopbackIsRegistered) {
  const auto registering = [&](const std::string& url, bool private_network) {
    v1::CreateWebhookRequest request;
    request.mutable_webhook()->set_url(url);
    request.mutable_webhook()->set_private_network(private_network);
    return webhooks_.Create(Admin(), request).status();
  };
  EXPECT_THAT(registering("https://partner.example.cn/hook", false), IsOk());
  for (const char* url : {"http://partner.example.cn/hook", "https://user:pass@partner.example.cn/",
                          "ftp://a/", "nonsense", "http://127.0.0.1:80/"}) {
    EXPECT_THAT(registering(url, false), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD")) << url;
  }
  EXPECT_THAT(registering("http://127.0.0.1:80/", true), IsOk());
}

TEST_F(WebhooksTest, ASecretIsShownOnceAndIsEachWebhooksOwn) {
  const auto first = Register(), second = Register();
  EXPECT_GE(first.secret().size(), 40u);
  EXPECT_NE(first.secret(), second.secret());
  v1::GetWebhookRequest request;
  request.set_name(first.webhook().name());
  ASSERT_OK_AND_ASSIGN(const auto read, webhooks_.Get(request));
  EXPECT_EQ(read.SerializeAsString().find(first.secret()), std::string::npos);
}

}  // namespace
}  // namespace duijie::push
