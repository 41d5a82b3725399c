// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visits.h"

#include "services/mining/visits/visit_checks.h"
#include "tests/unit/services/mining/visits/visit_fixtures.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kToday[] = "2026-01-05";

class VisitsTest : public VisitFixture {
 protected:
  VisitsTest() {
    for (int i = 1; i <= 3; ++i) Put(TestEnterprise(i));
    for (int i = 1; i <= 2; ++i) Put(TestExpert(i, 2));
  }

  v1::Visit Held(int enterprise, int expert) {
    const std::string name = NewVisit(enterprise, expert, kToday).value().name();
    EXPECT_THAT(Move(name, v1::VISIT_STATE_AGREED), IsOk());
    return Move(name, v1::VISIT_STATE_HELD).value();
  }
  StatusOr<v1::GetVisitResponse> Get(const Principal& caller, const std::string& name) {
    v1::GetVisitRequest request;
    request.set_name(name);
    return visits_.Get(As(caller), request);
  }
  StatusOr<v1::Visit> Attach(const std::string& name, const std::string& content,
                             const std::string& file = "a.txt") {
    v1::CreateVisitAttachmentRequest request;
    request.set_parent(name);
    request.mutable_attachment()->set_file_name(file);
    request.mutable_attachment()->set_media_type("text/plain");
    request.set_content(content);
    DUIJIE_ASSIGN_OR_RETURN(const auto response, visits_.Attach(As(Staff()), request));
    return response.visit();
  }
};

TEST_F(VisitsTest, ARecordCountsAsSignedOnceBothSidesHaveSigned) {
  const v1::Visit held = Held(1, 1);
  EXPECT_THAT(Sign(held.name(), v1::VISIT_SIGNER_ROLE_STAFF, "李科长"),
              StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  ASSERT_THAT(Record(held.name(), "磨耗大"), IsOk());
  EXPECT_EQ(Sign(held.name(), v1::VISIT_SIGNER_ROLE_EXPERT, "专家1")->state(), v1::VISIT_STATE_HELD);
  EXPECT_EQ(Sign(held.name(), v1::VISIT_SIGNER_ROLE_STAFF, "李科长")->state(), v1::VISIT_STATE_HELD);
  EXPECT_EQ(Sign(held.name(), v1::VISIT_SIGNER_ROLE_ENTERPRISE, "王厂长")->state(), v1::VISIT_STATE_SIGNED);
}

TEST_F(VisitsTest, AChangedRecordNeedsNewSignatures) {
  const v1::Visit visit = SignedVisit(1, 1, kToday);
  ASSERT_EQ(visit.state(), v1::VISIT_STATE_SIGNED);
  ASSERT_OK_AND_ASSIGN(const v1::Visit changed, Record(visit.name(), "磨耗不大"));
  EXPECT_EQ(changed.state(), v1::VISIT_STATE_HELD);
  EXPECT_EQ(changed.signatures_size(), 2) << "what was signed stays on record";
  ASSERT_THAT(Sign(visit.name(), v1::VISIT_SIGNER_ROLE_ENTERPRISE, "王厂长"), IsOk());
  EXPECT_EQ(Sign(visit.name(), v1::VISIT_SIGNER_ROLE_STAFF, "李科长")->state(), v1::VISIT_STATE_SIGNED);
  ASSERT_THAT(Attach(visit.name(), "照片"), IsOk());
  EXPECT_EQ(Get(Staff(), visit.name())->visit().state(), v1::VISIT_STATE_HELD);
}

TEST_F(VisitsTest, NeedsThatAreLinkedLaterLeaveSignaturesAlone) {
  const v1::Visit visit = SignedVisit(1, 1, kToday);
  v1::Need need;
  need.set_name("needs/n1");
  need.set_enterprise("enterprises/e101");
  need.set_park_code("hs-gxq");
  Put(need);
  need.set_name("needs/n2");
  need.set_enterprise("enterprises/e102");
  Put(need);
  v1::UpdateVisitRequest request;
  request.mutable_visit()->set_name(visit.name());
  request.mutable_visit()->add_needs("needs/n2");
  request.mutable_update_mask()->add_paths("needs");
  EXPECT_THAT(visits_.Update(As(Staff()), request), StatusIs(StatusCode::kInvalidArgument))
      << "another's need";
  request.mutable_visit()->set_needs(0, "needs/n1");
  ASSERT_OK_AND_ASSIGN(const auto updated, visits_.Update(As(Staff()), request));
  EXPECT_EQ(updated.visit().state(), v1::VISIT_STATE_SIGNED);
}

TEST_F(VisitsTest, OnlyWhatWasReadIsSigned) {
  const v1::Visit held = Held(1, 1);
  ASSERT_OK_AND_ASSIGN(const v1::Visit read, Record(held.name(), "甲"));
  ASSERT_THAT(Record(held.name(), "乙"), IsOk());
  v1::SignVisitRequest request;
  request.set_name(held.name());
  request.set_role(v1::VISIT_SIGNER_ROLE_STAFF);
  request.set_signer("李科长");
  request.set_content_digest(read.content_digest());
  EXPECT_THAT(visits_.Sign(As(Staff()), request), StatusIs(StatusCode::kAborted, "STALE_ETAG"));
}

TEST_F(VisitsTest, NobodySignsForBothSidesOrForOthers) {
  const v1::Visit held = Held(1, 1);
  ASSERT_THAT(Record(held.name(), "磨耗大"), IsOk());
  EXPECT_THAT(Sign(held.name(), v1::VISIT_SIGNER_ROLE_EXPERT, "专家2"),
              StatusIs(StatusCode::kInvalidArgument));
  const Principal own = EnterpriseOf("enterprises/e101");
  EXPECT_THAT(Sign(held.name(), v1::VISIT_SIGNER_ROLE_STAFF, "王厂长", own),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  ASSERT_THAT(Sign(held.name(), v1::VISIT_SIGNER_ROLE_ENTERPRISE, "王厂长", own), IsOk());
  EXPECT_THAT(Sign(held.name(), v1::VISIT_SIGNER_ROLE_STAFF, "王厂长"),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(VisitsTest, NobodyIsBookedTwiceOnADay) {
  ASSERT_OK_AND_ASSIGN(const v1::Visit first, NewVisit(1, 1, "2026-03-02"));
  EXPECT_THAT(NewVisit(2, 1, "2026-03-02"), StatusIs(StatusCode::kAlreadyExists, "UNIQUE_VALUE_TAKEN"));
  ASSERT_THAT(NewVisit(2, 2, "2026-03-02"), IsOk());
  ASSERT_THAT(Move(first.name(), v1::VISIT_STATE_CANCELLED), IsOk());
  EXPECT_THAT(NewVisit(3, 1, "2026-03-02"), IsOk()) << "a cancelled visit frees the day";
}

TEST_F(VisitsTest, AnExpertsMonthHasItsLimit) {
  ASSERT_THAT(NewVisit(1, 1, "2026-03-02"), IsOk());
  ASSERT_THAT(NewVisit(2, 1, "2026-03-31"), IsOk());
  EXPECT_THAT(NewVisit(3, 1, "2026-03-20"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(NewVisit(3, 1, "2026-04-01"), IsOk());
}

TEST_F(VisitsTest, ConflictsBlock) {
  v1::Expert expert = TestExpert(5);
  expert.add_conflict_credit_codes(CreditCode(1));
  Put(expert);
  v1::Expert own = TestExpert(6);
  own.set_organization_credit_code(CreditCode(1));
  Put(own);
  EXPECT_THAT(NewVisit(1, 5, "2026-03-02"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(NewVisit(1, 6, "2026-03-02"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(NewVisit(2, 5, "2026-03-02"), IsOk());
}

TEST_F(VisitsTest, StepsThatTheTableLacksAreRefused) {
  ASSERT_OK_AND_ASSIGN(const v1::Visit visit, NewVisit(1, 1, "2026-01-06"));
  EXPECT_THAT(Move(visit.name(), v1::VISIT_STATE_HELD),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  EXPECT_THAT(Move(visit.name(), v1::VISIT_STATE_SIGNED),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  ASSERT_THAT(Move(visit.name(), v1::VISIT_STATE_AGREED), IsOk());
  EXPECT_THAT(Move(visit.name(), v1::VISIT_STATE_HELD), StatusIs(StatusCode::kInvalidArgument)) << "tomorrow";
  clock_.Advance(std::chrono::microseconds(kMicrosPerDay));
  ASSERT_THAT(Move(visit.name(), v1::VISIT_STATE_HELD), IsOk());
  EXPECT_THAT(Move(visit.name(), v1::VISIT_STATE_CANCELLED),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  EXPECT_EQ(Get(Staff(), visit.name())->visit().steps_size(), 3);
}

TEST_F(VisitsTest, OthersDoNotKnowOfAVisit) {
  ASSERT_OK_AND_ASSIGN(const v1::Visit visit, NewVisit(1, 1, "2026-03-02"));
  const Principal own = EnterpriseOf("enterprises/e101");
  EXPECT_THAT(Get(Staff("hs-gxq"), visit.name()), IsOk());
  for (const Principal& stranger : {Staff("sjz-gxq"), EnterpriseOf("enterprises/e102"), own}) {
    EXPECT_THAT(Get(stranger, visit.name()), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
    EXPECT_EQ(visits_.List(As(stranger), {})->visits_size(), 0);
  }
  ASSERT_THAT(Move(visit.name(), v1::VISIT_STATE_AGREED), IsOk());
  EXPECT_THAT(Get(own, visit.name()), IsOk()) << "from the day it is agreed";
}

TEST_F(VisitsTest, EnterprisesAreNotToldWhatWasExpectedOfThem) {
  const v1::Visit visit = Held(1, 1);
  v1::Visit stored = *context_.tables.visits.Get(visit.name());
  stored.mutable_yield()->set_expected(0.7);
  ASSERT_THAT(role_->store->Commit({context_.tables.visits.Replace(stored, clock_.Now())}), IsOk());
  EXPECT_TRUE(Get(Staff(), visit.name())->visit().has_yield());
  EXPECT_FALSE(Get(EnterpriseOf("enterprises/e101"), visit.name())->visit().has_yield());
}

TEST_F(VisitsTest, AttachmentsComeBackAndAreBounded) {
  const v1::Visit visit = Held(1, 1);
  ASSERT_OK_AND_ASSIGN(const v1::Visit attached, Attach(visit.name(), "内容"));
  ASSERT_EQ(attached.attachments_size(), 1);
  EXPECT_EQ(attached.attachments(0).size(), 6);
  EXPECT_EQ(attached.attachments(0).sha256().size(), 64u);
  v1::GetVisitAttachmentRequest read;
  read.set_name(attached.attachments(0).name());
  EXPECT_EQ(*visits_.ReadAttachment(As(Staff()), read), "内容");
  EXPECT_THAT(visits_.ReadAttachment(As(Staff("sjz-gxq")), read), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Attach(visit.name(), std::string(mining::kMaxAttachmentBytes + 1, 'x')),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Attach(visit.name(), ""), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Attach(visit.name(), "x", "../a"), StatusIs(StatusCode::kInvalidArgument));
  for (int i = 1; i < mining::kMaxAttachments; ++i) ASSERT_THAT(Attach(visit.name(), "x"), IsOk());
  EXPECT_THAT(Attach(visit.name(), "x"), StatusIs(StatusCode::kResourceExhausted, "TOO_LARGE"));
  v1::DeleteVisitAttachmentRequest remove;
  remove.set_name(read.name());
  ASSERT_THAT(visits_.Detach(As(Staff()), remove), IsOk());
  EXPECT_THAT(visits_.ReadAttachment(As(Staff()), read), StatusIs(StatusCode::kNotFound));
}

TEST_F(VisitsTest, AnAttachmentIsReadOnlyThroughItsOwnVisit) {
  const std::string first = Held(1, 1).name(), second = Held(2, 2).name();
  const v1::Visit attached = *Attach(first, "内容");
  std::string name = attached.attachments(0).name();
  name.replace(0, first.size(), second);
  v1::GetVisitAttachmentRequest read;
  read.set_name(name);
  EXPECT_THAT(visits_.ReadAttachment(As(Staff()), read), StatusIs(StatusCode::kNotFound));
}

TEST_F(VisitsTest, ARepeatedRequestMakesOneVisit) {
  v1::CreateVisitRequest request;
  request.mutable_visit()->set_enterprise("enterprises/e101");
  request.mutable_visit()->add_experts("experts/x101");
  request.mutable_visit()->set_date("2026-03-02");
  request.set_request_id("123e4567-e89b-12d3-a456-426614174000");
  const auto once = visits_.Create(As(Staff()), request), again = visits_.Create(As(Staff()), request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(once->visit().name(), again->visit().name());
  request.mutable_visit()->set_date("2026-03-03");
  EXPECT_THAT(visits_.Create(As(Staff()), request),
              StatusIs(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
}

TEST_F(VisitsTest, ListsFilterAndPage) {
  for (int i = 1; i <= 3; ++i)
    ASSERT_THAT(NewVisit(i, 1 + i % 2, "2026-0" + std::to_string(i) + "-06"), IsOk());
  ASSERT_THAT(NewVisit(1, 1, "2027-01-04"), IsOk());
  v1::ListVisitsRequest request;
  request.set_year(2026);
  request.set_page_size(2);
  ASSERT_OK_AND_ASSIGN(const auto first, visits_.List(As(Staff()), request));
  ASSERT_EQ(first.visits_size(), 2);
  EXPECT_EQ(first.visits(0).date(), "2026-01-06");
  request.set_page_token(first.next_page_token());
  EXPECT_EQ(visits_.List(As(Staff()), request)->visits_size(), 1);
  v1::ListVisitsRequest by_expert;
  by_expert.set_expert("experts/x101");
  EXPECT_EQ(visits_.List(As(Staff()), by_expert)->visits_size(), 2);
  v1::ListVisitsRequest by_enterprise;
  by_enterprise.set_enterprise("enterprises/e101");
  by_enterprise.set_year(2027);
  EXPECT_EQ(visits_.List(As(Staff()), by_enterprise)->visits_size(), 1);
}

TEST_F(VisitsTest, TheLastDayOfTheYearBelongsToIt) {
  clock_.Advance(
      std::chrono::microseconds(1'798'732'799'000'000 - kTestNow));  // 2026-12-31T23:59:59 in China
  const v1::Visit late = SignedVisit(1, 1, "2026-12-31");
  EXPECT_THAT(NewVisit(2, 2, "2027-01-01").status(), IsOk());
  v1::GetVisitLedgerRequest request;
  request.set_year(2026);
  EXPECT_EQ(documents_.Ledger(As(Staff()), request)->ledger().enterprises(), 1);
  request.set_year(2027);
  EXPECT_EQ(documents_.Ledger(As(Staff()), request)->ledger().enterprises(), 0);
}

}  // namespace
}  // namespace duijie::testing
