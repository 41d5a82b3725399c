// SPDX-License-Identifier: GPL-3.0-or-later
// Random pushes and answers against an oracle that knows nothing of indexes: it keeps a plain list and works
// every rule out anew.
#include <random>
#include <set>

#include "tests/unit/services/push/delivery/push_fixture.h"

namespace duijie::push {
namespace {

using testing::Admin;
using testing::IsOk;
using testing::kOtherPark;
using testing::kPark;
using testing::Owner;
using testing::Staff;

constexpr int kPushSteps = 3'000;
constexpr int kAnswerSteps = 4'000;

struct Made {
  std::string taker;  // need, or enterprise in a push without one
  std::string enterprise;
  std::string achievement;
  UnixMicros time;
};

class PushPropertiesTest : public testing::PushFixture {
 protected:
  PushPropertiesTest() : seed_(std::random_device{}()), random_(seed_) {
    RecordProperty("seed", std::to_string(seed_));
  }
  int Below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

  // Which rule keeps the push back, by counting.
  std::string Expected(const Made& asked, const v1::PushRules& rules, bool need_consents) const {
    if (catalog_.at(asked.enterprise).enterprise().push_opt_out()) return "NO_CONSENT";
    if (!need_consents && rules.need_consent_required()) return "NO_CONSENT";
    int in_window = 0;
    bool again = false;
    for (const Made& before : made_) {
      const UnixMicros age = asked.time - before.time;
      if (before.taker == asked.taker && before.achievement == asked.achievement) {
        again = again || age < rules.pair_interval_days() * kMicrosPerDay;
      }
      if (before.enterprise == asked.enterprise) in_window += age < rules.cap_days() * kMicrosPerDay ? 1 : 0;
    }
    if (again) return "ALREADY_PUSHED";
    return in_window >= rules.cap_pushes() ? "PUSH_LIMIT" : "";
  }

  const unsigned seed_;
  std::mt19937 random_;
  std::vector<Made> made_;
};

TEST_F(PushPropertiesTest, NoRandomPushBreaksARule) {
  SCOPED_TRACE("seed " + std::to_string(seed_));
  for (int i = 0; i < 6; ++i) AddEnterprise("e" + std::to_string(i), i % 2 == 0 ? kPark : kOtherPark);
  for (int i = 0; i < 10; ++i) AddNeed("n" + std::to_string(i), "e" + std::to_string(i % 6));
  for (int i = 0; i < 8; ++i) AddAchievement("a" + std::to_string(i));
  v1::PushRules rules = Rules();
  std::set<std::string> seen;
  for (int step = 0; step < kPushSteps; ++step) {
    clock_.Advance(std::chrono::hours(Below(60)));
    if (Below(20) == 0) {
      v1::Enterprise& flipped = enterprise_of("e" + std::to_string(Below(6)));
      flipped.set_push_opt_out(!flipped.push_opt_out());
    }
    if (Below(20) == 0) {
      const std::string need = "n" + std::to_string(Below(10));
      need_of(need).mutable_consents()->set_push(!need_of(need).consents().push());
    }
    if (Below(60) == 0) {
      rules.set_pair_interval_days(1 + Below(200));
      rules.set_cap_pushes(1 + Below(6));
      rules.set_cap_days(1 + Below(40));
      rules.set_need_consent_required(Below(2) == 0);
      SetRules(rules);
    }
    const std::string need = Below(3) == 0 ? "" : "n" + std::to_string(Below(10));
    const std::string enterprise =
        need.empty() ? "e" + std::to_string(Below(6)) : need_of(need).enterprise().substr(12);
    const std::string achievement = "a" + std::to_string(Below(8));
    const Made asked{need.empty() ? enterprise : need, "enterprises/" + enterprise, achievement,
                     clock_.Now()};
    const std::string expected = Expected(asked, rules, need.empty() || need_of(need).consents().push());
    const auto outcome = Make(Admin(), Asked(enterprise, achievement, need));
    ASSERT_EQ(outcome.ok() ? "" : ReasonOf(outcome.status()), expected) << "step " << step;
    if (outcome.ok()) made_.push_back(asked);
    seen.insert(expected);
  }
  EXPECT_EQ(seen, (std::set<std::string>{"", "NO_CONSENT", "ALREADY_PUSHED", "PUSH_LIMIT"}));
}

// The legal steps, as the issue words them.
bool MayFollow(v1::PushState from, v1::PushState to) {
  static const std::map<v1::PushState, std::set<v1::PushState>> steps = {
      {v1::PUSH_STATE_PUSHED, {v1::PUSH_STATE_READ}},
      {v1::PUSH_STATE_READ, {v1::PUSH_STATE_INTERESTED, v1::PUSH_STATE_DECLINED}},
      {v1::PUSH_STATE_INTERESTED, {v1::PUSH_STATE_IN_TALKS, v1::PUSH_STATE_ENDED}},
      {v1::PUSH_STATE_IN_TALKS, {v1::PUSH_STATE_CONTRACTED, v1::PUSH_STATE_ENDED}}};
  const auto found = steps.find(from);
  return found != steps.end() && found->second.contains(to);
}

TEST_F(PushPropertiesTest, RandomAnswersFollowTheStateMachine) {
  SCOPED_TRACE("seed " + std::to_string(seed_));
  v1::PushRules rules = Rules();
  rules.set_cap_pushes(1'000);
  SetRules(rules);
  AddEnterprise("e1");
  std::map<std::string, v1::PushState> states;
  int serial = 0, taken = 0;
  for (int step = 0; step < kAnswerSteps; ++step) {
    if (states.size() < 100 && Below(10) == 0) {
      const std::string id = "a" + std::to_string(serial++);
      AddAchievement(id);
      ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", id)));
      states[push.name()] = push.state();
    }
    if (states.empty()) continue;
    auto chosen = std::next(states.begin(), Below(static_cast<int>(states.size())));
    const auto to = static_cast<v1::PushState>(1 + Below(v1::PushState_MAX));
    const bool staff = Below(2) == 0;
    const bool reasoned = Below(4) != 0, texted = Below(4) != 0;
    const bool declines = to == v1::PUSH_STATE_DECLINED;
    const bool of_enterprise = to == v1::PUSH_STATE_READ || to == v1::PUSH_STATE_INTERESTED || declines;
    const bool legal = MayFollow(chosen->second, to) && (staff || of_enterprise) && (!declines || reasoned) &&
                       ((!declines && to != v1::PUSH_STATE_ENDED) || texted);
    const auto outcome =
        Step(staff ? Staff(kPark) : Owner("enterprises/e1"), chosen->first, to,
             declines && reasoned ? v1::DECLINE_REASON_PRICE : v1::DECLINE_REASON_UNSPECIFIED,
             texted ? "价格超出预算" : "");
    ASSERT_EQ(outcome.ok(), legal) << v1::PushState_Name(chosen->second) << " → " << v1::PushState_Name(to)
                                   << (staff ? " by staff" : " by the enterprise");
    if (legal) {
      chosen->second = to;
      ++taken;
    }
    const v1::Push stored = Stored(chosen->first);
    ASSERT_EQ(stored.state(), chosen->second);
    ASSERT_EQ(stored.history().rbegin()->to(), chosen->second);
    for (int i = 1; i < stored.history_size(); ++i) {
      ASSERT_EQ(stored.history(i).from(), stored.history(i - 1).to());
    }
  }
  EXPECT_GT(taken, 100);
}

}  // namespace
}  // namespace duijie::push
