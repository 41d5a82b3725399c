// SPDX-License-Identifier: GPL-3.0-or-later
// What a signature under a visit's record stands for. Pure.
#pragma once

#include <string>

#include "duijie/v1/visit.pb.h"

namespace duijie::mining {

// SHA-256, hex, of enterprise, experts, date, answers, findings and attachments (docs/formats/visits.md).
std::string DigestOf(const v1::Visit& visit);

// Whether the enterprise and an expert or staff have signed this very text.
bool IsSigned(const v1::Visit& visit);

}  // namespace duijie::mining
