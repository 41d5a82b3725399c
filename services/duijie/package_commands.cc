// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/package_commands.h"

#include <algorithm>

#include "duijie/v1/package_service.grpc.pb.h"
#include "services/duijie/files.h"
#include "services/duijie/key_value.h"
#include "services/duijie/package_view.h"

namespace duijie {
namespace {

using Stub = v1::PackageService::Stub;

constexpr char kRole[] = "push";
constexpr int kPageSize = 200;

void Show(Session& session, const v1::Package& package) {
  if (session.output.json()) {
    session.output.Json(package);
    return;
  }
  session.output.Raw(FormatFieldLines(DescribePackage(package), session.output.terminal().color));
  session.output.Raw("\n");
  session.output.Print(MemberTable(package));
  session.output.Raw("\n");
  session.output.Print(DemandTable(package));
}

struct CreateOptions {
  std::string title;
  std::vector<std::string> needs, sources;
  int most = 0;
};

StatusOr<ExitCode> RunCreate(Session& session, const CreateOptions& options) {
  v1::CreatePackageRequest request;
  request.mutable_package()->set_title(options.title);
  for (const std::string& need : options.needs)
    request.mutable_package()->add_needs(NameInCollection("needs", need));
  for (const std::string& source : options.sources) {
    request.mutable_package()->mutable_achievement_filter()->add_source_libraries(source);
  }
  request.mutable_package()->set_max_members(options.most);
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::PackageService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::CreatePackage, request));
  Show(session, response.package());
  return ExitCode::kOk;
}

struct NameOptions {
  std::string name, file;
};

StatusOr<ExitCode> RunShow(Session& session, const NameOptions& options) {
  v1::GetPackageRequest request;
  request.set_name(NameInCollection("packages", options.name));
  const auto stub = session.client.NewStub<v1::PackageService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::GetPackage, request));
  Show(session, response.package());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunRebuild(Session& session, const NameOptions& options) {
  v1::RebuildPackageRequest request;
  request.set_name(NameInCollection("packages", options.name));
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::PackageService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::RebuildPackage, request));
  Show(session, response.package());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunDelete(Session& session, const NameOptions& options) {
  v1::DeletePackageRequest request;
  request.set_name(NameInCollection("packages", options.name));
  const auto stub = session.client.NewStub<v1::PackageService>(kRole);
  DUIJIE_RETURN_IF_ERROR(session.client.Call(*stub, &Stub::DeletePackage, request).status());
  session.output.Note("已删除 " + request.name());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunExport(Session& session, const NameOptions& options) {
  v1::ExportPackageRequest request;
  request.set_name(NameInCollection("packages", options.name));
  const auto stub = session.client.NewStub<v1::PackageService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ExportPackage, request));
  DUIJIE_RETURN_IF_ERROR(SaveFile(options.file, response.html(), session.output.out()));
  if (options.file != "-") session.output.Note("已写入 " + options.file);
  return ExitCode::kOk;
}

struct ListOptions {
  int limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  const auto stub = session.client.NewStub<v1::PackageService>(kRole);
  Table table{PackageColumns(), {}};
  v1::ListPackagesRequest request;
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ListPackages, request));
    for (const v1::Package& package : response.packages()) {
      if (session.output.json()) {
        session.output.Json(package);
      } else {
        table.rows.push_back(PackageRow(package));
      }
    }
    left -= response.packages_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

void AddNamed(Command group, Invocation& invocation, const std::string& name, const std::string& help,
              StatusOr<ExitCode> (*run)(Session&, const NameOptions&)) {
  auto options = std::make_shared<NameOptions>();
  const Command command = group.AddSubcommand(name, help);
  command.AddOption("package", options->name, "成果包编号，如 packages/ab12").Required().TypeName("成果包");
  if (name == "export") {
    command.AddOption("-o,--output", options->file, "输出文件（.html）；- 为标准输出")
        .Required()
        .TypeName("文件");
  }
  OnChosen(command, invocation, options, run);
}

}  // namespace

void AddPackageCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("package", "技术包、成果包：满足一组需求的最小成果组合");
  auto create = std::make_shared<CreateOptions>();
  const Command command = group.AddSubcommand("create", "为一条或几条需求配成果包");
  command.AddOption("needs", create->needs, "需求编号，1 至 20 个").Required().TypeName("需求");
  command.AddOption("--title", create->title, "名称").Required().TypeName("文字");
  command.AddOption("--max", create->most, "成果数上限，1 至 20，缺省 5").TypeName("个数");
  command.AddOption("--source", create->sources, "只用这些来源库的成果；可多个").TypeName("来源库");
  OnChosen(command, invocation, create, &RunCreate);
  auto list = std::make_shared<ListOptions>();
  const Command listing = group.AddSubcommand("list", "列出成果包，最近的在前");
  listing.AddOption("--limit", list->limit, "最多列出几个，缺省 50").Positive().TypeName("个数");
  OnChosen(listing, invocation, list, &RunList);
  AddNamed(group, invocation, "show", "查看成果包", &RunShow);
  AddNamed(group, invocation, "rebuild", "按现有记录重配", &RunRebuild);
  AddNamed(group, invocation, "delete", "删除", &RunDelete);
  AddNamed(group, invocation, "export", "导出成果包说明书（供打印的网页）", &RunExport);
}

}  // namespace duijie
