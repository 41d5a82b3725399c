// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_digest.h"

#include "services/mining/visits/digest_parts.h"

namespace duijie::mining {
namespace {

constexpr char kFormat[] = "duijie-visit-1";

}  // namespace

std::string DigestOf(const v1::Visit& visit) {
  DigestParts parts;
  parts.Add(kFormat);
  parts.Add(visit.enterprise());
  parts.Add(visit.date());
  parts.AddAll(visit.experts());
  parts.AddCount(visit.answers_size());
  for (const v1::VisitAnswer& answer : visit.answers()) {
    parts.Add(answer.question());
    parts.Add(answer.answer());
  }
  parts.Add(visit.findings());
  parts.AddCount(visit.attachments_size());
  for (const v1::VisitAttachment& attachment : visit.attachments()) {
    parts.Add(attachment.file_name());
    parts.Add(attachment.media_type());
    parts.Add(attachment.sha256());
  }
  return parts.Sha256Hex();
}

bool IsSigned(const v1::Visit& visit) {
  bool by_enterprise = false, by_visitor = false;
  for (const v1::VisitSignature& signature : visit.signatures()) {
    if (signature.content_digest() != visit.content_digest()) continue;
    const bool enterprise = signature.role() == v1::VISIT_SIGNER_ROLE_ENTERPRISE;
    by_enterprise = by_enterprise || enterprise;
    by_visitor = by_visitor || !enterprise;
  }
  return by_enterprise && by_visitor;
}

}  // namespace duijie::mining
