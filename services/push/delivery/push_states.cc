// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_states.h"

#include "common/resources/resource_table.h"
#include "services/push/delivery/push_checks.h"

namespace duijie::push {
namespace {

bool IsStepOfEnterprise(v1::PushState to) {
  return to == v1::PUSH_STATE_READ || to == v1::PUSH_STATE_INTERESTED || to == v1::PUSH_STATE_DECLINED;
}

bool NeedsText(v1::PushState to) { return to == v1::PUSH_STATE_DECLINED || to == v1::PUSH_STATE_ENDED; }

Status CheckFields(const AskedStep& step) {
  if (!v1::PushState_IsValid(step.to) || step.to == v1::PUSH_STATE_UNSPECIFIED) {
    return InvalidField("to", "UNKNOWN_VALUE", "未知的目标状态");
  }
  std::vector<FieldViolation> wrong;
  const bool declines = step.to == v1::PUSH_STATE_DECLINED;
  if (!v1::DeclineReason_IsValid(step.decline_reason)) {
    wrong.push_back({"decline_reason", "UNKNOWN_VALUE", "未知的取值"});
  } else if (declines && step.decline_reason == v1::DECLINE_REASON_UNSPECIFIED) {
    wrong.push_back({"decline_reason", "REQUIRED", "须选择不合适的原因"});
  } else if (!declines && step.decline_reason != v1::DECLINE_REASON_UNSPECIFIED) {
    wrong.push_back({"decline_reason", "NOT_ALLOWED", "只有“不合适”才有原因"});
  }
  CheckText(step.text, {.required = NeedsText(step.to), .most = kMaxStepTextCodePoints, .lines = true},
            "text", &wrong);
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

}  // namespace

bool IsLegalStep(v1::PushState from, v1::PushState to) {
  switch (from) {
    case v1::PUSH_STATE_PUSHED:
      return to == v1::PUSH_STATE_READ;
    case v1::PUSH_STATE_READ:
      return to == v1::PUSH_STATE_INTERESTED || to == v1::PUSH_STATE_DECLINED;
    case v1::PUSH_STATE_INTERESTED:
      return to == v1::PUSH_STATE_IN_TALKS || to == v1::PUSH_STATE_ENDED;
    case v1::PUSH_STATE_IN_TALKS:
      return to == v1::PUSH_STATE_CONTRACTED || to == v1::PUSH_STATE_ENDED;
    default:
      return false;
  }
}

Status CheckStep(const v1::Push& push, const Principal& caller, const AskedStep& step) {
  DUIJIE_RETURN_IF_ERROR(CheckFields(step));
  const bool staff = caller.role() == v1::ROLE_ADMIN || caller.role() == v1::ROLE_STAFF;
  if (step.to == v1::PUSH_STATE_WITHHELD || (!staff && !IsStepOfEnterprise(step.to))) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN",
                 "企业可以标为已读、感兴趣或不合适，其余由工作人员办理");
  }
  if (!push.has_deliver_time() || !IsLegalStep(push.state(), step.to)) {
    return Error(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION", "推送的当前状态不允许这一步",
                 {{"from", v1::PushState_Name(push.state())}, {"to", v1::PushState_Name(step.to)}});
  }
  return OkStatus();
}

void TakeStep(v1::Push* push, const AskedStep& step, const Principal& caller, UnixMicros now) {
  v1::PushStep* taken = push->add_history();
  taken->set_from(push->state());
  taken->set_to(step.to);
  taken->set_decline_reason(step.decline_reason);
  taken->set_text(step.text);
  taken->set_actor(caller.key_id());
  const bool enterprise = caller.role() == v1::ROLE_ENTERPRISE;
  taken->set_actor_kind(enterprise ? v1::JUDGE_KIND_ENTERPRISE : v1::JUDGE_KIND_STAFF);
  *taken->mutable_time() = TimestampOf(now);
  push->set_state(step.to);
  if (step.to == v1::PUSH_STATE_DECLINED) push->set_decline_reason(step.decline_reason);
}

}  // namespace duijie::push
