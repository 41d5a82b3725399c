// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/latent_needs.h"

#include "services/mining/profile/latent_steps.h"
#include "tests/support/paths.h"
#include "tests/unit/services/mining/profile/profile_fixtures.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::shared_ptr<const mining::NoteReader>& Reader() {
  static const auto kReader = std::make_shared<const mining::NoteReader>(
      SharedAnalyzer(duijie::testing::BuiltFile("share/duijie/text")).value());
  return kReader;
}

// The catalog's writing methods are not there: whoever called one would end the test.
class LatentNeedsTest : public ProfileFixture {
 protected:
  LatentNeedsTest() : latent_(context_, profiles_, Reader()) {}

  StatusOr<v1::ProposeLatentNeedsResponse> Propose(const Principal& caller = Staff()) {
    v1::ProposeLatentNeedsRequest request;
    request.set_enterprise(kOwn);
    return latent_.Propose(As(caller), request);
  }
  std::vector<v1::LatentNeed> Guesses(const Principal& caller = Staff()) {
    const auto response = Propose(caller).value();
    return {response.latent_needs().begin(), response.latent_needs().end()};
  }
  StatusOr<v1::LatentNeed> Get(const std::string& name, const Principal& caller = Staff()) {
    v1::GetLatentNeedRequest request;
    request.set_name(name);
    DUIJIE_ASSIGN_OR_RETURN(auto response, latent_.Get(As(caller), request));
    return response.latent_need();
  }
  int Listed(const Principal& caller) { return latent_.List(As(caller), {})->latent_needs_size(); }

  using Change = std::function<void(v1::TransitionLatentNeedRequest*)>;
  StatusOr<v1::LatentNeed> Step(const std::string& name, v1::LatentNeedState to,
                                const Change& change = nullptr, const Principal& caller = Staff()) {
    v1::TransitionLatentNeedRequest request;
    request.set_name(name);
    request.set_to(to);
    if (change != nullptr) change(&request);
    DUIJIE_ASSIGN_OR_RETURN(auto response, latent_.Transition(As(caller), request));
    return response.latent_need();
  }

  // A peer for each number from 2 on, with a need that is not public.
  void AddPeers(int last, const std::string& title) {
    for (int i = 2; i <= last; ++i) {
      Put(TestEnterprise(i));
      const std::string number = std::to_string(i);
      AddNeed("peer" + number, "enterprises/e10" + number, number + "号" + title,
              v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
    }
  }

  std::string PutToEnterprise() {
    AddNeed("open", "enterprises/e102", "桥梁支座老化", v1::CONFIDENTIALITY_TIER_PUBLIC);
    const std::string name = Guesses().at(0).name();
    EXPECT_THAT(Step(name, v1::LATENT_NEED_STATE_PUT_TO_ENTERPRISE), IsOk());
    return name;
  }

  mining::LatentNeeds latent_;
};

TEST_F(LatentNeedsTest, APublicNeedOfAPeerIsQuotedAndNamed) {
  AddNeed("open", "enterprises/e102", "桥梁支座老化", v1::CONFIDENTIALITY_TIER_PUBLIC);
  const auto guesses = Guesses();
  ASSERT_EQ(guesses.size(), 1u);
  EXPECT_EQ(guesses[0].problem(), "桥梁支座老化");
  EXPECT_EQ(guesses[0].state(), v1::LATENT_NEED_STATE_HYPOTHESIS);
  ASSERT_EQ(guesses[0].evidence_size(), 1);
  EXPECT_EQ(guesses[0].evidence(0).basis(), v1::LATENT_BASIS_PUBLIC_NEED);
  EXPECT_EQ(guesses[0].evidence(0).source(), "needs/open");
  EXPECT_EQ(guesses[0].snapshot_revision(), 7);
}

TEST_F(LatentNeedsTest, WhatPeersKeepToThemselvesIsAWordOfThreeOrNothing) {
  AddPeers(3, "鲲鹏釉钛支座老化");
  EXPECT_THAT(Guesses(), IsEmpty()) << "two enterprises";
  AddPeers(4, "鲲鹏釉钛支座老化");
  const auto guesses = Guesses();
  ASSERT_EQ(guesses.size(), 1u);
  EXPECT_EQ(guesses[0].problem(), "老化");
  ASSERT_EQ(guesses[0].evidence_size(), 1);
  EXPECT_EQ(guesses[0].evidence(0).enterprises(), 3);
  EXPECT_EQ(guesses[0].evidence(0).word(), "老化");
  const std::string text = guesses[0].DebugString();
  for (const char* secret : {"鲲鹏", "needs/", "peer", "e102", "某某", "企业2"}) {
    EXPECT_THAT(text, Not(HasSubstr(secret)));
  }
}

TEST_F(LatentNeedsTest, ASharedWordSupportsTheGuessThatSpeaksOfIt) {
  AddPeers(4, "支座老化");
  AddNeed("open", "enterprises/e105", "桥梁支座老化", v1::CONFIDENTIALITY_TIER_PUBLIC);
  const auto guesses = Guesses();
  ASSERT_EQ(guesses.size(), 1u);
  ASSERT_EQ(guesses[0].evidence_size(), 2);
  EXPECT_EQ(guesses[0].evidence(1).basis(), v1::LATENT_BASIS_SHARED_WORD);
}

TEST_F(LatentNeedsTest, OwnFindingsPushesAndCertificatesAreEvidence) {
  SignedVisit(1, 1, "2026-01-05");  // finds 磨耗大
  v1::Push& declined = AddPush("p1", kOwn, {v1::PUSH_STATE_PUSHED, v1::PUSH_STATE_DECLINED});
  declined.set_decline_reason(v1::DECLINE_REASON_PRICE);
  declined.mutable_history(1)->set_text("太贵");
  AddPush("p2", kOwn, {v1::PUSH_STATE_PUSHED, v1::PUSH_STATE_DECLINED})
      .set_decline_reason(v1::DECLINE_REASON_ALREADY_SOLVED);
  v1::Certificate& certificate = *records_[kOwn].mutable_enterprise()->add_certificates();
  certificate.set_kind("高新技术企业");
  certificate.set_valid_until("2026-03-01");
  const auto guesses = Guesses();
  ASSERT_EQ(guesses.size(), 3u);
  EXPECT_EQ(guesses[0].evidence(0).basis(), v1::LATENT_BASIS_VISIT_FINDING);
  EXPECT_THAT(guesses[0].evidence(0).text(), HasSubstr("磨耗大"));
  EXPECT_EQ(guesses[1].evidence(0).source(), "pushes/p1");
  EXPECT_THAT(guesses[1].evidence(0).text(), HasSubstr("太贵"));
  EXPECT_EQ(guesses[2].evidence(0).basis(), v1::LATENT_BASIS_CERTIFICATE);
  EXPECT_EQ(guesses[2].evidence(0).source(), kOwn);
}

TEST_F(LatentNeedsTest, WhatTheEnterpriseHasSaidItselfIsNoGuess) {
  AddPeers(4, "支座老化");
  AddNeed("open", "enterprises/e105", "桥梁支座老化", v1::CONFIDENTIALITY_TIER_PUBLIC);
  AddNeed("own", kOwn, "我厂支座老化", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  EXPECT_THAT(Guesses(), IsEmpty());
}

TEST_F(LatentNeedsTest, GuessingAgainMakesNothingTwiceAndRevivesNothing) {
  AddPeers(4, "支座老化");
  const auto first = Propose();
  EXPECT_EQ(first->created(), 1);
  const std::string name = first->latent_needs(0).name();
  AddPeers(5, "支座老化");
  const auto second = Propose();
  EXPECT_EQ(second->created(), 0);
  EXPECT_EQ(second->latent_needs(0).name(), name);
  EXPECT_EQ(second->latent_needs(0).evidence(0).enterprises(), 4) << "a hypothesis follows its evidence";
  ASSERT_THAT(Step(name, v1::LATENT_NEED_STATE_REJECTED, [](auto* request) { request->set_reason("不符"); }),
              IsOk());
  AddPeers(6, "支座老化");
  const auto third = Propose();
  EXPECT_EQ(third->created(), 0);
  EXPECT_EQ(third->latent_needs(0).state(), v1::LATENT_NEED_STATE_REJECTED);
  EXPECT_EQ(third->latent_needs(0).evidence(0).enterprises(), 4) << "as it was decided";
  EXPECT_EQ(Listed(Staff()), 1);
}

TEST_F(LatentNeedsTest, ANeedThatIsNoLongerPublicIsNoLongerQuoted) {
  const std::string name = PutToEnterprise();
  records_["needs/open"].mutable_need()->set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  ASSERT_OK_AND_ASSIGN(const v1::LatentNeed latent, Get(name));
  EXPECT_THAT(latent.evidence(), IsEmpty());
  const std::string text = latent.DebugString();
  EXPECT_THAT(text, Not(HasSubstr("needs/open")));
  EXPECT_THAT(latent.problem(), Not(HasSubstr("老化")));
  records_.erase("needs/open");
  EXPECT_THAT(Get(name)->evidence(), IsEmpty());
}

TEST_F(LatentNeedsTest, StepsFollowTheTable) {
  const std::vector<v1::LatentNeedState> states = {
      v1::LATENT_NEED_STATE_HYPOTHESIS, v1::LATENT_NEED_STATE_PUT_TO_ENTERPRISE,
      v1::LATENT_NEED_STATE_CONFIRMED, v1::LATENT_NEED_STATE_REJECTED, v1::LATENT_NEED_STATE_UNSPECIFIED};
  const std::set<std::pair<int, int>> legal = {{1, 2}, {1, 4}, {2, 3}, {2, 4}};
  for (const auto from : states) {
    for (const auto to : states) {
      v1::TransitionLatentNeedRequest request;
      request.set_to(to);
      request.set_reason("理由");
      if (to == v1::LATENT_NEED_STATE_CONFIRMED) request.set_need("needs/n");
      const Status status = mining::CheckLatentStep(from, request);
      if (legal.contains({from, to})) {
        EXPECT_THAT(status, IsOk()) << from << " to " << to;
      } else {
        EXPECT_THAT(status, StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"))
            << from << " to " << to;
      }
    }
  }
}

TEST_F(LatentNeedsTest, ConfirmingNamesExactlyOneOfNeedDraftAndNote) {
  const std::string name = PutToEnterprise();
  AddNeed("own", kOwn, "我厂支座开裂", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  const auto confirm = [&](const Change& change) {
    return Step(name, v1::LATENT_NEED_STATE_CONFIRMED, change);
  };
  EXPECT_THAT(confirm(nullptr), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(confirm([](auto* request) {
                request->set_need("needs/own");
                request->set_note("原话");
              }),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(confirm([](auto* request) { request->set_need("needs/open"); }),
              StatusIs(StatusCode::kInvalidArgument))
      << "a need of somebody else";
  EXPECT_THAT(confirm([](auto* request) { request->set_need("needs/none"); }),
              StatusIs(StatusCode::kNotFound));
  ASSERT_OK_AND_ASSIGN(const v1::LatentNeed latent,
                       confirm([](auto* request) { request->set_need("needs/own"); }));
  EXPECT_EQ(latent.state(), v1::LATENT_NEED_STATE_CONFIRMED);
  EXPECT_EQ(latent.need(), "needs/own");
  EXPECT_EQ(latent.steps_size(), 3);
}

TEST_F(LatentNeedsTest, ANoteBecomesADraftThroughIntake) {
  const std::string name = PutToEnterprise();
  ASSERT_OK_AND_ASSIGN(const v1::LatentNeed latent,
                       Step(name, v1::LATENT_NEED_STATE_CONFIRMED, [](auto* request) {
                         request->set_note("支座用三年就老化开裂，希望寿命不低于10年。");
                       }));
  ASSERT_EQ(latent.need_drafts_size(), 1);
  const mining::Drafts drafts(role_, Reader());
  ASSERT_OK_AND_ASSIGN(const v1::NeedDraft draft, drafts.Read(As(Staff()), latent.need_drafts(0)));
  EXPECT_EQ(draft.enterprise(), kOwn);
  EXPECT_EQ(draft.source_name(), name);
  EXPECT_EQ(draft.state(), v1::NEED_DRAFT_STATE_OPEN);
  EXPECT_THAT(Get(name, EnterpriseOf(kOwn))->need_drafts(), IsEmpty()) << "drafts are for staff";
}

TEST_F(LatentNeedsTest, TheEnterpriseKnowsOfItFromTheDayItWasPutToIt) {
  AddNeed("open", "enterprises/e102", "桥梁支座老化", v1::CONFIDENTIALITY_TIER_PUBLIC);
  const std::string name = Guesses().at(0).name();
  const Principal own = EnterpriseOf(kOwn);
  EXPECT_THAT(Get(name, own), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_EQ(Listed(own), 0);
  ASSERT_THAT(Step(name, v1::LATENT_NEED_STATE_PUT_TO_ENTERPRISE,
                   [](auto* request) { request->set_reason("走访时问"); }),
              IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::LatentNeed seen, Get(name, own));
  EXPECT_EQ(seen.creator(), "");
  EXPECT_EQ(seen.steps(1).reason(), "");
  EXPECT_EQ(seen.steps(1).actor(), "");
  EXPECT_THAT(
      Step(
          name, v1::LATENT_NEED_STATE_CONFIRMED, [](auto* request) { request->set_note("原话"); }, own),
      StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_THAT(Step(name, v1::LATENT_NEED_STATE_REJECTED, nullptr, own),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Step(
                  name, v1::LATENT_NEED_STATE_REJECTED,
                  [](auto* request) { request->set_reason("没有这个问题"); }, own),
              IsOk());
  EXPECT_EQ(Get(name)->reject_reason(), "没有这个问题");
}

TEST_F(LatentNeedsTest, StrangersDoNotKnowOfIt) {
  const std::string name = PutToEnterprise();
  for (const Principal& stranger : {Staff("sjz-gxq"), EnterpriseOf("enterprises/e102")}) {
    EXPECT_THAT(Get(name, stranger), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
    EXPECT_EQ(Listed(stranger), 0);
    EXPECT_THAT(Step(
                    name, v1::LATENT_NEED_STATE_REJECTED, [](auto* request) { request->set_reason("不符"); },
                    stranger),
                StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  }
  EXPECT_THAT(Propose(Staff("sjz-gxq")), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_EQ(Listed(Staff("hs-gxq")), 1);
}

TEST_F(LatentNeedsTest, GuessesAreNoNeeds) {
  AddPeers(4, "支座老化");
  AddNeed("open", "enterprises/e105", "止水带脱落", v1::CONFIDENTIALITY_TIER_PUBLIC);
  const auto before = records_;
  const std::string name = Guesses().at(0).name();
  ASSERT_THAT(Step(name, v1::LATENT_NEED_STATE_PUT_TO_ENTERPRISE), IsOk());
  EXPECT_EQ(records_.size(), before.size());
  v1::GetEnterpriseProfileRequest profile;
  profile.set_name(kOwn);
  EXPECT_EQ(profiles_.Get(As(Staff()), profile)->profile().needs_size(), 0);
  ASSERT_OK_AND_ASSIGN(const auto key, selections_.Propose(As(Staff()), {}));
  for (const v1::VisitYieldTerm& term : key.selection().enterprises(0).terms()) {
    if (term.term() != "past_needs") continue;
    EXPECT_EQ(term.value(), 0);
  }
  EXPECT_THAT(briefs_.Make(As(Staff()), kOwn)->needs(), IsEmpty());
}

TEST_F(LatentNeedsTest, TheSameRecordsGiveTheSameGuesses) {
  AddPeers(6, "支座老化");
  AddNeed("open", "enterprises/e105", "止水带脱落", v1::CONFIDENTIALITY_TIER_PUBLIC);
  const auto once = Guesses(), again = Guesses();
  ASSERT_EQ(once.size(), again.size());
  for (size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].SerializeAsString(), again[i].SerializeAsString());
  }
}

TEST_F(LatentNeedsTest, AnOldVersionIsNotStepped) {
  const std::string name = PutToEnterprise();
  const std::string etag = Get(name)->etag();
  ASSERT_THAT(Step(name, v1::LATENT_NEED_STATE_REJECTED, [](auto* request) { request->set_reason("不符"); }),
              IsOk());
  EXPECT_THAT(Step(name, v1::LATENT_NEED_STATE_REJECTED, [&](auto* request) { request->set_etag(etag); }),
              StatusIs(StatusCode::kAborted, "STALE_ETAG"));
}

}  // namespace
}  // namespace duijie::testing
