// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/visibility.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace duijie {
namespace {

constexpr char kPark[] = "HB-SJZ-01";
constexpr char kOwner[] = "enterprises/e1";

Principal Caller(v1::Role role, std::vector<std::string> parks = {}, bool all_parks = false,
                 std::string enterprise = "") {
  Principal caller;
  caller.set_role(role);
  for (auto& park : parks) caller.add_park_codes(std::move(park));
  caller.set_all_parks(all_parks);
  caller.set_enterprise(std::move(enterprise));
  return caller;
}

AccessFacts Facts(v1::RecordState state, v1::ConfidentialityTier tier) {
  return {state, tier, kPark, kOwner};
}

// The table in visibility.h, written down again as it stands there.
struct Row {
  const char* who;
  Principal caller;
  Visibility open, anonymous, staff_only, other_state;
};

std::vector<Row> Table() {
  const auto full = Visibility::kFull, masked = Visibility::kMasked, none = Visibility::kNone;
  return {
      {"admin", Caller(v1::ROLE_ADMIN), full, full, full, full},
      {"staff in scope", Caller(v1::ROLE_STAFF, {"X", kPark}), full, full, full, full},
      {"staff of all parks", Caller(v1::ROLE_STAFF, {}, true), full, full, full, full},
      {"staff elsewhere", Caller(v1::ROLE_STAFF, {"X"}), full, masked, none, none},
      {"owner", Caller(v1::ROLE_ENTERPRISE, {}, false, kOwner), full, full, full, full},
      {"another enterprise", Caller(v1::ROLE_ENTERPRISE, {}, false, "enterprises/e2"), full, masked, none,
       none},
      {"expert", Caller(v1::ROLE_EXPERT), full, masked, none, none},
      {"partner", Caller(v1::ROLE_PARTNER), full, masked, none, none},
      {"no role", Caller(v1::ROLE_UNSPECIFIED), none, none, none, none},
  };
}

TEST(VisibilityTest, FollowsTheTable) {
  for (const Row& row : Table()) {
    const auto published = v1::RECORD_STATE_PUBLISHED;
    EXPECT_EQ(VisibilityOf(row.caller, Facts(published, v1::CONFIDENTIALITY_TIER_PUBLIC)), row.open)
        << row.who;
    EXPECT_EQ(VisibilityOf(row.caller, Facts(published, v1::CONFIDENTIALITY_TIER_ANONYMOUS)), row.anonymous)
        << row.who;
    EXPECT_EQ(VisibilityOf(row.caller, Facts(published, v1::CONFIDENTIALITY_TIER_STAFF_ONLY)), row.staff_only)
        << row.who;
    for (int state = 0; state < v1::RecordState_ARRAYSIZE; ++state) {
      if (state == v1::RECORD_STATE_PUBLISHED) continue;
      const AccessFacts facts = Facts(static_cast<v1::RecordState>(state), v1::CONFIDENTIALITY_TIER_PUBLIC);
      EXPECT_EQ(VisibilityOf(row.caller, facts), row.other_state) << row.who << " state " << state;
    }
  }
}

TEST(VisibilityTest, ARecordWithoutParkIsInScopeOnlyOfKeysForAllParks) {
  AccessFacts facts{v1::RECORD_STATE_DRAFT, v1::CONFIDENTIALITY_TIER_PUBLIC, "", ""};
  EXPECT_EQ(VisibilityOf(Caller(v1::ROLE_STAFF, {""}), facts), Visibility::kNone);
  EXPECT_EQ(VisibilityOf(Caller(v1::ROLE_STAFF, {}, true), facts), Visibility::kFull);
}

TEST(VisibilityTest, ARecordWithoutOwnerBelongsToNoEnterprise) {
  AccessFacts facts{v1::RECORD_STATE_DRAFT, v1::CONFIDENTIALITY_TIER_PUBLIC, "", ""};
  EXPECT_EQ(VisibilityOf(Caller(v1::ROLE_ENTERPRISE), facts), Visibility::kNone);
}

TEST(VisibilityTest, OnlyStaffInScopeAndAdminsReview) {
  const AccessFacts facts = Facts(v1::RECORD_STATE_SUBMITTED, v1::CONFIDENTIALITY_TIER_PUBLIC);
  const Principal owner = Caller(v1::ROLE_ENTERPRISE, {}, false, kOwner);
  for (auto to : {v1::RECORD_STATE_RETURNED, v1::RECORD_STATE_PUBLISHED, v1::RECORD_STATE_EXPIRED}) {
    EXPECT_FALSE(MayTransition(owner, facts, to)) << to;
    EXPECT_TRUE(MayTransition(Caller(v1::ROLE_STAFF, {kPark}), facts, to)) << to;
    EXPECT_FALSE(MayTransition(Caller(v1::ROLE_STAFF, {"X"}), facts, to)) << to;
    EXPECT_TRUE(MayTransition(Caller(v1::ROLE_ADMIN), facts, to)) << to;
  }
  for (auto to : {v1::RECORD_STATE_SUBMITTED, v1::RECORD_STATE_WITHDRAWN, v1::RECORD_STATE_CLOSED}) {
    EXPECT_TRUE(MayTransition(owner, facts, to)) << to;
    EXPECT_FALSE(MayTransition(Caller(v1::ROLE_PARTNER), facts, to)) << to;
  }
}

TEST(VisibilityTest, NobodyElseEditsOrReadsContactsOfWhatIsPublic) {
  const AccessFacts facts = Facts(v1::RECORD_STATE_PUBLISHED, v1::CONFIDENTIALITY_TIER_PUBLIC);
  for (const Row& row : Table()) {
    const bool trusted = row.other_state == Visibility::kFull;
    EXPECT_EQ(MayEdit(row.caller, facts), trusted) << row.who;
    EXPECT_EQ(MayReadContacts(row.caller, facts), trusted) << row.who;
  }
}

// Every caller of interest: roles (one unknown to this version too) × parks × all parks × enterprise.
std::vector<Principal> AllCallers() {
  std::vector<Principal> callers;
  for (int role = 0; role <= v1::Role_MAX + 1; ++role) {
    for (const auto& parks : std::vector<std::vector<std::string>>{{}, {""}, {kPark}, {"X"}, {"X", kPark}}) {
      for (const bool all : {false, true}) {
        for (const std::string enterprise : {"", kOwner, "enterprises/e2"}) {
          callers.push_back(Caller(static_cast<v1::Role>(role), parks, all, enterprise));
        }
      }
    }
  }
  return callers;
}

std::vector<AccessFacts> AllFacts() {
  std::vector<AccessFacts> all;
  for (int state = 0; state <= v1::RecordState_MAX + 1; ++state) {
    for (int tier = 0; tier <= v1::ConfidentialityTier_MAX + 1; ++tier) {
      for (const std::string park : {"", kPark, "X", "Y"}) {
        for (const std::string owner : {"", kOwner, "enterprises/e2"}) {
          all.push_back(
              {static_cast<v1::RecordState>(state), static_cast<v1::ConfidentialityTier>(tier), park, owner});
        }
      }
    }
  }
  return all;
}

TEST(VisibilityTest, IndexTermsAgreeWithTheRuleForEveryCallerAndRecord) {
  int visible = 0, hidden = 0;
  for (const AccessFacts& facts : AllFacts()) {
    const auto terms = AccessTermsOf(facts);
    for (const Principal& caller : AllCallers()) {
      const auto query = AccessQueryTerms(caller);
      const bool found = std::any_of(query.begin(), query.end(), [&](const std::string& term) {
        return std::find(terms.begin(), terms.end(), term) != terms.end();
      });
      const bool sees = VisibilityOf(caller, facts) != Visibility::kNone;
      ASSERT_EQ(found, sees) << caller.ShortDebugString() << " | state " << facts.state << " tier "
                             << facts.tier << " park '" << facts.park_code << "' owner '" << facts.enterprise
                             << "'";
      ++(sees ? visible : hidden);
    }
  }
  EXPECT_GT(visible, 1000);
  EXPECT_GT(hidden, 1000);
}

TEST(VisibilityTest, WhoeverMayEditSeesInFull) {
  for (const AccessFacts& facts : AllFacts()) {
    for (const Principal& caller : AllCallers()) {
      if (!MayEdit(caller, facts)) continue;
      ASSERT_EQ(VisibilityOf(caller, facts), Visibility::kFull) << caller.ShortDebugString();
    }
  }
}

}  // namespace
}  // namespace duijie
