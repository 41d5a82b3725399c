// SPDX-License-Identifier: GPL-3.0-or-later
// The measured daemon: all roles in one process, its shipped configuration but for the rate limit, on a
// folder that goes away at the end. Functions throw std::runtime_error with the daemon's answer if a call
// fails.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/cluster.h"

namespace duijie::bench {

class Daemon {
 public:
  Daemon();

  // Seconds from exec until health says SERVING.
  double Start();
  // SIGTERM and wait; throws unless it ends with 0.
  void Stop();
  // SIGKILL.
  void Kill() { cluster_.Kill("catalog"); }

  const testing::Client& client() const { return client_; }
  std::shared_ptr<grpc::Channel> channel() const { return cluster_.Channel("search"); }
  // A context for calls that only peers may make: the cluster secret, on behalf of the daemon itself.
  std::unique_ptr<grpc::ClientContext> PeerContext() const;

  // Of /proc/<pid>/status, MiB: "VmHWM" (highest resident) or "VmRSS" (resident now).
  double MemoryMiB(const std::string& line) const;
  // CPU time of all its threads since it started, which other work on the machine does not lengthen. Seconds.
  double CpuSeconds() const;
  // Size of the files below the data folder.
  double DiskMiB() const;

 private:
  testing::TempDir secret_folder_;
  const std::string secret_;
  testing::Cluster cluster_;
  testing::Client client_;
};

// Imports one generated file as published records, streaming it. Returns the catalog's revision.
int64_t ImportGenerated(const testing::Client& client, v1::Collection collection, const std::string& path);
// Waits until the index of achievements and that of needs have reached the catalog's revision.
void WaitUntilIndexed(const testing::Client& client);
std::vector<v1::Need> ListNeeds(const testing::Client& client, size_t count);

}  // namespace duijie::bench
