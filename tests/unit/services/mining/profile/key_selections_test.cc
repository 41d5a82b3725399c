// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/key_selections.h"

#include <random>

#include "tests/unit/services/mining/profile/profile_fixtures.h"

namespace duijie::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class KeySelectionsTest : public ProfileFixture {
 protected:
  KeySelectionsTest() {
    for (int i = 2; i <= 5; ++i) Put(TestEnterprise(i));
  }

  StatusOr<v1::KeyEnterpriseSelection> Propose(int count = 0, const Principal& caller = Staff(),
                                               const std::string& park = "") {
    v1::ListKeyEnterprisesRequest request;
    request.set_count(count);
    if (!park.empty()) request.mutable_scope()->add_park_codes(park);
    DUIJIE_ASSIGN_OR_RETURN(auto response, selections_.Propose(As(caller), request));
    return response.selection();
  }

  StatusOr<v1::KeyEnterpriseSelection> Keep(const Principal& caller = Staff(), int count = 3) {
    v1::SelectKeyEnterprisesRequest request;
    request.mutable_selection()->set_title("2026 年重点企业");
    request.mutable_selection()->set_count(count);
    DUIJIE_ASSIGN_OR_RETURN(auto response, selections_.Keep(As(caller), request));
    return response.selection();
  }

  v1::ReplayKeyEnterpriseSelectionResponse Replay(const std::string& name) {
    v1::ReplayKeyEnterpriseSelectionRequest request;
    request.set_name(name);
    return selections_.Replay(As(Staff()), request).value();
  }

  static std::vector<std::string> NamesIn(const v1::KeyEnterpriseSelection& selection) {
    std::vector<std::string> names;
    for (const v1::KeyEnterprise& enterprise : selection.enterprises()) {
      names.push_back(enterprise.enterprise());
    }
    return names;
  }
};

TEST_F(KeySelectionsTest, TheHighestScoreComesFirstAndTiesByName) {
  AddPush("p", "enterprises/e104", {v1::PUSH_STATE_PUSHED, v1::PUSH_STATE_INTERESTED});
  ASSERT_OK_AND_ASSIGN(const auto selection, Propose(4));
  EXPECT_THAT(NamesIn(selection),
              ElementsAre("enterprises/e101", "enterprises/e104", "enterprises/e102", "enterprises/e103"))
      << "a stated scale, a welcomed push, then names";
  EXPECT_EQ(selection.candidates(), 5);
  EXPECT_EQ(selection.model_version(), "visit-yield-1");
  EXPECT_EQ(selection.snapshot_revision(), 7);
}

TEST_F(KeySelectionsTest, TermsAddUpAndStayWithinTheirWeights) {
  AddNeed("n", kOwn, "支座磨耗大", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  ASSERT_OK_AND_ASSIGN(const auto selection, Propose());
  for (const v1::KeyEnterprise& enterprise : selection.enterprises()) {
    double sum = 0;
    for (const v1::VisitYieldTerm& term : enterprise.terms()) {
      sum += term.value();
      EXPECT_LE(term.value(), term.weight()) << term.term();
      EXPECT_FALSE(term.text().empty()) << term.term();
    }
    EXPECT_EQ(enterprise.terms_size(), 7);
    EXPECT_DOUBLE_EQ(sum, enterprise.score());
  }
}

TEST_F(KeySelectionsTest, WhoCannotBeChosenIsCountedByReason) {
  records_["enterprises/e102"].mutable_enterprise()->clear_credit_code();
  records_["enterprises/e103"].mutable_enterprise()->set_push_opt_out(true);
  records_["enterprises/e105"].mutable_enterprise()->set_credit_code(CreditCode(4));
  ASSERT_OK_AND_ASSIGN(const auto selection, Propose());
  EXPECT_THAT(NamesIn(selection), ElementsAre("enterprises/e101", "enterprises/e104"));
  ASSERT_EQ(selection.exclusions_size(), 3);
  for (const v1::VisitExclusion& exclusion : selection.exclusions()) EXPECT_EQ(exclusion.enterprises(), 1);
}

TEST_F(KeySelectionsTest, AKeptListComesOutTheSameAfterEverythingChanged) {
  AddNeed("n", "enterprises/e102", "支座磨耗大", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  v1::Push& push = AddPush("p", "enterprises/e103", {v1::PUSH_STATE_PUSHED, v1::PUSH_STATE_INTERESTED});
  ASSERT_OK_AND_ASSIGN(const auto kept, Keep());
  ASSERT_TRUE(Replay(kept.name()).same());

  KeepRevision();
  clock_.Advance(std::chrono::hours(24));
  AddPushStep(&push, v1::PUSH_STATE_ENDED);
  AddPush("q", "enterprises/e105", {v1::PUSH_STATE_PUSHED, v1::PUSH_STATE_INTERESTED});
  SignedVisit(2, 1, "2026-01-05");
  AddNeed("m", "enterprises/e105", "止水带老化", v1::CONFIDENTIALITY_TIER_PUBLIC);
  records_.erase(kOwn);
  const auto again = Replay(kept.name());
  EXPECT_TRUE(again.same());
  EXPECT_EQ(again.digest(), kept.digest());
  EXPECT_THAT(again.differences(), IsEmpty());
  EXPECT_NE(Propose(3).value().digest(), kept.digest()) << "today's list is another one";
}

TEST_F(KeySelectionsTest, ADifferenceIsToldByWhatDiffers) {
  ASSERT_OK_AND_ASSIGN(const auto kept, Keep());
  records_["enterprises/e105"].mutable_enterprise()->set_scale("大型");  // a past that was not kept
  records_["enterprises/e102"].mutable_enterprise()->set_push_opt_out(true);
  const auto again = Replay(kept.name());
  EXPECT_FALSE(again.same());
  EXPECT_THAT(again.differences(), Not(IsEmpty()));
}

TEST_F(KeySelectionsTest, StaffOfAParkChooseAmongItsEnterprises) {
  Put(TestEnterprise(6, "130102", "sjz-gxq"));
  EXPECT_THAT(NamesIn(Propose(0, Staff("sjz-gxq")).value()), ElementsAre("enterprises/e106"));
  EXPECT_EQ(Propose().value().enterprises_size(), 6);
  EXPECT_THAT(Propose(0, Staff("sjz-gxq"), "hs-gxq"), StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_THAT(Propose(0, Staff(), "nowhere"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Propose(1001), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(KeySelectionsTest, AKeptListIsForThoseWhoCoverItsParks) {
  ASSERT_OK_AND_ASSIGN(const auto kept, Keep(Staff("hs-gxq")));
  v1::GetKeyEnterpriseSelectionRequest request;
  request.set_name(kept.name());
  EXPECT_THAT(selections_.Get(As(Staff("hs-gxq")), request), IsOk());
  EXPECT_THAT(selections_.Get(As(Staff()), request), IsOk());
  EXPECT_THAT(selections_.Get(As(Staff("sjz-gxq")), request),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_EQ(selections_.List(As(Staff("hs-gxq")), {}).value().selections_size(), 1);
  EXPECT_EQ(selections_.List(As(Staff("sjz-gxq")), {}).value().selections_size(), 0);
}

TEST_F(KeySelectionsTest, ARepeatedRequestKeepsOneList) {
  v1::SelectKeyEnterprisesRequest request;
  request.mutable_selection()->set_title("名单");
  request.set_request_id("123e4567-e89b-12d3-a456-426614174000");
  const auto once = selections_.Keep(As(Staff()), request), again = selections_.Keep(As(Staff()), request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(once->selection().name(), again->selection().name());
  EXPECT_EQ(selections_.List(As(Staff()), {}).value().selections_size(), 1);
  request.mutable_selection()->clear_title();
  EXPECT_THAT(selections_.Keep(As(Staff()), request), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(KeySelectionsTest, TheWorkbookIsTheSameAgain) {
  v1::ExportKeyEnterpriseSelectionRequest request;
  request.set_name(Keep().value().name());
  ASSERT_OK_AND_ASSIGN(const auto book, selections_.Export(As(Staff()), request));
  EXPECT_EQ(book.content().substr(0, 2), "PK");
  clock_.Advance(std::chrono::hours(1));
  EXPECT_EQ(book.content(), selections_.Export(As(Staff()), request)->content());
}

// Random enterprises: the order is by score, the list is a prefix of the longer one, and twice the same.
TEST_F(KeySelectionsTest, ShorterListsBeginLongerOnes) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<std::string> scales = {"", "大型", "中型", "小型", "微型"};
  for (int i = 10; i < 60; ++i) {
    v1::Enterprise enterprise = TestEnterprise(i);
    enterprise.set_scale(scales[random() % scales.size()]);
    if (random() % 3 == 0) enterprise.add_certificates()->set_kind("高新技术企业");
    Put(enterprise);
  }
  const auto all = Propose(100).value(), some = Propose(20).value();
  const std::vector<std::string> names = NamesIn(all);
  EXPECT_EQ(NamesIn(some), std::vector<std::string>(names.begin(), names.begin() + 20));
  for (int i = 1; i < all.enterprises_size(); ++i) {
    EXPECT_LE(all.enterprises(i).score(), all.enterprises(i - 1).score() + mining::kScoreUnit);
  }
  EXPECT_EQ(all.digest(), Propose(100).value().digest());
}

}  // namespace
}  // namespace duijie::testing
