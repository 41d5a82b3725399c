// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/standing/standing_service.h"

#include <algorithm>

namespace duijie::push {
namespace {

constexpr std::chrono::milliseconds kLookAfterCaller{250};

}  // namespace

grpc::Status StandingServiceImpl::GetStandingStatus(grpc::ServerContext* context,
                                                    const v1::GetStandingStatusRequest* request,
                                                    v1::GetStandingStatusResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.StandingService/GetStandingStatus", response,
                       [&](rpc::CallContext& call) { return StatusNow(call, *request); });
}

grpc::Status StandingServiceImpl::GetStandingSettings(grpc::ServerContext* context,
                                                      const v1::GetStandingSettingsRequest*,
                                                      v1::GetStandingSettingsResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.StandingService/GetStandingSettings", response,
                       [&](rpc::CallContext&) -> StatusOr<v1::GetStandingSettingsResponse> {
                         v1::GetStandingSettingsResponse got;
                         DUIJIE_ASSIGN_OR_RETURN(*got.mutable_settings(), d_.settings.Get());
                         return got;
                       });
}

grpc::Status StandingServiceImpl::UpdateStandingSettings(grpc::ServerContext* context,
                                                         const v1::UpdateStandingSettingsRequest* request,
                                                         v1::UpdateStandingSettingsResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.StandingService/UpdateStandingSettings", response,
                       [&](rpc::CallContext& call) -> StatusOr<v1::UpdateStandingSettingsResponse> {
                         v1::UpdateStandingSettingsResponse updated;
                         DUIJIE_ASSIGN_OR_RETURN(*updated.mutable_settings(),
                                                 d_.settings.Update(call, *request));
                         call.set_audit_record(updated.settings().name());
                         return updated;
                       });
}

StatusOr<v1::GetStandingStatusResponse> StandingServiceImpl::StatusNow(
    const rpc::CallContext& call, const v1::GetStandingStatusRequest& request) const {
  if (request.min_revision() < 0) return InvalidField("min_revision", "OUT_OF_RANGE", "版本不能为负");
  internal::v1::ScanRecordsRequest scan;
  scan.set_collection(v1::COLLECTION_ENTERPRISES);
  scan.set_limit(1);
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ScanRecordsResponse catalog, d_.peers.scan_records(call, scan));
  std::chrono::milliseconds left = kMaxStandingWait;
  while (request.min_revision() > 0 && !d_.follower.WaitFor(request.min_revision(), kLookAfterCaller)) {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    left -= kLookAfterCaller;
    if (left > std::chrono::milliseconds(0)) continue;
    return Error(StatusCode::kUnavailable, "INDEX_BEHIND", "常态推送尚未处理到这个版本，请稍后再试");
  }
  v1::GetStandingStatusResponse response;
  *response.mutable_status() = d_.follower.Progress();
  v1::StandingStatus* const status = response.mutable_status();
  status->set_catalog_revision(std::max(catalog.revision(), request.min_revision()));
  for (v1::StandingProgress* progress : {status->mutable_achievements(), status->mutable_needs()}) {
    progress->set_lag(std::max<int64_t>(0, status->catalog_revision() - progress->revision()));
  }
  return response;
}

}  // namespace duijie::push
