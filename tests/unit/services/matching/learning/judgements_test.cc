// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/judgements.h"

#include <gmock/gmock.h>

#include <functional>

#include "common/storage/memory_store.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/matching/learning/learning_fixtures.h"

namespace duijie::matching {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using testing::AsAdmin;
using testing::AsEnterprise;
using testing::CallAs;
using testing::Decide;
using ::testing::ElementsAre;
using testing::Grade;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kUuid[] = "0b8d6a4e-2f0b-4c5f-9a39-6d3f3a1f2b10";
constexpr UnixMicros kInQuarter = 1'794'000'000'000'000;  // 2026-11-06

class JudgementsTest : public ::testing::Test {
 protected:
  JudgementsTest() {
    catalog_.AddNeed("open", "enterprises/e1");
    catalog_.AddNeed("others", "enterprises/e2");
    catalog_.AddNeed("masked", "enterprises/e2", v1::CONFIDENTIALITY_TIER_ANONYMOUS).set_park_code("p9");
    catalog_.AddNeed("staff", "enterprises/e2", v1::CONFIDENTIALITY_TIER_STAFF_ONLY).set_park_code("p9");
    catalog_.AddAchievement("a1");
    catalog_.AddAchievement("a2");
    catalog_.AddAchievement("secret", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  }

  StatusOr<v1::Judgement> Create(const rpc::CallContext& call, const v1::Judgement& judgement,
                                 const std::string& request_id = "") {
    v1::CreateJudgementRequest request;
    *request.mutable_judgement() = judgement;
    request.set_request_id(request_id);
    auto response = judgements_.Create(call, request);
    if (!response.ok()) return response.status();
    return response->judgement();
  }

  std::vector<std::string> ViolationsFor(const rpc::CallContext& call, const v1::Judgement& judgement) {
    std::vector<std::string> rules;
    const auto created = Create(call, judgement);
    EXPECT_FALSE(created.ok());
    for (const FieldViolation& violation : ViolationsOf(created.status())) {
      rules.push_back(violation.field + " " + violation.rule);
      EXPECT_FALSE(violation.description.empty());
    }
    return rules;
  }

  v1::ListJudgementsResponse List(const rpc::CallContext& call, const v1::ListJudgementsRequest& request) {
    auto response = judgements_.List(call, request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? *response : v1::ListJudgementsResponse();
  }
  static std::vector<std::string> PairsOf(const v1::ListJudgementsResponse& response) {
    std::vector<std::string> pairs;
    for (const v1::Judgement& j : response.judgements()) pairs.push_back(j.need() + " " + j.achievement());
    return pairs;
  }

  v1::GetScorecardResponse Card(const rpc::CallContext& call, const std::string& version = "") {
    v1::GetScorecardRequest request;
    request.set_quarter("2026Q4");
    request.set_model_version(version);
    auto response = judgements_.GetScorecard(call, request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? *response : v1::GetScorecardResponse();
  }

  testing::MemoryCatalog catalog_;
  PairViews::ReadRecords reader_ = catalog_.Reader();
  std::unique_ptr<KvStore> memory_ = NewMemoryStore();
  std::unique_ptr<JudgementStore> store_ = *JudgementStore::Open(memory_.get());
  FakeClock clock_{kInQuarter};
  PageTokens tokens_{std::string(32, 'k')};
  Judgements judgements_{{*store_, reader_, clock_, tokens_}};
};

TEST_F(JudgementsTest, StoresWhatTheCallerSetsAndFillsInTheRest) {
  v1::Judgement asked = Decide("open", "a1", v1::DECLINE_REASON_INDICATORS);
  asked.set_level(v1::MATCH_LEVEL_WEAK);
  asked.set_comment("  强度差 50 MPa\n");
  asked.set_judge(" 李工 ");
  asked.set_rank_shown(3);
  asked.set_model_version("linear-2");
  asked.set_probability_shown(0.4);
  asked.set_name("judgements/0000000000000");
  asked.set_creator("somebody else");
  asked.set_judge_kind(v1::JUDGE_KIND_ENTERPRISE);
  ASSERT_OK_AND_ASSIGN(const v1::Judgement stored, Create(AsAdmin(), asked));
  EXPECT_NE(stored.name(), asked.name());
  EXPECT_EQ(stored.creator(), "key-admin");
  EXPECT_EQ(stored.judge_kind(), v1::JUDGE_KIND_STAFF);
  EXPECT_EQ(stored.comment(), "强度差 50 MPa");
  EXPECT_EQ(stored.judge(), "李工");
  EXPECT_EQ(stored.rank_shown(), 3);
  EXPECT_EQ(CreateMicros(stored), kInQuarter);
  v1::GetJudgementRequest get;
  get.set_name(stored.name());
  ASSERT_OK_AND_ASSIGN(const auto read, judgements_.Get(AsAdmin(), get));
  EXPECT_EQ(read.judgement().SerializeAsString(), stored.SerializeAsString());
}

TEST_F(JudgementsTest, TellsEveryFieldThatIsWrong) {
  v1::Judgement empty;
  EXPECT_THAT(
      ViolationsFor(AsAdmin(), empty),
      ElementsAre("judgement.need REQUIRED", "judgement.achievement REQUIRED", "judgement.level REQUIRED"));
  v1::Judgement wrong = Decide("open", "a1");
  wrong.set_need("achievements/a1");
  wrong.set_decline_reason(v1::DECLINE_REASON_OTHER);
  wrong.set_rank_shown(100'001);
  wrong.set_probability_shown(std::nan(""));
  wrong.set_model_version(std::string(65, 'v'));
  EXPECT_THAT(ViolationsFor(AsAdmin(), wrong),
              ElementsAre("judgement.need BAD_NAME", "judgement.decline_reason NOT_ALLOWED",
                          "judgement.comment REQUIRED", "judgement.rank_shown OUT_OF_RANGE",
                          "judgement.model_version TOO_LONG", "judgement.probability_shown OUT_OF_RANGE"));
  v1::Judgement unreasoned = Decide("open", "a1");
  unreasoned.set_decision(v1::JUDGEMENT_DECISION_DECLINED);
  EXPECT_THAT(ViolationsFor(AsAdmin(), unreasoned), ElementsAre("judgement.decline_reason REQUIRED"));
  v1::Judgement unknown = Grade("open", "a1", static_cast<v1::MatchLevel>(9));
  EXPECT_THAT(ViolationsFor(AsAdmin(), unknown), ElementsAre("judgement.level UNKNOWN_VALUE"));
  v1::Judgement long_comment = Decide("open", "a1");
  for (int i = 0; i < 1'001; ++i) long_comment.mutable_comment()->append("长");
  EXPECT_THAT(ViolationsFor(AsAdmin(), long_comment), ElementsAre("judgement.comment TOO_LONG"));
  long_comment.mutable_comment()->resize(3'000);
  EXPECT_THAT(Create(AsAdmin(), long_comment), IsOk());
  EXPECT_EQ(store_->Count(), 1);
}

TEST_F(JudgementsTest, EnterpriseJudgesItsOwnNeedsInItsOwnName) {
  ASSERT_OK_AND_ASSIGN(const v1::Judgement own, Create(AsEnterprise("e1"), Decide("open", "a1")));
  EXPECT_EQ(own.judge_kind(), v1::JUDGE_KIND_ENTERPRISE);
  v1::Judgement named = Decide("open", "a1");
  named.set_judge("专家");
  EXPECT_THAT(ViolationsFor(AsEnterprise("e1"), named), ElementsAre("judgement.judge NOT_ALLOWED"));
  EXPECT_THAT(Create(AsEnterprise("e1"), Decide("others", "a1")),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
}

TEST_F(JudgementsTest, WhatIsHiddenAndWhatIsAbsentAreNotToldApart) {
  const auto hidden = Create(AsEnterprise("e1"), Decide("staff", "a1"));
  const auto absent = Create(AsEnterprise("e1"), Decide("absent", "a1"));
  EXPECT_THAT(hidden, StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_EQ(hidden.status(), absent.status());
  EXPECT_EQ(Create(AsEnterprise("e1"), Decide("open", "secret")).status(),
            Create(AsEnterprise("e1"), Decide("open", "absent")).status());
}

TEST_F(JudgementsTest, AdministratorsCannotJudgeAbsentRecords) {
  EXPECT_THAT(Create(AsAdmin(), Decide("absent", "a1")), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
}

TEST_F(JudgementsTest, BatchIsAllOrNone) {
  v1::BatchCreateJudgementsRequest request;
  *request.add_judgements() = Decide("open", "a1");
  *request.add_judgements() = Decide("open", "absent");
  const auto failed = judgements_.CreateBatch(AsAdmin(), request);
  EXPECT_THAT(failed, StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_EQ(MetadataOf(failed.status()).at("field"), "judgements[1].achievement");
  EXPECT_EQ(store_->Count(), 0);
  request.mutable_judgements(1)->set_achievement("achievements/a2");
  ASSERT_OK_AND_ASSIGN(const auto made, judgements_.CreateBatch(AsAdmin(), request));
  EXPECT_EQ(made.judgements(1).achievement(), "achievements/a2");
  EXPECT_LT(made.judgements(0).name(), made.judgements(1).name());
}

TEST_F(JudgementsTest, BatchHasBounds) {
  v1::BatchCreateJudgementsRequest request;
  EXPECT_THAT(judgements_.CreateBatch(AsAdmin(), request),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  for (int i = 0; i < 1'000; ++i) *request.add_judgements() = Decide("open", "a1");
  EXPECT_THAT(judgements_.CreateBatch(AsAdmin(), request), IsOk());
  *request.add_judgements() = Decide("open", "a1");
  EXPECT_THAT(judgements_.CreateBatch(AsAdmin(), request),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(JudgementsTest, RepeatedRequestIsHarmlessAndBoundToMethodAndContent) {
  ASSERT_OK_AND_ASSIGN(const v1::Judgement first, Create(AsAdmin(), Decide("open", "a1"), kUuid));
  ASSERT_OK_AND_ASSIGN(const v1::Judgement again, Create(AsAdmin(), Decide("open", "a1"), kUuid));
  EXPECT_EQ(first.name(), again.name());
  EXPECT_THAT(Create(AsAdmin(), Decide("open", "a2"), kUuid),
              StatusIs(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  v1::BatchCreateJudgementsRequest batch;
  *batch.add_judgements() = Decide("open", "a1");
  batch.set_request_id(kUuid);
  EXPECT_THAT(judgements_.CreateBatch(AsAdmin(), batch),
              StatusIs(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  EXPECT_THAT(Create(AsAdmin(), Decide("open", "a1"), "no uuid"),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_EQ(store_->Count(), 1);
}

TEST_F(JudgementsTest, ListShowsEachCallerWhatItMaySee) {
  for (const char* need : {"open", "others", "masked", "staff"}) {
    ASSERT_THAT(Create(AsAdmin(), Decide(need, "a1")), IsOk());
  }
  ASSERT_THAT(Create(AsAdmin(), Decide("open", "secret")), IsOk());
  EXPECT_THAT(PairsOf(List(AsAdmin(), {})),
              ElementsAre("needs/open achievements/secret", "needs/staff achievements/a1",
                          "needs/masked achievements/a1", "needs/others achievements/a1",
                          "needs/open achievements/a1"));
  EXPECT_THAT(PairsOf(List(AsEnterprise("e1"), {})), ElementsAre("needs/open achievements/a1"));
  EXPECT_THAT(PairsOf(List(CallAs(v1::ROLE_STAFF, "k", "", {"p1"}), {})),
              ElementsAre("needs/masked achievements/a1", "needs/others achievements/a1",
                          "needs/open achievements/a1"));
  EXPECT_THAT(PairsOf(List(AsEnterprise("e3"), {})), IsEmpty());
}

TEST_F(JudgementsTest, JudgementsGoAndComeWithTheirRecords) {
  ASSERT_OK_AND_ASSIGN(const v1::Judgement made, Create(AsAdmin(), Decide("open", "a1")));
  catalog_.Delete("achievements/a1");
  EXPECT_THAT(PairsOf(List(AsAdmin(), {})), IsEmpty());
  v1::GetJudgementRequest get;
  get.set_name(made.name());
  EXPECT_THAT(judgements_.Get(AsAdmin(), get), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  catalog_.AddAchievement("a1");
  EXPECT_THAT(judgements_.Get(AsAdmin(), get), IsOk());
}

TEST_F(JudgementsTest, GetHidesWhatListHides) {
  ASSERT_OK_AND_ASSIGN(const v1::Judgement others, Create(AsAdmin(), Decide("others", "a1")));
  v1::GetJudgementRequest get;
  get.set_name(others.name());
  const auto hidden = judgements_.Get(AsEnterprise("e1"), get);
  get.set_name("judgements/0000000000000");
  EXPECT_EQ(hidden.status(), judgements_.Get(AsEnterprise("e1"), get).status());
}

TEST_F(JudgementsTest, MaskedNeedsHideWhoJudgedAndTheirWords) {
  v1::Judgement asked = Decide("masked", "a1", v1::DECLINE_REASON_OTHER);
  asked.set_comment("我公司已停产");
  ASSERT_THAT(Create(AsEnterprise("e2"), asked), IsOk());
  v1::Judgement own = Decide("masked", "a1");
  own.set_judge("李工");
  own.set_comment("可对接");
  const rpc::CallContext staff = CallAs(v1::ROLE_STAFF, "key-staff", "", {"p1"});
  ASSERT_THAT(Create(staff, own), IsOk());
  const auto seen = List(staff, {});
  ASSERT_EQ(seen.judgements_size(), 2);
  EXPECT_EQ(seen.judgements(0).comment(), "可对接");  // its own
  EXPECT_EQ(seen.judgements(0).judge(), "李工");
  EXPECT_EQ(seen.judgements(1).comment(), "");
  EXPECT_EQ(seen.judgements(1).creator(), "");
  EXPECT_EQ(seen.judgements(1).decline_reason(), v1::DECLINE_REASON_OTHER);
  EXPECT_EQ(List(AsAdmin(), {}).judgements(1).comment(), "我公司已停产");
}

TEST_F(JudgementsTest, PagesTogetherAreTheWholeListWithoutEmptyPages) {
  std::vector<std::string> expected;
  for (int i = 0; i < 23; ++i) {
    // Two of three are hidden from e1.
    const char* need = i % 3 == 0 ? "open" : i % 3 == 1 ? "others" : "staff";
    ASSERT_OK_AND_ASSIGN(const v1::Judgement made, Create(AsAdmin(), Decide(need, "a1")));
    if (i % 3 == 0) expected.insert(expected.begin(), made.name());
  }
  std::vector<std::string> names;
  v1::ListJudgementsRequest request;
  request.set_page_size(4);
  int pages = 0;
  do {
    const auto page = List(AsEnterprise("e1"), request);
    for (const v1::Judgement& judgement : page.judgements()) names.push_back(judgement.name());
    request.set_page_token(page.next_page_token());
    ASSERT_LE(++pages, 2);
    EXPECT_EQ(page.judgements_size(), 4);
  } while (!request.page_token().empty());
  EXPECT_EQ(names, expected);
}

TEST_F(JudgementsTest, PageTokensBelongToTheirQueryAndCaller) {
  for (int i = 0; i < 3; ++i) ASSERT_THAT(Create(AsAdmin(), Decide("open", "a1")), IsOk());
  v1::ListJudgementsRequest request;
  request.set_page_size(1);
  request.set_page_token(List(AsAdmin(), request).next_page_token());
  ASSERT_FALSE(request.page_token().empty());
  EXPECT_THAT(judgements_.List(AsAdmin(), request), IsOk());
  EXPECT_THAT(judgements_.List(AsEnterprise("e1"), request),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  request.set_need("needs/open");
  EXPECT_THAT(judgements_.List(AsAdmin(), request),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
}

TEST_F(JudgementsTest, ListsByNeedByAchievementAndByBoth) {
  ASSERT_THAT(Create(AsAdmin(), Decide("open", "a1")), IsOk());
  ASSERT_THAT(Create(AsAdmin(), Decide("open", "a2")), IsOk());
  ASSERT_THAT(Create(AsAdmin(), Decide("others", "a1")), IsOk());
  v1::ListJudgementsRequest request;
  request.set_need("needs/open");
  EXPECT_THAT(PairsOf(List(AsAdmin(), request)),
              ElementsAre("needs/open achievements/a2", "needs/open achievements/a1"));
  request.set_achievement("achievements/a1");
  EXPECT_THAT(PairsOf(List(AsAdmin(), request)), ElementsAre("needs/open achievements/a1"));
  request.clear_need();
  EXPECT_THAT(PairsOf(List(AsAdmin(), request)),
              ElementsAre("needs/others achievements/a1", "needs/open achievements/a1"));
  EXPECT_THAT(PairsOf(List(AsEnterprise("e1"), request)), ElementsAre("needs/open achievements/a1"));
  request.set_achievement("needs/open");
  EXPECT_THAT(judgements_.List(AsAdmin(), request), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(JudgementsTest, HiddenNeedHasNoJudgementsAndNoPages) {
  for (int i = 0; i < 3; ++i) ASSERT_THAT(Create(AsAdmin(), Decide("others", "a1")), IsOk());
  v1::ListJudgementsRequest request;
  request.set_need("needs/others");
  request.set_page_size(1);
  const auto hidden = List(AsEnterprise("e1"), request);
  EXPECT_EQ(hidden.ByteSizeLong(), 0u);
  EXPECT_EQ(catalog_.reads, 2 * 3 + 1);  // of the list only the need itself
}

TEST_F(JudgementsTest, ScorecardCountsTheLatestOfTheQuarterOnly) {
  const auto judge = [&](const v1::Judgement& judgement, double probability) {
    v1::Judgement asked = judgement;
    asked.set_probability_shown(probability);
    asked.set_model_version("v1");
    ASSERT_THAT(Create(AsAdmin(), asked), IsOk());
  };
  FakeClock& clock = clock_;
  clock.Advance(-std::chrono::hours(24 * 60));  // in 2026Q3
  judge(Decide("others", "a2"), 0.3);
  clock.Advance(std::chrono::hours(24 * 60));
  judge(Decide("open", "a1", v1::DECLINE_REASON_PRICE), 0.9);
  judge(Decide("open", "a1"), 0.7);
  clock.Advance(std::chrono::hours(24 * 70));  // in 2027Q1: the card of 2026Q4 stays
  judge(Decide("open", "a1", v1::DECLINE_REASON_PRICE), 0.2);
  const v1::GetScorecardResponse card = Card(AsAdmin());
  EXPECT_EQ(card.judgements(), 1);
  EXPECT_EQ(card.bins(7).accepted(), 1);
  EXPECT_NEAR(card.brier_score(), 0.09, 1e-12);
  EXPECT_TRUE(card.declined_by_reason().empty());
  EXPECT_EQ(Card(AsAdmin(), "v2").judgements(), 0);
}

TEST_F(JudgementsTest, ScorecardHoldsOnlyWhatItsReaderMaySee) {
  for (const char* need : {"open", "others", "staff"}) {
    v1::Judgement asked = Decide(need, "a1", v1::DECLINE_REASON_PRICE);
    asked.set_probability_shown(0.5);
    asked.set_model_version(need);
    ASSERT_THAT(Create(AsAdmin(), asked), IsOk());
    asked.clear_probability_shown();
    asked.set_judge("李工");
    ASSERT_THAT(Create(AsAdmin(), asked), IsOk());
  }
  const v1::GetScorecardResponse all = Card(AsAdmin());
  EXPECT_EQ(all.judgements(), 3);
  EXPECT_EQ(all.without_prediction(), 3);
  const v1::GetScorecardResponse some = Card(CallAs(v1::ROLE_STAFF, "k", "", {"p1"}));
  EXPECT_EQ(some.judgements(), 2);
  EXPECT_EQ(some.without_prediction(), 2);
  EXPECT_THAT(some.model_versions(), ElementsAre("open", "others"));
  EXPECT_EQ(some.declined_by_reason().at(v1::DECLINE_REASON_PRICE), 4);
}

TEST_F(JudgementsTest, ScorecardNeedsAQuarter) {
  EXPECT_THAT(judgements_.GetScorecard(AsAdmin(), {}),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

}  // namespace
}  // namespace duijie::matching
