// SPDX-License-Identifier: GPL-3.0-or-later
// From what is known of an enterprise to what it may need: profile, key enterprises, guesses, and what
// becomes of a guess, through the command line.
#include <gmock/gmock.h>

#include "tests/e2e/command_line.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ProfileEndToEndTest : public CommandLineTest {
 protected:
  RunResult As(const Client& client, std::vector<std::string> arguments) {
    return CliAs(client.key, std::move(arguments));
  }

  std::string PublishEnterprise(const std::string& title, const std::string& credit_code) {
    v1::Enterprise enterprise;
    enterprise.set_title(title);
    enterprise.set_credit_code(credit_code);
    enterprise.set_park_code(kPark);
    enterprise.set_region_code("131102");
    enterprise.add_industry_codes("C291");
    enterprise.add_products("橡胶支座");
    v1::Certificate& certificate = *enterprise.add_certificates();
    certificate.set_kind("高新技术企业");
    certificate.set_valid_until("2020-12-31");
    return Publish(cluster_.Admin(), enterprise).name();
  }

  std::string PublishNeed(const std::string& enterprise, const std::string& title,
                          v1::ConfidentialityTier tier) {
    v1::Need need;
    need.set_title(title);
    need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
    need.set_enterprise(enterprise);
    need.set_park_code(kPark);
    need.add_industry_codes("C291");
    need.set_tier(tier);
    return Publish(cluster_.Admin(), need).name();
  }

  size_t NeedsInCatalog() { return Objects({"list", "needs", "--limit", "100"}).size(); }
};
DUIJIE_BOTH_TOPOLOGIES(ProfileEndToEndTest);

TEST_P(ProfileEndToEndTest, AGuessIsMadePutToTheEnterpriseAndConfirmedByADraft) {
  const std::string own = PublishEnterprise("衡水云岫橡胶厂", "91131100000000001B");
  const std::string peer = PublishEnterprise("衡水青榆橡胶厂", "91131100000000002E");
  const std::string open = PublishNeed(peer, "橡胶支座老化开裂", v1::CONFIDENTIALITY_TIER_PUBLIC);
  PublishNeed(peer, "鲲鹏釉钛支座磨损", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  const size_t needs = NeedsInCatalog();
  const Client owner = cluster_.NewClient(v1::ROLE_ENTERPRISE, own);
  const Client elsewhere = cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark});

  const nlohmann::json profile = One({"profile", "show", own});
  EXPECT_EQ(profile.at("certificates").at(0).at("standing"), "CERTIFICATE_STANDING_EXPIRED");
  EXPECT_EQ(As(owner, {"profile", "show", own}).exit_code, 0);
  EXPECT_EQ(As(elsewhere, {"profile", "show", own}).exit_code, kNotFound);
  Done({"profile", "show", own, "-o", File("profile.html")});
  EXPECT_THAT(ReadFile(File("profile.html")), HasSubstr("已过期"));

  const nlohmann::json kept =
      One({"profile", "select", "--title", "重点企业", "--park", kPark, "--count", "5"});
  EXPECT_EQ(kept.at("enterprises").size(), 2u) << kept;
  const std::string selection = kept.at("name");
  Done({"profile", "selection", selection, "-o", File("key.xlsx")});
  EXPECT_EQ(ReadFile(File("key.xlsx")).substr(0, 2), "PK");
  PublishNeed(own, "支座寿命短", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  EXPECT_TRUE(One({"profile", "replay", selection}).at("same").get<bool>())
      << "its snapshot is older than the need";
  EXPECT_EQ(As(elsewhere, {"profile", "selection", selection}).exit_code, kNotFound);

  std::string guess;
  for (const nlohmann::json& latent : Objects({"latent", "propose", own})) {
    EXPECT_THAT(latent.dump(), Not(HasSubstr("鲲鹏")));
    if (latent.at("evidence").at(0).value("source", "") == open) guess = latent.at("name");
  }
  ASSERT_FALSE(guess.empty());
  EXPECT_EQ(As(owner, {"latent", "show", guess}).exit_code, kNotFound);
  One({"latent", "put", guess});
  EXPECT_EQ(As(owner, {"latent", "show", guess}).exit_code, 0);
  EXPECT_EQ(NeedsInCatalog(), needs + 1) << "guesses are no needs";
  const nlohmann::json confirmed =
      One({"latent", "confirm", guess, "--note", "支座三年就老化开裂，希望寿命不低于10年"});
  EXPECT_EQ(confirmed.at("state"), "LATENT_NEED_STATE_CONFIRMED");
  EXPECT_EQ(One({"intake", "show", confirmed.at("need_drafts").at(0)}).at("enterprise"), own);
  EXPECT_EQ(NeedsInCatalog(), needs + 1) << "a draft is no need either";
  EXPECT_EQ(As(elsewhere, {"latent", "show", guess}).exit_code, kNotFound);
}

}  // namespace
}  // namespace duijie::testing
