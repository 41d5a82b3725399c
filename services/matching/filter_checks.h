// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a RecordFilter fits the collection that it is for; the values themselves are checked where they are
// used. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "duijie/v1/common.pb.h"

namespace duijie::matching {

// Adds a violation for each field that achievements or needs do not have, and for lists over their limits.
void CheckFilter(const v1::RecordFilter& filter, v1::Collection collection, const std::string& path,
                 std::vector<FieldViolation>* wrong);

}  // namespace duijie::matching
