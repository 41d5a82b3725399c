// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a draft that people work on: what they are at first, how they are changed and checked, and
// the need they make. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "duijie/v1/intake_service.pb.h"

namespace duijie::mining {

// Code of the library that needs of this source are from: "visit", "phone", "portal".
std::string LibraryOf(v1::NoteSource source);
// Where the draft came from, as the need's provenance: the source and the draft.
v1::Provenance ProvenanceOf(const v1::NeedDraft& draft);

// Title, description, current practice, targets and keywords from the reading; nothing that is not in it.
void FillFromReading(v1::NeedDraft* draft);

// Takes the fields that the mask names from `asked` into `draft`, and notes every change. INVALID_ARGUMENT
// for a field that cannot be changed or a value that breaks a rule.
Status TakeChanges(const v1::UpdateNeedDraftRequest& request, const std::string& actor, UnixMicros now,
                   v1::NeedDraft* draft);

// Whether the draft can become a need: INVALID_ARGUMENT with what is missing.
Status CheckComplete(const v1::NeedDraft& draft, bool submit);

v1::Need NeedOf(const v1::NeedDraft& draft);

}  // namespace duijie::mining
