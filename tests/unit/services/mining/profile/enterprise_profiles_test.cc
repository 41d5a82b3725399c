// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/enterprise_profiles.h"

#include "tests/unit/services/mining/profile/profile_fixtures.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class EnterpriseProfilesTest : public ProfileFixture {
 protected:
  StatusOr<v1::EnterpriseProfile> Get(const Principal& caller = Staff(), const std::string& as_of = "",
                                      int days = 0) {
    v1::GetEnterpriseProfileRequest request;
    request.set_name(kOwn);
    request.set_as_of(as_of);
    request.set_expiring_days(days);
    DUIJIE_ASSIGN_OR_RETURN(auto response, profiles_.Get(As(caller), request));
    return response.profile();
  }

  void AddCertificate(const std::string& kind, const std::string& until) {
    v1::Certificate& certificate = *records_[kOwn].mutable_enterprise()->add_certificates();
    certificate.set_kind(kind);
    certificate.set_valid_until(until);
  }
};

TEST_F(EnterpriseProfilesTest, EveryLineNamesItsSource) {
  AddNeed("n1", kOwn, "支座磨耗大", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  v1::NeedDiagnosis diagnosis;
  diagnosis.set_name("needDiagnoses/n1");
  diagnosis.set_verdict(v1::NEED_VERDICT_VALID);
  const ResourceTable<v1::NeedDiagnosis> diagnoses(role_->store->log(), "needDiagnoses");
  ASSERT_THAT(role_->store->Commit({diagnoses.Create(diagnosis, clock_.Now())}), IsOk());
  v1::Push& push = AddPush("p1", kOwn, {v1::PUSH_STATE_PUSHED, v1::PUSH_STATE_DECLINED});
  push.set_decline_reason(v1::DECLINE_REASON_PRICE);
  push.mutable_history(1)->set_text("太贵");
  AddPush("p2", "enterprises/e102", {v1::PUSH_STATE_PUSHED});
  const v1::Visit visit = SignedVisit(1, 1, "2026-01-05");
  ASSERT_OK_AND_ASSIGN(const v1::EnterpriseProfile profile, Get());
  EXPECT_EQ(profile.enterprise().name(), kOwn);
  EXPECT_EQ(profile.as_of(), "2026-01-05");
  EXPECT_EQ(profile.snapshot_revision(), 7);
  ASSERT_EQ(profile.needs_size(), 1);
  EXPECT_EQ(profile.needs(0).need().need(), "needs/n1");
  EXPECT_EQ(profile.needs(0).verdict(), v1::NEED_VERDICT_VALID);
  EXPECT_EQ(profile.needs(0).diagnosis(), "needDiagnoses/n1");
  ASSERT_EQ(profile.pushes_size(), 1);
  EXPECT_EQ(profile.pushes(0).push(), "pushes/p1");
  EXPECT_EQ(profile.pushes(0).decline_reason(), v1::DECLINE_REASON_PRICE);
  EXPECT_EQ(profile.pushes(0).text(), "太贵");
  ASSERT_EQ(profile.visits_size(), 1);
  EXPECT_EQ(profile.visits(0).visit(), visit.name());
  EXPECT_EQ(profile.visits(0).findings(), "磨耗大");
}

TEST_F(EnterpriseProfilesTest, CertificatesAreJudgedOnTheDayAsked) {
  AddCertificate("高新技术企业", "2026-06-30");
  AddCertificate("科技型中小企业", "");
  const auto standing = [&](const std::string& day, int days) {
    return Get(Staff(), day, days)->certificates(0).standing();
  };
  EXPECT_EQ(standing("2026-05-30", 30), v1::CERTIFICATE_STANDING_VALID) << "31 days left";
  EXPECT_EQ(standing("2026-05-31", 30), v1::CERTIFICATE_STANDING_EXPIRING) << "30 days left";
  EXPECT_EQ(standing("2026-06-30", 30), v1::CERTIFICATE_STANDING_EXPIRING) << "its last day";
  EXPECT_EQ(standing("2026-07-01", 30), v1::CERTIFICATE_STANDING_EXPIRED);
  EXPECT_EQ(Get(Staff(), "2026-07-01")->certificates(0).days_left(), -1);
  EXPECT_EQ(Get()->certificates(1).standing(), v1::CERTIFICATE_STANDING_UNDATED);
  EXPECT_THAT(Get(Staff(), "2026-02-30"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Get(Staff(), "", 3651), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(EnterpriseProfilesTest, StaffElsewhereAndOtherEnterprisesDoNotKnowOfIt) {
  EXPECT_THAT(Get(Staff("hs-gxq")), IsOk());
  EXPECT_THAT(Get(EnterpriseOf(kOwn)), IsOk());
  for (const Principal& stranger : {Staff("sjz-gxq"), EnterpriseOf("enterprises/e102")}) {
    EXPECT_THAT(Get(stranger), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"))
        << "though the enterprise's record is public";
  }
}

TEST_F(EnterpriseProfilesTest, TheEnterpriseSeesVisitsFromTheDayTheyAreAgreed) {
  ASSERT_OK_AND_ASSIGN(const v1::Visit visit, NewVisit(1, 1, "2026-03-02"));
  EXPECT_EQ(Get(Staff("hs-gxq"))->visits_size(), 1);
  EXPECT_EQ(Get(EnterpriseOf(kOwn))->visits_size(), 0);
  ASSERT_THAT(Move(visit.name(), v1::VISIT_STATE_AGREED), IsOk());
  EXPECT_EQ(Get(EnterpriseOf(kOwn))->visits_size(), 1);
}

TEST_F(EnterpriseProfilesTest, ThePageEscapesAndMarks) {
  AddCertificate("高新技术企业", "2025-06-30");
  AddNeed("n1", kOwn, "支座<i>磨耗大", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  v1::ExportEnterpriseProfileRequest request;
  request.set_name(kOwn);
  ASSERT_OK_AND_ASSIGN(const auto page, profiles_.Render(As(Staff()), request));
  EXPECT_THAT(page.content(), HasSubstr("衡水&lt;b&gt;橡胶&lt;/b&gt;厂"));
  EXPECT_THAT(page.content(), HasSubstr("支座&lt;i&gt;磨耗大"));
  EXPECT_THAT(page.content(), HasSubstr("已过期"));
  EXPECT_THAT(page.content(), HasSubstr("needs/n1"));
  EXPECT_THAT(page.content(), Not(HasSubstr("<b>")));
  EXPECT_EQ(page.content(), profiles_.Render(As(Staff()), request)->content());
}

}  // namespace
}  // namespace duijie::testing
