// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_events.h"

#include "tests/unit/services/push/delivery/push_fixture.h"

namespace duijie::push {
namespace {

using testing::Admin;
using ::testing::ElementsAre;
using testing::IsOk;
using testing::kOtherPark;
using testing::Owner;
using testing::Staff;
using testing::StatusIs;

class PushEventsTest : public testing::PushFixture {
 protected:
  PushEventsTest() {
    AddEnterprise("e1");
    AddEnterprise("e2", kOtherPark);
    for (int i = 0; i < 5; ++i) AddAchievement("a" + std::to_string(i));
  }

  // The first `count` events after `token` (without heartbeats), then hangs up.
  std::vector<v1::PushEvent> Watch(const rpc::CallContext& call, const std::string& token, size_t count) {
    std::vector<v1::PushEvent> events;
    const Status ended = events_->Watch(call, token, [&](const v1::PushEvent& event) {
      if (event.kind() != v1::PUSH_EVENT_KIND_UNSPECIFIED) events.push_back(event);
      return events.size() < count;
    });
    EXPECT_THAT(ended, IsOk());
    return events;
  }
  // What a new watcher is told at once.
  std::string TokenOfNow(const rpc::CallContext& call) {
    std::string token;
    const Status ended = events_->Watch(call, "", [&](const v1::PushEvent& event) {
      token = event.resume_token();
      return false;
    });
    EXPECT_THAT(ended, IsOk());
    return token;
  }
  static std::vector<v1::PushEventKind> KindsOf(const std::vector<v1::PushEvent>& events) {
    std::vector<v1::PushEventKind> kinds;
    for (const v1::PushEvent& event : events) kinds.push_back(event.kind());
    return kinds;
  }
};

TEST_F(PushEventsTest, AWatcherIsToldWhatHappensInOrder) {
  const std::string token = TokenOfNow(Admin());
  Choose("e1", v1::PUSH_CADENCE_DAILY);
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1")));
  AdvanceDays(1);
  ASSERT_THAT(delivery_->DeliverDue(10), IsOk());
  ASSERT_THAT(Step(Owner("enterprises/e1"), push.name(), v1::PUSH_STATE_READ), IsOk());
  EXPECT_THAT(KindsOf(Watch(Admin(), token, 3)),
              ElementsAre(v1::PUSH_EVENT_KIND_CREATED, v1::PUSH_EVENT_KIND_DELIVERED,
                          v1::PUSH_EVENT_KIND_TRANSITIONED));
}

TEST_F(PushEventsTest, AnEnterpriseHearsOfItsOwnFromTheirDeliveryOn) {
  const auto owner = Owner("enterprises/e1");
  const std::string token = TokenOfNow(owner);
  Choose("e1", v1::PUSH_CADENCE_DAILY);
  ASSERT_THAT(Make(Admin(), Asked("e2", "a1")), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1")));
  AdvanceDays(1);
  ASSERT_THAT(delivery_->DeliverDue(10), IsOk());
  const auto events = Watch(owner, token, 1);
  EXPECT_THAT(KindsOf(events), ElementsAre(v1::PUSH_EVENT_KIND_DELIVERED));
  EXPECT_EQ(events[0].push(), push.name());
}

TEST_F(PushEventsTest, ResumingAfterAnyEventMissesNoneAndRepeatsNone) {
  const std::string start = TokenOfNow(Admin());
  // One commit of three pushes, so that a break may fall into the middle of it.
  ASSERT_THAT(pushes_->Create(Admin(), {Asked("e1", "a0"), Asked("e1", "a1"), Asked("e2", "a2")}), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::Push last, Make(Admin(), Asked("e1", "a3")));
  ASSERT_THAT(Step(Admin(), last.name(), v1::PUSH_STATE_READ), IsOk());
  const std::vector<v1::PushEvent> all = Watch(Admin(), start, 5);
  ASSERT_EQ(all.size(), 5u);
  for (size_t seen = 1; seen < all.size(); ++seen) {
    const auto rest = Watch(Admin(), all[seen - 1].resume_token(), all.size() - seen);
    ASSERT_EQ(rest.size(), all.size() - seen);
    for (size_t i = 0; i < rest.size(); ++i) EXPECT_EQ(rest[i].event_id(), all[seen + i].event_id());
  }
}

TEST_F(PushEventsTest, AForeignTokenIsTooOld) {
  const std::string token = TokenOfNow(Admin());
  const auto refuse = [](const v1::PushEvent&) { return false; };
  for (const std::string& foreign : {std::string("nonsense"), token + "x", TokenOfNow(Staff(kOtherPark))}) {
    EXPECT_THAT(events_->Watch(Admin(), foreign, refuse),
                StatusIs(StatusCode::kOutOfRange, "RESUME_TOO_OLD"));
  }
  const std::string ahead = events_->TokenOf(SystemPrincipal(), {99, 0});
  EXPECT_THAT(events_->Watch(Admin(), ahead, refuse), StatusIs(StatusCode::kOutOfRange, "RESUME_TOO_OLD"));
}

TEST_F(PushEventsTest, StoppingEndsAWatch) {
  events_->Stop();
  EXPECT_THAT(events_->Watch(Admin(), "", [](const v1::PushEvent&) { return true; }),
              StatusIs(StatusCode::kUnavailable));
}

}  // namespace
}  // namespace duijie::push
