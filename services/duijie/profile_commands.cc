// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/profile_commands.h"

#include <algorithm>

#include "services/duijie/labels.h"
#include "services/duijie/profile_view.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using Stub = v1::ProfileService::Stub;

constexpr char kSelections[] = "keyEnterpriseSelections/";
constexpr int kPageSize = 200;

struct ShowOptions {
  std::string enterprise, as_of, file;
  int expiring_days = 0;
};

StatusOr<ExitCode> RunShow(Session& session, const ShowOptions& options) {
  const auto stub = ProfileStub(session);
  const auto fill = [&](auto* request) {
    request->set_name(NameInCollection("enterprises/", options.enterprise));
    request->set_as_of(options.as_of);
    request->set_expiring_days(options.expiring_days);
  };
  if (!options.file.empty()) {
    v1::ExportEnterpriseProfileRequest request;
    fill(&request);
    DUIJIE_ASSIGN_OR_RETURN(const auto page,
                            session.client.Call(*stub, &Stub::ExportEnterpriseProfile, request));
    return SaveDocument(session, page.content(), options.file);
  }
  v1::GetEnterpriseProfileRequest request;
  fill(&request);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &Stub::GetEnterpriseProfile, request));
  ShowProfile(session, response.profile());
  return ExitCode::kOk;
}

struct KeyOptions {
  std::string title, as_of;
  std::vector<std::string> parks, industries, regions;
  int count = 0;
};

v1::KeyEnterpriseScope ScopeOf(const KeyOptions& options) {
  v1::KeyEnterpriseScope scope;
  for (const std::string& code : options.parks) scope.add_park_codes(code);
  for (const std::string& code : options.industries) scope.add_industry_codes(code);
  for (const std::string& code : options.regions) scope.add_region_codes(code);
  return scope;
}

StatusOr<ExitCode> RunKey(Session& session, const KeyOptions& options) {
  v1::ListKeyEnterprisesRequest request;
  *request.mutable_scope() = ScopeOf(options);
  request.set_as_of(options.as_of);
  request.set_count(options.count);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*ProfileStub(session), &Stub::ListKeyEnterprises, request));
  ShowKeyEnterprises(session, response.selection());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunSelect(Session& session, const KeyOptions& options) {
  v1::SelectKeyEnterprisesRequest request;
  request.mutable_selection()->set_title(options.title);
  *request.mutable_selection()->mutable_scope() = ScopeOf(options);
  request.mutable_selection()->set_as_of(options.as_of);
  request.mutable_selection()->set_count(options.count);
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*ProfileStub(session), &Stub::SelectKeyEnterprises, request));
  ShowKeyEnterprises(session, response.selection());
  return ExitCode::kOk;
}

struct SelectionOptions {
  std::string name, file;
  int limit = 50;
};

StatusOr<ExitCode> RunSelections(Session& session, const SelectionOptions& options) {
  v1::ListKeyEnterpriseSelectionsRequest request;
  const auto stub = ProfileStub(session);
  Table table{{{"编号"}, {"标题", Align::kLeft, true}, {"截至"}, {"家数", Align::kRight}, {"遴选时间"}}, {}};
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(*stub, &Stub::ListKeyEnterpriseSelections, request));
    for (const v1::KeyEnterpriseSelection& selection : response.selections()) {
      if (session.output.json()) session.output.Json(selection);
      table.rows.push_back({selection.name(), selection.title(), selection.as_of(),
                            std::to_string(std::min(selection.count(), selection.candidates())),
                            TimeText(selection.create_time())});
    }
    left -= response.selections_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunSelection(Session& session, const SelectionOptions& options) {
  const auto stub = ProfileStub(session);
  const std::string name = NameInCollection(kSelections, options.name);
  if (!options.file.empty()) {
    if (!options.file.ends_with(".xlsx") && options.file != "-") {
      return UsageError("文件名须以 .xlsx 结尾");
    }
    v1::ExportKeyEnterpriseSelectionRequest request;
    request.set_name(name);
    DUIJIE_ASSIGN_OR_RETURN(const auto book,
                            session.client.Call(*stub, &Stub::ExportKeyEnterpriseSelection, request));
    return SaveDocument(session, book.content(), options.file);
  }
  v1::GetKeyEnterpriseSelectionRequest request;
  request.set_name(name);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &Stub::GetKeyEnterpriseSelection, request));
  ShowKeyEnterprises(session, response.selection());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunReplay(Session& session, const SelectionOptions& options) {
  v1::ReplayKeyEnterpriseSelectionRequest request;
  request.set_name(NameInCollection(kSelections, options.name));
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(*ProfileStub(session), &Stub::ReplayKeyEnterpriseSelection, request));
  if (session.output.json()) {
    session.output.Json(response);
    return ExitCode::kOk;
  }
  std::vector<FieldLine> lines = {{"结果", response.same() ? "与保存的名单完全相同" : "与保存的名单不同"},
                                  {"名单摘要", response.digest()}};
  for (const std::string& difference : response.differences()) lines.push_back({"差异", difference});
  session.output.Raw(FormatFieldLines(lines, session.output.terminal().color));
  return ExitCode::kOk;
}

void AddShow(Command group, Invocation& invocation) {
  auto options = std::make_shared<ShowOptions>();
  const Command command = group.AddSubcommand("show", "一企一档：查看或打印一家企业的档案");
  command.AddOption("enterprise", options->enterprise, "企业编号，如 enterprises/ab12")
      .Required()
      .TypeName("企业");
  command.AddOption("--as-of", options->as_of, "按哪一天判断资质；缺省为今天").TypeName("日期");
  command.AddOption("--expiring-days", options->expiring_days, "多少天内到期算即将到期，缺省 180")
      .TypeName("天");
  command.AddOption("-o,--output", options->file, "写成供打印的 HTML 文件；- 为标准输出").TypeName("文件");
  OnChosen(command, invocation, options, &RunShow);
}

Command AddScoped(Command group, const char* name, const char* help,
                  const std::shared_ptr<KeyOptions>& options) {
  const Command command = group.AddSubcommand(name, help);
  command.AddOption("--park", options->parks, "园区代码；可多个").Delimiter(',').TypeName("园区");
  command.AddOption("--industry", options->industries, "行业代码；可多个").Delimiter(',').TypeName("行业");
  command.AddOption("--region", options->regions, "地区代码；可多个").Delimiter(',').TypeName("地区");
  command.AddOption("--as-of", options->as_of, "截至哪一天；缺省为今天").TypeName("日期");
  command.AddOption("--count", options->count, "选多少家，缺省 100").TypeName("家数");
  return command;
}

void AddSelections(Command group, Invocation& invocation) {
  auto list = std::make_shared<SelectionOptions>();
  const Command listing = group.AddSubcommand("selections", "列出保存的重点企业名单，最近的在前");
  listing.AddOption("--limit", list->limit, "最多列出几份，缺省 50").Positive().TypeName("份数");
  OnChosen(listing, invocation, list, &RunSelections);
  auto one = std::make_shared<SelectionOptions>();
  const Command showing = group.AddSubcommand("selection", "查看或导出一份保存的名单");
  showing.AddOption("name", one->name, "名单编号").Required().TypeName("名单");
  showing.AddOption("-o,--output", one->file, "写成 .xlsx 文件（重点企业名单）").TypeName("文件");
  OnChosen(showing, invocation, one, &RunSelection);
  auto again = std::make_shared<SelectionOptions>();
  const Command replaying = group.AddSubcommand("replay", "按保存时的数据重算一份名单并比较");
  replaying.AddOption("name", again->name, "名单编号").Required().TypeName("名单");
  OnChosen(replaying, invocation, again, &RunReplay);
}

}  // namespace

void AddProfileCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("profile", "企业档案与重点企业遴选");
  AddShow(group, invocation);
  auto key = std::make_shared<KeyOptions>();
  OnChosen(AddScoped(group, "key", "算出重点企业名单及理由，不保存", key), invocation, key, &RunKey);
  auto select = std::make_shared<KeyOptions>();
  const Command selecting = AddScoped(group, "select", "算出重点企业名单并保存", select);
  selecting.AddOption("--title", select->title, "名单标题").Required().TypeName("文字");
  OnChosen(selecting, invocation, select, &RunSelect);
  AddSelections(group, invocation);
  AddLatentCommands(root, invocation);
}

}  // namespace duijie
