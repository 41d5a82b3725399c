// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/provocations.h"

#include <algorithm>

#include "tests/bench/year/streams.h"

namespace duijie::bench {
namespace {

using PushStub = v1::PushService::Stub;

constexpr int kProbedNeeds = 2;  // a month

// Asks for what may or may not be answered; whatever is answered is looked at.
template <typename Method, typename Request>
void Ask(const Party& party, Method method, const Request& request) {
  static_cast<void>(party.Call(method, request));
}

}  // namespace

void Provocations::Sent(const SentPush& push) {
  days_of_[push.taker.enterprise].push_back(push.day);
  if (!push.taker.need) return;
  sent_.push_back(push);
  latest_of_[push.taker.enterprise] = push;
}

v1::CreatePushRequest Provocations::PushOf(const Taker& taker, uint64_t achievement) const {
  v1::CreatePushRequest request;
  v1::Push& push = *request.mutable_push();
  push.set_enterprise(stage_.texts.enterprises.Of(taker.enterprise));
  push.set_need(stage_.texts.needs.Of(taker.need.value_or(0)));
  push.set_achievement(stage_.texts.achievements.Of(achievement));
  v1::PushCitation& field = *push.mutable_reasons()->add_need_fields();
  field.set_field("title");
  field.set_quote(stage_.texts.Of(push.need(), "title").at(0));
  v1::PushCitation& sentence = *push.mutable_reasons()->add_achievement_sentences();
  sentence.set_field("title");
  sentence.set_quote(stage_.texts.Of(push.achievement(), "title").at(0));
  return request;
}

void Provocations::Attempt(const std::string& what, const v1::CreatePushRequest& request,
                           const std::set<std::string>& reasons) const {
  const auto answer = stage_.parties.admin().Call(&PushStub::CreatePush, request);
  const std::string reason = answer.ok() ? "accepted" : std::string(ReasonOf(answer.status()));
  stage_.oracle.Attempt(what + ": " + reason, reasons.contains(reason));
}

void Provocations::Step(const SentPush& push, v1::PushState to, const std::string& what) const {
  v1::TransitionPushRequest request;
  request.set_name(push.name);
  request.set_to(to);
  stage_.oracle.Attempt(what, !stage_.parties.admin().Call(&PushStub::TransitionPush, request).ok());
}

Status Provocations::Provoke(int day, const std::set<uint64_t>& refusing, uint64_t published) {
  if (sent_.empty() || published == 0) return OkStatus();
  Random random = stage_.Stream(kDayStream, static_cast<uint64_t>(day));
  const SentPush& old = sent_[random.Below(sent_.size())];
  const uint64_t other = random.Below(published);
  if (day - old.day < rules_.pair_interval_days()) {
    Attempt("the same pair again", PushOf(old.taker, old.achievement),
            {"ALREADY_PUSHED", "NO_CONSENT", "PUSH_LIMIT"});
  }
  v1::CreatePushRequest invented = PushOf(old.taker, other);
  invented.mutable_push()->mutable_reasons()->mutable_achievement_sentences(0)->set_quote("记录中没有这句话");
  Attempt("a quote that is not in the record", invented, {"INCOMPLETE", "NO_CONSENT"});
  v1::CreatePushRequest bare = PushOf(old.taker, other);
  bare.mutable_push()->mutable_reasons()->clear_need_fields();
  Attempt("no cited field", bare, {"INCOMPLETE", "NO_CONSENT"});
  Step(old, v1::PUSH_STATE_WITHHELD, "a step that only the system takes");
  Step(old, v1::PUSH_STATE_DECLINED, "a decline without reason and text");
  Step(old, v1::PUSH_STATE_PUSHED, "a step back to the beginning");
  const std::vector<int>& days = days_of_[old.taker.enterprise];
  const auto full =
      std::count_if(days.begin(), days.end(), [&](int sent) { return day - sent < rules_.cap_days(); });
  if (full >= rules_.cap_pushes()) {
    Attempt("more than the cap", PushOf(old.taker, other), {"PUSH_LIMIT", "ALREADY_PUSHED", "NO_CONSENT"});
  }
  for (const uint64_t enterprise : refusing) {
    const auto latest = latest_of_.find(enterprise);
    if (latest == latest_of_.end()) continue;
    Attempt("to who opted out", PushOf(latest->second.taker, other), {"NO_CONSENT"});
    break;
  }
  return OkStatus();
}

Status Provocations::Probe(int month, uint64_t published) {
  Random random = stage_.Stream(kDayStream, kDaysOfYear + static_cast<uint64_t>(month));
  const YearScale& scale = stage_.world.scale();
  uint64_t stranger = random.Below(scale.enterprises);
  while (!Parties::HasKey(stranger)) stranger = random.Below(scale.enterprises);
  DUIJIE_ASSIGN_OR_RETURN(const Party* enterprise, stage_.parties.Enterprise(stranger));
  DUIJIE_ASSIGN_OR_RETURN(const Party* staff, stage_.parties.Staff(stage_.world.ParkOf(stranger)));
  int probed = 0;
  for (uint64_t tries = 0; tries < scale.needs && probed < kProbedNeeds; ++tries) {
    const uint64_t need = random.Below(scale.needs);
    if (!stage_.world.IsConfidential(need) || stage_.world.EnterpriseOf(need) == stranger) continue;
    ++probed;
    for (const Party* party : {enterprise, staff}) {
      v1::SearchRequest search;
      search.set_collection(v1::COLLECTION_NEEDS);
      search.set_query(stage_.world.NeedCell(need, "关键词"));
      Ask(*party, &v1::SearchService::Stub::Search, search);
      search.set_query(stage_.world.NeedCell(need, "需求名称"));
      Ask(*party, &v1::SearchService::Stub::Search, search);
      v1::GetNeedRequest get;
      get.set_name(stage_.texts.needs.Of(need));
      Ask(*party, &v1::CatalogService::Stub::GetNeed, get);
      if (published == 0) continue;
      v1::MatchAchievementRequest match;
      match.set_name(stage_.texts.achievements.Of(random.Below(published)));
      Ask(*party, &v1::MatchService::Stub::MatchAchievement, match);
    }
  }
  v1::GetVisitLedgerRequest ledger;
  ledger.set_year(kYear);
  Ask(*staff, &v1::VisitService::Stub::GetVisitLedger, ledger);
  Ask(*staff, &PushStub::ListPushes, v1::ListPushesRequest());
  Ask(*staff, &v1::IntakeService::Stub::ListNeedDrafts, v1::ListNeedDraftsRequest());
  Ask(*enterprise, &PushStub::ListInbox, v1::ListInboxRequest());
  return OkStatus();
}

}  // namespace duijie::bench
