// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/clinic.h"

#include <gmock/gmock.h>

#include <random>

#include "tests/support/paths.h"
#include "tests/unit/services/mining/intake/memory_catalog.h"

namespace duijie::mining {
namespace {

using ::duijie::testing::IsOk;
using ::duijie::testing::StatusIs;
using testing::CallOf;
using ::testing::DoubleNear;

class ClinicTest : public ::testing::Test {
 protected:
  ClinicTest() {
    catalog_.AddNeed("n1", "橡胶止水带老化", "enterprises/e1", v1::RECORD_STATE_SUBMITTED);
    for (int i = 0; i < 40; ++i) {
      const std::string id = (i < 10 ? "a0" : "a") + std::to_string(i);
      v1::Achievement& achievement = catalog_.achievements["achievements/" + id];
      achievement.set_name("achievements/" + id);
      achievement.set_title("止水带配方 " + id);
      achievement.set_state(v1::RECORD_STATE_PUBLISHED);
      achievement.set_tier(v1::CONFIDENTIALITY_TIER_PUBLIC);
      achievement.set_maturity_level(i % 2 == 0 ? 5 : 9);
      v1::Indicator* const strength = achievement.add_indicators();
      strength->set_name("拉伸强度");
      strength->set_comparator(v1::COMPARATOR_AT_LEAST);
      strength->set_value(10 + i);
      strength->set_unit("MPa");
    }
  }

  std::shared_ptr<const TaxonomySet> taxonomies_ =
      *TaxonomySet::Load(duijie::testing::BuiltFile("share/duijie/taxonomies"));
  FakeClock clock_;
  testing::MemoryCatalog catalog_;
  std::shared_ptr<MiningRole> role_ = testing::RoleOver(catalog_, clock_);
  std::shared_ptr<const indicator::NameTable> names_ =
      *indicator::NameTable::Load(duijie::testing::BuiltFile("share/duijie/indicators/names.tsv"));
  const Clinic clinic_{role_, testing::TestAnalyzer(), taxonomies_, names_};
  rpc::CallContext staff_ = CallOf(testing::StaffOf({"hs-gxq"}));
};

v1::GetClinicQuestionsRequest Ask(const std::string& need) {
  v1::GetClinicQuestionsRequest request;
  request.set_need(need);
  return request;
}

TEST_F(ClinicTest, AsksWhatChangesTheTopTenMostWithinItsBudget) {
  const auto asked = clinic_.Ask(staff_, Ask("needs/n1"));
  ASSERT_THAT(asked, IsOk());
  ASSERT_GE(asked->questions_size(), 1);
  EXPECT_LE(asked->questions_size(), 3);
  EXPECT_EQ(asked->questions(0).id(), "indicator:at_least:MPa:拉伸强度");
  EXPECT_GT(asked->questions(0).expected_change(), 0);
  EXPECT_LE(asked->matches(), 24);
  EXPECT_EQ(asked->matches(), catalog_.matches);
  for (const v1::ClinicQuestion& question : asked->questions()) {
    double shares = 0;
    for (const v1::ClinicOption& option : question.options()) shares += option.share();
    EXPECT_THAT(shares, DoubleNear(1, 1e-9)) << question.id();
  }
  const auto again = clinic_.Ask(staff_, Ask("needs/n1"));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), asked->SerializeAsString());
}

TEST_F(ClinicTest, ATrialShowsTheMovesAndChangesNothing) {
  v1::AnswerClinicQuestionRequest request;
  request.set_need("needs/n1");
  request.set_question_id("indicator:at_least:MPa:拉伸强度");
  request.set_answer("40");
  request.set_trial(true);
  const auto tried = clinic_.Answer(staff_, request);
  ASSERT_THAT(tried, IsOk());
  EXPECT_GT(tried->change(), 0.5);
  EXPECT_EQ(tried->moves(0).rank_after(), 1);
  EXPECT_EQ(tried->moves(0).rank_before(), 0);
  EXPECT_EQ(catalog_.needs.at("needs/n1").targets_size(), 0);
  request.set_trial(false);
  ASSERT_THAT(clinic_.Answer(staff_, request), IsOk());
  ASSERT_THAT(clinic_.Answer(staff_, request), IsOk());
  ASSERT_EQ(catalog_.needs.at("needs/n1").targets_size(), 1);
  EXPECT_EQ(catalog_.needs.at("needs/n1").targets(0).value(), 40);
  const auto asked = clinic_.Ask(staff_, Ask("needs/n1"));
  ASSERT_THAT(asked, IsOk());
  for (const v1::ClinicQuestion& question : asked->questions())
    EXPECT_NE(question.id(), request.question_id());
}

TEST_F(ClinicTest, RefusesWhatIsNoAnswer) {
  const std::vector<std::pair<std::string, std::string>> bad = {{"indicator:at_least:MPa:拉伸强度", "很高"},
                                                                {"indicator:nonsense", "1"},
                                                                {"maturity", "10"},
                                                                {"maturity", "5.5"},
                                                                {"cooperation", "赠送"},
                                                                {"budget", "-1"},
                                                                {"wording:method", ""},
                                                                {"field", ""},
                                                                {"", "1"}};
  for (const auto& [question, answer] : bad) {
    v1::AnswerClinicQuestionRequest request;
    request.set_need("needs/n1");
    request.set_question_id(question);
    request.set_answer(answer);
    EXPECT_THAT(clinic_.Answer(staff_, request), StatusIs(StatusCode::kInvalidArgument))
        << question << "=" << answer;
  }
}

TEST_F(ClinicTest, IsForThoseWhoMayChangeTheNeed) {
  EXPECT_THAT(clinic_.Ask(CallOf(testing::StaffOf({"sjz-gxq"})), Ask("needs/n1")),
              StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(clinic_.Ask(staff_, Ask("needs/none")), StatusIs(StatusCode::kNotFound));
}

TEST_F(ClinicTest, HiddenAchievementsTellNothing) {
  for (auto& [name, achievement] : catalog_.achievements)
    achievement.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  const auto asked = clinic_.Ask(staff_, Ask("needs/n1"));
  ASSERT_THAT(asked, IsOk());
  EXPECT_EQ(asked->candidates(), 0);
  EXPECT_EQ(asked->questions_size(), 0);
}

TEST(ChangeOfTest, IsNothingForTheSameAndAllForOtherLists) {
  std::vector<std::string> a, b;
  for (int i = 0; i < 10; ++i) {
    a.push_back("a" + std::to_string(i));
    b.push_back("b" + std::to_string(i));
  }
  EXPECT_EQ(ChangeOf(a, a), 0);
  EXPECT_THAT(ChangeOf(a, b), DoubleNear(1, 1e-9));
  std::vector<std::string> swapped = a;
  std::swap(swapped[0], swapped[1]);
  std::vector<std::string> low = a;
  std::swap(low[8], low[9]);
  EXPECT_GT(ChangeOf(a, swapped), ChangeOf(a, low));
  EXPECT_THAT(ChangeOf({}, a), DoubleNear(0.5, 1e-9));
}

}  // namespace
}  // namespace duijie::mining
