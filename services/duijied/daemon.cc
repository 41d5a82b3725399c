// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijied/daemon.h"

#include <pthread.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <sstream>

#include "common/config/version.h"
#include "common/log/log.h"
#include "common/rpc/app_host.h"

namespace duijie {
namespace {

// Blocked signals wait until somebody asks for them, so none is lost between start and the wait.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // a client that went away is an error of its call, not our end
  }
  int Wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
    pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
    return signal;
  }

 private:
  sigset_t set_;
};

void LogValuesInUse(const Config& config) {
  log::Info("starting", {{"version", Version()}});
  std::istringstream lines(ToText(config));
  for (std::string line; std::getline(lines, line);) log::Info("config", {{"value", line}});
}

Status BindRoles(rpc::AppHost& host, const std::vector<Role>& roles) {
  for (const std::string& wanted : RolesToRun(host.config())) {
    const auto role =
        std::find_if(roles.begin(), roles.end(), [&](const Role& r) { return r.name == wanted; });
    if (role == roles.end()) {
      return Error(StatusCode::kInvalidArgument, "INVALID_CONFIG", "this build has no role " + wanted);
    }
    DUIJIE_RETURN_IF_ERROR(host.Bind(wanted, role->bind));
  }
  return OkStatus();
}

Status Run(const Config& config, const std::vector<Role>& roles, const StopSignals& signals) {
  const SystemClock clock;
  DUIJIE_ASSIGN_OR_RETURN(auto host, rpc::NewApp(config, clock));
  DUIJIE_RETURN_IF_ERROR(BindRoles(*host, roles));
  DUIJIE_RETURN_IF_ERROR(host->Start());
  sd_notifyf(0, "READY=1\nSTATUS=serving on %s", host->address().c_str());
  const int signal = signals.Wait();
  sd_notify(0, "STOPPING=1\nSTATUS=draining");
  log::Info("stopping", {{"signal", signal}});
  host->Drain();
  host.reset();
  log::Info("stopped");
  return OkStatus();
}

}  // namespace

ExitCode RunDaemon(const Config& config, const std::vector<Role>& roles) {
  const StopSignals signals;
  umask(0077);  // records, keys and backups are for the daemon's user only
  Status status = log::Configure(config.log);
  if (status.ok()) {
    LogValuesInUse(config);
    status = Run(config, roles, signals);
  }
  if (!status.ok()) {
    log::Error("failed", {{"error", status}});
    std::cerr << Explain(status) << std::endl;
  }
  return ExitCodeFor(status);
}

}  // namespace duijie
