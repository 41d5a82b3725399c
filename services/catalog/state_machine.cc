// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/state_machine.h"

#include "common/base/proto_time.h"
#include "services/catalog/field_checks.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {

bool IsLegalStep(v1::RecordState from, v1::RecordState to) {
  if (to == v1::RECORD_STATE_CLOSED) return from != v1::RECORD_STATE_CLOSED;
  switch (from) {
    case v1::RECORD_STATE_DRAFT:
    case v1::RECORD_STATE_RETURNED:
    case v1::RECORD_STATE_WITHDRAWN:
    case v1::RECORD_STATE_EXPIRED:
      return to == v1::RECORD_STATE_SUBMITTED;
    case v1::RECORD_STATE_SUBMITTED:
      return to == v1::RECORD_STATE_RETURNED || to == v1::RECORD_STATE_PUBLISHED ||
             to == v1::RECORD_STATE_WITHDRAWN;
    case v1::RECORD_STATE_PUBLISHED:
      return to == v1::RECORD_STATE_WITHDRAWN || to == v1::RECORD_STATE_EXPIRED;
    default:
      return false;
  }
}

bool NeedsReason(v1::RecordState to) {
  return to == v1::RECORD_STATE_RETURNED || to == v1::RECORD_STATE_WITHDRAWN || to == v1::RECORD_STATE_CLOSED;
}

Status CheckStep(v1::RecordState from, v1::RecordState to, std::string_view reason) {
  std::vector<FieldViolation> violations;
  if (!v1::RecordState_IsValid(to) || to == v1::RECORD_STATE_UNSPECIFIED) {
    return InvalidField("to", "UNKNOWN_VALUE", "未知的目标状态");
  }
  CheckText("reason", reason, {.required = NeedsReason(to), .max = kMaxReasonLength}, &violations);
  if (!violations.empty()) return InvalidFields(violations);
  if (!IsLegalStep(from, to)) {
    return Error(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION", "the state machine has no such step",
                 {{"from", v1::RecordState_Name(from)}, {"to", v1::RecordState_Name(to)}});
  }
  return OkStatus();
}

void TakeStep(AnyRecord* record, v1::RecordState to, std::string_view reason, std::string_view actor,
              UnixMicros now) {
  std::visit(
      [&](auto& r) {
        auto* changes = r.mutable_state_changes();
        if (changes->size() >= kMaxStateChanges) {
          changes->DeleteSubrange(0, changes->size() - kMaxStateChanges + 1);
        }
        auto* change = changes->Add();
        change->set_from(r.state());
        change->set_to(to);
        change->set_reason(std::string(reason));
        change->set_actor(std::string(actor));
        *change->mutable_time() = TimestampOf(now);
        r.set_state(to);
      },
      *record);
}

bool HasExpired(const AnyRecord& record, std::string_view today) {
  return std::visit(
      [&](const auto& r) {
        return r.state() == v1::RECORD_STATE_PUBLISHED && !r.valid_until().empty() && r.valid_until() < today;
      },
      record);
}

void ShowExpiry(AnyRecord* record, std::string_view today) {
  if (!HasExpired(*record, today)) return;
  std::visit([](auto& r) { r.set_state(v1::RECORD_STATE_EXPIRED); }, *record);
}

void TakeDueExpiry(AnyRecord* record, std::string_view today, UnixMicros now) {
  if (HasExpired(*record, today)) TakeStep(record, v1::RECORD_STATE_EXPIRED, "", kSystemActor, now);
}

}  // namespace duijie::catalog
