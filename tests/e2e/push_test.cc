// SPDX-License-Identifier: GPL-3.0-or-later
// Directed push from end to end: staff push, the enterprise reads and answers, matching learns of it, a
// client that follows misses nothing.
#include "duijie/v1/push_service.grpc.pb.h"
#include "tests/e2e/topologies.h"
#include "tests/support/standing_push.h"

namespace duijie::testing {
namespace {

using Pushes = v1::PushService::Stub;
using PushTest = EndToEndTest;
DUIJIE_BOTH_TOPOLOGIES(PushTest);

constexpr std::chrono::seconds kPatience{20};

struct Story {
  v1::Enterprise enterprise;
  v1::Need need;
  v1::Achievement achievement;
};

Story Prepare(const Client& admin) {
  v1::Enterprise enterprise;
  enterprise.set_title("安平晨光丝网有限公司");
  enterprise.set_park_code(kPark);
  enterprise = Publish(admin, enterprise);
  v1::Need need;
  need.set_title("丝网断丝自动检测");
  need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
  need.set_description("断丝靠人工目检，漏检率高。");
  need.set_enterprise(enterprise.name());
  need.set_park_code(kPark);
  need.mutable_consents()->set_push(true);
  v1::Achievement achievement;
  achievement.set_title("金属网在线检测装备");
  achievement.set_summary("用机器视觉在线检测断丝。检测速度不低于30米/分钟。");
  return {enterprise, Publish(admin, need), Publish(admin, achievement)};
}

v1::CreatePushRequest RequestOf(const Story& story) {
  v1::CreatePushRequest request;
  v1::Push& push = *request.mutable_push();
  push.set_enterprise(story.enterprise.name());
  push.set_need(story.need.name());
  push.set_achievement(story.achievement.name());
  v1::PushCitation& field = *push.mutable_reasons()->add_need_fields();
  field.set_field("description");
  field.set_quote("漏检率高");
  v1::PushCitation& sentence = *push.mutable_reasons()->add_achievement_sentences();
  sentence.set_field("summary");
  sentence.set_quote("用机器视觉在线检测断丝。");
  return request;
}

v1::TransitionPushResponse Step(const Client& client, Pushes* push, const std::string& name,
                                v1::PushState to) {
  v1::TransitionPushRequest request;
  request.set_name(name);
  request.set_to(to);
  if (to == v1::PUSH_STATE_DECLINED) {
    request.set_decline_reason(v1::DECLINE_REASON_INDICATORS);
    request.set_text("速度不够");
  }
  v1::TransitionPushResponse response;
  const auto status = client.Call(push, &Pushes::TransitionPush, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response;
}

// Judgements of the need, once matching has any.
v1::ListJudgementsResponse JudgementsOf(const Client& client, const std::string& need) {
  v1::ListJudgementsRequest request;
  request.set_need(need);
  v1::ListJudgementsResponse response;
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (response.judgements().empty() && std::chrono::steady_clock::now() < end) {
    client.Call(client.judgements.get(), &v1::JudgementService::Stub::ListJudgements, request, &response);
  }
  return response;
}

TEST_P(PushTest, AnEnterpriseAnswersAndMatchingLearnsOfIt) {
  const Client admin = cluster_.Admin();
  StandingPush(cluster_).TurnOff();
  const Story story = Prepare(admin);
  const auto push = v1::PushService::NewStub(cluster_.Channel("push"));
  const Client staff = cluster_.NewClient(v1::ROLE_STAFF, "", {kPark});
  const Client owner = cluster_.NewClient(v1::ROLE_ENTERPRISE, story.enterprise.name());
  const Client stranger = cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark});

  const auto context = owner.Context();
  const auto stream = push->WatchPushes(context.get(), v1::WatchPushesRequest());
  v1::WatchPushesResponse event;
  ASSERT_TRUE(stream->Read(&event));
  EXPECT_EQ(event.event().kind(), v1::PUSH_EVENT_KIND_UNSPECIFIED);

  v1::CreatePushResponse created;
  const auto made = staff.Call(push.get(), &Pushes::CreatePush, RequestOf(story), &created);
  ASSERT_TRUE(made.ok()) << made.error_message();
  const std::string name = created.push().name();
  ASSERT_TRUE(stream->Read(&event));
  EXPECT_EQ(event.event().kind(), v1::PUSH_EVENT_KIND_DELIVERED);
  EXPECT_EQ(event.event().push(), name);
  context->TryCancel();

  EXPECT_EQ(staff.Call(push.get(), &Pushes::CreatePush, RequestOf(story), &created).error_code(),
            grpc::StatusCode::FAILED_PRECONDITION);
  v1::GetPushRequest get;
  get.set_name(name);
  v1::GetPushResponse got;
  EXPECT_EQ(stranger.Call(push.get(), &Pushes::GetPush, get, &got).error_code(), grpc::StatusCode::NOT_FOUND);

  v1::ListInboxResponse inbox;
  ASSERT_TRUE(owner.Call(push.get(), &Pushes::ListInbox, v1::ListInboxRequest(), &inbox).ok());
  EXPECT_EQ(inbox.unread_count(), 1);
  Step(owner, push.get(), name, v1::PUSH_STATE_READ);
  Step(owner, push.get(), name, v1::PUSH_STATE_DECLINED);
  const auto judgements = JudgementsOf(admin, story.need.name());
  ASSERT_EQ(judgements.judgements_size(), 1);
  EXPECT_EQ(judgements.judgements(0).decision(), v1::JUDGEMENT_DECISION_DECLINED);
  EXPECT_EQ(judgements.judgements(0).judge_kind(), v1::JUDGE_KIND_ENTERPRISE);

  // A client that was away goes on where it was.
  v1::WatchPushesRequest resumed;
  resumed.set_resume_token(event.event().resume_token());
  const auto again = owner.Context();
  const auto rest = push->WatchPushes(again.get(), resumed);
  std::vector<v1::PushState> states;
  while (states.size() < 2 && rest->Read(&event)) {
    if (event.event().kind() != v1::PUSH_EVENT_KIND_UNSPECIFIED) states.push_back(event.event().state());
  }
  EXPECT_EQ(states, (std::vector<v1::PushState>{v1::PUSH_STATE_READ, v1::PUSH_STATE_DECLINED}));
  again->TryCancel();
}

TEST_P(PushTest, WhoOptedOutIsNotPushed) {
  const Client admin = cluster_.Admin();
  StandingPush(cluster_).TurnOff();
  const Story story = Prepare(admin);
  v1::UpdateEnterpriseRequest request;
  *request.mutable_enterprise() = story.enterprise;
  request.mutable_enterprise()->set_push_opt_out(true);
  request.mutable_update_mask()->add_paths("push_opt_out");
  v1::UpdateEnterpriseResponse updated;
  const auto status =
      admin.Call(admin.catalog.get(), &v1::CatalogService::Stub::UpdateEnterprise, request, &updated);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const auto push = v1::PushService::NewStub(cluster_.Channel("push"));
  v1::CreatePushResponse created;
  EXPECT_EQ(admin.Call(push.get(), &Pushes::CreatePush, RequestOf(story), &created).error_code(),
            grpc::StatusCode::FAILED_PRECONDITION);
}

}  // namespace
}  // namespace duijie::testing
