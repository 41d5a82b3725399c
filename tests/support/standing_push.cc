// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/standing_push.h"

#include <gtest/gtest.h>

namespace duijie::testing {
namespace {

constexpr int kMostWaits = 3;  // each lasts ten seconds at most

}  // namespace

StandingPush::StandingPush(const Cluster& cluster)
    : cluster_(cluster), stub_(v1::StandingService::NewStub(cluster.Channel("push"))) {}

void StandingPush::TurnOn() { Set(true); }

void StandingPush::TurnOff() {
  Set(false);
  v1::GetStandingStatusResponse response;
  const auto status = cluster_.Admin().Call(stub_.get(), &v1::StandingService::Stub::GetStandingStatus,
                                            v1::GetStandingStatusRequest(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  WaitFor(response.status().catalog_revision());  // what was taken up before the change
}

v1::StandingStatus StandingPush::WaitFor(int64_t revision) {
  v1::GetStandingStatusRequest request;
  request.set_min_revision(revision);
  v1::GetStandingStatusResponse response;
  grpc::Status status;
  for (int i = 0; i < kMostWaits; ++i) {
    status =
        cluster_.Admin().Call(stub_.get(), &v1::StandingService::Stub::GetStandingStatus, request, &response);
    if (status.ok()) break;
  }
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.status();
}

void StandingPush::Set(bool enabled) {
  const Client admin = cluster_.Admin();
  v1::GetStandingSettingsResponse got;
  const auto read = admin.Call(stub_.get(), &v1::StandingService::Stub::GetStandingSettings,
                               v1::GetStandingSettingsRequest(), &got);
  ASSERT_TRUE(read.ok()) << read.error_message();
  v1::UpdateStandingSettingsRequest request;
  *request.mutable_settings() = got.settings();
  request.mutable_settings()->set_enabled(enabled);
  if (enabled) request.mutable_settings()->set_min_level(v1::MATCH_LEVEL_UNSPECIFIED);
  v1::UpdateStandingSettingsResponse updated;
  const auto set =
      admin.Call(stub_.get(), &v1::StandingService::Stub::UpdateStandingSettings, request, &updated);
  ASSERT_TRUE(set.ok()) << set.error_message();
}

}  // namespace duijie::testing
