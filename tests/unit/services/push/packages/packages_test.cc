// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/packages/packages.h"

#include "common/storage/memory_store.h"
#include "tests/support/status_matchers.h"

namespace duijie::push {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;

constexpr char kUuid[] = "123e4567-e89b-12d3-a456-426614174000";

// Needs and achievements in memory; verdicts[need][achievement] = one letter per demanded figure: S, P, V or
// N.
class PackagesTest : public ::testing::Test {
 protected:
  PackagesTest()
      : store_(RoleStore::Over(NewMemoryStore(), clock_, std::string(32, 'k'),
                               std::make_unique<CountingIdMaker>())
                   .value()) {
    peers_.read_records = [this](const rpc::CallContext&, const internal::v1::ReadRecordsRequest& request) {
      internal::v1::ReadRecordsResponse response;
      for (const std::string& name : request.names()) *response.add_records() = records_[name];
      return StatusOr<internal::v1::ReadRecordsResponse>(response);
    };
    peers_.match_need = [this](const rpc::CallContext&, const v1::MatchNeedRequest& request) {
      return StatusOr<v1::MatchNeedResponse>(Match(request.name()));
    };
  }

  void AddNeed(const std::string& name, v1::ConfidentialityTier tier = v1::CONFIDENTIALITY_TIER_PUBLIC) {
    v1::Need& need = *records_[name].mutable_need();
    need.set_name(name);
    need.set_title("需求 " + name);
    need.set_state(v1::RECORD_STATE_PUBLISHED);
    need.set_tier(tier);
  }

  v1::Achievement& AddAchievement(const std::string& name) {
    v1::Achievement& achievement = *records_[name].mutable_achievement();
    achievement.set_name(name);
    achievement.set_title("成果 " + name);
    achievement.set_state(v1::RECORD_STATE_PUBLISHED);
    return achievement;
  }

  v1::MatchNeedResponse Match(const std::string& need) {
    static const std::map<char, v1::Verdict> kVerdicts = {{'S', v1::VERDICT_SATISFIED},
                                                          {'P', v1::VERDICT_PARTLY},
                                                          {'V', v1::VERDICT_VIOLATED},
                                                          {'N', v1::VERDICT_NOT_STATED}};
    v1::MatchNeedResponse response;
    for (const auto& [achievement, letters] : verdicts_[need]) {
      v1::MatchResult& result = *response.add_results();
      result.set_need(need);
      result.set_need_title("需求 " + need);
      result.set_achievement(achievement);
      result.set_achievement_title("成果 " + achievement);
      result.set_level(letters.empty() ? v1::MATCH_LEVEL_FAIR : v1::MATCH_LEVEL_WEAK);
      for (size_t i = 0; i < letters.size(); ++i) {
        v1::FitRow& row = *result.mutable_explanation()->mutable_fit()->add_rows();
        row.set_indicator("指标" + std::to_string(i));
        row.set_demand("≥1");
        row.set_verdict(kVerdicts.at(letters[i]));
        row.set_text("说明");
      }
    }
    return response;
  }

  static rpc::CallContext CallerOf(v1::Role role, const std::string& key = "key") {
    Principal caller;
    caller.set_key_id(key);
    caller.set_role(role);
    caller.set_all_parks(role == v1::ROLE_ADMIN);
    return {caller, "request", std::chrono::system_clock::time_point::max(), nullptr};
  }

  StatusOr<v1::Package> Create(const std::vector<std::string>& needs, int most = 0) {
    v1::CreatePackageRequest request;
    request.mutable_package()->set_title("丝网成果包");
    for (const std::string& need : needs) request.mutable_package()->add_needs(need);
    request.mutable_package()->set_max_members(most);
    DUIJIE_ASSIGN_OR_RETURN(auto response, packages_.Create(admin_, request));
    return response.package();
  }

  static std::vector<std::string> MembersOf(const v1::Package& package) {
    std::vector<std::string> names;
    for (const v1::PackageMember& member : package.members()) names.push_back(member.achievement());
    return names;
  }

  FakeClock clock_;
  std::unique_ptr<RoleStore> store_;
  std::map<std::string, internal::v1::Record> records_;
  std::map<std::string, std::map<std::string, std::string>> verdicts_;
  Peers peers_;
  Packages packages_{*store_, peers_};
  rpc::CallContext admin_ = CallerOf(v1::ROLE_ADMIN);
};

TEST_F(PackagesTest, TakesTheFewestAchievementsThatSatisfyWhatCanBeSatisfied) {
  AddNeed("needs/a");
  for (const char* name : {"achievements/1", "achievements/2", "achievements/3"}) AddAchievement(name);
  verdicts_["needs/a"] = {{"achievements/1", "SNNP"}, {"achievements/2", "SSNN"}, {"achievements/3", "NNSV"}};
  const auto package = Create({"needs/a"});
  ASSERT_THAT(package, IsOk());
  EXPECT_THAT(MembersOf(*package), ElementsAre("achievements/2", "achievements/3"));
  EXPECT_EQ(package->covered(), 3);
  EXPECT_TRUE(package->proven_smallest());
  EXPECT_THAT(package->members(0).covers_alone(), ElementsAre(0, 1));
  EXPECT_THAT(package->demands(3).covers(), IsEmpty());
  EXPECT_EQ(package->demands(3).best_verdict(), v1::VERDICT_PARTLY);
}

TEST_F(PackagesTest, WhatCannotBeHandedOverIsNoMember) {
  AddNeed("needs/a");
  AddAchievement("achievements/1").add_cooperation_modes(v1::COOPERATION_MODE_CONSULTING);
  AddAchievement("achievements/2").set_state(v1::RECORD_STATE_WITHDRAWN);
  verdicts_["needs/a"] = {{"achievements/1", "S"}, {"achievements/2", "S"}};
  const auto package = Create({"needs/a"});
  ASSERT_THAT(package, IsOk());
  EXPECT_THAT(package->members(), IsEmpty());
  EXPECT_EQ(package->covered(), 0);
  EXPECT_EQ(package->demands(0).best_verdict(), v1::VERDICT_SATISFIED);
}

TEST_F(PackagesTest, ANeedWithoutFiguresIsCoveredByItsSubject) {
  AddNeed("needs/a");
  AddAchievement("achievements/1");
  verdicts_["needs/a"] = {{"achievements/1", ""}};
  const auto package = Create({"needs/a"});
  ASSERT_THAT(package, IsOk());
  EXPECT_TRUE(package->demands(0).subject());
  EXPECT_THAT(MembersOf(*package), ElementsAre("achievements/1"));
}

TEST_F(PackagesTest, OneAchievementMayServeSeveralNeeds) {
  AddNeed("needs/a");
  AddNeed("needs/b");
  for (const char* name : {"achievements/1", "achievements/2"}) AddAchievement(name);
  verdicts_["needs/a"] = {{"achievements/1", "S"}, {"achievements/2", "S"}};
  verdicts_["needs/b"] = {{"achievements/2", "SN"}};
  const auto package = Create({"needs/a", "needs/b"});
  ASSERT_THAT(package, IsOk());
  EXPECT_THAT(MembersOf(*package), ElementsAre("achievements/2"));
  EXPECT_EQ(package->demands_size(), 3);
}

TEST_F(PackagesTest, BadInputIsNamed) {
  EXPECT_THAT(Create({}), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(Create({"achievements/1"}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Create({"needs/a", "needs/a"}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Create({"needs/a"}, 21), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Create({"needs/missing"}), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
}

TEST_F(PackagesTest, APackageOfAHiddenNeedDoesNotExistForOthers) {
  AddNeed("needs/a", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  AddAchievement("achievements/1");
  verdicts_["needs/a"] = {{"achievements/1", "S"}};
  const auto package = Create({"needs/a"});
  ASSERT_THAT(package, IsOk());
  const rpc::CallContext staff = CallerOf(v1::ROLE_STAFF, "staff elsewhere");
  v1::GetPackageRequest get;
  get.set_name(package->name());
  EXPECT_THAT(packages_.Get(admin_, get), IsOk());
  EXPECT_THAT(packages_.Get(staff, get), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  v1::ExportPackageRequest page;
  page.set_name(package->name());
  EXPECT_THAT(packages_.Export(staff, page), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(packages_.List(staff, {})->packages(), IsEmpty());
  EXPECT_EQ(packages_.List(admin_, {})->packages_size(), 1);
}

TEST_F(PackagesTest, ARepeatedRequestBuildsOnce) {
  AddNeed("needs/a");
  v1::CreatePackageRequest request;
  request.mutable_package()->set_title("包");
  request.mutable_package()->add_needs("needs/a");
  request.set_request_id(kUuid);
  const auto first = packages_.Create(admin_, request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(packages_.Create(admin_, request)->package().name(), first->package().name());
  EXPECT_EQ(packages_.List(admin_, {})->packages_size(), 1);
}

TEST_F(PackagesTest, RebuildingFollowsTheRecords) {
  AddNeed("needs/a");
  AddAchievement("achievements/1");
  verdicts_["needs/a"] = {{"achievements/1", "N"}};
  const auto package = Create({"needs/a"});
  EXPECT_EQ(package->covered(), 0);
  verdicts_["needs/a"] = {{"achievements/1", "S"}};
  v1::RebuildPackageRequest request;
  request.set_name(package->name());
  request.set_etag(package->etag());
  const auto rebuilt = packages_.Rebuild(admin_, request);
  ASSERT_THAT(rebuilt, IsOk());
  EXPECT_EQ(rebuilt->package().covered(), 1);
  EXPECT_THAT(packages_.Rebuild(admin_, request), StatusIs(StatusCode::kAborted, "STALE_ETAG"));
}

TEST_F(PackagesTest, ThePageEscapesTextsAndNamesWhatIsNotCovered) {
  AddNeed("needs/a");
  AddAchievement("achievements/1").set_background_rights("<script>");
  verdicts_["needs/a"] = {{"achievements/1", "SV"}};
  const auto package = Create({"needs/a"});
  v1::ExportPackageRequest request;
  request.set_name(package->name());
  const auto page = packages_.Export(admin_, request);
  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(page->html(), HasSubstr("未覆盖：有成果说明，均不满足"));
  EXPECT_THAT(page->html(), HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(page->html(), Not(HasSubstr("<script>")));
}

}  // namespace
}  // namespace duijie::push
