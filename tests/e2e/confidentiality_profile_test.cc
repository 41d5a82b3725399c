// SPDX-License-Identifier: GPL-3.0-or-later
// The same of profiles, key enterprises and guesses: whoever may not know of an enterprise's affairs learns
// nothing of them, and no guess about an enterprise tells what another keeps to itself.
#include "duijie/v1/profile_service.grpc.pb.h"
#include "tests/e2e/confidential_need.h"

namespace duijie::testing {
namespace {

using Profiles = v1::ProfileService::Stub;

class ConfidentialProfileTest : public ConfidentialityTest {
 protected:
  void SetUp() override {
    ConfidentialityTest::SetUp();
    stub_ = v1::ProfileService::NewStub(cluster_.Channel("mining"));
    const Client admin = cluster_.Admin();
    v1::Enterprise peer;
    peer.set_title("石家庄玄武换热器有限公司");
    peer.set_park_code(kOtherPark);
    peer.add_industry_codes("C3360");
    peer_ = Publish(admin, peer).name();
    for (const v1::ConfidentialityTier tier :
         {v1::CONFIDENTIALITY_TIER_STAFF_ONLY, v1::CONFIDENTIALITY_TIER_ANONYMOUS}) {
      v1::Need need;
      need.set_title(std::string(kSecretWord) + "涂层附着力差");
      need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
      need.set_enterprise(owner_);
      need.set_enterprise_name(kSecretFirm);
      need.set_park_code(kPark);
      need.add_industry_codes("C3360");
      need.set_tier(tier);
      Publish(admin, need);
    }
  }

  v1::ProposeLatentNeedsResponse GuessAbout(const std::string& enterprise) {
    v1::ProposeLatentNeedsRequest request;
    request.set_enterprise(enterprise);
    v1::ProposeLatentNeedsResponse response;
    Must(stub_, &Profiles::ProposeLatentNeeds, request, &response);
    return response;
  }

  std::unique_ptr<Profiles> stub_;
  std::string peer_;
};
DUIJIE_BOTH_TOPOLOGIES(ConfidentialProfileTest);

TEST_P(ConfidentialProfileTest, NobodysGuessTellsWhatAPeerKeepsToItself) {
  const v1::ProposeLatentNeedsResponse guessed = GuessAbout(peer_);
  ExpectNoLeak(guessed.DebugString(), "the administrator's guesses about a peer");
  EXPECT_EQ(guessed.latent_needs_size(), 0) << guessed.DebugString() << "one enterprise is no group";
  v1::GetEnterpriseProfileRequest own;
  own.set_name(owner_);
  v1::GetEnterpriseProfileResponse profile;
  Must(stub_, &Profiles::GetEnterpriseProfile, own, &profile);
  EXPECT_EQ(profile.profile().needs_size(), 4) << "the secret is there for those who may know";
}

TEST_P(ConfidentialProfileTest, OutsidersLearnNothingOfProfilesListsAndGuesses) {
  v1::UpdateEnterpriseRequest update;  // a certificate to guess from
  update.mutable_enterprise()->set_name(owner_);
  v1::Certificate& certificate = *update.mutable_enterprise()->add_certificates();
  certificate.set_kind("高新技术企业");
  certificate.set_valid_until("2020-01-01");
  update.mutable_update_mask()->add_paths("certificates");
  v1::UpdateEnterpriseResponse updated;
  const Client admin = cluster_.Admin();
  ASSERT_TRUE(
      admin.Call(admin.catalog.get(), &v1::CatalogService::Stub::UpdateEnterprise, update, &updated).ok());
  const v1::ProposeLatentNeedsResponse guessed = GuessAbout(owner_);
  ASSERT_EQ(guessed.latent_needs_size(), 1);
  v1::SelectKeyEnterprisesRequest select;
  select.mutable_selection()->set_title(kSecretWord);
  v1::SelectKeyEnterprisesResponse selected;
  Must(stub_, &Profiles::SelectKeyEnterprises, select, &selected);

  for (const auto& [who, client] : Outsiders()) {
    const auto ask = [&](auto method, const auto& request, auto response, const std::string& what) {
      ExpectNoLeak(Answer(client, stub_.get(), method, request, &response), who + " " + what);
      return response;
    };
    v1::GetEnterpriseProfileRequest profile;
    profile.set_name(owner_);
    ask(&Profiles::GetEnterpriseProfile, profile, v1::GetEnterpriseProfileResponse(), "GetEnterpriseProfile");
    v1::ExportEnterpriseProfileRequest page;
    page.set_name(owner_);
    ask(&Profiles::ExportEnterpriseProfile, page, v1::ExportEnterpriseProfileResponse(),
        "ExportEnterpriseProfile");
    v1::GetLatentNeedRequest guess;
    guess.set_name(guessed.latent_needs(0).name());
    v1::GetLatentNeedResponse response;
    const auto hidden = client.Call(stub_.get(), &Profiles::GetLatentNeed, guess, &response);
    guess.set_name("latentNeeds/none");
    const auto absent = client.Call(stub_.get(), &Profiles::GetLatentNeed, guess, &response);
    EXPECT_FALSE(hidden.ok()) << who;
    EXPECT_EQ(hidden.error_code(), absent.error_code()) << who << ": hidden and absent must look alike";
    EXPECT_EQ(hidden.error_message(), absent.error_message()) << who;
    EXPECT_EQ(ask(&Profiles::ListLatentNeeds, v1::ListLatentNeedsRequest(), v1::ListLatentNeedsResponse(),
                  "ListLatentNeeds")
                  .latent_needs_size(),
              0)
        << who;
    v1::TransitionLatentNeedRequest step;
    step.set_name(guessed.latent_needs(0).name());
    step.set_to(v1::LATENT_NEED_STATE_PUT_TO_ENTERPRISE);
    ask(&Profiles::TransitionLatentNeed, step, v1::TransitionLatentNeedResponse(), "TransitionLatentNeed");
    v1::ProposeLatentNeedsRequest propose;
    propose.set_enterprise(owner_);
    ask(&Profiles::ProposeLatentNeeds, propose, v1::ProposeLatentNeedsResponse(), "ProposeLatentNeeds");
    v1::ListKeyEnterprisesResponse listed;
    const grpc::Status told =
        client.Call(stub_.get(), &Profiles::ListKeyEnterprises, v1::ListKeyEnterprisesRequest(), &listed);
    listed.mutable_selection()->clear_digest();  // figures that come by chance are no leak
    listed.mutable_selection()->clear_facts_time();
    ExpectNoLeak(listed.DebugString() + told.error_message(), who + " ListKeyEnterprises");
    v1::GetKeyEnterpriseSelectionRequest selection;
    selection.set_name(selected.selection().name());
    ask(&Profiles::GetKeyEnterpriseSelection, selection, v1::GetKeyEnterpriseSelectionResponse(),
        "GetKeyEnterpriseSelection");
    ask(&Profiles::ListKeyEnterpriseSelections, v1::ListKeyEnterpriseSelectionsRequest(),
        v1::ListKeyEnterpriseSelectionsResponse(), "ListKeyEnterpriseSelections");
    v1::ReplayKeyEnterpriseSelectionRequest replay;
    replay.set_name(selected.selection().name());
    ask(&Profiles::ReplayKeyEnterpriseSelection, replay, v1::ReplayKeyEnterpriseSelectionResponse(),
        "ReplayKeyEnterpriseSelection");
    v1::ExportKeyEnterpriseSelectionRequest book;
    book.set_name(selected.selection().name());
    ask(&Profiles::ExportKeyEnterpriseSelection, book, v1::ExportKeyEnterpriseSelectionResponse(),
        "ExportKeyEnterpriseSelection");
  }
}

}  // namespace
}  // namespace duijie::testing
