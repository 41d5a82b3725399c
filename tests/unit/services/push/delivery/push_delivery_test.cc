// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_delivery.h"

#include "tests/unit/services/push/delivery/push_fixture.h"

namespace duijie::push {
namespace {

using testing::Admin;
using testing::IsOk;
using testing::kMondayMorning;
using testing::kPark;
using testing::Owner;
using testing::Staff;
using testing::StatusIs;

constexpr UnixMicros kHour = 3'600LL * 1'000'000;

TEST(DueTimeTest, DigestsAreDueAtTheirMinuteInChina) {
  const v1::PushRules rules = DefaultRules();  // 09:00, Mondays
  const UnixMicros nine = kMondayMorning + kHour;
  EXPECT_EQ(DueTime(rules, v1::PUSH_CADENCE_AT_ONCE, kMondayMorning), kMondayMorning);
  EXPECT_EQ(DueTime(rules, v1::PUSH_CADENCE_DAILY, kMondayMorning), nine);
  EXPECT_EQ(DueTime(rules, v1::PUSH_CADENCE_DAILY, nine), nine + kMicrosPerDay);
  EXPECT_EQ(DueTime(rules, v1::PUSH_CADENCE_WEEKLY, kMondayMorning), nine);
  EXPECT_EQ(DueTime(rules, v1::PUSH_CADENCE_WEEKLY, nine), nine + 7 * kMicrosPerDay);
  EXPECT_EQ(DueTime(rules, v1::PUSH_CADENCE_WEEKLY, nine + kMicrosPerDay), nine + 7 * kMicrosPerDay);
  v1::PushRules sundays = rules;
  sundays.set_digest_weekday(7);
  sundays.set_digest_minute(0);
  EXPECT_EQ(DueTime(sundays, v1::PUSH_CADENCE_WEEKLY, kMondayMorning),
            kMondayMorning - 8 * kHour + 6 * kMicrosPerDay);
}

class PushDeliveryTest : public testing::PushFixture {
 protected:
  PushDeliveryTest() {
    AddEnterprise("e1");
    AddNeed("n1", "e1");
    AddAchievement("a1");
    AddAchievement("a2");
    Choose("e1", v1::PUSH_CADENCE_DAILY);
  }
};

TEST_F(PushDeliveryTest, ADigestArrivesAtItsTimeAllTogether) {
  ASSERT_OK_AND_ASSIGN(const v1::Push first, Make(Admin(), Asked("e1", "a1", "n1")));
  ASSERT_OK_AND_ASSIGN(const v1::Push second, Make(Admin(), Asked("e1", "a2")));
  EXPECT_FALSE(first.has_deliver_time());
  EXPECT_EQ(MicrosOf(first.due_time()), kMondayMorning + kHour);
  EXPECT_THAT(Step(Staff(kPark), first.name(), v1::PUSH_STATE_READ),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  clock_.Advance(std::chrono::hours(1) - std::chrono::microseconds(1));
  ASSERT_OK_AND_ASSIGN(size_t delivered, delivery_->DeliverDue(10));
  EXPECT_EQ(delivered, 0u);
  clock_.Advance(std::chrono::microseconds(1));
  ASSERT_OK_AND_ASSIGN(delivered, delivery_->DeliverDue(10));
  EXPECT_EQ(delivered, 2u);
  EXPECT_EQ(Stored(first.name()).etag(), Stored(second.name()).etag()) << "in one commit";
  EXPECT_EQ(MicrosOf(Stored(first.name()).deliver_time()), clock_.Now());
  EXPECT_THAT(Step(Owner("enterprises/e1"), first.name(), v1::PUSH_STATE_READ), IsOk());
  ASSERT_OK_AND_ASSIGN(delivered, delivery_->DeliverDue(10));
  EXPECT_EQ(delivered, 0u);
}

TEST_F(PushDeliveryTest, WhoOptsOutBeforeTheDigestGetsNothing) {
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1", "n1")));
  enterprise_of("e1").set_push_opt_out(true);
  AdvanceDays(1);
  ASSERT_THAT(delivery_->DeliverDue(10), IsOk());
  EXPECT_EQ(Stored(push.name()).state(), v1::PUSH_STATE_WITHHELD);
  EXPECT_FALSE(Stored(push.name()).has_deliver_time());
  v1::GetPushRequest request;
  request.set_name(push.name());
  EXPECT_THAT(desk_->Get(Owner("enterprises/e1"), request), StatusIs(StatusCode::kNotFound));
}

TEST_F(PushDeliveryTest, AnAchievementThatWasTakenBackIsWithheld) {
  ASSERT_OK_AND_ASSIGN(const v1::Push gone, Make(Admin(), Asked("e1", "a1", "n1")));
  ASSERT_OK_AND_ASSIGN(const v1::Push stays, Make(Admin(), Asked("e1", "a2")));
  achievement_of("a1").set_state(v1::RECORD_STATE_WITHDRAWN);
  AdvanceDays(1);
  ASSERT_THAT(delivery_->DeliverDue(10), IsOk());
  EXPECT_EQ(Stored(gone.name()).state(), v1::PUSH_STATE_WITHHELD);
  EXPECT_TRUE(Stored(stays.name()).has_deliver_time());
}

TEST_F(PushDeliveryTest, WithoutTheCatalogADigestWaits) {
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1", "n1")));
  AdvanceDays(1);
  const auto catalog = peers_.read_records;
  peers_.read_records = [](const auto&, const auto&) -> StatusOr<internal::v1::ReadRecordsResponse> {
    return Error(StatusCode::kUnavailable, "STORE_BUSY", "down");
  };
  EXPECT_THAT(delivery_->DeliverDue(10), StatusIs(StatusCode::kUnavailable));
  EXPECT_FALSE(Stored(push.name()).has_deliver_time());
  peers_.read_records = catalog;
  ASSERT_THAT(delivery_->DeliverDue(10), IsOk());
  EXPECT_TRUE(Stored(push.name()).has_deliver_time());
}

TEST_F(PushDeliveryTest, PreferencesShowTheCatalogsOptOut) {
  enterprise_of("e1").set_push_opt_out(true);
  v1::GetPushPreferencesRequest request;
  request.set_name("pushPreferences/e1");
  ASSERT_OK_AND_ASSIGN(const auto shown, settings_->GetPreferences(Owner("enterprises/e1"), request));
  EXPECT_TRUE(shown.preferences().opt_out());
  EXPECT_EQ(shown.preferences().cadence(), v1::PUSH_CADENCE_DAILY);
}

TEST_F(PushDeliveryTest, SettingsAreChangedByStaffOfAllParksAndChecked) {
  v1::UpdatePushSettingsRequest request;
  *request.mutable_settings()->mutable_rules() = DefaultRules();
  EXPECT_THAT(settings_->UpdateSettings(Staff(kPark), request),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  Principal everywhere = Staff("").principal();
  everywhere.set_all_parks(true);
  EXPECT_THAT(settings_->UpdateSettings(testing::CallOf(everywhere), request), IsOk());
  request.mutable_settings()->set_etag("999");
  EXPECT_THAT(settings_->UpdateSettings(Admin(), request), StatusIs(StatusCode::kAborted, "STALE_ETAG"));
  request.mutable_settings()->clear_etag();
  request.mutable_settings()->mutable_rules()->set_cap_pushes(0);
  EXPECT_THAT(settings_->UpdateSettings(Admin(), request),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

}  // namespace
}  // namespace duijie::push
