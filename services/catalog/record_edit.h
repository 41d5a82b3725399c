// SPDX-License-Identifier: GPL-3.0-or-later
// What a caller's input does to a record: the field mask, defaults, ownership. No storage but reads of the
// enterprise.
#pragma once

#include <google/protobuf/field_mask.pb.h>

#include "common/auth/principal.h"
#include "common/status/status.h"
#include "services/catalog/catalog_parts.h"
#include "services/catalog/field_checks.h"
#include "services/catalog/record_traits.h"

namespace duijie::catalog {

// Replaces in `target` the top-level fields that `mask` names, or all that are not output for "*", by those
// of `source`. Violations: REQUIRED (empty mask), UNKNOWN_FIELD, FIELD_NOT_WRITABLE, as
// "update_mask.paths[i]".
Violations ApplyMask(const google::protobuf::FieldMask& mask, const AnyRecord& source, AnyRecord* target);

// Makes a need of an enterprise's caller the enterprise's own; a no-op for others.
void ClaimForCaller(const Principal& caller, AnyRecord* record);

// Gives a need without park or region those of its enterprise, if there is such an enterprise.
Status FillFromEnterprise(const RecordLog& log, AnyRecord* record);

// The tier a new record gets when none is stated.
void FillTier(AnyRecord* record);

// PERMISSION_DENIED FORBIDDEN.
Status Forbidden();

}  // namespace duijie::catalog
