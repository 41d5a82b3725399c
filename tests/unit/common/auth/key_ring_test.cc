// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/key_ring.h"

#include <google/protobuf/util/time_util.h>

#include "common/storage/memory_store.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using google::protobuf::util::TimeUtil;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::MatchesRegex;
using ::testing::Not;
using testing::StatusIs;

constexpr auto kDay = std::chrono::hours(24);
const auto kNoKey = StatusIs(StatusCode::kUnauthenticated, "INVALID_API_KEY");

v1::ApiKey Wanted(v1::Role role) {
  v1::ApiKey key;
  key.set_title("科技局 张三");
  key.set_role(role);
  if (role == v1::ROLE_ENTERPRISE) key.set_enterprise("enterprises/e1");
  return key;
}

class KeyRingTest : public ::testing::Test {
 protected:
  std::vector<std::string> RulesFor(const v1::ApiKey& wanted) {
    std::vector<std::string> rules;
    for (const auto& violation : ViolationsOf(ring_.Create(wanted).status())) rules.push_back(violation.rule);
    return rules;
  }

  FakeClock clock_;
  std::unique_ptr<KvStore> store_ = NewMemoryStore();
  KeyRing ring_{*store_, clock_};
};

TEST_F(KeyRingTest, APresentedKeyResolvesToItsPrincipal) {
  v1::ApiKey wanted = Wanted(v1::ROLE_STAFF);
  wanted.add_park_codes("P1");
  ASSERT_OK_AND_ASSIGN(const auto created, ring_.Create(wanted));
  EXPECT_THAT(created.presented, MatchesRegex("djk_k[0-9a-f]{15}_[A-Za-z0-9_-]{43}"));
  ASSERT_OK_AND_ASSIGN(const Principal principal, ring_.Resolve(created.presented));
  EXPECT_EQ(principal.key_id(), created.api_key.key_id());
  EXPECT_EQ(principal.role(), v1::ROLE_STAFF);
  ASSERT_EQ(principal.park_codes_size(), 1);
  EXPECT_EQ(principal.park_codes(0), "P1");
}

TEST_F(KeyRingTest, TheSecretIsNotInTheStore) {
  ASSERT_OK_AND_ASSIGN(const auto created, ring_.Create(Wanted(v1::ROLE_ADMIN)));
  const std::string secret = created.presented.substr(created.presented.size() - 43);
  for (auto it = store_->Scan("", ""); it->Valid(); it->Next()) {
    EXPECT_THAT(std::string(it->value()), Not(HasSubstr(secret)));
    EXPECT_THAT(std::string(it->key()), Not(HasSubstr(secret)));
  }
}

TEST_F(KeyRingTest, AnyChangeOfAKeyIsRefused) {
  ASSERT_OK_AND_ASSIGN(const auto created, ring_.Create(Wanted(v1::ROLE_ADMIN)));
  for (size_t i = 0; i < created.presented.size(); ++i) {
    std::string changed = created.presented;
    changed[i] = changed[i] == 'a' ? 'b' : 'a';
    EXPECT_THAT(ring_.Resolve(changed), kNoKey) << i;
  }
  for (const std::string& bad :
       {std::string(), std::string("djk_"), created.presented + "x", std::string(1 << 16, 'd')}) {
    EXPECT_THAT(ring_.Resolve(bad), kNoKey);
  }
}

TEST_F(KeyRingTest, TheSecretOfOneKeyDoesNotOpenAnother) {
  ASSERT_OK_AND_ASSIGN(const auto a, ring_.Create(Wanted(v1::ROLE_PARTNER)));
  ASSERT_OK_AND_ASSIGN(const auto b, ring_.Create(Wanted(v1::ROLE_ADMIN)));
  EXPECT_THAT(ring_.Resolve(b.presented.substr(0, 21) + a.presented.substr(21)), kNoKey);
}

TEST_F(KeyRingTest, AKeyEndsAtItsExpiryTime) {
  ASSERT_OK_AND_ASSIGN(const auto created, ring_.Create(Wanted(v1::ROLE_PARTNER)));
  clock_.Advance(kDay * KeyRing::kDefaultLifeDays - std::chrono::microseconds(1));
  EXPECT_THAT(ring_.Resolve(created.presented), IsOk());
  clock_.Advance(std::chrono::microseconds(1));
  EXPECT_THAT(ring_.Resolve(created.presented), kNoKey);
}

TEST_F(KeyRingTest, ARevokedKeyIsRefusedAndRevokingTwiceKeepsTheFirstTime) {
  ASSERT_OK_AND_ASSIGN(const auto created, ring_.Create(Wanted(v1::ROLE_PARTNER)));
  ASSERT_OK_AND_ASSIGN(const auto first, ring_.Revoke(created.api_key.key_id()));
  EXPECT_THAT(ring_.Resolve(created.presented), kNoKey);
  clock_.Advance(kDay);
  ASSERT_OK_AND_ASSIGN(const auto second, ring_.Revoke(created.api_key.key_id()));
  EXPECT_EQ(TimeUtil::ToString(second.revoke_time()), TimeUtil::ToString(first.revoke_time()));
  EXPECT_THAT(ring_.Revoke("k000"), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
}

TEST_F(KeyRingTest, ListingPagesThroughAllKeysInOrderOfId) {
  for (int i = 0; i < 5; ++i) ASSERT_THAT(ring_.Create(Wanted(v1::ROLE_PARTNER)), IsOk());
  std::vector<std::string> ids;
  for (bool more = true; more;) {
    ASSERT_OK_AND_ASSIGN(const auto page, ring_.List(ids.empty() ? "" : ids.back(), 2));
    for (const auto& key : page.keys) ids.push_back(key.key_id());
    more = page.more;
  }
  EXPECT_EQ(ids.size(), 5u);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
}

TEST_F(KeyRingTest, IllFormedKeysAreRefusedWithTheRule) {
  using Rules = std::vector<std::string>;
  EXPECT_EQ(RulesFor(v1::ApiKey()), (Rules{"REQUIRED", "REQUIRED"}));
  v1::ApiKey title = Wanted(v1::ROLE_ADMIN);
  title.set_title("a\nb");
  EXPECT_EQ(RulesFor(title), Rules{"FORMAT"});
  title.set_title(std::string(KeyRing::kMaxTitleBytes + 1, 'x'));
  EXPECT_EQ(RulesFor(title), Rules{"TOO_LONG"});
  v1::ApiKey role = Wanted(v1::ROLE_ADMIN);
  role.set_role(static_cast<v1::Role>(77));
  EXPECT_EQ(RulesFor(role), Rules{"REQUIRED"});
  v1::ApiKey parks = Wanted(v1::ROLE_EXPERT);
  parks.set_all_parks(true);
  EXPECT_EQ(RulesFor(parks), Rules{"ONLY_FOR_STAFF"});
  v1::ApiKey many = Wanted(v1::ROLE_STAFF);
  for (int i = 0; i <= KeyRing::kMaxParks; ++i) many.add_park_codes("P");
  EXPECT_EQ(RulesFor(many), Rules{"TOO_MANY"});
  v1::ApiKey enterprise = Wanted(v1::ROLE_ENTERPRISE);
  enterprise.set_enterprise("enterprises/");
  EXPECT_EQ(RulesFor(enterprise), Rules{"REQUIRED"});
  v1::ApiKey stray = Wanted(v1::ROLE_STAFF);
  stray.set_enterprise("enterprises/e1");
  EXPECT_EQ(RulesFor(stray), Rules{"ONLY_FOR_ENTERPRISE"});
  v1::ApiKey expiry = Wanted(v1::ROLE_ADMIN);
  *expiry.mutable_expire_time() = TimeUtil::MicrosecondsToTimestamp(clock_.Now());
  EXPECT_EQ(RulesFor(expiry), Rules{"IN_THE_PAST"});
  expiry.mutable_expire_time()->set_seconds(253402300799);
  EXPECT_EQ(RulesFor(expiry), Rules{"TOO_LATE"});
}

TEST_F(KeyRingTest, OnlyAWorkingAdministratorKeyCountsAsUsable) {
  EXPECT_EQ(ring_.HasUsableAdmin().value(), false);
  ASSERT_THAT(ring_.Create(Wanted(v1::ROLE_STAFF)), IsOk());
  EXPECT_EQ(ring_.HasUsableAdmin().value(), false);
  ASSERT_OK_AND_ASSIGN(const auto admin, ring_.Create(Wanted(v1::ROLE_ADMIN)));
  EXPECT_EQ(ring_.HasUsableAdmin().value(), true);
  ASSERT_THAT(ring_.Revoke(admin.api_key.key_id()), IsOk());
  EXPECT_EQ(ring_.HasUsableAdmin().value(), false);
}

TEST_F(KeyRingTest, APreparedKeyDoesNotWorkBeforeItIsStored) {
  ASSERT_OK_AND_ASSIGN(const auto prepared, ring_.Prepare(Wanted(v1::ROLE_ADMIN)));
  EXPECT_THAT(ring_.Resolve(prepared.presented), kNoKey);
  ASSERT_THAT(ring_.Store(prepared), IsOk());
  EXPECT_THAT(ring_.Resolve(prepared.presented), IsOk());
}

}  // namespace
}  // namespace duijie
