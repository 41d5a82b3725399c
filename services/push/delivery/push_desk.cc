// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_desk.h"

#include "common/resources/record_access.h"
#include "services/push/delivery/judgement_outbox.h"
#include "services/push/delivery/push_access.h"
#include "services/push/delivery/push_keys.h"
#include "services/push/delivery/push_records.h"
#include "services/push/delivery/push_states.h"

namespace duijie::push {
namespace {

bool IsSideEntryExists(const Status& status) { return ReasonOf(status) == "SIDE_ENTRY_EXISTS"; }

// Where to look for what a list asks for: the narrowest index.
struct Range {
  std::string_view index;
  std::string prefix;
};

Range RangeOf(const v1::ListPushesRequest& request, const Principal& caller) {
  if (!request.need().empty()) return {kByNeed, PrefixOf(request.need())};
  if (!request.campaign().empty()) return {kByCampaign, PrefixOf(request.campaign())};
  if (caller.role() == v1::ROLE_ENTERPRISE) return {kByEnterprise, PrefixOf(caller.enterprise())};
  if (!request.enterprise().empty()) return {kByEnterprise, PrefixOf(request.enterprise())};
  if (!request.achievement().empty()) return {kByAchievement, PrefixOf(request.achievement())};
  return {kByTime, PrefixOf("")};
}

bool Fits(const v1::ListPushesRequest& request, const v1::Push& push) {
  const auto is = [](const std::string& wanted, const std::string& name) {
    return wanted.empty() || wanted == name;
  };
  return is(request.enterprise(), push.enterprise()) && is(request.need(), push.need()) &&
         is(request.achievement(), push.achievement()) && is(request.campaign(), push.campaign()) &&
         (request.state() == v1::PUSH_STATE_UNSPECIFIED || request.state() == push.state()) &&
         (request.origin() == v1::PUSH_ORIGIN_UNSPECIFIED || request.origin() == push.origin());
}

Status CheckFilter(const v1::ListPushesRequest& request) {
  std::vector<FieldViolation> wrong;
  const auto check = [&wrong](const std::string& name, std::string_view collection, const char* field) {
    if (!name.empty()) CheckName(name, collection, field, &wrong);
  };
  check(request.enterprise(), "enterprises", "enterprise");
  check(request.need(), "needs", "need");
  check(request.achievement(), "achievements", "achievement");
  check(request.campaign(), "campaigns", "campaign");
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

void LeaveOutAchievement(v1::Push* push) {
  push->clear_achievement_title();
  push->mutable_reasons()->clear_achievement_sentences();
  push->mutable_reasons()->clear_fit_rows();
  push->set_achievement_hidden(true);
}

}  // namespace

StatusOr<std::vector<v1::Push>> PushDesk::Shown(const rpc::CallContext& call,
                                                std::vector<v1::Push> pushes) const {
  const Principal& caller = call.principal();
  if (pushes.empty() || caller.role() == v1::ROLE_ADMIN) return pushes;
  DUIJIE_ASSIGN_OR_RETURN(const PushRecords records, PushRecords::ReadAchievements(peers_, call, pushes));
  for (v1::Push& push : pushes) {
    const v1::Achievement* achievement = records.Of(push).achievement;
    if (achievement == nullptr || VisibilityOf(caller, AccessOf(*achievement)) == Visibility::kNone) {
      LeaveOutAchievement(&push);
    }
    push = ShownTo(caller, std::move(push));
  }
  return pushes;
}

StatusOr<v1::Push> PushDesk::ShownOne(const rpc::CallContext& call, v1::Push push) const {
  std::vector<v1::Push> one;
  one.push_back(std::move(push));
  DUIJIE_ASSIGN_OR_RETURN(one, Shown(call, std::move(one)));
  return std::move(one.front());
}

StatusOr<v1::CreatePushResponse> PushDesk::Create(const rpc::CallContext& call,
                                                  const v1::CreatePushRequest& request) {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "CreatePush", request);
  v1::CreatePushResponse response;
  const auto answer_of_before = [&]() -> StatusOr<bool> {
    DUIJIE_ASSIGN_OR_RETURN(auto answer, store_.AnswerOf<v1::Push>(write));
    if (answer) *response.mutable_push() = *std::move(answer);
    return response.has_push();
  };
  DUIJIE_ASSIGN_OR_RETURN(bool answered, answer_of_before());
  if (answered) return response;
  v1::Push push = request.push();
  push.set_origin(v1::PUSH_ORIGIN_MANUAL);
  push.clear_campaign();
  auto outcomes = pushes_.Create(call, {std::move(push)}, write);
  // The same request may have got there first, which then is what keeps this one back.
  if (!outcomes.ok() ? IsSideEntryExists(outcomes.status()) : !outcomes->front().kept_back.ok()) {
    DUIJIE_ASSIGN_OR_RETURN(answered, answer_of_before());
    if (answered) return response;
  }
  if (!outcomes.ok()) return outcomes.status();
  DUIJIE_RETURN_IF_ERROR(outcomes->front().kept_back);
  *response.mutable_push() = std::move(outcomes->front().push);
  return response;
}

StatusOr<v1::GetPushResponse> PushDesk::Get(const rpc::CallContext& call,
                                            const v1::GetPushRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::Push push, pushes_.table().Get(request.name()));
  if (!MaySee(call.principal(), push)) return NoSuchResource();
  v1::GetPushResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_push(), ShownOne(call, std::move(push)));
  return response;
}

StatusOr<v1::ListPushesResponse> PushDesk::List(const rpc::CallContext& call,
                                                const v1::ListPushesRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckFilter(request));
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(store_.tokens(), call.principal(), request));
  const Range range = RangeOf(request, call.principal());
  DUIJIE_ASSIGN_OR_RETURN(auto found, pushes_.table().ListByIndex(range.index, range.prefix, page.position(),
                                                                  page.size(), [&](const v1::Push& push) {
                                                                    return MaySee(call.principal(), push) &&
                                                                           Fits(request, push);
                                                                  }));
  v1::ListPushesResponse response;
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Push> shown, Shown(call, std::move(found.items)));
  for (v1::Push& push : shown) *response.add_pushes() = std::move(push);
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<int32_t> PushDesk::CountUnread(const std::string& enterprise) const {
  size_t count = 0;
  std::string position;
  do {
    DUIJIE_ASSIGN_OR_RETURN(
        const IndexPage block,
        store_.log().ListByIndex(kUnread, PrefixOf(enterprise), position, kMaxUnreadCounted - count));
    count += block.entries.size();
    position = block.next;
  } while (!position.empty() && count < kMaxUnreadCounted);
  return static_cast<int32_t>(count);
}

StatusOr<v1::ListInboxResponse> PushDesk::ListInbox(const rpc::CallContext& call,
                                                    const v1::ListInboxRequest& request) const {
  const Principal& caller = call.principal();
  // An administrator's is empty: no push goes to an enterprise without a name.
  if (caller.role() != v1::ROLE_ENTERPRISE && caller.role() != v1::ROLE_ADMIN) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "只有企业有收件箱");
  }
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page, PageOfList::Open(store_.tokens(), caller, request));
  const bool unread = request.state() == v1::PUSH_STATE_PUSHED;
  DUIJIE_ASSIGN_OR_RETURN(
      auto found, pushes_.table().ListByIndex(unread ? kUnread : kDelivered, PrefixOf(caller.enterprise()),
                                              page.position(), page.size(), [&](const v1::Push& push) {
                                                return request.state() == v1::PUSH_STATE_UNSPECIFIED ||
                                                       request.state() == push.state();
                                              }));
  v1::ListInboxResponse response;
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Push> shown, Shown(call, std::move(found.items)));
  for (v1::Push& push : shown) *response.add_pushes() = std::move(push);
  response.set_next_page_token(page.TokenFor(found.next));
  DUIJIE_ASSIGN_OR_RETURN(const int32_t unread_count, CountUnread(caller.enterprise()));
  response.set_unread_count(unread_count);
  return response;
}

StatusOr<v1::TransitionPushResponse> PushDesk::Transition(const rpc::CallContext& call,
                                                          const v1::TransitionPushRequest& request) {
  const Principal& caller = call.principal();
  const WriteRequest write = DescribeRequest(caller.key_id(), "TransitionPush", request);
  DUIJIE_ASSIGN_OR_RETURN(v1::Push push, pushes_.table().Get(request.name()));
  if (!MaySee(caller, push)) return NoSuchResource();
  v1::TransitionPushResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, store_.AnswerOf<v1::Push>(write));
  if (!answer) {
    DUIJIE_RETURN_IF_ERROR(pushes_.table().CheckEtag(push, request.etag()));
    const AskedStep step{request.to(), request.decline_reason(), request.text()};
    DUIJIE_RETURN_IF_ERROR(CheckStep(push, caller, step));
    const UnixMicros now = store_.Now();
    TakeStep(&push, step, caller, now);
    std::vector<SideEntry> sides;
    if (const auto errand = JudgementOutbox::EntryFor(push, caller, now)) sides.push_back(*errand);
    const auto committed = store_.Commit(write, {pushes_.table().Replace(push, now)}, std::move(sides));
    if (committed.ok()) {
      DUIJIE_ASSIGN_OR_RETURN(push, pushes_.table().Get(push.name(), *committed));
    } else {  // the same request may have got there first
      DUIJIE_ASSIGN_OR_RETURN(answer, store_.AnswerOf<v1::Push>(write));
      if (!answer) return committed.status();
    }
  }
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_push(), ShownOne(call, answer ? *answer : push));
  return response;
}

}  // namespace duijie::push
