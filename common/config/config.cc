// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/config/config.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "common/config/config_keys.h"
#include "common/config/listen_address.h"

namespace duijie {
namespace {

using config_internal::TextKind;

constexpr std::string_view kRoles[] = {"catalog", "search", "matching", "push", "mining", "admin"};
constexpr std::string_view kAllRoles = "all";
constexpr std::string_view kLogLevels[] = {"debug", "info", "warn", "error"};

Status Bad(const std::string& key, const std::string& what) {
  return Error(StatusCode::kInvalidArgument, "INVALID_CONFIG", key + ": " + what);
}

bool IsRole(std::string_view name) {
  return std::find(std::begin(kRoles), std::end(kRoles), name) != std::end(kRoles);
}

class Printer {
 public:
  void Table(const std::string& name) { prefix_ = name.empty() ? "" : name + "."; }
  void Text(const std::string& key, const std::string& value, TextKind kind) {
    const bool masked = kind == TextKind::kMasked && !value.empty();
    Line(key, masked ? "(set)" : "\"" + value + "\"");
  }
  void Flag(const std::string& key, bool value) { Line(key, value ? "true" : "false"); }
  void Whole(const std::string& key, int64_t value, int64_t, int64_t) { Line(key, std::to_string(value)); }
  void Real(const std::string& key, double value, double, double) {
    std::ostringstream text;
    text << value;
    Line(key, text.str());
  }
  void List(const std::string& key, const std::vector<std::string>& value) {
    std::string text;
    for (const auto& item : value) {
      text += text.empty() ? "\"" : ", \"";
      text += item;
      text += '"';
    }
    Line(key, "[" + text + "]");
  }
  void Map(const std::string& key, const std::map<std::string, std::string>& value) {
    for (const auto& [name, item] : value) Line(key + "." + name, Quoted(item));
  }
  std::string Take() { return std::move(text_); }

 private:
  static std::string Quoted(const std::string& text) { return '"' + text + '"'; }
  void Line(const std::string& key, const std::string& value) {
    text_ += prefix_ + key + " = " + value + "\n";
  }

  std::string prefix_;
  std::string text_;
};

Status CheckListener(const std::string& key, const std::string& address, const ServerConfig& server,
                     bool has_tls) {
  auto parsed = ParseHostPort(address);
  if (!parsed.ok()) return Annotate(parsed.status(), key);
  if (IsLoopback(*parsed) || has_tls || server.allow_insecure_network) return OkStatus();
  return Bad(key,
             address + " is reachable from other machines without TLS; set server.tls.certificate_file and " +
                 "server.tls.key_file, or server.allow_insecure_network = true if the network is trusted");
}

Status CheckServer(const ServerConfig& server) {
  const TlsConfig& tls = server.tls;
  const bool has_tls = !tls.certificate_file.empty();
  if (has_tls != !tls.key_file.empty()) {
    return Bad("server.tls", "certificate_file and key_file must be given together");
  }
  if (!tls.client_ca_file.empty() && !has_tls)
    return Bad("server.tls.client_ca_file", "needs certificate_file");
  DUIJIE_RETURN_IF_ERROR(CheckListener("server.listen", server.listen, server, has_tls));
  if (server.metrics_listen.empty()) return OkStatus();
  // Metrics hold counts only, but are plain HTTP whatever the gRPC server speaks.
  return CheckListener("server.metrics_listen", server.metrics_listen, server, false);
}

Status CheckRoles(const Config& config) {
  if (config.roles.empty()) return Bad("roles", "must name at least one role");
  for (const auto& role : config.roles) {
    if (role != kAllRoles && !IsRole(role)) {
      return Bad("roles", "\"" + role + "\" is none of all, catalog, search, matching, admin");
    }
  }
  return OkStatus();
}

Status CheckPeers(const Config& config) {
  const auto roles = RolesToRun(config);
  for (const auto& [role, address] : config.cluster.peers) {
    const std::string key = "cluster.peers." + role;
    if (!IsRole(role)) return Bad(key, "is none of catalog, search, matching, admin");
    if (std::find(roles.begin(), roles.end(), role) != roles.end()) return Bad(key, "that role runs here");
    auto parsed = ParseHostPort(address);
    if (!parsed.ok()) return Annotate(parsed.status(), key);
  }
  if (!config.cluster.peers.empty() && config.cluster.secret_file.empty()) {
    return Bad("cluster.secret_file", "is required when there are peers");
  }
  return OkStatus();
}

}  // namespace

StatusOr<Config> LoadConfig(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error(StatusCode::kNotFound, "INVALID_CONFIG", "cannot read " + path);
  std::string text(kMaxConfigBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(file.gcount()));
  if (text.size() > kMaxConfigBytes) {
    return Error(StatusCode::kInvalidArgument, "INVALID_CONFIG", path + " is larger than 1 MiB");
  }
  auto config = ParseConfig(text);
  if (!config.ok()) return Annotate(config.status(), path);
  return config;
}

Status ValidateConfig(const Config& config) {
  DUIJIE_RETURN_IF_ERROR(CheckRoles(config));
  DUIJIE_RETURN_IF_ERROR(CheckServer(config.server));
  DUIJIE_RETURN_IF_ERROR(CheckPeers(config));
  if (config.data.folder.empty()) return Bad("data.folder", "must not be empty");
  if (std::find(std::begin(kLogLevels), std::end(kLogLevels), config.log.level) == std::end(kLogLevels)) {
    return Bad("log.level", "must be debug, info, warn or error");
  }
  return OkStatus();
}

std::vector<std::string> RolesToRun(const Config& config) {
  const auto wanted = [&](std::string_view role) {
    return std::find(config.roles.begin(), config.roles.end(), role) != config.roles.end();
  };
  std::vector<std::string> roles;
  for (const std::string_view role : kRoles) {
    if (wanted(role) || wanted(kAllRoles)) roles.emplace_back(role);
  }
  return roles;
}

std::string BackupFolder(const Config& config) {
  return config.data.backup_folder.empty() ? config.data.folder + "/backups" : config.data.backup_folder;
}

std::string ToText(const Config& config) {
  Printer printer;
  config_internal::VisitKeys(config, printer);
  return printer.Take();
}

}  // namespace duijie
