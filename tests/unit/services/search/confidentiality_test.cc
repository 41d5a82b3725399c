// SPDX-License-Identifier: GPL-3.0-or-later
// What a caller may not see is in no hit, total, facet, suggestion, similar record or candidate.
#include "tests/unit/services/search/index_fixture.h"

namespace duijie::search::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kSecretWord[] = "碲镉汞";

class ConfidentialityTest : public IndexTest {
 protected:
  void SetUp() override {
    v1::Need secret =
        MakeNeed("secret", "碲镉汞探测器封装", v1::CONFIDENTIALITY_TIER_STAFF_ONLY, "探测器真空封装");
    secret.add_keywords("碲镉汞封装");
    secret.add_provenances()->set_source_library("secret-lib");
    v1::Need anonymous = MakeNeed("anon", "探测器真空封装", v1::CONFIDENTIALITY_TIER_ANONYMOUS, "红外探测器");
    anonymous.set_enterprise_name("安平某丝网厂");
    anonymous.add_provenances()->set_source_library("anon-lib");
    Load(*indexes_.needs, Page().Put(secret).Put(anonymous));
  }

  static std::vector<Principal> Outsiders() {
    Principal enterprise = PrincipalOf(v1::ROLE_ENTERPRISE);
    enterprise.set_enterprise("enterprises/other");
    return {PrincipalOf(v1::ROLE_PARTNER), PrincipalOf(v1::ROLE_EXPERT), ParkStaff("bd-gxq"), enterprise,
            PrincipalOf(v1::ROLE_UNSPECIFIED)};
  }

  static Principal Owner() {
    Principal owner = PrincipalOf(v1::ROLE_ENTERPRISE);
    owner.set_enterprise("enterprises/e-secret");
    return owner;
  }
};

TEST_F(ConfidentialityTest, OutsidersFindNoTraceOfAStaffOnlyNeed) {
  for (const Principal& outsider : Outsiders()) {
    SCOPED_TRACE(outsider.ShortDebugString());
    EXPECT_THAT(Names(Needs(kSecretWord), outsider), IsEmpty());
    v1::SearchRequest all = Needs("");
    all.add_facets(v1::FACET_KIND_SOURCE_LIBRARY);
    all.add_facets(v1::FACET_KIND_STATE);
    ASSERT_OK_AND_ASSIGN(const v1::SearchResponse response, Search(all, outsider));
    EXPECT_LE(response.total(), 1);
    EXPECT_EQ(response.ShortDebugString().find("secret"), std::string::npos);
    EXPECT_EQ(response.facets(0).counts_size(), 0) << "libraries tell who stands behind a need";

    v1::SuggestRequest suggest;
    suggest.set_collection(v1::COLLECTION_NEEDS);
    suggest.set_prefix("碲");
    ASSERT_OK_AND_ASSIGN(const v1::SuggestResponse suggestions,
                         Suggest(indexes_, SharedTools(), CallerOf(outsider), suggest));
    EXPECT_EQ(suggestions.suggestions_size(), 0);

    v1::FindSimilarRequest similar;
    similar.set_name("needs/secret");
    EXPECT_THAT(FindSimilar(indexes_, SharedTools(), CallerOf(outsider), similar),
                StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
    similar.set_name("needs/anon");
    const auto like = FindSimilar(indexes_, SharedTools(), CallerOf(outsider), similar);
    EXPECT_EQ(like.ok() ? like->hits_size() : 0, 0);

    auto request = CandidatesFor(v1::COLLECTION_NEEDS, "碲镉汞探测器真空封装", outsider);
    ASSERT_OK_AND_ASSIGN(const auto candidates, FindCandidates(indexes_.needs->readable(), request));
    for (const auto& candidate : candidates.candidates()) EXPECT_NE(candidate.name(), "needs/secret");
    internal::v1::DescribeRecordsRequest describe;
    *describe.mutable_terms() = request.terms();
    *describe.mutable_principal() = outsider;
    describe.add_names("needs/secret");
    ASSERT_OK_AND_ASSIGN(const auto described, DescribeRecords(indexes_.needs->readable(), describe));
    EXPECT_EQ(described.candidates_size(), 0);
  }
}

TEST_F(ConfidentialityTest, EntitledCallersFindIt) {
  for (const Principal& entitled : {PrincipalOf(v1::ROLE_ADMIN), ParkStaff("sjz-gxq"), Owner()}) {
    SCOPED_TRACE(entitled.ShortDebugString());
    EXPECT_THAT(Names(Needs(kSecretWord), entitled), ElementsAre("needs/secret"));
    v1::SuggestRequest suggest;
    suggest.set_collection(v1::COLLECTION_NEEDS);
    suggest.set_prefix("碲镉");
    ASSERT_OK_AND_ASSIGN(const v1::SuggestResponse suggestions,
                         Suggest(indexes_, SharedTools(), CallerOf(entitled), suggest));
    EXPECT_GT(suggestions.suggestions_size(), 0);
  }
}

TEST_F(ConfidentialityTest, MaskedRecordsCannotBeFoundByWhoStandsBehindThem) {
  const auto total = [&](const Principal& principal, auto&& set) {
    v1::SearchRequest request = Needs("探测器");
    set(*request.mutable_filter());
    const auto response = Search(request, principal);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? response->total() : -1;
  };
  const Principal partner = PrincipalOf(v1::ROLE_PARTNER);
  const Principal staff = ParkStaff("sjz-gxq");
  const auto by_park = [](v1::RecordFilter& f) { f.add_park_codes("sjz-gxq"); };
  const auto by_enterprise = [](v1::RecordFilter& f) { f.add_enterprises("enterprises/e-anon"); };
  const auto by_library = [](v1::RecordFilter& f) { f.add_source_libraries("anon-lib"); };
  const auto by_county = [](v1::RecordFilter& f) { f.add_region_codes("130102"); };
  const auto by_city = [](v1::RecordFilter& f) { f.add_region_codes("130100"); };
  EXPECT_EQ(total(partner, [](v1::RecordFilter&) {}), 1);
  EXPECT_EQ(total(partner, by_park), 0);
  EXPECT_EQ(total(partner, by_enterprise), 0);
  EXPECT_EQ(total(partner, by_library), 0);
  EXPECT_EQ(total(partner, by_county), 0);
  EXPECT_EQ(total(partner, by_city), 1);
  EXPECT_EQ(total(staff, by_park), 2);
  EXPECT_EQ(total(staff, by_enterprise), 1);
  EXPECT_EQ(total(staff, by_library), 1);
  EXPECT_EQ(total(staff, by_county), 2);
  EXPECT_THAT(Names(Needs("安平"), staff), IsEmpty()) << "an enterprise's name is no text of a need";
}

TEST_F(ConfidentialityTest, FactsOfAMaskedNeedGiveTheCityOnly) {
  auto request = CandidatesFor(v1::COLLECTION_NEEDS, "探测器真空封装", PrincipalOf(v1::ROLE_PARTNER));
  ASSERT_OK_AND_ASSIGN(const auto masked, FindCandidates(indexes_.needs->readable(), request));
  ASSERT_EQ(masked.candidates_size(), 1);
  EXPECT_EQ(masked.candidates(0).facts().region_code(), "130100");
  *request.mutable_principal() = ParkStaff("sjz-gxq");
  ASSERT_OK_AND_ASSIGN(const auto full, FindCandidates(indexes_.needs->readable(), request));
  ASSERT_EQ(full.candidates_size(), 2);
  EXPECT_EQ(full.candidates(0).facts().region_code(), "130102");
}

TEST_F(ConfidentialityTest, DraftsAreSeenByStaffInScopeOnly) {
  v1::Need draft = MakeNeed("draft", "量子点墨水", v1::CONFIDENTIALITY_TIER_PUBLIC);
  draft.set_state(v1::RECORD_STATE_DRAFT);
  Load(*indexes_.needs, Page().From(2).Put(draft));
  v1::SearchRequest request = Needs("量子点");
  request.mutable_filter()->add_states(v1::RECORD_STATE_DRAFT);
  EXPECT_THAT(Names(request, ParkStaff("sjz-gxq")), ElementsAre("needs/draft"));
  EXPECT_THAT(Names(request, ParkStaff("bd-gxq")), IsEmpty());
  EXPECT_THAT(Names(request, PrincipalOf(v1::ROLE_PARTNER)), IsEmpty());
}

}  // namespace
}  // namespace duijie::search::testing
