// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_documents.h"

#include "tests/unit/services/mining/visits/visit_fixtures.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kOwn[] = "enterprises/e101";

class VisitDocumentsTest : public VisitFixture {
 protected:
  VisitDocumentsTest() {
    v1::Enterprise enterprise = TestEnterprise(1);
    enterprise.set_title("衡水<b>橡胶</b>厂");
    enterprise.add_products("桥梁支座");
    Put(enterprise);
    Put(TestEnterprise(2));
    Put(TestExpert(1));
    Put(TestExpert(2));
  }

  void AddNeed(const std::string& id, const std::string& enterprise, const std::string& title,
               v1::ConfidentialityTier tier, v1::RecordState state = v1::RECORD_STATE_PUBLISHED,
               const std::string& park = "hs-gxq") {
    v1::Need need;
    need.set_name("needs/" + id);
    need.set_title(title);
    need.set_enterprise(enterprise);
    need.set_enterprise_name("某某公司");
    need.set_park_code(park);
    need.add_industry_codes("C2919");
    need.set_tier(tier);
    need.set_state(state);
    *need.mutable_create_time() = TimestampOf(clock_.Now() - kMicrosPerDay);
    Put(need);
  }

  StatusOr<std::string> Export(v1::VisitDocumentKind kind, const std::string& name, bool xlsx = false,
                               const Principal& caller = Staff()) {
    v1::ExportVisitDocumentRequest request;
    request.set_kind(kind);
    request.set_name(name);
    request.set_year(2026);
    if (xlsx) request.set_format(v1::VISIT_DOCUMENT_FORMAT_XLSX);
    return documents_.Export(As(caller), request);
  }
};

TEST_F(VisitDocumentsTest, ABriefTellsGuessesFromNeedsAndHidesWhoHasThem) {
  AddNeed("own", kOwn, "支座磨耗大", v1::CONFIDENTIALITY_TIER_STAFF_ONLY, v1::RECORD_STATE_SUBMITTED);
  AddNeed("closed", kOwn, "早已解决", v1::CONFIDENTIALITY_TIER_PUBLIC, v1::RECORD_STATE_CLOSED);
  AddNeed("peer", "enterprises/e102", "桥梁支座老化开裂", v1::CONFIDENTIALITY_TIER_PUBLIC);
  AddNeed("masked", "enterprises/e102", "止水带脱落", v1::CONFIDENTIALITY_TIER_ANONYMOUS);
  AddNeed("secret", "enterprises/e102", "绝密配方", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  AddNeed("draft", "enterprises/e102", "未发布的难题", v1::CONFIDENTIALITY_TIER_PUBLIC,
          v1::RECORD_STATE_DRAFT);
  ASSERT_OK_AND_ASSIGN(const v1::VisitBrief brief, briefs_.Make(As(Staff()), kOwn));
  ASSERT_EQ(brief.problems_size(), 2);
  EXPECT_EQ(brief.problems(0).text(), "支座磨耗大");
  EXPECT_FALSE(brief.problems(0).hypothesis());
  EXPECT_EQ(brief.problems(1).text(), "桥梁支座老化开裂");
  EXPECT_TRUE(brief.problems(1).hypothesis());
  EXPECT_TRUE(brief.problems(1).need().empty());
  const std::string text = brief.DebugString() + *Export(v1::VISIT_DOCUMENT_KIND_BRIEF, kOwn);
  const std::vector<std::string> hidden = {"绝密配方", "未发布的难题", "止水带",     "脱落",
                                           "某某公司", "e102",         "needs/peer", CreditCode(2)};
  for (const std::string& word : hidden) {
    EXPECT_THAT(text, Not(HasSubstr(word)));
  }
  EXPECT_THAT(text, HasSubstr("推测"));
}

TEST_F(VisitDocumentsTest, ABriefTellsWhatThreePeersShareByAWordOnly) {
  for (int i = 2; i <= 4; ++i) {
    Put(TestEnterprise(i));
    const std::string number = std::to_string(i);
    AddNeed("n" + number, "enterprises/e10" + number, "支座" + number + "号老化",
            v1::CONFIDENTIALITY_TIER_ANONYMOUS);
  }
  ASSERT_OK_AND_ASSIGN(const v1::VisitBrief brief, briefs_.Make(As(Staff()), kOwn));
  ASSERT_EQ(brief.problems_size(), 1) << brief.DebugString();
  EXPECT_EQ(brief.problems(0).text(), "老化");
  EXPECT_TRUE(brief.problems(0).hypothesis());
  EXPECT_THAT(brief.problems(0).evidence(), HasSubstr("3 家"));
}

TEST_F(VisitDocumentsTest, ABriefOffersFiveCandidatesForTheProfileWithoutItsName) {
  ASSERT_OK_AND_ASSIGN(const v1::VisitBrief brief, briefs_.Make(As(Staff()), kOwn));
  EXPECT_EQ(brief.candidates_size(), 5);
  EXPECT_EQ(matched_.need().title(), "桥梁支座");
  EXPECT_THAT(matched_.ShortDebugString(), Not(HasSubstr("衡水")));
  EXPECT_GE(brief.questions_size(), 6);
}

TEST_F(VisitDocumentsTest, ABriefRecallsEarlierVisitsAndOpenQuestions) {
  const v1::Visit before = SignedVisit(1, 1, "2026-01-05");
  v1::UpdateVisitRequest request;
  request.mutable_visit()->set_name(before.name());
  request.mutable_visit()->add_answers()->set_question("能否提供样品");
  request.mutable_update_mask()->add_paths("answers");
  ASSERT_THAT(visits_.Update(As(Staff()), request), IsOk());
  const std::string next = NewVisit(1, 2, "2026-05-06")->name();
  ASSERT_OK_AND_ASSIGN(const v1::VisitBrief brief, briefs_.Make(As(Staff()), next));
  EXPECT_EQ(brief.visit(), next);
  ASSERT_EQ(brief.visits_size(), 1);
  EXPECT_EQ(brief.visits(0).visit(), before.name());
  EXPECT_THAT(brief.questions(0), HasSubstr("能否提供样品"));
}

TEST_F(VisitDocumentsTest, BriefsOfWhatIsHiddenDoNotExist) {
  v1::Enterprise hidden = TestEnterprise(3, "131102", "sjz-gxq");
  hidden.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  Put(hidden);
  EXPECT_THAT(briefs_.Make(As(Staff("hs-gxq")), hidden.name()),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(briefs_.Make(As(Staff()), "visits/none"), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
}

TEST_F(VisitDocumentsTest, PagesEscapeWhatRecordsSay) {
  const v1::Visit visit = SignedVisit(1, 1, "2026-01-05");
  for (const auto kind :
       {v1::VISIT_DOCUMENT_KIND_BRIEF, v1::VISIT_DOCUMENT_KIND_RECORD, v1::VISIT_DOCUMENT_KIND_LEDGER}) {
    ASSERT_OK_AND_ASSIGN(const std::string page, Export(kind, visit.name()));
    EXPECT_THAT(page, HasSubstr("衡水&lt;b&gt;橡胶&lt;/b&gt;厂"));
    EXPECT_THAT(page, Not(HasSubstr("<b>")));
  }
}

TEST_F(VisitDocumentsTest, TheLedgerShowsProgressAndNamesItsVisits) {
  const v1::Visit visit = SignedVisit(1, 1, "2026-01-05");
  ASSERT_THAT(NewVisit(2, 2, "2026-02-03").status(), IsOk());
  ASSERT_OK_AND_ASSIGN(const std::string page, Export(v1::VISIT_DOCUMENT_KIND_LEDGER, ""));
  EXPECT_THAT(page, HasSubstr("1/100"));
  EXPECT_THAT(page, HasSubstr(visit.name()));
  EXPECT_THAT(page, HasSubstr("不计数：尚未走访"));
  ASSERT_OK_AND_ASSIGN(const std::string elsewhere,
                       Export(v1::VISIT_DOCUMENT_KIND_LEDGER, "", false, Staff("sjz-gxq")));
  EXPECT_THAT(elsewhere, HasSubstr("0/100"));
  EXPECT_THAT(elsewhere, Not(HasSubstr(visit.name())));
}

TEST_F(VisitDocumentsTest, WorkbooksReadBackAndAreTheSameAgain) {
  const v1::Visit visit = SignedVisit(1, 1, "2026-01-05");
  ASSERT_OK_AND_ASSIGN(const std::string book, Export(v1::VISIT_DOCUMENT_KIND_LEDGER, "", true));
  EXPECT_EQ(book, *Export(v1::VISIT_DOCUMENT_KIND_LEDGER, "", true));
  EXPECT_EQ(book.substr(0, 2), "PK");
  EXPECT_THAT(Export(v1::VISIT_DOCUMENT_KIND_RECORD, visit.name(), true), IsOk());
  EXPECT_THAT(Export(v1::VISIT_DOCUMENT_KIND_BRIEF, visit.name(), true),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Export(v1::VISIT_DOCUMENT_KIND_UNSPECIFIED, ""), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(VisitDocumentsTest, APlanIsPrintedWithItsReasonsAndGaps) {
  v1::CreateVisitPlanRequest create;
  create.mutable_visit_plan()->set_title("计划");
  create.mutable_visit_plan()->set_year(2026);
  create.mutable_visit_plan()->mutable_demands()->set_target(5);
  const std::string plan = plans_.Create(As(Staff()), create)->visit_plan().name();
  v1::ProposeVisitPlanRequest propose;
  propose.set_name(plan);
  ASSERT_THAT(plans_.Propose(As(Staff()), propose), IsOk());
  ASSERT_OK_AND_ASSIGN(const std::string page, Export(v1::VISIT_DOCUMENT_KIND_PLAN, plan));
  EXPECT_THAT(page, HasSubstr("还差 3 家"));
  EXPECT_THAT(page, HasSubstr("派专家"));
  EXPECT_THAT(Export(v1::VISIT_DOCUMENT_KIND_PLAN, plan, true), IsOk());
  EXPECT_THAT(Export(v1::VISIT_DOCUMENT_KIND_PLAN, plan, false, Staff("hs-gxq")),
              StatusIs(StatusCode::kNotFound));
}

}  // namespace
}  // namespace duijie::testing
