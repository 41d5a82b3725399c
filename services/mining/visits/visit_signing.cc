// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_signing.h"

#include <algorithm>

#include "common/resources/resource_table.h"
#include "services/mining/visits/visit_checks.h"
#include "services/mining/visits/visit_context.h"

namespace duijie::mining {
namespace {

bool HasRecord(const v1::Visit& visit) {
  return !visit.findings().empty() || !visit.answers().empty() || !visit.attachments().empty();
}

}  // namespace

Status CheckVisitSigner(const Principal& caller, const v1::Visit& visit,
                        const v1::SignVisitRequest& request) {
  Violations wrong;
  CheckVisitText(request.signer(), kVisitShortText, true, "signer", &wrong);
  const bool known =
      v1::VisitSignerRole_IsValid(request.role()) && request.role() != v1::VISIT_SIGNER_ROLE_UNSPECIFIED;
  if (!known) wrong.push_back({"role", "REQUIRED", "须说明代表谁签字"});
  const auto& titles = visit.expert_titles();
  if (request.role() == v1::VISIT_SIGNER_ROLE_EXPERT &&
      std::find(titles.begin(), titles.end(), request.signer()) == titles.end()) {
    wrong.push_back({"signer", "NOT_A_VISITOR", "不是这次走访的专家"});
  }
  const bool enterprise = request.role() == v1::VISIT_SIGNER_ROLE_ENTERPRISE;
  for (const v1::VisitSignature& signature : visit.signatures()) {
    const bool other_side = (signature.role() == v1::VISIT_SIGNER_ROLE_ENTERPRISE) != enterprise;
    if (signature.content_digest() == visit.content_digest() && other_side &&
        signature.signer() == request.signer()) {
      wrong.push_back({"signer", "SAME_SIGNER", "同一人不能代表双方签字"});
    }
  }
  if (!wrong.empty()) return InvalidFields(wrong);
  if (caller.role() == v1::ROLE_ENTERPRISE && !enterprise) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "企业只能代表自己签字");
  }
  return OkStatus();
}

Status CheckVisitSignable(const v1::Visit& visit, const v1::SignVisitRequest& request) {
  if (visit.state() != v1::VISIT_STATE_HELD && visit.state() != v1::VISIT_STATE_SIGNED) {
    return IllegalVisitStep(VisitStateName(visit.state()), "SIGNED");
  }
  if (!HasRecord(visit))
    return Error(StatusCode::kFailedPrecondition, "INCOMPLETE", "还没有走访记录，不能签字");
  if (request.content_digest() != visit.content_digest()) return StaleEtag();
  if (visit.signatures_size() < kMaxSignatures) return OkStatus();
  return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "签字次数已到上限");
}

}  // namespace duijie::mining
