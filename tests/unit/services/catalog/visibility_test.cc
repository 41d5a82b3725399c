// SPDX-License-Identifier: GPL-3.0-or-later
// Who sees and changes what, through reader and writer.
#include "services/catalog/masking.h"
#include "services/catalog/record_filter.h"
#include "tests/unit/services/catalog/catalog_fixture.h"

namespace duijie::catalog {
namespace {

using testing::IsOk;
using testing::StatusIs;

class VisibilityOfRecordsTest : public CatalogTest {
 protected:
  VisibilityOfRecordsTest() {
    v1::Need need = SomeNeed();
    need.set_decision_owner("赵示例");
    need.add_provenances()->set_source_library("lib");
    need.mutable_provenances(0)->set_external_id("1");
    MustCreate(need, "anonymous");
    MustPublish("needs/anonymous");
    need = SomeNeed();
    need.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
    MustCreate(need, "secret");
    MustPublish("needs/secret");
    MustCreate(SomeNeed(), "draft");
  }

  std::vector<std::string> Seen(const Principal& caller, const v1::RecordFilter& filter = {}) {
    auto page = reader_.List(caller, v1::COLLECTION_NEEDS, filter, 0, "");
    EXPECT_THAT(page, IsOk());
    std::vector<std::string> names;
    for (const auto& record : page->records) names.push_back(NameOf(record));
    return names;
  }
};

TEST_F(VisibilityOfRecordsTest, EachCallerListsItsOwn) {
  const std::vector<std::string> all = {"needs/anonymous", "needs/draft", "needs/secret"};
  const std::vector<std::string> open = {"needs/anonymous"};
  EXPECT_EQ(Seen(Admin()), all);
  EXPECT_EQ(Seen(StaffOf("sjz-gxq")), all);
  EXPECT_EQ(Seen(EnterpriseUser("enterprises/acme")), all);
  EXPECT_EQ(Seen(StaffOf("hs-gxq")), open);
  EXPECT_EQ(Seen(EnterpriseUser("enterprises/other")), open);
  EXPECT_EQ(Seen(Partner()), open);
  EXPECT_EQ(Seen(Caller(v1::ROLE_EXPERT, "expert")), open);
}

TEST_F(VisibilityOfRecordsTest, WhatIsInvisibleIsNotFound) {
  EXPECT_THAT(reader_.Visible(Partner(), "needs/secret"),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(writer_.Delete(Partner(), Request(), "needs/secret", ""),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(writer_.Delete(Partner(), Request(), "needs/anonymous", ""),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  ASSERT_OK_AND_ASSIGN(auto batch, reader_.BatchGet(Partner(), v1::COLLECTION_NEEDS,
                                                    {"needs/secret", "needs/anonymous", "needs/nothing"}));
  EXPECT_EQ(batch.records.size(), 1u);
  EXPECT_EQ(batch.missing, (std::vector<std::string>{"needs/secret", "needs/nothing"}));
}

TEST_F(VisibilityOfRecordsTest, MaskedNeedsDoNotTellWhoStandsBehind) {
  ASSERT_OK_AND_ASSIGN(AnyRecord record, reader_.Visible(Partner(), "needs/anonymous"));
  const auto& need = std::get<v1::Need>(record);
  EXPECT_TRUE(need.identity_hidden());
  EXPECT_EQ(need.title(), SomeNeed().title());
  EXPECT_EQ(need.enterprise(), "");
  EXPECT_EQ(need.enterprise_name(), "");
  EXPECT_EQ(need.decision_owner(), "");
  EXPECT_EQ(need.park_code(), "");
  EXPECT_EQ(need.region_code(), "130100");
  EXPECT_EQ(need.provenances_size(), 0);
  EXPECT_EQ(need.state_changes_size(), 0);
}

TEST_F(VisibilityOfRecordsTest, FiltersCannotAskForHiddenFields) {
  v1::RecordFilter filter;
  filter.add_enterprises("enterprises/acme");
  EXPECT_TRUE(Seen(Partner(), filter).empty());
  EXPECT_EQ(Seen(Admin(), filter).size(), 3u);
  filter.Clear();
  filter.add_park_codes("sjz-gxq");
  EXPECT_TRUE(Seen(Partner(), filter).empty());
  filter.Clear();
  filter.add_source_libraries("lib");
  EXPECT_TRUE(Seen(Partner(), filter).empty());
  filter.Clear();
  filter.add_region_codes("130108");
  EXPECT_TRUE(Seen(Partner(), filter).empty());
  ASSERT_OK_AND_ASSIGN(auto names, reader_.ResolveExternalIds(Partner(), v1::COLLECTION_NEEDS, "lib", {"1"}));
  EXPECT_EQ(names, std::vector<std::string>{""});
  ASSERT_OK_AND_ASSIGN(names, reader_.ResolveExternalIds(Admin(), v1::COLLECTION_NEEDS, "lib", {"2", "1"}));
  EXPECT_EQ(names, (std::vector<std::string>{"", "needs/anonymous"}));
}

TEST_F(VisibilityOfRecordsTest, AnEnterprisesNeedsAreItsOwn) {
  v1::Need need = SomeNeed();
  need.set_enterprise("enterprises/somebody-else");
  const Principal user = EnterpriseUser("enterprises/acme");
  ASSERT_OK_AND_ASSIGN(AnyRecord created, writer_.Create(user, Request(), need, "own", false));
  EXPECT_EQ(std::get<v1::Need>(created).enterprise(), "enterprises/acme");
  EXPECT_THAT(writer_.Create(user, Request(), SomeAchievement(), "", false),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_THAT(writer_.Transition(user, Request(), "needs/own", v1::RECORD_STATE_SUBMITTED, "", ""), IsOk());
  EXPECT_THAT(writer_.Transition(user, Request(), "needs/own", v1::RECORD_STATE_PUBLISHED, "", ""),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
}

TEST_F(VisibilityOfRecordsTest, StaffCannotMoveARecordOutOfTheirScope) {
  v1::Need need = SomeNeed();
  need.set_name("needs/draft");
  need.set_park_code("hs-gxq");
  google::protobuf::FieldMask mask;
  mask.add_paths("park_code");
  EXPECT_THAT(writer_.Update(StaffOf("sjz-gxq"), Request(), need, mask),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_THAT(writer_.Update(Admin(), Request(), need, mask), IsOk());
}

TEST_F(VisibilityOfRecordsTest, ContactsAreForOwnersAndStaffInScope) {
  ContactBook book(Parts(), writer_.requests());
  Contacts contacts;
  contacts.Add()->set_person("赵示例");
  EXPECT_THAT(book.Replace(Admin(), Request(), "needs/anonymous", contacts), IsOk());
  for (const Principal& caller : {Admin(), StaffOf("sjz-gxq"), EnterpriseUser("enterprises/acme")}) {
    ASSERT_OK_AND_ASSIGN(Contacts read, book.Get(caller, "needs/anonymous"));
    EXPECT_EQ(read.size(), 1);
  }
  EXPECT_THAT(book.Get(Partner(), "needs/anonymous"), StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_THAT(book.Get(Partner(), "needs/secret"), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(book.Replace(StaffOf("hs-gxq"), Request(), "needs/anonymous", contacts),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
}

TEST_F(VisibilityOfRecordsTest, ConflictsOfExpertsAreForStaff) {
  v1::Expert expert;
  expert.set_title("王示例");
  expert.set_state(v1::RECORD_STATE_PUBLISHED);
  expert.set_tier(v1::CONFIDENTIALITY_TIER_PUBLIC);
  expert.add_conflict_credit_codes("x");
  EXPECT_EQ(std::get<v1::Expert>(*ViewFor(StaffOf("hs-gxq"), expert)).conflict_credit_codes_size(), 1);
  EXPECT_EQ(std::get<v1::Expert>(*ViewFor(Partner(), expert)).conflict_credit_codes_size(), 0);
  EXPECT_EQ(
      std::get<v1::Expert>(*ViewFor(EnterpriseUser("enterprises/acme"), expert)).conflict_credit_codes_size(),
      0);
}

TEST_F(VisibilityOfRecordsTest, PagesGoOnWhereTheLastOneEnded) {
  ASSERT_OK_AND_ASSIGN(auto first, reader_.List(Admin(), v1::COLLECTION_NEEDS, {}, 2, ""));
  EXPECT_EQ(first.records.size(), 2u);
  ASSERT_OK_AND_ASSIGN(auto second, reader_.List(Admin(), v1::COLLECTION_NEEDS, {}, 2, first.next));
  ASSERT_EQ(second.records.size(), 1u);
  EXPECT_EQ(NameOf(second.records[0]), "needs/secret");
  EXPECT_EQ(second.next, "");
  EXPECT_THAT(reader_.List(Admin(), v1::COLLECTION_NEEDS, {}, -1, ""),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

}  // namespace
}  // namespace duijie::catalog
