// SPDX-License-Identifier: GPL-3.0-or-later
// The oracle of the year simulation finds every breach of a rule that it is shown.
#include "tests/bench/year/oracle.h"

#include <gtest/gtest.h>

#include "tests/bench/year/stage.h"

namespace duijie::bench {
namespace {

// Every record says the same; needs with "no" in their name have no consent.
class SameTexts final : public RecordTexts {
 public:
  std::vector<std::string> Of(const std::string&, const std::string& field) const override {
    return {field == "title" ? "丝网断丝检测" : "在线检测断丝。"};
  }
  bool HasConsent(const std::string& need) const override { return need.find("no") == std::string::npos; }
};

v1::PushRules Rules() {
  v1::PushRules rules;
  rules.set_pair_interval_days(180);
  rules.set_cap_pushes(2);
  rules.set_cap_days(30);
  return rules;
}

class OracleTest : public ::testing::Test {
 protected:
  // Pushed on `day`, heard of, not yet judged.
  v1::Push Pushed(const std::string& name, const std::string& pair, int day) {
    v1::Push push;
    push.set_name("pushes/" + name);
    push.set_enterprise("enterprises/1");
    push.set_need("needs/" + pair);
    push.set_achievement("achievements/" + pair);
    push.mutable_reasons()->add_need_fields()->set_field("title");
    push.mutable_reasons()->mutable_need_fields(0)->set_quote("断丝");
    push.mutable_reasons()->add_achievement_sentences()->set_field("summary");
    push.mutable_reasons()->mutable_achievement_sentences(0)->set_quote("在线检测");
    *push.mutable_create_time() = TimestampOf(TimeOf(day, 8));
    *push.mutable_deliver_time() = push.create_time();
    Step(&push, v1::PUSH_STATE_PUSHED);
    return push;
  }
  void Step(v1::Push* push, v1::PushState to) {
    push->set_state(to);
    push->add_history()->set_to(to);
    v1::PushEvent event;
    event.set_event_id(push->name() + std::to_string(push->history_size()));
    event.set_push(push->name());
    event.set_state(to);
    event.set_kind(to == v1::PUSH_STATE_PUSHED ? v1::PUSH_EVENT_KIND_DELIVERED
                                               : v1::PUSH_EVENT_KIND_TRANSITIONED);
    oracle_.Hear(event);
  }
  // The rules that were broken, once each.
  std::vector<std::string> Broken() {
    oracle_.Close();
    std::vector<std::string> broken;
    for (const RuleFinding& finding : oracle_.findings()) {
      if (finding.broken > 0) broken.push_back(finding.rule);
    }
    return broken;
  }
  std::string OnlyBroken() {
    const std::vector<std::string> broken = Broken();
    return broken.size() == 1 ? broken[0] : std::to_string(broken.size()) + " rules broken";
  }

  const SameTexts texts_;
  Oracle oracle_{texts_, Rules()};
};

TEST_F(OracleTest, WhatIsRightBreaksNothing) {
  v1::Push push = Pushed("a", "1", 0);
  Step(&push, v1::PUSH_STATE_READ);
  Step(&push, v1::PUSH_STATE_INTERESTED);
  oracle_.Judge(push);
  oracle_.Judge(Pushed("b", "1", 180));
  oracle_.OptOut("enterprises/1", TimeOf(181, 0));
  oracle_.OptIn("enterprises/1", TimeOf(200, 0));
  oracle_.Judge(Pushed("c", "2", 201));
  oracle_.Attempt("anything", true);
  oracle_.Look("");
  EXPECT_TRUE(Broken().empty());
}

TEST_F(OracleTest, ThePairAgainTooSoon) {
  oracle_.Judge(Pushed("b", "1", 179));
  oracle_.Judge(Pushed("a", "1", 0));
  EXPECT_EQ(OnlyBroken(), "the same pair is not pushed twice within the interval");
}

TEST_F(OracleTest, MoreThanTheCapInAnyWindow) {
  oracle_.Judge(Pushed("a", "1", 5));
  oracle_.Judge(Pushed("b", "2", 20));
  oracle_.Judge(Pushed("c", "3", 34));
  EXPECT_EQ(OnlyBroken(), "pushes of an enterprise stay below the cap");
}

TEST_F(OracleTest, TheWindowMovesOn) {
  oracle_.Judge(Pushed("a", "1", 5));
  oracle_.Judge(Pushed("b", "2", 20));
  oracle_.Judge(Pushed("c", "3", 35));
  EXPECT_TRUE(Broken().empty());
}

TEST_F(OracleTest, PushedAfterOptingOut) {
  oracle_.OptOut("enterprises/1", TimeOf(3, 8));
  oracle_.Judge(Pushed("a", "1", 3));
  EXPECT_EQ(OnlyBroken(), "who opted out is not pushed");
}

TEST_F(OracleTest, ADigestDeliveredAfterOptingOut) {
  oracle_.OptOut("enterprises/1", TimeOf(3, 0));
  v1::Push push = Pushed("a", "1", 2);
  *push.mutable_deliver_time() = TimestampOf(TimeOf(4, 9));
  oracle_.Judge(push);
  EXPECT_EQ(OnlyBroken(), "who opted out is not pushed");
}

TEST_F(OracleTest, ANeedWithoutConsent) {
  oracle_.Judge(Pushed("a", "no", 0));
  EXPECT_EQ(OnlyBroken(), "a need without consent is not pushed");
}

TEST_F(OracleTest, NothingCitedOrWhatTheRecordDoesNotSay) {
  v1::Push bare = Pushed("a", "1", 0);
  bare.mutable_reasons()->clear_achievement_sentences();
  oracle_.Judge(bare);
  v1::Push invented = Pushed("b", "2", 0);
  invented.mutable_reasons()->mutable_need_fields(0)->set_quote("没有这句话");
  oracle_.Judge(invented);
  EXPECT_EQ(OnlyBroken(),
            "a push cites a field of the need and a sentence of the achievement, word for word");
}

TEST_F(OracleTest, AnIllegalStep) {
  v1::Push push = Pushed("a", "1", 0);
  Step(&push, v1::PUSH_STATE_CONTRACTED);
  oracle_.Judge(push);
  EXPECT_EQ(OnlyBroken(), "states only by legal steps, every one heard by who follows");
}

TEST_F(OracleTest, AStepThatNobodyHeard) {
  v1::Push push = Pushed("a", "1", 0);
  push.set_state(v1::PUSH_STATE_READ);
  push.add_history()->set_to(v1::PUSH_STATE_READ);
  oracle_.Judge(push);
  EXPECT_EQ(OnlyBroken(), "states only by legal steps, every one heard by who follows");
}

TEST_F(OracleTest, APushThatIsHeardButNotListed) {
  Pushed("a", "1", 0);
  EXPECT_EQ(OnlyBroken(), "states only by legal steps, every one heard by who follows");
}

TEST_F(OracleTest, ADeclineWithoutReason) {
  v1::Push push = Pushed("a", "1", 0);
  Step(&push, v1::PUSH_STATE_READ);
  Step(&push, v1::PUSH_STATE_DECLINED);
  oracle_.Judge(push);
  EXPECT_EQ(OnlyBroken(), "a decline has a reason and a text");
}

TEST_F(OracleTest, YearsAreCountedByDistinctOnes) {
  oracle_.SignVisit("2026-12-31", "91A");
  oracle_.SignVisit("2026-01-01", "91A");
  oracle_.SignVisit("2027-01-01", "91B");
  oracle_.CompareVisits(2026, 1);
  oracle_.CompareVisits(2027, 1);
  oracle_.Publish("2026-05-01", "achievements/1");
  oracle_.Publish("2026-06-01", "achievements/1");
  oracle_.ComparePublications(2026, 1);
  EXPECT_TRUE(Broken().empty());
  oracle_.CompareVisits(2026, 2);
  oracle_.ComparePublications(2026, 2);
  EXPECT_EQ(Broken().size(), 2u);
}

TEST_F(OracleTest, LeaksAndAcceptedAttempts) {
  oracle_.Look("somebody saw it");
  oracle_.Attempt("anything", false);
  EXPECT_EQ(Broken().size(), 2u);
}

}  // namespace
}  // namespace duijie::bench
