// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/admin_commands.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "services/admin/restore.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using Stub = v1::AdminService::Stub;

constexpr int kAuditPageSize = 1000;

struct NoOptions {};

StatusOr<ExitCode> RunWhoAmI(Session& session, const NoOptions&) {
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(session.client.admin(), &Stub::GetCaller,
                                                                   v1::GetCallerRequest()));
  if (session.output.json()) {
    session.output.Json(response.api_key());
  } else {
    session.output.Raw(KeyText(response.api_key(), session.output.terminal().color));
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunStatus(Session& session, const NoOptions&) {
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(session.client.admin(), &Stub::GetStatus,
                                                                   v1::GetStatusRequest()));
  if (session.output.json()) {
    session.output.Json(response);
    return ExitCode::kOk;
  }
  std::string roles;
  for (const std::string& role : response.roles()) roles += (roles.empty() ? "" : "，") + role;
  session.output.Raw(
      FormatFieldLines({{"软件版本", response.version()},
                        {"运行角色", roles},
                        {"运行时间", DurationText(response.uptime_seconds())},
                        {"目录版本号", std::to_string(response.revision())},
                        {"匹配任务", std::to_string(response.active_runs()) + " 个排队或运行中"}},
                       session.output.terminal().color));
  session.output.Raw("\n");
  Table table{
      {{"记录种类"}, {"记录数", Align::kRight}, {"已索引", Align::kRight}, {"索引版本号", Align::kRight}},
      {}};
  for (const v1::CollectionStatus& one : response.collections()) {
    const bool indexed = one.index_revision() > 0 || one.indexed() > 0;
    table.rows.push_back({one.collection(), std::to_string(one.records()),
                          indexed ? std::to_string(one.indexed()) : "-",
                          indexed ? std::to_string(one.index_revision()) : "-"});
  }
  session.output.Print(table);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunBackup(Session& session, const NoOptions&) {
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(session.client.admin(), &Stub::CreateBackup, v1::CreateBackupRequest()));
  if (session.output.json()) {
    session.output.Json(response);
  } else {
    session.output.Line("已备份 " + response.backup_id() + "：版本号 " + std::to_string(response.revision()) +
                        "，" + std::to_string(response.bytes()) + " 字节");
  }
  return ExitCode::kOk;
}

struct RestoreOptions {
  std::string backup, data;
};

std::string RestoreJson(const RestoreReport& report) {
  const nlohmann::ordered_json json = {{"backup_id", report.backup_id},
                                       {"revision", report.revision},
                                       {"restored", report.restored},
                                       {"kept", report.kept}};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Works on folders of this machine; the daemon must not run.
StatusOr<ExitCode> RunRestore(Session& session, const RestoreOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const RestoreReport report, RestoreFromBackup(options.backup, options.data));
  if (session.output.json()) {
    session.output.Raw(RestoreJson(report) + "\n");
    return ExitCode::kOk;
  }
  session.output.Line("已恢复备份 " + report.backup_id + "（版本号 " + std::to_string(report.revision) +
                      "）；检索索引会在服务启动后自动重建");
  for (const std::string& folder : report.kept) {
    session.output.Note("原有数据保留在 " + folder + "，确认无误后请自行删除");
  }
  return ExitCode::kOk;
}

struct AuditOptions {
  std::string record, key_id;
  int limit = 50;
};

StatusOr<ExitCode> RunAudit(Session& session, const AuditOptions& options) {
  Table table{{{"时间"}, {"密钥"}, {"方法", Align::kLeft, true}, {"记录"}, {"结果"}, {"请求编号"}}, {}};
  v1::ListAuditEntriesRequest request;
  request.set_record(options.record);
  request.set_key_id(options.key_id);
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kAuditPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(session.client.admin(), &Stub::ListAuditEntries, request));
    for (const v1::AuditEntry& entry : response.entries()) {
      if (session.output.json()) session.output.Json(entry);
      table.rows.push_back({TimeText(entry.time()), entry.key_id(), entry.method(), entry.record(),
                            entry.outcome(), entry.request_id()});
    }
    left -= response.entries_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

struct TaxonomyOptions {
  std::string kind, search;
};

StatusOr<ExitCode> RunTaxonomy(Session& session, const TaxonomyOptions& options) {
  v1::GetTaxonomyRequest request;
  DUIJIE_ASSIGN_OR_RETURN(const auto kind, ParseEnum<v1::TaxonomyKind>(options.kind));
  request.set_kind(kind);
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(session.client.catalog(), &v1::CatalogService::Stub::GetTaxonomy, request));
  Table table{{{"代码"}, {"名称", Align::kLeft, true}, {"上级"}}, {}};
  for (const v1::TaxonomyEntry& entry : response.entries()) {
    const bool wanted = options.search.empty() || entry.name().find(options.search) != std::string::npos ||
                        entry.code().rfind(options.search, 0) == 0;
    if (!wanted) continue;
    if (session.output.json()) session.output.Json(entry);
    const std::string indent(static_cast<size_t>(std::max(0, entry.level() - 1)) * 2, ' ');
    table.rows.push_back({entry.code(), indent + entry.name(), entry.parent()});
  }
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

}  // namespace

void AddAdminCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("admin", "运维：密钥、备份、状态、审计");
  AddKeyCommands(group, invocation);
  auto none = std::make_shared<NoOptions>();
  OnChosen(group.AddSubcommand("whoami", "当前密钥的身份"), invocation, none, &RunWhoAmI);
  OnChosen(group.AddSubcommand("status", "系统状态"), invocation, none, &RunStatus);
  OnChosen(group.AddSubcommand("backup", "在线备份到服务器的备份文件夹"), invocation, none, &RunBackup);
  auto restore = std::make_shared<RestoreOptions>();
  const Command restore_command = group.AddSubcommand("restore", "从备份恢复（在服务器上、服务停止时执行）");
  restore_command.AddOption("--backup", restore->backup, "备份文件夹").Required().TypeName("文件夹");
  restore_command.AddOption("--data", restore->data, "新的数据文件夹").Required().TypeName("文件夹");
  OnChosen(restore_command, invocation, restore, &RunRestore);
  auto audit = std::make_shared<AuditOptions>();
  const Command audit_command = group.AddSubcommand("audit", "审计日志，新的在前");
  audit_command.AddOption("--record", audit->record, "只看这条记录").TypeName("编号");
  audit_command.AddOption("--key-id", audit->key_id, "只看这个密钥编号").TypeName("编号");
  audit_command.AddOption("--limit", audit->limit, "最多列出多少条")
      .Positive()
      .ShowDefault()
      .TypeName("条数");
  OnChosen(audit_command, invocation, audit, &RunAudit);
}

void AddTaxonomyCommand(Command root, Invocation& invocation) {
  auto options = std::make_shared<TaxonomyOptions>();
  const Command command = root.AddSubcommand("taxonomy", "查代码表");
  command
      .AddOption("kind", options->kind,
                 "regions/地区、industries/行业、fields/技术领域、parks/园区、maturity-levels/技术成熟度")
      .Required()
      .TypeName("代码表");
  command.AddOption("--search", options->search, "名称含有这些字，或代码以此开头").TypeName("文字");
  OnChosen(command, invocation, options, &RunTaxonomy);
}

}  // namespace duijie
