// SPDX-License-Identifier: GPL-3.0-or-later
// The daemon's configuration: one TOML file, an unknown key is an error, every value has a default.
// docs/zh/… and deploy/duijied.toml describe each key for operators; ToText masks secrets.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"

namespace duijie {

struct TlsConfig {
  std::string certificate_file;  // PEM chain; empty = no TLS
  std::string key_file;          // PEM private key
  std::string client_ca_file;    // PEM; set = clients must present a certificate signed by it (mTLS)
  std::string peer_ca_file;      // PEM; what our own calls to peers trust; empty = certificate_file
};

struct ServerConfig {
  std::string listen = "127.0.0.1:7701";  // host:port; port 0 = any free port
  bool allow_insecure_network = false;    // listen beyond loopback without TLS
  TlsConfig tls;
  std::string metrics_listen = "";       // host:port of /metrics and /healthz; empty = off
  std::string port_file = "";            // after start: "grpc=host:port\nmetrics=host:port\n"
  int max_threads = 64;                  // handler threads; more calls than that get RESOURCE_EXHAUSTED
  int64_t default_deadline_ms = 30'000;  // for calls without a deadline
  int64_t drain_ms = 10'000;             // how long SIGTERM waits for running calls
};

struct DataConfig {
  std::string folder = "data";  // records, runs, keys, index; one daemon at a time
  std::string share_folder =
      "";  // dictionaries, taxonomies, models; empty = ../share/duijie beside the program
  std::string backup_folder = "";  // empty = <folder>/backups
};

struct ClusterConfig {
  std::map<std::string, std::string>
      peers;                     // role → host:port of the process that runs it, for roles not run here
  std::string secret_file = "";  // ≥ 32 bytes shared by all processes; required when there are peers
};

struct LimitsConfig {
  double requests_per_second = 200;  // per API key, sustained
  int burst = 400;                   // per API key
};

struct SearchConfig {
  int commit_interval_ms = 200;   // longest wait between index commits while changes arrive
  int commit_documents = 20'000;  // commit after this many documents at the latest
};

struct MatchingConfig {
  int run_workers = 1;        // records of a run matched at once
  int max_active_runs = 100;  // queued and running
};

struct LogConfig {
  std::string level = "info";  // debug, info, warn, error
  std::string file = "";       // empty = standard error
};

struct Config {
  ServerConfig server;
  DataConfig data;
  ClusterConfig cluster;
  LimitsConfig limits;
  SearchConfig search;
  MatchingConfig matching;
  LogConfig log;
  std::vector<std::string> roles = {"all"};  // catalog, search, matching, admin, or all
};

// Parses TOML text. INVALID_ARGUMENT names line and key of what is unknown, ill-typed or out of range. The
// result is not validated, because flags of the command line may still change it.
StatusOr<Config> ParseConfig(std::string_view toml_text);
StatusOr<Config> LoadConfig(
    const std::string& path);  // NOT_FOUND if there is no such file; at most kMaxConfigBytes

inline constexpr size_t kMaxConfigBytes = 1024 * 1024;

// Checks what no single key shows: roles that exist, addresses, keys that need each other, and that nothing
// beyond loopback is served without TLS unless allow_insecure_network says so. INVALID_ARGUMENT names the
// key.
Status ValidateConfig(const Config& config);

// The roles to run, "all" resolved, in the order catalog, search, matching, admin.
std::vector<std::string> RolesToRun(const Config& config);

// Where backups go, one folder each: data.backup_folder or its default.
std::string BackupFolder(const Config& config);

// Every value in use, one "key = value" a line in a fixed order, secrets masked; for the start-up log.
std::string ToText(const Config& config);

}  // namespace duijie
