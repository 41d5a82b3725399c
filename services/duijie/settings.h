// SPDX-License-Identifier: GPL-3.0-or-later
// Where the server is and who we are: flags first, then environment, then the configuration file, then
// defaults.
//
//   flag             environment     key in config.toml
//   --server         DUIJIE_SERVER   server      host:port
//   --catalog-server …               catalog_server, search_server, matching_server, admin_server
//   --key            DUIJIE_KEY      key
//   --key-file                       key_file
//   --ca             DUIJIE_CA       ca          PEM file; turns TLS on
//   --cert, --client-key             cert, client_key   PEM files (mTLS)
//   --tls                            tls = true  TLS with the system's certificates
//   --timeout                        timeout     seconds
//
// The file is $DUIJIE_CONFIG or ~/.config/duijie/config.toml; an unknown key in it is an error.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie {

inline constexpr char kDefaultServer[] = "127.0.0.1:7701";
inline constexpr double kDefaultTimeoutSeconds = 60;
inline constexpr double kMaxTimeoutSeconds = 86'400;

struct Settings {
  std::map<std::string, std::string> servers;  // role (e.g. "catalog") → host:port
  std::string key;
  bool tls = false;
  std::string ca_file;
  std::string certificate_file;
  std::string client_key_file;
  double timeout_seconds =
      kDefaultTimeoutSeconds;  // of one call; of imports, exports and watching it is not a limit
};

// What the command line said; names are those of the configuration file, e.g. "catalog_server".
using SettingValues = std::map<std::string, std::string>;

// Reads TOML text: "key = value" lines of the keys above. USAGE error naming the key that is unknown or
// nested.
StatusOr<SettingValues> ParseSettingsFile(std::string_view toml_text);

// nullopt if the variable is not set.
using GetEnv = std::function<std::optional<std::string>(const char* name)>;

// Merges the sources; reads the configuration file (none is fine unless DUIJIE_CONFIG names it) and the key
// file.
StatusOr<Settings> ResolveSettings(const SettingValues& flags, const GetEnv& environment);

// Whether "host:port" is this machine, where clear text is no risk.
bool IsLoopback(std::string_view address);

}  // namespace duijie
