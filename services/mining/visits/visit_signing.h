// SPDX-License-Identifier: GPL-3.0-or-later
// Who may sign the record of a visit, and when. Pure.
#pragma once

#include "common/auth/visibility.h"
#include "common/status/status.h"
#include "duijie/v1/visit_service.pb.h"

namespace duijie::mining {

// INVALID_FIELD: no name or side, an expert who did not visit, one person for both sides. PERMISSION_DENIED:
// an enterprise that signs for the experts.
Status CheckVisitSigner(const Principal& caller, const v1::Visit& visit, const v1::SignVisitRequest& request);

// FAILED_PRECONDITION unless it was held (ILLEGAL_TRANSITION) and something was written down (INCOMPLETE);
// ABORTED STALE_ETAG if it is not the text that was read; RESOURCE_EXHAUSTED TOO_LARGE after kMaxSignatures.
Status CheckVisitSignable(const v1::Visit& visit, const v1::SignVisitRequest& request);

}  // namespace duijie::mining
