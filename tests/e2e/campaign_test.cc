// SPDX-License-Identifier: GPL-3.0-or-later
// Campaigns and standing push from end to end: what is published meets what stands, staff look at a list and
// approve it, enterprises get pushes with reasons, and nobody sees more than before.
#include "duijie/v1/campaign_service.grpc.pb.h"
#include "duijie/v1/push_service.grpc.pb.h"
#include "tests/e2e/topologies.h"
#include "tests/support/standing_push.h"

namespace duijie::testing {
namespace {

constexpr char kSecretSeal[] = "鲲鹏密封";

class CampaignTest : public EndToEndTest {
 protected:
  void SetUp() override {
    EndToEndTest::SetUp();
    campaigns_ = v1::CampaignService::NewStub(cluster_.Channel("push"));
    pushes_ = v1::PushService::NewStub(cluster_.Channel("push"));
  }

  v1::Enterprise PublishEnterprise(const std::string& title, const std::string& park) {
    v1::Enterprise enterprise;
    enterprise.set_title(title);
    enterprise.set_park_code(park);
    enterprise.add_products("工程橡胶");
    return Publish(cluster_.Admin(), enterprise);
  }
  v1::Need PublishNeed(const v1::Enterprise& enterprise, v1::ConfidentialityTier tier) {
    v1::Need need;
    need.set_title(std::string(kSecretSeal) + "橡胶支座耐久");
    need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
    need.set_description("桥梁橡胶支座老化开裂，希望提高耐老化性能。");
    need.set_enterprise(enterprise.name());
    need.set_park_code(enterprise.park_code());
    need.set_tier(tier);
    need.mutable_consents()->set_push(true);
    return Publish(cluster_.Admin(), need);
  }
  v1::Achievement PublishAchievement() {
    v1::Achievement achievement;
    achievement.set_title("耐老化桥梁橡胶支座");
    achievement.set_summary("一种桥梁橡胶支座配方。耐老化性能好，使用寿命长。");
    achievement.set_award("科技进步二等奖");
    return Publish(cluster_.Admin(), achievement);
  }

  std::vector<v1::Push> PushesSeenBy(const Client& client) {
    v1::ListPushesResponse response;
    const auto status =
        client.Call(pushes_.get(), &v1::PushService::Stub::ListPushes, v1::ListPushesRequest(), &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return {response.pushes().begin(), response.pushes().end()};
  }

  // Follows a campaign until nothing works on it.
  v1::Campaign Watch(const Client& client, const std::string& name) {
    v1::WatchCampaignRequest request;
    request.set_name(name);
    const auto context = client.Context();
    const auto stream = campaigns_->WatchCampaign(context.get(), request);
    v1::WatchCampaignResponse response;
    v1::Campaign last;
    while (stream->Read(&response)) last = response.campaign();
    const auto status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return last;
  }
  template <typename Request, typename Response>
  grpc::Status Call(const Client& client,
                    grpc::Status (v1::CampaignService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                      Response*),
                    const Request& request, Response* response) {
    return client.Call(campaigns_.get(), method, request, response);
  }

  v1::Campaign PreviewAgain(const Client& client, const std::string& name, int64_t snapshot) {
    v1::PreviewCampaignRequest request;
    request.set_name(name);
    request.set_snapshot_revision(snapshot);
    v1::PreviewCampaignResponse response;
    const auto status = Call(client, &v1::CampaignService::Stub::PreviewCampaign, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return Watch(client, name);
  }

  std::unique_ptr<v1::CampaignService::Stub> campaigns_;
  std::unique_ptr<v1::PushService::Stub> pushes_;
};

DUIJIE_BOTH_TOPOLOGIES(CampaignTest);

TEST_P(CampaignTest, APublishedAchievementReachesTheEnterpriseOfAStandingNeed) {
  StandingPush standing(cluster_);
  standing.TurnOn();
  const v1::Enterprise enterprise = PublishEnterprise("衡水云杉橡胶有限公司", kPark);
  const v1::Need need = PublishNeed(enterprise, v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  standing.WaitFor(need.revision());  // so that it stands before the achievement comes
  const v1::Achievement achievement = PublishAchievement();
  const v1::StandingStatus status = standing.WaitFor(achievement.revision());
  EXPECT_EQ(status.achievements().lag(), 0);
  const Client owner = cluster_.NewClient(v1::ROLE_ENTERPRISE, enterprise.name());
  const auto pushes = PushesSeenBy(owner);
  ASSERT_EQ(pushes.size(), 1u);
  EXPECT_EQ(pushes[0].origin(), v1::PUSH_ORIGIN_STANDING);
  EXPECT_EQ(pushes[0].need(), need.name());
  EXPECT_EQ(pushes[0].achievement(), achievement.name());
  EXPECT_GE(pushes[0].reasons().need_fields_size(), 1);
  EXPECT_GE(pushes[0].reasons().achievement_sentences_size(), 1);
  EXPECT_EQ(PushesSeenBy(cluster_.NewClient(v1::ROLE_STAFF, "", {kPark})).size(), 1u);
  EXPECT_EQ(PushesSeenBy(cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark})).size(), 0u);
  EXPECT_EQ(cluster_.Logs().find(kSecretSeal), std::string::npos);
}

TEST_P(CampaignTest, AListIsLookedAtApprovedAndPushed) {
  StandingPush(cluster_).TurnOff();
  const v1::Enterprise enterprise = PublishEnterprise("衡水云杉橡胶有限公司", kPark);
  const v1::Need need = PublishNeed(enterprise, v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  PublishNeed(PublishEnterprise("石家庄另一家橡胶有限公司", kOtherPark), v1::CONFIDENTIALITY_TIER_ANONYMOUS);
  const v1::Achievement achievement = PublishAchievement();
  const Client staff = cluster_.NewClient(v1::ROLE_STAFF, "", {kPark});
  const Client outsider = cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark});
  using Stub = v1::CampaignService::Stub;

  v1::CreateCampaignRequest create;
  create.mutable_campaign()->set_title("橡胶行业推送");
  v1::CreateCampaignResponse created;
  const auto made = Call(staff, &Stub::CreateCampaign, create, &created);
  ASSERT_TRUE(made.ok()) << made.error_message();
  const std::string name = created.campaign().name();
  const v1::Campaign previewed = PreviewAgain(staff, name, 0);
  ASSERT_EQ(previewed.state(), v1::CAMPAIGN_STATE_PREVIEWED) << previewed.error();
  EXPECT_EQ(previewed.preview().proposed(), 1) << "the other need is of another park";
  EXPECT_EQ(PushesSeenBy(staff).size(), 0u);
  const v1::Campaign again = PreviewAgain(staff, name, previewed.preview().snapshot_revision());
  EXPECT_EQ(again.preview().digest(), previewed.preview().digest());

  v1::ListCampaignLinesRequest list;
  list.set_campaign(name);
  v1::ListCampaignLinesResponse lines;
  ASSERT_TRUE(Call(staff, &Stub::ListCampaignLines, list, &lines).ok());
  ASSERT_EQ(lines.lines_size(), 1);
  EXPECT_EQ(lines.lines(0).need(), need.name());
  EXPECT_GT(lines.lines(0).bonus(), 0);
  EXPECT_EQ(lines.lines(0).reasons().remarks_size(), 1);
  EXPECT_EQ(Call(outsider, &Stub::ListCampaignLines, list, &lines).error_code(), grpc::StatusCode::NOT_FOUND);

  v1::ApproveCampaignRequest approve;
  approve.set_name(name);
  approve.set_digest(again.preview().digest());
  v1::ApproveCampaignResponse approved;
  EXPECT_EQ(Call(outsider, &Stub::ApproveCampaign, approve, &approved).error_code(),
            grpc::StatusCode::NOT_FOUND);
  ASSERT_TRUE(Call(staff, &Stub::ApproveCampaign, approve, &approved).ok());
  const v1::Campaign done = Watch(staff, name);
  EXPECT_EQ(done.state(), v1::CAMPAIGN_STATE_DONE);
  EXPECT_EQ(done.pushed(), 1);
  ASSERT_TRUE(Call(staff, &Stub::ApproveCampaign, approve, &approved).ok()) << "harmless to repeat";
  const auto pushes = PushesSeenBy(cluster_.NewClient(v1::ROLE_ENTERPRISE, enterprise.name()));
  ASSERT_EQ(pushes.size(), 1u);
  EXPECT_EQ(pushes[0].campaign(), name);
  EXPECT_EQ(pushes[0].achievement(), achievement.name());

  v1::ExportCampaignRequest request;
  request.set_name(name);
  const auto context = staff.Context();
  const auto stream = campaigns_->ExportCampaign(context.get(), request);
  v1::ExportCampaignResponse chunk;
  std::string workbook;
  while (stream->Read(&chunk)) workbook += chunk.chunk();
  const auto exported = stream->Finish();
  EXPECT_TRUE(exported.ok()) << exported.error_message();
  EXPECT_EQ(workbook.substr(0, 2), "PK");
}

}  // namespace
}  // namespace duijie::testing
