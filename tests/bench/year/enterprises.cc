// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/enterprises.h"

#include "tests/bench/year/streams.h"

namespace duijie::bench {
namespace {

using PushStub = v1::PushService::Stub;

constexpr double kChooses = 0.5;
constexpr double kOptsOut = 0.04;
constexpr double kOptsInAgain = 0.25;
constexpr int kOptInAfter = 60;  // days
constexpr int kMailDelay = 7;    // days at most
constexpr double kReads = 0.85;
constexpr double kAnswers = 0.75;
constexpr std::array<double, 3> kInterested = {0.05, 0.35, 0.6};  // by Relation
constexpr double kOtherField = 0.7;                               // of declines without a relation
constexpr double kTalks = 0.5;
constexpr double kEndsAtOnce = 0.2;
constexpr int kTalksAfter = 10;  // days
constexpr int kResultAfter = 30;
constexpr double kContract = 0.4;
constexpr uint64_t kRowsOfAchievements = 10'000'000;  // above every row, to name a pair by one number
constexpr uint64_t kRowsOfNeeds = 1'000'000'000;      // above every row, to name a taker by one number
constexpr int kInboxPage = 100;

constexpr std::array kReasons = {v1::DECLINE_REASON_OTHER_FIELD, v1::DECLINE_REASON_INDICATORS,
                                 v1::DECLINE_REASON_IMMATURE,    v1::DECLINE_REASON_PRICE,
                                 v1::DECLINE_REASON_TERMS,       v1::DECLINE_REASON_ALREADY_SOLVED,
                                 v1::DECLINE_REASON_UNCLEAR,     v1::DECLINE_REASON_OTHER};
constexpr std::array kCadences = {v1::PUSH_CADENCE_AT_ONCE, v1::PUSH_CADENCE_DAILY, v1::PUSH_CADENCE_WEEKLY};

v1::DeclineReason DeclineReasonOf(Relation relation, Random* random) {
  if (relation == Relation::kNone && random->Chance(kOtherField)) return v1::DECLINE_REASON_OTHER_FIELD;
  return kReasons[random->Below(kReasons.size())];
}

uint64_t NumberOf(const Taker& taker) { return taker.need.value_or(kRowsOfNeeds + taker.enterprise); }

v1::TransitionPushRequest StepOf(const std::string& push, v1::PushState to) {
  v1::TransitionPushRequest request;
  request.set_name(push);
  request.set_to(to);
  if (to == v1::PUSH_STATE_DECLINED || to == v1::PUSH_STATE_ENDED) request.set_text("经研究暂不推进");
  return request;
}

}  // namespace

Enterprises::Enterprises(const Stage& stage) : stage_(stage) {
  for (uint64_t row = 0; row < stage_.world.scale().enterprises; ++row) {
    Random random = stage_.Stream(kEnterpriseStream, row);
    const int choice_day = static_cast<int>(random.Below(kDaysOfYear));
    const int refusal_day = static_cast<int>(random.Below(kDaysOfYear));
    if (random.Chance(kChooses) && Parties::HasKey(row)) plans_[choice_day].push_back({row, Act::kChoose});
    if (!random.Chance(kOptsOut)) continue;
    plans_[refusal_day].push_back({row, Act::kOptOut});
    if (random.Chance(kOptsInAgain)) plans_[refusal_day + kOptInAfter].push_back({row, Act::kOptIn});
  }
}

Status Enterprises::Change(int day) {
  for (const Plan& plan : plans_[day]) {
    DUIJIE_RETURN_IF_ERROR(plan.act == Act::kChoose ? Choose(plan.enterprise)
                                                    : SetOptOut(plan.enterprise, plan.act == Act::kOptOut));
  }
  return OkStatus();
}

Status Enterprises::Choose(uint64_t enterprise) {
  DUIJIE_ASSIGN_OR_RETURN(const Party* party, stage_.parties.Enterprise(enterprise));
  const std::string& name = stage_.texts.enterprises.Of(enterprise);
  v1::UpdatePushPreferencesRequest request;
  request.mutable_preferences()->set_name("pushPreferences" + name.substr(name.find('/')));
  Random random = stage_.Stream(kEnterpriseStream, enterprise + kRowsOfAchievements);
  request.mutable_preferences()->set_cadence(kCadences[random.Below(kCadences.size())]);
  ++chosen_;
  return party->Call(&PushStub::UpdatePushPreferences, request).status();
}

Status Enterprises::SetOptOut(uint64_t enterprise, bool out) {
  const std::string& name = stage_.texts.enterprises.Of(enterprise);
  v1::UpdateEnterpriseRequest request;
  request.mutable_enterprise()->set_name(name);
  request.mutable_enterprise()->set_push_opt_out(out);
  request.mutable_update_mask()->add_paths("push_opt_out");
  DUIJIE_RETURN_IF_ERROR(
      stage_.parties.admin().Call(&v1::CatalogService::Stub::UpdateEnterprise, request).status());
  // Digests are delivered on a thread of their own: what began a moment before may still go out at this
  // moment, nothing may at the next.
  stage_.ClockTo(stage_.system.clock().Now() + 1'000'000);
  if (out) {
    stage_.oracle.OptOut(name, stage_.system.clock().Now());
    refusing_.insert(enterprise);
    ++opted_out_;
  } else {
    stage_.oracle.OptIn(name, stage_.system.clock().Now() - 1'000'000);
    refusing_.erase(enterprise);
  }
  return OkStatus();
}

void Enterprises::Expect(const v1::Push& push) {
  const auto sent = stage_.texts.Read(push);
  if (!sent.ok() || !Parties::HasKey(sent->taker.enterprise)) return;
  const int due = DayOf(MicrosOf(push.due_time()));
  Random random = stage_.Stream(kAnswerStream, NumberOf(sent->taker));
  mail_days_[due + 1 + static_cast<int>(random.Below(kMailDelay))].insert(sent->taker.enterprise);
}

Status Enterprises::OpenMail(int day) {
  const std::set<uint64_t>& opening = mail_days_[day];
  const std::vector<uint64_t> enterprises(opening.begin(), opening.end());
  DUIJIE_RETURN_IF_ERROR(InParallel(enterprises.size(), [&](size_t i) { return Open(enterprises[i], day); }));
  mail_days_.erase(day);
  return OkStatus();
}

Status Enterprises::Open(uint64_t enterprise, int day) {
  DUIJIE_ASSIGN_OR_RETURN(const Party* party, stage_.parties.Enterprise(enterprise));
  v1::ListInboxRequest request;
  request.set_state(v1::PUSH_STATE_PUSHED);
  request.set_page_size(kInboxPage);
  DUIJIE_ASSIGN_OR_RETURN(const v1::ListInboxResponse inbox, party->Call(&PushStub::ListInbox, request));
  for (const v1::Push& push : inbox.pushes()) DUIJIE_RETURN_IF_ERROR(Answer(*party, push, day));
  return OkStatus();
}

Status Enterprises::Answer(const Party& party, const v1::Push& push, int day) {
  DUIJIE_ASSIGN_OR_RETURN(const SentPush sent, stage_.texts.Read(push));
  Random random =
      stage_.Stream(kAnswerStream, (NumberOf(sent.taker) + 1) * kRowsOfAchievements + sent.achievement);
  if (!random.Chance(kReads)) return OkStatus();
  DUIJIE_RETURN_IF_ERROR(
      party.Call(&PushStub::TransitionPush, StepOf(push.name(), v1::PUSH_STATE_READ)).status());
  const bool answers = random.Chance(kAnswers);
  const Relation relation = stage_.world.RelationOf(sent.taker, sent.achievement);
  const bool interested = random.Chance(kInterested[static_cast<size_t>(relation)]);
  if (answers) {
    v1::TransitionPushRequest answer =
        StepOf(push.name(), interested ? v1::PUSH_STATE_INTERESTED : v1::PUSH_STATE_DECLINED);
    if (!interested) answer.set_decline_reason(DeclineReasonOf(relation, &random));
    DUIJIE_RETURN_IF_ERROR(party.Call(&PushStub::TransitionPush, answer).status());
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  ++counts_.read;
  if (!answers) return OkStatus();
  ++(interested ? counts_.interested : counts_.declined);
  if (interested) PlanTalks(push.name(), day, random);
  return OkStatus();
}

void Enterprises::PlanTalks(const std::string& push, int day, Random random) {
  if (random.Chance(kTalks)) {
    later_[day + kTalksAfter].push_back({push, v1::PUSH_STATE_IN_TALKS});
    later_[day + kTalksAfter + kResultAfter].push_back(
        {push, random.Chance(kContract) ? v1::PUSH_STATE_CONTRACTED : v1::PUSH_STATE_ENDED});
  } else if (random.Chance(kEndsAtOnce)) {
    later_[day + kTalksAfter].push_back({push, v1::PUSH_STATE_ENDED});
  }
}

Status Enterprises::FollowUp(int day) {
  const std::vector<Later> steps = std::move(later_[day]);
  later_.erase(day);
  for (const Later& step : steps) {
    if (step.to == v1::PUSH_STATE_IN_TALKS) ++counts_.talks;
    if (step.to == v1::PUSH_STATE_CONTRACTED) ++counts_.contracts;
    if (step.to == v1::PUSH_STATE_ENDED) ++counts_.ended;
  }
  return InParallel(steps.size(), [&](size_t i) {
    return stage_.parties.admin()
        .Call(&PushStub::TransitionPush, StepOf(steps[i].push, steps[i].to))
        .status();
  });
}

}  // namespace duijie::bench
