// SPDX-License-Identifier: GPL-3.0-or-later
// Standing push of a running cluster. It pushes by itself whatever matches, so a test that makes pushes of
// its own of published records turns it off first.
#pragma once

#include <memory>

#include "duijie/v1/standing_service.grpc.pb.h"
#include "tests/support/cluster.h"

namespace duijie::testing {

class StandingPush {
 public:
  // `cluster` must outlive this.
  explicit StandingPush(const Cluster& cluster);

  // Every pair good enough is pushed, whatever its level.
  void TurnOn();
  // Nothing that was published before this returns is pushed afterwards.
  void TurnOff();
  // Until everything up to the catalog's `revision` is dealt with.
  v1::StandingStatus WaitFor(int64_t revision);

 private:
  void Set(bool enabled);

  const Cluster& cluster_;
  const std::unique_ptr<v1::StandingService::Stub> stub_;
};

}  // namespace duijie::testing
