// SPDX-License-Identifier: GPL-3.0-or-later
// A confidential need with words that occur nowhere else, and an anonymous one beside it; everybody who may
// not know of them; and a look for those words in what they are answered.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/e2e/topologies.h"

namespace duijie::testing {

// Words that occur nowhere else.
inline constexpr char kSecretWord[] = "鲲鹏釉钛";
inline constexpr char kSecretFirm[] = "衡水赤霄特材有限公司";
inline constexpr char kSecretJudge[] = "玄霜评委";
inline constexpr char kSecretFigure[] = "7731";  // that only the need asks for

class ConfidentialityTest : public EndToEndTest {
 protected:
  void SetUp() override {
    EndToEndTest::SetUp();
    const Client admin = cluster_.Admin();
    v1::Enterprise enterprise;
    enterprise.set_title(kSecretFirm);
    enterprise.set_credit_code("91131100MA0000001E");
    enterprise.set_park_code(kPark);
    owner_ = Publish(admin, enterprise).name();
    v1::Enterprise rival;
    rival.set_title("石家庄青冥电气有限公司");
    rival.set_park_code(kOtherPark);
    rival_ = Publish(admin, rival).name();
    secret_ =
        PlantNeed(admin, v1::CONFIDENTIALITY_TIER_STAFF_ONLY, std::string(kSecretWord) + "涂层附着力不足");
    masked_ = PlantNeed(admin, v1::CONFIDENTIALITY_TIER_ANONYMOUS, "换热器涂层附着力不足");
    v1::Achievement achievement;
    achievement.set_title("换热器涂层附着力提升技术");
    achievement.set_summary("用于换热器涂层附着力不足的场合，涂层硬度达到9000HV。");
    achievement_ = Publish(admin, achievement);
    revision_ = achievement_.revision();
  }

  v1::Need PlantNeed(const Client& admin, v1::ConfidentialityTier tier, const std::string& title) {
    v1::Need need;
    need.set_title(title);
    need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
    need.set_enterprise(owner_);
    need.set_enterprise_name(kSecretFirm);
    need.set_park_code(kPark);
    need.set_decision_owner("赤霄甲");
    need.set_description(title + "，希望改进。");
    if (tier == v1::CONFIDENTIALITY_TIER_STAFF_ONLY) {
      need.set_description(title + "，要求涂层硬度不低于" + kSecretFigure + "HV。");
    }
    need.add_keywords(title.substr(0, 12));
    need.set_tier(tier);
    auto* source = need.add_provenances();
    source->set_source_library("hs-visits");
    source->set_external_id("V-" + std::to_string(tier));
    return Publish(admin, need);
  }

  std::vector<std::pair<std::string, Client>> Outsiders() {
    std::vector<std::pair<std::string, Client>> clients;
    clients.emplace_back("staff of another park", cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark}));
    clients.emplace_back("expert", cluster_.NewClient(v1::ROLE_EXPERT));
    clients.emplace_back("another enterprise", cluster_.NewClient(v1::ROLE_ENTERPRISE, rival_));
    clients.emplace_back("partner", cluster_.NewClient(v1::ROLE_PARTNER));
    return clients;
  }

  // A call of the administrator that must succeed.
  template <typename Stub, typename Request, typename Response>
  void Must(const std::unique_ptr<Stub>& stub,
            grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
            const Request& request, Response* response) {
    const grpc::Status status = cluster_.Admin().Call(stub.get(), method, request, response);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }

  // What a call answered, as text, so that one look finds a leak in any field.
  template <typename Stub, typename Request, typename Response>
  std::string Answer(const Client& client, Stub* stub,
                     grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                     const Request& request, Response* response) {
    const grpc::Status status = client.Call(stub, method, request, response);
    return response->DebugString() + status.error_message() + status.error_details();
  }

  void ExpectNoLeak(const std::string& text, const std::string& where) {
    std::vector<std::string> secrets = {secret_.name(), "hs-visits", kSecretFigure};
    for (const char* word : {kSecretWord, kSecretFirm, kSecretJudge}) {
      secrets.emplace_back(word);
      v1::Need need;  // as DebugString writes the word
      need.set_title(word);
      const std::string debug = need.ShortDebugString();
      secrets.push_back(debug.substr(debug.find('"') + 1, debug.rfind('"') - debug.find('"') - 1));
    }
    for (const std::string& secret : secrets) {
      EXPECT_EQ(text.find(secret), std::string::npos) << where << " leaks " << secret;
    }
  }

  // Of the anonymous need.
  void RaiseTier() {
    const Client admin = cluster_.Admin();
    v1::UpdateNeedRequest update;
    update.mutable_need()->set_name(masked_.name());
    update.mutable_need()->set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
    update.mutable_update_mask()->add_paths("tier");
    v1::UpdateNeedResponse updated;
    ASSERT_TRUE(
        admin.Call(admin.catalog.get(), &v1::CatalogService::Stub::UpdateNeed, update, &updated).ok());
  }

  std::string owner_, rival_;
  v1::Need secret_, masked_;
  v1::Achievement achievement_;
  int64_t revision_ = 0;
};

}  // namespace duijie::testing
