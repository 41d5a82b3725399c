// SPDX-License-Identifier: GPL-3.0-or-later
// SIGKILL at random moments while achievements are pushed and answered: no acknowledged push or answer is
// lost, none is doubled when it is repeated, matching learns of each answer once, and a client that follows
// hears of every push.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "duijie/v1/push_service.grpc.pb.h"
#include "tests/crash/kills.h"
#include "tests/support/cluster.h"
#include "tests/support/records.h"
#include "tests/support/standing_push.h"

namespace duijie::testing {
namespace {

using Stub = v1::PushService::Stub;

constexpr int kAchievements = 60;
constexpr int kMaxWritesBeforeKill = 30;
constexpr int kDefaultRounds = 6;
constexpr std::chrono::seconds kPatience{30};

// The pushes that are to be made and answered, one after the other; each call is repeated under the same
// request id until it is acknowledged, also across restarts.
class Script {
 public:
  Script(std::string enterprise, std::string need, std::vector<std::string> achievements)
      : enterprise_(std::move(enterprise)), need_(std::move(need)), achievements_(std::move(achievements)) {}

  bool done() const { return next_ == achievements_.size() && to_ == v1::PUSH_STATE_PUSHED; }
  int acknowledged() const { return acknowledged_; }
  const std::map<std::string, v1::PushState>& states() const { return states_; }

  // Goes on until the daemon dies or everything is done; calls `told` after each acknowledged write.
  void Run(const Client& client, Stub* push, const std::function<void()>& told) {
    while (!done() && (to_ == v1::PUSH_STATE_PUSHED ? Create(client, push) : Step(client, push))) {
      ++acknowledged_;
      told();
    }
  }

 private:
  bool Create(const Client& client, Stub* push) {
    v1::CreatePushRequest request;
    request.mutable_push()->set_enterprise(enterprise_);
    request.mutable_push()->set_need(need_);
    request.mutable_push()->set_achievement(achievements_[next_]);
    v1::PushReasons& reasons = *request.mutable_push()->mutable_reasons();
    v1::PushCitation& field = *reasons.add_need_fields();
    field.set_field("title");
    field.set_quote("断丝");
    v1::PushCitation& sentence = *reasons.add_achievement_sentences();
    sentence.set_field("title");
    sentence.set_quote("检测");
    request.set_request_id(RequestId(acknowledged_));
    v1::CreatePushResponse response;
    const auto status = client.Call(push, &Stub::CreatePush, request, &response);
    if (!Answered(status)) return false;
    current_ = response.push().name();
    states_[current_] = response.push().state();
    ++next_;
    to_ = v1::PUSH_STATE_READ;
    return true;
  }

  bool Step(const Client& client, Stub* push) {
    v1::TransitionPushRequest request;
    request.set_name(current_);
    request.set_to(to_);
    if (to_ == v1::PUSH_STATE_DECLINED) {
      request.set_decline_reason(v1::DECLINE_REASON_PRICE);
      request.set_text("超出预算");
    }
    request.set_request_id(RequestId(acknowledged_));
    v1::TransitionPushResponse response;
    const auto status = client.Call(push, &Stub::TransitionPush, request, &response);
    if (!Answered(status)) return false;
    states_[current_] = response.push().state();
    if (to_ == v1::PUSH_STATE_READ) {
      to_ = next_ % 2 == 0 ? v1::PUSH_STATE_INTERESTED : v1::PUSH_STATE_DECLINED;
    } else {
      to_ = v1::PUSH_STATE_PUSHED;
    }
    return true;
  }

  const std::string enterprise_, need_;
  const std::vector<std::string> achievements_;
  size_t next_ = 0;
  int acknowledged_ = 0;
  v1::PushState to_ = v1::PUSH_STATE_PUSHED;  // the step that comes next; PUSHED: the next push
  std::string current_;
  std::map<std::string, v1::PushState> states_;
};

void RunAndKillScript(Cluster& cluster, Script& script, std::mt19937_64& random) {
  const Client admin = cluster.Admin();
  const auto push = v1::PushService::NewStub(cluster.Channel("push"));
  RunAndKill(cluster, "push", kMaxWritesBeforeKill, random,
             [&](const std::function<void()>& told) { script.Run(admin, push.get(), told); });
}

void AllowManyPushes(const Client& admin, Stub* push) {
  v1::GetPushSettingsResponse settings;
  ASSERT_TRUE(admin.Call(push, &Stub::GetPushSettings, v1::GetPushSettingsRequest(), &settings).ok());
  v1::UpdatePushSettingsRequest request;
  *request.mutable_settings() = settings.settings();
  request.mutable_settings()->mutable_rules()->set_cap_pushes(1'000);
  v1::UpdatePushSettingsResponse updated;
  const auto status = admin.Call(push, &Stub::UpdatePushSettings, request, &updated);
  ASSERT_TRUE(status.ok()) << status.error_message();
}

// Every delivery that a client hears of who follows from `token` on, until it heard of `count` pushes.
std::set<std::string> DeliveredSince(const Client& admin, Stub* push, const std::string& token,
                                     size_t count) {
  v1::WatchPushesRequest request;
  request.set_resume_token(token);
  const auto context = admin.Context();
  const auto stream = push->WatchPushes(context.get(), request);
  v1::WatchPushesResponse response;
  std::set<std::string> delivered;
  while (delivered.size() < count && stream->Read(&response)) {
    if (response.event().kind() != v1::PUSH_EVENT_KIND_DELIVERED) continue;
    EXPECT_TRUE(delivered.insert(response.event().push()).second) << "told twice in one stream";
  }
  context->TryCancel();
  return delivered;
}

std::vector<v1::Judgement> AwaitJudgements(const Client& admin, const std::string& need, size_t count) {
  v1::ListJudgementsRequest request;
  request.set_need(need);
  request.set_page_size(1'000);
  v1::ListJudgementsResponse response;
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (static_cast<size_t>(response.judgements_size()) < count && std::chrono::steady_clock::now() < end) {
    admin.Call(admin.judgements.get(), &v1::JudgementService::Stub::ListJudgements, request, &response);
  }
  return {response.judgements().begin(), response.judgements().end()};
}

TEST(PushCrashTest, KillsAmongPushesAndAnswersLoseAndDoubleNothing) {
  const int rounds = FromEnvironment("DUIJIE_PUSH_CRASH_ROUNDS", kDefaultRounds);
  const int seed = FromEnvironment("DUIJIE_SEED", static_cast<int>(std::random_device()() % 1'000'000));
  std::cout << "DUIJIE_SEED=" << seed << " DUIJIE_PUSH_CRASH_ROUNDS=" << rounds << std::endl;
  std::mt19937_64 random(static_cast<uint64_t>(seed));
  Cluster cluster(Topology::kSingle, {{"limits", "requests_per_second = 1000000.0\nburst = 1000000"}});
  cluster.Start();
  const Client admin = cluster.Admin();
  StandingPush(cluster).TurnOff();  // the pairs are for the script alone to push
  v1::Enterprise enterprise;
  enterprise.set_title("安平晨光丝网有限公司");
  enterprise = Publish(admin, enterprise);
  v1::Need need;
  need.set_title("断丝自动检测");
  need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
  need.set_enterprise(enterprise.name());
  need.mutable_consents()->set_push(true);
  need = Publish(admin, need);
  std::vector<std::string> achievements;
  for (int i = 0; i < kAchievements; ++i) {
    v1::Achievement achievement;
    achievement.set_title("在线检测装备 " + std::to_string(i));
    achievements.push_back(Publish(admin, achievement).name());
  }
  auto push = v1::PushService::NewStub(cluster.Channel("push"));
  ASSERT_NO_FATAL_FAILURE(AllowManyPushes(admin, push.get()));
  std::string token;
  {
    const auto context = admin.Context();
    const auto stream = push->WatchPushes(context.get(), v1::WatchPushesRequest());
    v1::WatchPushesResponse response;
    ASSERT_TRUE(stream->Read(&response));
    token = response.event().resume_token();
    context->TryCancel();
  }

  Script script(enterprise.name(), need.name(), achievements);
  for (int round = 0; round < rounds && !script.done(); ++round) RunAndKillScript(cluster, script, random);

  const Client after = cluster.Admin();
  push = v1::PushService::NewStub(cluster.Channel("push"));
  script.Run(after, push.get(), [] {});  // whatever is left, in peace
  ASSERT_TRUE(script.done());
  v1::ListPushesRequest list;
  list.set_need(need.name());
  list.set_page_size(1'000);
  v1::ListPushesResponse listed;
  ASSERT_TRUE(after.Call(push.get(), &Stub::ListPushes, list, &listed).ok());
  std::map<std::string, v1::PushState> found;
  for (const v1::Push& stored : listed.pushes()) {
    found[stored.name()] = stored.state();
    EXPECT_EQ(stored.history_size(), 3) << stored.name() << " took a step twice";
  }
  EXPECT_EQ(found, script.states());
  EXPECT_EQ(listed.pushes_size(), kAchievements);
  std::set<std::string> judged;
  for (const v1::Judgement& judgement : AwaitJudgements(after, need.name(), kAchievements)) {
    EXPECT_TRUE(judged.insert(judgement.achievement()).second) << "judged twice";
  }
  EXPECT_EQ(judged.size(), static_cast<size_t>(kAchievements));
  EXPECT_EQ(DeliveredSince(after, push.get(), token, kAchievements).size(),
            static_cast<size_t>(kAchievements));
}

}  // namespace
}  // namespace duijie::testing
