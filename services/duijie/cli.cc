// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/cli.h"

#include <cstdlib>
#include <thread>

#include "services/duijie/admin_commands.h"
#include "services/duijie/campaign_commands.h"
#include "services/duijie/clinic_commands.h"
#include "services/duijie/completion.h"
#include "services/duijie/error_output.h"
#include "services/duijie/eval_commands.h"
#include "services/duijie/import_command.h"
#include "services/duijie/intake_commands.h"
#include "services/duijie/joint_commands.h"
#include "services/duijie/judgement_commands.h"
#include "services/duijie/letter_commands.h"
#include "services/duijie/match_command.h"
#include "services/duijie/maturity_commands.h"
#include "services/duijie/model_commands.h"
#include "services/duijie/package_commands.h"
#include "services/duijie/processing_commands.h"
#include "services/duijie/profile_commands.h"
#include "services/duijie/publication_commands.h"
#include "services/duijie/push_commands.h"
#include "services/duijie/record_commands.h"
#include "services/duijie/run_commands.h"
#include "services/duijie/search_command.h"
#include "services/duijie/standing_commands.h"
#include "services/duijie/visit_commands.h"
#include "services/duijie/webhook_commands.h"

namespace duijie {
namespace {

std::optional<std::string> ProcessEnvironment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

void AddGlobalOptions(Command root, GlobalOptions& globals) {
  const auto value = [&](const std::string& flag, const std::string& key, const std::string& help,
                         const char* type) {
    root.AddOptionFunction(
            flag, [&globals, key](const std::string& text) { globals.settings[key] = text; }, help)
        .TypeName(type)
        .Group(kGlobalGroup);
  };
  value("--server", "server", "服务器，缺省 127.0.0.1:7701（环境变量 DUIJIE_SERVER）", "主机:端口");
  for (const std::string role : {"catalog", "search", "matching", "push", "mining", "admin"}) {
    value("--" + role + "-server", role + "_server", "分开部署时 " + role + " 服务的地址", "主机:端口");
  }
  value("--key", "key", "密钥（环境变量 DUIJIE_KEY 更安全：命令行会被同机其他用户看到）", "密钥");
  value("--key-file", "key_file", "从文件读密钥", "文件");
  value("--ca", "ca", "服务器证书的 CA（PEM），使用 TLS", "文件");
  value("--cert", "cert", "客户端证书（PEM），双向 TLS", "文件");
  value("--client-key", "client_key", "客户端证书的私钥（PEM）", "文件");
  value("--timeout", "timeout", "每次调用最多等待的秒数，缺省 60", "秒");
  root.AddFlagFunction(
          "--tls", [&globals] { globals.settings["tls"] = "true"; }, "用系统的 CA 使用 TLS")
      .Group(kGlobalGroup);
  root.AddFlag("--json", globals.json, "输出 JSON，每行一个对象").Group(kGlobalGroup);
  root.AddFlag("--no-color", globals.no_color, "不用颜色（也可设环境变量 NO_COLOR）").Group(kGlobalGroup);
}

struct NoOptions {};

StatusOr<ExitCode> RunVersion(Session& session, const NoOptions&) {
  session.output.Raw(session.output.json() ? "{\"version\":\"" DUIJIE_VERSION "\"}\n"
                                           : "duijie " DUIJIE_VERSION "\n");
  return ExitCode::kOk;
}

int Fail(const Status& status, bool json, std::ostream& err) {
  err << (json ? ErrorJson(status) + "\n" : ErrorText(status));
  return static_cast<int>(ExitCodeOf(status));
}

void WarnOfClearText(const Settings& settings, Output& output) {
  if (settings.tls || settings.key.empty()) return;
  for (const auto& [role, address] : settings.servers) {
    if (!IsLoopback(address)) {
      output.Note("警告：未使用 TLS，密钥会以明文发往 " + address + "（用 --ca 或 --tls）");
      return;
    }
  }
}

StatusOr<ExitCode> Execute(const GlobalOptions& globals, const Invocation& invocation, Command root,
                           std::ostream& out, std::ostream& err) {
  DUIJIE_ASSIGN_OR_RETURN(const Settings settings, ResolveSettings(globals.settings, &ProcessEnvironment));
  Output output(out, err, Terminal::Detect(globals.no_color), globals.json);
  WarnOfClearText(settings, output);
  DUIJIE_ASSIGN_OR_RETURN(const auto client, Client::Create(settings, [](std::chrono::milliseconds time) {
                            std::this_thread::sleep_for(time);
                          }));
  Session session{*client, output, root};
  return invocation.run(session);
}

}  // namespace

CommandLine BuildCommandLine(GlobalOptions& globals, Invocation& invocation) {
  CommandLine line("duijie", "对接：科技成果与企业技术需求的匹配",
                   std::string(ExitCodeHelp()) +
                       "\n配置文件 ~/.config/duijie/config.toml（或 $DUIJIE_CONFIG），如：\n  server = "
                       "\"127.0.0.1:7701\"\n"
                       "  key_file = \"/home/我/.config/duijie/key\"");
  const Command root = line.root();
  AddGlobalOptions(root, globals);
  AddImportCommand(root, invocation);
  AddTemplateCommand(root, invocation);
  AddExportCommand(root, invocation);
  AddRecordCommands(root, invocation);
  AddEditCommand(root, invocation);
  AddTransitionCommands(root, invocation);
  AddContactsCommand(root, invocation);
  AddSearchCommands(root, invocation);
  AddMatchCommands(root, invocation);
  AddRunCommands(root, invocation);
  AddEvalCommands(root, invocation);
  AddJudgementCommands(root, invocation);
  AddModelCommands(root, invocation);
  AddPackageCommands(root, invocation);
  AddPushCommands(root, invocation);
  AddWebhookCommands(root, invocation);
  AddStandingCommands(root.Subcommand("push"), invocation);
  AddCampaignCommands(root, invocation);
  AddLetterCommand(root, invocation);
  AddIntakeCommands(root, invocation);
  AddDiagnosisCommands(root, invocation);
  AddClinicCommands(root, invocation);
  AddJointCommands(root, invocation);
  AddProcessingCommands(root, invocation);
  AddMaturityCommands(root, invocation);
  AddPublicationCommands(root, invocation);
  AddVisitCommands(root, invocation);
  AddProfileCommands(root, invocation);
  AddAdminCommands(root, invocation);
  AddTaxonomyCommand(root, invocation);
  AddCompletionCommand(root, invocation);
  OnChosen(root.AddSubcommand("version", "版本"), invocation, std::make_shared<NoOptions>(), &RunVersion);
  return line;
}

int RunCli(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  GlobalOptions globals;
  Invocation invocation;
  const CommandLine line = BuildCommandLine(globals, invocation);
  const StatusOr<Parsed> parsed = line.Parse(arguments, out);
  if (!parsed.ok()) return Fail(parsed.status(), globals.json, err);
  if (*parsed == Parsed::kHelp) return static_cast<int>(ExitCode::kOk);
  const StatusOr<ExitCode> result = Execute(globals, invocation, line.root(), out, err);
  if (!result.ok()) return Fail(result.status(), globals.json, err);
  out.flush();
  return static_cast<int>(*result);
}

}  // namespace duijie
