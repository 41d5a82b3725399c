// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/latent_steps.h"

#include <algorithm>

#include "common/resources/resource_table.h"
#include "services/mining/intake/need_access.h"
#include "services/mining/intake/note_reader.h"

namespace duijie::mining {
namespace {

using State = v1::LatentNeedState;

constexpr std::pair<State, State> kSteps[] = {
    {v1::LATENT_NEED_STATE_HYPOTHESIS, v1::LATENT_NEED_STATE_PUT_TO_ENTERPRISE},
    {v1::LATENT_NEED_STATE_HYPOTHESIS, v1::LATENT_NEED_STATE_REJECTED},
    {v1::LATENT_NEED_STATE_PUT_TO_ENTERPRISE, v1::LATENT_NEED_STATE_CONFIRMED},
    {v1::LATENT_NEED_STATE_PUT_TO_ENTERPRISE, v1::LATENT_NEED_STATE_REJECTED},
};

std::string ShortName(State state) {
  return v1::LatentNeedState_IsValid(state)
             ? v1::LatentNeedState_Name(state).substr(sizeof("LATENT_NEED_STATE_") - 1)
             : "";
}

}  // namespace

Status CheckLatentStep(State from, const v1::TransitionLatentNeedRequest& request) {
  const std::pair<State, State> step{from, request.to()};
  if (std::find(std::begin(kSteps), std::end(kSteps), step) == std::end(kSteps)) {
    return IllegalStep(ShortName(from), ShortName(request.to()));
  }
  std::vector<FieldViolation> wrong;
  CheckNoteText(request.reason(), request.to() == v1::LATENT_NEED_STATE_REJECTED, kMaxReasonCodePoints,
                "reason", &wrong);
  CheckNoteText(request.note(), false, kMaxNoteCodePoints, "note", &wrong);
  const int links = (request.need().empty() ? 0 : 1) + (request.need_draft().empty() ? 0 : 1) +
                    (request.note().empty() ? 0 : 1);
  const bool confirms = request.to() == v1::LATENT_NEED_STATE_CONFIRMED;
  if (confirms && links != 1) {
    wrong.push_back({"need", "REQUIRED", "证实时须给出需求、需求草稿或企业原话，三者取一"});
  } else if (!confirms && links > 0) {
    wrong.push_back({"need", "NOT_ALLOWED", "只有证实时才给出需求、草稿或原话"});
  }
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

void TakeStep(State to, const std::string& reason, const Principal& caller, UnixMicros now,
              v1::LatentNeed* latent) {
  latent->set_state(to);
  v1::LatentNeedStep& step = *latent->add_steps();
  step.set_to(to);
  step.set_reason(reason);
  step.set_actor(caller.key_id());
  *step.mutable_time() = TimestampOf(now);
}

bool MaySeeLatent(const Principal& caller, const v1::LatentNeed& latent) {
  if (!SeesStaffMatter(caller, latent.park_code(), latent.enterprise())) return false;
  if (caller.role() != v1::ROLE_ENTERPRISE) return true;
  return std::any_of(latent.steps().begin(), latent.steps().end(), [](const v1::LatentNeedStep& step) {
    return step.to() == v1::LATENT_NEED_STATE_PUT_TO_ENTERPRISE;
  });
}

void HideFromEnterprise(v1::LatentNeed* latent) {
  latent->clear_creator();
  latent->clear_need_drafts();
  for (v1::LatentNeedStep& step : *latent->mutable_steps()) {
    step.clear_actor();
    step.clear_reason();
  }
}

}  // namespace duijie::mining
