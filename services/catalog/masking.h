// SPDX-License-Identifier: GPL-3.0-or-later
// What a caller sees of a record: hides the fields that tell who stands behind it where the caller may only
// see the text, and the experts' conflicts of interest from everybody but staff. Pure.
#pragma once

#include <optional>

#include "common/auth/principal.h"
#include "services/catalog/record_traits.h"

namespace duijie::catalog {

// The record as `caller` may see it, or nothing. `record` must show its expiry already (ShowExpiry).
std::optional<AnyRecord> ViewFor(const Principal& caller, AnyRecord record);

// Removes what tells who stands behind the record; a region is cut to its city.
void HideIdentity(AnyRecord* record);

}  // namespace duijie::catalog
