// SPDX-License-Identifier: GPL-3.0-or-later
// The same of pushes: whoever may not know of a push learns nothing of it by reading, listing, answering,
// following or pushing.
#include "duijie/v1/push_service.grpc.pb.h"
#include "tests/e2e/confidential_need.h"
#include "tests/support/standing_push.h"

namespace duijie::testing {
namespace {

using Pushes = v1::PushService::Stub;

class ConfidentialPushTest : public ConfidentialityTest {
 protected:
  void SetUp() override {
    ConfidentialityTest::SetUp();
    StandingPush(cluster_).TurnOff();  // before it may push without consent
    stub_ = v1::PushService::NewStub(cluster_.Channel("push"));
    v1::GetPushSettingsResponse settings;
    Must(stub_, &Pushes::GetPushSettings, v1::GetPushSettingsRequest(), &settings);
    v1::UpdatePushSettingsRequest update;
    *update.mutable_settings() = settings.settings();
    update.mutable_settings()->mutable_rules()->set_need_consent_required(false);
    v1::UpdatePushSettingsResponse updated;
    Must(stub_, &Pushes::UpdatePushSettings, update, &updated);
  }

  v1::CreatePushRequest RequestFor(const std::string& enterprise) {
    v1::CreatePushRequest request;
    request.mutable_push()->set_enterprise(enterprise);
    request.mutable_push()->set_achievement(achievement_.name());
    v1::PushReasons& reasons = *request.mutable_push()->mutable_reasons();
    v1::PushCitation& sentence = *reasons.add_achievement_sentences();
    sentence.set_field("title");
    sentence.set_quote(achievement_.title());
    if (enterprise == owner_) {
      request.mutable_push()->set_need(secret_.name());
      v1::PushCitation& cited = *reasons.add_need_fields();
      cited.set_field("description");
      cited.set_quote(secret_.description());
    } else {
      v1::PushCitation& cited = *reasons.add_enterprise_fields();
      cited.set_field("park_code");
      cited.set_quote(kOtherPark);
    }
    return request;
  }

  std::string PlantPush(const std::string& enterprise) {
    v1::CreatePushResponse created;
    Must(stub_, &Pushes::CreatePush, RequestFor(enterprise), &created);
    return created.push().name();
  }

  // The token of now, or "" for who may not follow.
  std::string TokenOf(const Client& client) {
    const auto context = client.Context();
    const auto stream = stub_->WatchPushes(context.get(), v1::WatchPushesRequest());
    v1::WatchPushesResponse response;
    const bool answered = stream->Read(&response);
    context->TryCancel();
    return answered ? response.event().resume_token() : "";
  }

  // What is heard after `token`, up to the first event of a push.
  v1::PushEvent FirstEventAfter(const Client& client, const std::string& token) {
    v1::WatchPushesRequest request;
    request.set_resume_token(token);
    const auto context = client.Context();
    const auto stream = stub_->WatchPushes(context.get(), request);
    v1::WatchPushesResponse response;
    while (stream->Read(&response) && response.event().kind() == v1::PUSH_EVENT_KIND_UNSPECIFIED) {
    }
    context->TryCancel();
    return response.event();
  }

  // Everything that a caller is answered about the push, but where he names the need himself.
  std::string EverythingOf(const Client& client, const std::string& name) {
    v1::GetPushRequest get;
    get.set_name(name);
    v1::GetPushResponse got;
    std::string text = Answer(client, stub_.get(), &Pushes::GetPush, get, &got);
    v1::ListPushesResponse listed;
    text += Answer(client, stub_.get(), &Pushes::ListPushes, v1::ListPushesRequest(), &listed);
    v1::ListPushesRequest of_need;
    of_need.set_need(secret_.name());
    text += Answer(client, stub_.get(), &Pushes::ListPushes, of_need, &listed);
    EXPECT_EQ(listed.pushes_size(), 0);
    v1::ListPushesRequest of_enterprise;
    of_enterprise.set_enterprise(owner_);
    text += Answer(client, stub_.get(), &Pushes::ListPushes, of_enterprise, &listed);
    EXPECT_EQ(listed.pushes_size(), 0);
    v1::ListInboxResponse inbox;
    text += Answer(client, stub_.get(), &Pushes::ListInbox, v1::ListInboxRequest(), &inbox);
    v1::TransitionPushRequest step;
    step.set_name(name);
    step.set_to(v1::PUSH_STATE_READ);
    v1::TransitionPushResponse stepped;
    text += Answer(client, stub_.get(), &Pushes::TransitionPush, step, &stepped);
    v1::GetPushPreferencesRequest preferences;
    preferences.set_name("pushPreferences/" + owner_.substr(owner_.find('/') + 1));
    v1::GetPushPreferencesResponse preferred;
    text += Answer(client, stub_.get(), &Pushes::GetPushPreferences, preferences, &preferred);
    v1::CreatePushResponse created;
    text += Answer(client, stub_.get(), &Pushes::CreatePush, RequestFor(owner_), &created);
    return text;
  }

  std::unique_ptr<Pushes> stub_;
};
DUIJIE_BOTH_TOPOLOGIES(ConfidentialPushTest);

TEST_P(ConfidentialPushTest, NobodyElseLearnsOfAPush) {
  auto outsiders = Outsiders();
  std::vector<std::string> tokens;
  for (const auto& [who, client] : outsiders) tokens.push_back(TokenOf(client));
  const std::string hidden = PlantPush(owner_);
  const std::string open = PlantPush(rival_);
  for (size_t i = 0; i < outsiders.size(); ++i) {
    const auto& [who, client] = outsiders[i];
    ExpectNoLeak(EverythingOf(client, hidden), who);
    v1::GetPushRequest get;
    get.set_name(hidden);
    v1::GetPushResponse got;
    const auto code = client.Call(stub_.get(), &Pushes::GetPush, get, &got).error_code();
    if (tokens[i].empty()) {  // roles that have nothing to do with pushes
      EXPECT_EQ(code, grpc::StatusCode::PERMISSION_DENIED) << who;
      continue;
    }
    EXPECT_EQ(code, grpc::StatusCode::NOT_FOUND) << who;
    EXPECT_EQ(FirstEventAfter(client, tokens[i]).push(), open) << who << " must not hear of the first";
  }
  v1::GetPushRequest get;
  get.set_name(hidden);
  v1::GetPushResponse got;
  const Client owner = cluster_.NewClient(v1::ROLE_ENTERPRISE, owner_);
  EXPECT_TRUE(owner.Call(stub_.get(), &Pushes::GetPush, get, &got).ok());
  EXPECT_EQ(got.push().state(), v1::PUSH_STATE_PUSHED) << "no outsider's step was taken";
}

}  // namespace
}  // namespace duijie::testing
