// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/record_commands.h"

#include <algorithm>

#include "services/duijie/files.h"
#include "services/duijie/filter_options.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_calls.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

constexpr int kDefaultLimit = 50;
constexpr int kPageSize = 500;

struct GetOptions {
  std::vector<std::string> names;
};

// Stops at the first name that fails.
StatusOr<ExitCode> RunGet(Session& session, const GetOptions& options) {
  bool first = true;
  for (const std::string& name : options.names) {
    DUIJIE_ASSIGN_OR_RETURN(const auto calls, RecordCallsFor(session.client, name));
    DUIJIE_ASSIGN_OR_RETURN(const RecordPtr record, calls->Get(name));
    if (session.output.json()) {
      session.output.Json(*record);
      continue;
    }
    if (!first) session.output.Raw("\n");
    first = false;
    session.output.Raw(FormatFieldLines(DescribeRecord(*record), session.output.terminal().color));
  }
  return ExitCode::kOk;
}

struct ListOptions {
  std::string collection;
  int limit = kDefaultLimit;
  FilterOptions filter;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Collection collection, ParseCollection(options.collection));
  DUIJIE_ASSIGN_OR_RETURN(const v1::RecordFilter filter, ToFilter(options.filter));
  const auto calls = MakeRecordCalls(session.client, collection);
  Table table{ListColumns(collection), {}};
  int left = options.limit;
  bool more = true;
  for (std::string token; more && (options.limit == 0 || left > 0);) {
    const int size = options.limit == 0 ? kPageSize : std::min(left, kPageSize);
    DUIJIE_ASSIGN_OR_RETURN(RecordPage page, calls->List(filter, size, token));
    for (const RecordPtr& record : page.records) {
      if (session.output.json()) {
        session.output.Json(*record);
      } else {
        table.rows.push_back(ListRow(collection, *record));
      }
    }
    left -= static_cast<int>(page.records.size());
    token = page.next_page_token;
    more = !token.empty();
  }
  if (session.output.json()) return ExitCode::kOk;
  session.output.Print(table);
  if (more) session.output.Note("还有更多记录；用 --limit 0 列出全部");
  return ExitCode::kOk;
}

struct CreateOptions {
  std::string collection, file, id;
  bool validate_only = false;
};

StatusOr<ExitCode> RunCreate(Session& session, const CreateOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Collection collection, ParseCollection(options.collection));
  const auto calls = MakeRecordCalls(session.client, collection);
  const RecordPtr record = calls->NewRecord();
  DUIJIE_ASSIGN_OR_RETURN(const std::string json, ReadSmallFile(options.file));
  DUIJIE_RETURN_IF_ERROR(ParseJson(json, options.file, record.get()));
  DUIJIE_ASSIGN_OR_RETURN(const RecordPtr created, calls->Create(*record, options.id, options.validate_only));
  PrintWritten(session, *created, options.validate_only ? "检查通过" : "已创建");
  return ExitCode::kOk;
}

struct DeleteOptions {
  std::vector<std::string> names;
  std::string etag;
};

StatusOr<ExitCode> RunDelete(Session& session, const DeleteOptions& options) {
  if (!options.etag.empty() && options.names.size() > 1) return UsageError("--etag 只能用于一条记录");
  for (const std::string& name : options.names) {
    DUIJIE_ASSIGN_OR_RETURN(const auto calls, RecordCallsFor(session.client, name));
    DUIJIE_RETURN_IF_ERROR(calls->Delete(name, options.etag).status());
    session.output.Note("已删除 " + name);
  }
  return ExitCode::kOk;
}

struct TransitionOptions {
  v1::RecordState to = v1::RECORD_STATE_UNSPECIFIED;
  std::vector<std::string> names;
  std::string reason, etag;
};

StatusOr<ExitCode> RunTransition(Session& session, const TransitionOptions& options) {
  if (!options.etag.empty() && options.names.size() > 1) return UsageError("--etag 只能用于一条记录");
  for (const std::string& name : options.names) {
    DUIJIE_ASSIGN_OR_RETURN(const auto calls, RecordCallsFor(session.client, name));
    DUIJIE_ASSIGN_OR_RETURN(const RecordPtr record,
                            calls->Transition(name, options.to, options.reason, options.etag));
    PrintWritten(session, *record, EnumLabel(options.to));
  }
  return ExitCode::kOk;
}

void AddTransition(Command root, Invocation& invocation, const char* name, v1::RecordState to,
                   const char* description, bool needs_reason) {
  auto options = std::make_shared<TransitionOptions>();
  options->to = to;
  const Command command = root.AddSubcommand(name, description);
  command.AddOption("names", options->names, "记录编号，如 needs/ab12").Required().TypeName("编号");
  const Option reason = command.AddOption("--reason", options->reason, "原因").TypeName("文字");
  if (needs_reason) reason.Required();
  command.AddOption("--etag", options->etag, "只在记录仍是这个版本时执行").TypeName("标记");
  OnChosen(command, invocation, options, &RunTransition);
}

}  // namespace

void PrintWritten(Session& session, const google::protobuf::Message& record, const std::string& done) {
  if (session.output.json()) {
    session.output.Json(record);
    return;
  }
  const std::string state = FieldText(record, "state");
  session.output.Line(done + " " + FieldText(record, "name") + "（" + FieldText(record, "title") +
                      (state.empty() ? "" : "，" + state) + "）");
}

void AddRecordCommands(Command root, Invocation& invocation) {
  auto get = std::make_shared<GetOptions>();
  const Command get_command = root.AddSubcommand("get", "查看记录");
  get_command.AddOption("names", get->names, "记录编号，如 achievements/ab12；可多个")
      .Required()
      .TypeName("编号");
  OnChosen(get_command, invocation, get, &RunGet);

  auto list = std::make_shared<ListOptions>();
  const Command list_command = root.AddSubcommand("list", "列出记录");
  list_command.AddOption("collection", list->collection, "记录种类").Required().TypeName("种类");
  list_command.AddOption("--limit", list->limit, "最多列出多少条；0 为全部")
      .NonNegative()
      .ShowDefault()
      .TypeName("条数");
  AddFilterOptions(list_command, "", "筛选", &list->filter);
  OnChosen(list_command, invocation, list, &RunList);

  auto create = std::make_shared<CreateOptions>();
  const Command create_command = root.AddSubcommand("create", "从 JSON 文件新建一条记录（草稿）");
  create_command.AddOption("collection", create->collection, "记录种类").Required().TypeName("种类");
  create_command.AddOption("--file", create->file, "JSON 文件；- 为标准输入").Required().TypeName("文件");
  create_command.AddOption("--id", create->id, "编号；缺省由系统给出").TypeName("编号");
  create_command.AddFlag("--validate-only", create->validate_only, "只检查，不写入");
  OnChosen(create_command, invocation, create, &RunCreate);

  auto remove = std::make_shared<DeleteOptions>();
  const Command delete_command = root.AddSubcommand("delete", "删除记录");
  delete_command.AddOption("names", remove->names, "记录编号；可多个").Required().TypeName("编号");
  delete_command.AddOption("--etag", remove->etag, "只在记录仍是这个版本时删除").TypeName("标记");
  OnChosen(delete_command, invocation, remove, &RunDelete);
}

void AddTransitionCommands(Command root, Invocation& invocation) {
  AddTransition(root, invocation, "submit", v1::RECORD_STATE_SUBMITTED, "提交审核", false);
  AddTransition(root, invocation, "publish", v1::RECORD_STATE_PUBLISHED, "审核通过并发布", false);
  AddTransition(root, invocation, "return", v1::RECORD_STATE_RETURNED, "退回修改（须写原因）", true);
  AddTransition(root, invocation, "withdraw", v1::RECORD_STATE_WITHDRAWN, "撤回（须写原因）", true);
  AddTransition(root, invocation, "close", v1::RECORD_STATE_CLOSED, "关闭，不能再改（须写原因）", true);
}

}  // namespace duijie
