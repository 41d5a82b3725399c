// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/certificates.h"

namespace duijie::mining {

v1::ProfileCertificate MarkedCertificate(const v1::Certificate& certificate, Day as_of, int expiring_days) {
  v1::ProfileCertificate marked;
  *marked.mutable_certificate() = certificate;
  const std::optional<Day> until = ParseDay(certificate.valid_until());
  if (!until) {
    marked.set_standing(v1::CERTIFICATE_STANDING_UNDATED);
    return marked;
  }
  const auto days = (*until - as_of).count();
  marked.set_days_left(static_cast<int32_t>(days));
  marked.set_standing(days < 0                ? v1::CERTIFICATE_STANDING_EXPIRED
                      : days <= expiring_days ? v1::CERTIFICATE_STANDING_EXPIRING
                                              : v1::CERTIFICATE_STANDING_VALID);
  return marked;
}

std::string ExpiryText(const v1::ProfileCertificate& certificate) {
  const bool over = certificate.standing() == v1::CERTIFICATE_STANDING_EXPIRED;
  return (over ? "已于 " : "将于 ") + certificate.certificate().valid_until() + " 到期";
}

bool NeedsRenewal(const v1::ProfileCertificate& certificate) {
  return certificate.standing() == v1::CERTIFICATE_STANDING_EXPIRED ||
         certificate.standing() == v1::CERTIFICATE_STANDING_EXPIRING;
}

}  // namespace duijie::mining
