// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/cli.h"

#include <cstdlib>
#include <thread>

#include "common/text/encoding.h"
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

constexpr char kGlobalGroup[] = "全局选项";
constexpr size_t kHelpColumn = 34;

std::optional<std::string> ProcessEnvironment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

// CLI11 pads by bytes; Chinese needs display columns.
class ChineseFormatter final : public CLI::Formatter {
 public:
  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    return Line(make_option_name(option, is_positional) + make_option_opts(option), make_option_desc(option));
  }
  std::string make_subcommand(const CLI::App* command) const override {
    return Line(command->get_display_name(true), command->get_description());
  }

 private:
  std::string Line(const std::string& name, const std::string& description) const {
    const auto width = static_cast<int>(get_column_width());
    std::string line = "  " + name;
    const int used = DisplayWidth(line);
    line += used < width ? std::string(static_cast<size_t>(width - used), ' ')
                         : "\n" + std::string(static_cast<size_t>(width), ' ');
    return line + description + "\n";
  }
};

// Subcommands make their own help option before they inherit our groups.
void SetHelpGroups(CLI::App& app) {
  app.get_help_ptr()->group(kGlobalGroup);
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    command->group("命令");
    SetHelpGroups(*command);
  }
}

void SetChineseHelp(CLI::App& app) {
  auto formatter = std::make_shared<ChineseFormatter>();
  formatter->column_width(kHelpColumn);
  formatter->label("Usage", "用法");
  formatter->label("OPTIONS", "选项");
  formatter->label("SUBCOMMAND", "子命令");
  formatter->label("SUBCOMMANDS", "子命令");
  formatter->label("Positionals", "参数");
  formatter->label("REQUIRED", "（必填）");
  formatter->label("Excludes", "不能同时用");
  formatter->label("INT", "整数");
  formatter->label("FLOAT", "数字");
  app.formatter(formatter);
  app.set_help_flag("-h,--help", "显示帮助");
  app.option_defaults()->group("选项");
}

void AddGlobalOptions(CLI::App& app, GlobalOptions& globals) {
  const auto value = [&](const std::string& flag, const std::string& key, const std::string& help,
                         const char* type) {
    app.add_option_function<std::string>(
           flag, [&globals, key](const std::string& text) { globals.settings[key] = text; }, help)
        ->type_name(type)
        ->group(kGlobalGroup);
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
  app.add_flag_function(
         "--tls", [&globals](int64_t) { globals.settings["tls"] = "true"; }, "用系统的 CA 使用 TLS")
      ->group(kGlobalGroup);
  app.add_flag("--json", globals.json, "输出 JSON，每行一个对象")->group(kGlobalGroup);
  app.add_flag("--no-color", globals.no_color, "不用颜色（也可设环境变量 NO_COLOR）")->group(kGlobalGroup);
}

struct NoOptions {};

StatusOr<ExitCode> RunVersion(Session& session, const NoOptions&) {
  session.output.Raw(session.output.json() ? "{\"version\":\"" DUIJIE_VERSION "\"}\n"
                                           : "duijie " DUIJIE_VERSION "\n");
  return ExitCode::kOk;
}

// CLI11 words its errors in English; the kind of error says it in Chinese, the original says where.
std::string UsageText(const CLI::ParseError& error) {
  const std::string name = error.get_name();
  std::string text = "命令行有误";
  if (name == "RequiredError") text = "缺少必填的参数或子命令";
  if (name == "ExtrasError") text = "无法识别的参数";
  if (name == "ConversionError") text = "参数的值类型不对";
  if (name == "ValidationError") text = "参数的值不符合要求";
  if (name == "ArgumentMismatch") text = "参数的个数不对";
  if (name == "ExcludesError") text = "这些选项不能同时使用";
  return text + "（" + error.what() + "）；用 --help 查看用法";
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

StatusOr<ExitCode> Execute(const GlobalOptions& globals, const Invocation& invocation, const CLI::App& app,
                           std::ostream& out, std::ostream& err) {
  DUIJIE_ASSIGN_OR_RETURN(const Settings settings, ResolveSettings(globals.settings, &ProcessEnvironment));
  Output output(out, err, Terminal::Detect(globals.no_color), globals.json);
  WarnOfClearText(settings, output);
  DUIJIE_ASSIGN_OR_RETURN(const auto client, Client::Create(settings, [](std::chrono::milliseconds time) {
                            std::this_thread::sleep_for(time);
                          }));
  Session session{*client, output, app};
  return invocation.run(session);
}

}  // namespace

std::unique_ptr<CLI::App> BuildApp(GlobalOptions& globals, Invocation& invocation) {
  auto app = std::make_unique<CLI::App>("对接：科技成果与企业技术需求的匹配", "duijie");
  SetChineseHelp(*app);
  app->footer(
      std::string(ExitCodeHelp()) +
      "\n配置文件 ~/.config/duijie/config.toml（或 $DUIJIE_CONFIG），如：\n  server = \"127.0.0.1:7701\"\n"
      "  key_file = \"/home/我/.config/duijie/key\"");
  app->require_subcommand(1);
  app->fallthrough();  // global options may also follow the subcommand
  AddGlobalOptions(*app, globals);
  AddImportCommand(*app, invocation);
  AddTemplateCommand(*app, invocation);
  AddExportCommand(*app, invocation);
  AddRecordCommands(*app, invocation);
  AddEditCommand(*app, invocation);
  AddTransitionCommands(*app, invocation);
  AddContactsCommand(*app, invocation);
  AddSearchCommands(*app, invocation);
  AddMatchCommands(*app, invocation);
  AddRunCommands(*app, invocation);
  AddEvalCommands(*app, invocation);
  AddJudgementCommands(*app, invocation);
  AddModelCommands(*app, invocation);
  AddPackageCommands(*app, invocation);
  AddPushCommands(*app, invocation);
  AddWebhookCommands(*app, invocation);
  AddStandingCommands(*app->get_subcommand("push"), invocation);
  AddCampaignCommands(*app, invocation);
  AddLetterCommand(*app, invocation);
  AddIntakeCommands(*app, invocation);
  AddDiagnosisCommands(*app, invocation);
  AddClinicCommands(*app, invocation);
  AddJointCommands(*app, invocation);
  AddProcessingCommands(*app, invocation);
  AddMaturityCommands(*app, invocation);
  AddPublicationCommands(*app, invocation);
  AddVisitCommands(*app, invocation);
  AddProfileCommands(*app, invocation);
  AddAdminCommands(*app, invocation);
  AddTaxonomyCommand(*app, invocation);
  AddCompletionCommand(*app, invocation);
  OnChosen(app->add_subcommand("version", "版本"), invocation, std::make_shared<NoOptions>(), &RunVersion);
  SetHelpGroups(*app);
  return app;
}

int RunCli(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  GlobalOptions globals;
  Invocation invocation;
  const std::unique_ptr<CLI::App> app = BuildApp(globals, invocation);
  try {
    app->parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // CLI11 takes them reversed
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app->exit(error, out, err);  // --help
    return Fail(UsageError(UsageText(error)), globals.json, err);
  }
  const StatusOr<ExitCode> result = Execute(globals, invocation, *app, out, err);
  if (!result.ok()) return Fail(result.status(), globals.json, err);
  out.flush();
  return static_cast<int>(*result);
}

}  // namespace duijie
