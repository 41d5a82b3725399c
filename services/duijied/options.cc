// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijied/options.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "common/config/version.h"
#include "services/duijied/exit_code.h"

namespace duijie {
namespace {

// Flags as given; what was not given leaves the configuration file's value.
struct Flags {
  std::string config_file;
  std::vector<std::string> roles;
  std::optional<std::string> listen, metrics_listen, data_folder, share_folder, port_file, log_level,
      log_file;
  bool check = false;
};

void Describe(CLI::App& cli, Flags& flags) {
  cli.set_version_flag("--version", "duijied " + std::string(Version()), "显示版本");
  cli.set_help_flag("--help,-h", "显示帮助");
  cli.add_option("--config,-c", flags.config_file, "配置文件（TOML）；各项说明见 deploy/duijied.toml");
  cli.add_option("--roles", flags.roles,
                 "运行的角色：catalog、search、matching、push、mining、admin 或 all，逗号分隔")
      ->delimiter(',');
  cli.add_option("--listen", flags.listen, "gRPC 监听地址 host:port；端口 0 表示任选空闲端口");
  cli.add_option("--metrics-listen", flags.metrics_listen, "/metrics 与 /healthz 的监听地址；空为关闭");
  cli.add_option("--data", flags.data_folder, "数据目录");
  cli.add_option("--share", flags.share_folder, "词典、分类和模型所在目录");
  cli.add_option("--port-file", flags.port_file, "启动后把实际监听地址写入此文件");
  cli.add_option("--log-level", flags.log_level, "日志级别：debug、info、warn、error");
  cli.add_option("--log-file", flags.log_file, "日志文件；空为标准错误输出");
  cli.add_flag("--check", flags.check, "只检查配置，打印生效的各项后退出");
  cli.footer(
      "退出码：0 正常停止；1 其他错误；2 命令行或配置错误；3 数据目录正被占用；4 数据目录不可写；\n"
      "5 磁盘已满；6 无法监听；7 数据损坏；8 数据由更新的版本写成。");
}

void Apply(const Flags& flags, Config* config) {
  if (!flags.roles.empty()) config->roles = flags.roles;
  const auto set = [](const std::optional<std::string>& flag, std::string* value) {
    if (flag) *value = *flag;
  };
  set(flags.listen, &config->server.listen);
  set(flags.metrics_listen, &config->server.metrics_listen);
  set(flags.port_file, &config->server.port_file);
  set(flags.data_folder, &config->data.folder);
  set(flags.share_folder, &config->data.share_folder);
  set(flags.log_level, &config->log.level);
  set(flags.log_file, &config->log.file);
}

StatusOr<Config> MakeConfig(const Flags& flags) {
  Config config;
  if (!flags.config_file.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(config, LoadConfig(flags.config_file));
  }
  Apply(flags, &config);
  DUIJIE_RETURN_IF_ERROR(ValidateConfig(config));
  return config;
}

}  // namespace

Invocation ReadCommandLine(int argc, const char* const* argv) {
  CLI::App cli("对接守护进程：成果、需求、检索与匹配服务");
  Flags flags;
  Describe(cli, flags);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool only_asked = cli.exit(error) == 0;
    return {{}, static_cast<int>(only_asked ? ExitCode::kStopped : ExitCode::kBadConfig)};
  }
  auto config = MakeConfig(flags);
  if (!config.ok()) {
    std::cerr << Explain(config.status()) << "\n";
    return {{}, static_cast<int>(ExitCode::kBadConfig)};
  }
  if (flags.check) {
    std::cout << ToText(*config);
    return {{}, static_cast<int>(ExitCode::kStopped)};
  }
  return {*std::move(config), std::nullopt};
}

}  // namespace duijie
