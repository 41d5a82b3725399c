// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/settings.h"

#include <filesystem>
#include <set>
#include <sstream>

#include "services/duijie/command.h"
#include "services/duijie/exit_codes.h"
#include "services/duijie/files.h"

namespace duijie {
namespace {

constexpr const char* kRoles[] = {"catalog", "search", "matching", "push", "mining", "admin"};

const std::set<std::string>& KnownKeys() {
  static const std::set<std::string> kKeys = {
      "server",        "catalog_server", "search_server", "matching_server", "push_server",
      "mining_server", "admin_server",   "key",           "key_file",        "ca",
      "cert",          "client_key",     "tls",           "timeout"};
  return kKeys;
}

std::string Trim(const std::string& text) {
  const char* blank = " \t\r\n";
  const size_t begin = text.find_first_not_of(blank);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

StatusOr<SettingValues> ReadSettingsFile(const GetEnv& environment) {
  std::string path;
  if (const auto named = environment("DUIJIE_CONFIG")) {
    path = *named;
  } else if (const auto home = environment("HOME")) {
    path = *home + "/.config/duijie/config.toml";
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return SettingValues{};
  }
  if (path.empty()) return SettingValues{};
  DUIJIE_ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(path));
  StatusOr<SettingValues> values = ParseSettingsFile(text);
  if (!values.ok()) return Annotate(values.status(), "配置文件 " + path);
  return values;
}

void AddEnvironment(const GetEnv& environment, SettingValues* values) {
  const std::pair<const char*, const char*> variables[] = {
      {"DUIJIE_SERVER", "server"}, {"DUIJIE_KEY", "key"}, {"DUIJIE_CA", "ca"}};
  for (const auto& [variable, key] : variables) {
    if (const auto value = environment(variable); value && !value->empty()) {
      // A key in the environment also beats a key file of the configuration.
      if (std::string_view(key) == "key") values->erase("key_file");
      (*values)[key] = *value;
    }
  }
}

StatusOr<double> ParseTimeout(const std::string& text) {
  std::istringstream in(text);
  double seconds = 0;
  if (!(in >> seconds) || !in.eof() || !(seconds > 0) || seconds > kMaxTimeoutSeconds) {
    return UsageError("timeout 应为 0 到 86400 之间的秒数：" + text);
  }
  return seconds;
}

StatusOr<Settings> FromValues(const SettingValues& values) {
  const auto get = [&](const std::string& key, const std::string& fallback) {
    const auto found = values.find(key);
    return found == values.end() || found->second.empty() ? fallback : found->second;
  };
  Settings settings;
  const std::string server = get("server", kDefaultServer);
  for (const std::string role : kRoles) {
    const std::string address = get(role + "_server", server);
    if (address.find(':') == std::string::npos) return UsageError("服务器地址应为 主机:端口：" + address);
    settings.servers[role] = address;
  }
  settings.key = get("key", "");
  if (const std::string key_file = get("key_file", ""); !key_file.empty() && settings.key.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const std::string content, ReadSmallFile(key_file));
    settings.key = Trim(content);
  }
  // Metadata holds visible ASCII only; anything else would crash the call.
  for (const char c : settings.key) {
    if (c <= ' ' || c > '~') return UsageError("密钥含有空格或非 ASCII 字符");
  }
  settings.ca_file = get("ca", "");
  settings.certificate_file = get("cert", "");
  settings.client_key_file = get("client_key", "");
  if (settings.certificate_file.empty() != settings.client_key_file.empty()) {
    return UsageError("--cert 与 --client-key 必须同时给出");
  }
  const std::string tls = get("tls", "false");
  if (tls != "true" && tls != "false") return UsageError("tls 应为 true 或 false");
  settings.tls = tls == "true" || !settings.ca_file.empty() || !settings.certificate_file.empty();
  if (const std::string timeout = get("timeout", ""); !timeout.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(settings.timeout_seconds, ParseTimeout(timeout));
  }
  return settings;
}

}  // namespace

StatusOr<SettingValues> ParseSettingsFile(std::string_view toml_text) {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<TomlItem> items, ParseTomlItems(toml_text));
  SettingValues values;
  for (const TomlItem& item : items) {
    if (KnownKeys().count(item.name) == 0) return UsageError("未知的配置项 " + item.name);
    if (item.values.size() != 1) return UsageError("配置项 " + item.name + " 应只有一个值");
    values[item.name] = item.values[0];
  }
  return values;
}

StatusOr<Settings> ResolveSettings(const SettingValues& flags, const GetEnv& environment) {
  DUIJIE_ASSIGN_OR_RETURN(SettingValues values, ReadSettingsFile(environment));
  // --server and DUIJIE_SERVER name the whole system: addresses of single services in the file do not survive
  // them.
  if (flags.count("server") > 0 || environment("DUIJIE_SERVER")) {
    for (const std::string role : kRoles) values.erase(role + "_server");
  }
  AddEnvironment(environment, &values);
  if (flags.count("key_file") > 0) values.erase("key");
  if (flags.count("key") > 0) values.erase("key_file");
  for (const auto& [key, value] : flags) values[key] = value;
  return FromValues(values);
}

bool IsLoopback(std::string_view address) {
  const std::string_view host = address.substr(0, address.rfind(':'));
  return host == "localhost" || host == "[::1]" || host.substr(0, 4) == "127.";
}

}  // namespace duijie
