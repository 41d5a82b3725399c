// SPDX-License-Identifier: GPL-3.0-or-later
// template and export; declared in import_command.h.
#include "services/duijie/download.h"
#include "services/duijie/filter_options.h"
#include "services/duijie/import_command.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

struct TableFileOptions {
  std::string collection, file, format;
  FilterOptions filter;
};

// A workbook on a terminal helps nobody.
Status RefuseBinaryOnTerminal(Session& session, const std::string& file, v1::TableFormat format) {
  if (file == "-" && format == v1::TABLE_FORMAT_XLSX && session.output.terminal().out_is_terminal) {
    return UsageError("不能把 Excel 文件输出到终端，请用 -o 指定文件");
  }
  return OkStatus();
}

StatusOr<ExitCode> RunTemplate(Session& session, const TableFileOptions& options) {
  v1::GetImportTemplateRequest request;
  DUIJIE_ASSIGN_OR_RETURN(const v1::Collection collection, ParseCollection(options.collection));
  DUIJIE_ASSIGN_OR_RETURN(const v1::TableFormat format, FormatOf(options.format, options.file));
  request.set_collection(collection);
  request.set_format(format);
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(session.client.catalog(), &v1::CatalogService::Stub::GetImportTemplate, request));
  // The server proposes a name; a path in it would be somebody else's choice of place.
  std::string path = options.file;
  if (path.empty()) {
    path = response.file_name();
    if (path.empty() || path.find('/') != std::string::npos || path.front() == '.') {
      path = CollectionName(collection) + (format == v1::TABLE_FORMAT_CSV ? ".csv" : ".xlsx");
    }
  }
  const auto written = format == v1::TABLE_FORMAT_UNSPECIFIED ? v1::TABLE_FORMAT_XLSX : format;
  DUIJIE_RETURN_IF_ERROR(RefuseBinaryOnTerminal(session, path, written));
  DUIJIE_RETURN_IF_ERROR(SaveFile(path, response.content(), session.output.out()));
  if (path != "-") session.output.Note("已写入模板 " + path);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunExport(Session& session, const TableFileOptions& options) {
  v1::ExportRecordsRequest request;
  DUIJIE_ASSIGN_OR_RETURN(const v1::Collection collection, ParseCollection(options.collection));
  DUIJIE_ASSIGN_OR_RETURN(v1::TableFormat format, FormatOf(options.format, options.file));
  if (format == v1::TABLE_FORMAT_UNSPECIFIED && session.output.json()) format = v1::TABLE_FORMAT_JSONL;
  DUIJIE_RETURN_IF_ERROR(RefuseBinaryOnTerminal(session, options.file, format));
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_filter(), ToFilter(options.filter));
  request.set_collection(collection);
  request.set_format(format);
  ProgressBar bar = session.output.Progress();
  int64_t records = 0;
  const StatusOr<int64_t> bytes = Download<v1::ExportRecordsResponse>(
      session, options.file,
      [&](grpc::ClientContext* context) { return session.client.catalog().ExportRecords(context, request); },
      [&](const v1::ExportRecordsResponse& response, int64_t) {
        records = response.records_done();
        if (options.file != "-") bar.Show({.done = records, .unit = "条", .seconds_left = {}});
      });
  bar.Clear();
  DUIJIE_RETURN_IF_ERROR(bytes.status());
  if (options.file != "-")
    session.output.Note("已导出 " + std::to_string(records) + " 条记录到 " + options.file);
  return ExitCode::kOk;
}

Command AddTableCommand(Command root, const char* name, const char* description, TableFileOptions* options) {
  const Command command = root.AddSubcommand(name, description);
  command.AddOption("collection", options->collection, "记录种类").Required().TypeName("种类");
  command.AddOption("-o,--output", options->file, "文件；- 为标准输出").TypeName("文件");
  command.AddOption("--format", options->format, "csv、jsonl 或 xlsx；缺省按文件名判断").TypeName("格式");
  return command;
}

}  // namespace

void AddTemplateCommand(Command root, Invocation& invocation) {
  auto options = std::make_shared<TableFileOptions>();
  const Command command = AddTableCommand(root, "template", "下载导入模板（缺省为 Excel）", options.get());
  OnChosen(command, invocation, options, &RunTemplate);
}

void AddExportCommand(Command root, Invocation& invocation) {
  auto options = std::make_shared<TableFileOptions>();
  options->file = "-";
  const Command command =
      AddTableCommand(root, "export", "导出可见的记录（缺省为 CSV，写到标准输出）", options.get());
  AddFilterOptions(command, "", "筛选", &options->filter);
  OnChosen(command, invocation, options, &RunExport);
}

}  // namespace duijie
