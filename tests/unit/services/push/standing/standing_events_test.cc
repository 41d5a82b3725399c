// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/standing/standing_events.h"

#include <gtest/gtest.h>

namespace duijie::push {
namespace {

using internal::v1::Record;

Record Published() {
  Record record;
  record.mutable_need()->set_title("甲");
  record.mutable_need()->set_state(v1::RECORD_STATE_PUBLISHED);
  return record;
}

TEST(IsStandingEventTest, APublicationIsOne) {
  Record submitted = Published();
  submitted.mutable_need()->set_state(v1::RECORD_STATE_SUBMITTED);
  EXPECT_TRUE(IsStandingEvent(submitted, Published()));
  EXPECT_TRUE(IsStandingEvent(Record(), Published())) << "imported as published";
  EXPECT_FALSE(IsStandingEvent(Published(), submitted));
  EXPECT_FALSE(IsStandingEvent(Published(), Record())) << "deleted";
}

TEST(IsStandingEventTest, OnlyWhatTheRecordSaysCounts) {
  Record changed = Published();
  changed.mutable_need()->set_urgency(v1::URGENCY_SOON);
  changed.mutable_need()->set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  changed.mutable_need()->set_etag("7");
  EXPECT_FALSE(IsStandingEvent(Published(), changed));
  changed.mutable_need()->set_description("乙");
  EXPECT_TRUE(IsStandingEvent(Published(), changed));
  Record target = Published();
  target.mutable_need()->add_targets()->set_name("寿命");
  EXPECT_TRUE(IsStandingEvent(Published(), target));
}

TEST(IsStandingEventTest, AConsentGivenLaterCounts) {
  Record consented = Published();
  consented.mutable_need()->mutable_consents()->set_push(true);
  EXPECT_TRUE(IsStandingEvent(Published(), consented));
}

TEST(IsStandingEventTest, AchievementsByTheirTexts) {
  Record before;
  before.mutable_achievement()->set_state(v1::RECORD_STATE_PUBLISHED);
  Record now = before;
  now.mutable_achievement()->set_price_min_wan_yuan(3);
  EXPECT_FALSE(IsStandingEvent(before, now));
  now.mutable_achievement()->set_advantage("更好");
  EXPECT_TRUE(IsStandingEvent(before, now));
}

}  // namespace
}  // namespace duijie::push
