// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/import_command.h"

#include <filesystem>
#include <mutex>
#include <thread>

#include "common/tabular/csv_writer.h"
#include "services/duijie/files.h"
#include "services/duijie/index_wait.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

constexpr size_t kChunkBytes = 256 * 1024;
constexpr size_t kMaxShownProblems = 200;  // on the screen; --errors writes all of them

using ImportStream = grpc::ClientReaderWriter<v1::ImportRecordsRequest, v1::ImportRecordsResponse>;

// Rejected rows: all of them into the CSV file, the first ones onto the screen.
class ProblemReport {
 public:
  ProblemReport(const std::string& errors_file, Output& output)
      : wanted_(!errors_file.empty()), file_(errors_file, output.out()), writer_(&buffer_, CsvOptions()) {}

  Status Open() {
    if (!wanted_) return OkStatus();
    DUIJIE_RETURN_IF_ERROR(file_.Open());
    return WriteCsv({"行", "列", "值", "规则", "说明"});
  }

  Status Add(const v1::RowReport& report) {
    for (const v1::CellProblem& problem : report.problems()) {
      ++count_;
      const std::vector<std::string> cells = {std::to_string(problem.row()), problem.column(),
                                              problem.value(), problem.rule(), problem.message()};
      if (table_.rows.size() < kMaxShownProblems) table_.rows.emplace_back(cells.begin(), cells.end());
      if (wanted_) DUIJIE_RETURN_IF_ERROR(WriteCsv(cells));
    }
    return OkStatus();
  }

  Status Finish(Output& output) {
    if (!output.json() && count_ > 0) {
      output.Print(table_);
      if (count_ > table_.rows.size()) {
        output.Line("共 " + std::to_string(count_) + " 处问题，只显示前 " +
                    std::to_string(table_.rows.size()) + " 处；用 --errors 文件.csv 可得到全部");
      }
    }
    return wanted_ ? file_.Commit() : OkStatus();
  }

 private:
  Status WriteCsv(const std::vector<std::string>& texts) {
    std::vector<TableCell> cells;
    cells.reserve(texts.size());
    for (const std::string& text : texts) cells.push_back(TableCell::Text(text));
    buffer_.clear();
    DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(cells));
    return file_.Write(buffer_);
  }

  const bool wanted_;
  OutputFile file_;
  std::string buffer_;
  CsvWriter writer_;
  size_t count_ = 0;
  Table table_{
      {{"行", Align::kRight}, {"列"}, {"值", Align::kLeft, true}, {"规则"}, {"说明", Align::kLeft, true}},
      {}};
};

// Sends the file while answers come back: the server may report, or refuse, before it has read everything.
class Importer {
 public:
  Importer(Session& session, const ImportOptions& options)
      : session_(session), options_(options), problems_(options.errors_file, session.output) {}

  StatusOr<ExitCode> Run() {
    DUIJIE_ASSIGN_OR_RETURN(const v1::ImportHeader header, MakeImportHeader(options_));
    std::ifstream file(options_.file, std::ios::binary);
    std::error_code error;
    file_bytes_ = static_cast<int64_t>(std::filesystem::file_size(options_.file, error));
    if (!file || error) return LocalError("无法读取文件 " + options_.file);
    DUIJIE_RETURN_IF_ERROR(problems_.Open());
    DUIJIE_RETURN_IF_ERROR(Transfer(header, file));
    if (summary_.committed()) WaitForIndex(session_, header.collection(), summary_.revision());
    DUIJIE_RETURN_IF_ERROR(problems_.Finish(session_.output));
    if (!session_.output.json()) {
      session_.output.Raw(ImportSummaryText(summary_, options_.dry_run));
      for (const std::string& column : summary_.ignored_columns())
        session_.output.Note("忽略了不认识的列：" + column);
    }
    return summary_.rejected() > 0 ? ExitCode::kRowsRejected : ExitCode::kOk;
  }

 private:
  Status Transfer(const v1::ImportHeader& header, std::ifstream& file) {
    const auto call = session_.client.NewStream();
    const std::unique_ptr<ImportStream> stream = session_.client.catalog().ImportRecords(&call->context);
    Status read_status;
    std::thread reader([&] {
      read_status = ReadAnswers(*stream);
      if (!read_status.ok()) call->context.TryCancel();
    });
    const Status sent = Send(header, file, *stream);
    if (!sent.ok()) call->context.TryCancel();
    reader.join();
    bar_.Clear();
    Status finished = Client::Finish(*call, stream->Finish());
    DUIJIE_RETURN_IF_ERROR(sent);
    DUIJIE_RETURN_IF_ERROR(read_status);
    return finished;
  }

  // A failed Write means that the server has ended the call; Finish tells why.
  Status Send(const v1::ImportHeader& header, std::ifstream& file, ImportStream& stream) {
    v1::ImportRecordsRequest request;
    *request.mutable_header() = header;
    if (!stream.Write(request)) return OkStatus();
    std::string buffer(kChunkBytes, '\0');
    while (file.read(buffer.data(), kChunkBytes) || file.gcount() > 0) {
      request.set_chunk(buffer.data(), static_cast<size_t>(file.gcount()));
      if (!stream.Write(request)) return OkStatus();
      ShowProgress(file.gcount(), -1);
    }
    if (file.bad()) return LocalError("读取文件 " + options_.file + " 时出错");
    stream.WritesDone();
    return OkStatus();
  }

  Status ReadAnswers(ImportStream& stream) {
    v1::ImportRecordsResponse response;
    while (stream.Read(&response)) {
      for (const v1::RowReport& report : response.reports()) DUIJIE_RETURN_IF_ERROR(problems_.Add(report));
      if (response.has_summary()) summary_ = response.summary();
      if (session_.output.json()) session_.output.Json(response);
      ShowProgress(0, response.rows_done());
    }
    return OkStatus();
  }

  // Both threads report: bytes first, rows once the server has begun with them.
  void ShowProgress(int64_t sent, int64_t rows_done) {
    const std::lock_guard lock(progress_mutex_);
    sent_bytes_ += sent;
    rows_done_ = std::max(rows_done_, rows_done);
    ProgressState state;
    if (rows_done_ > 0) {
      state.done = rows_done_;
      state.unit = "行";
    } else {
      state.done = sent_bytes_ / 1024;
      state.total = std::max<int64_t>(1, file_bytes_ / 1024);
      state.unit = "KiB";
    }
    bar_.Show(state);
  }

  Session& session_;
  const ImportOptions& options_;
  ProblemReport problems_;
  v1::ImportSummary summary_;
  int64_t file_bytes_ = 0;
  std::mutex progress_mutex_;
  int64_t sent_bytes_ = 0;  // guarded by progress_mutex_, as is what follows
  int64_t rows_done_ = 0;
  ProgressBar bar_ = session_.output.Progress();
};

StatusOr<ExitCode> RunImport(Session& session, const ImportOptions& options) {
  return Importer(session, options).Run();
}

}  // namespace

StatusOr<v1::TableFormat> FormatOf(const std::string& format, const std::string& file) {
  if (!format.empty()) return ParseEnum<v1::TableFormat>(format);
  const std::string ending = std::filesystem::path(file).extension().string();
  if (ending == ".csv" || ending == ".CSV") return v1::TABLE_FORMAT_CSV;
  if (ending == ".xlsx" || ending == ".XLSX") return v1::TABLE_FORMAT_XLSX;
  if (ending == ".jsonl" || ending == ".ndjson") return v1::TABLE_FORMAT_JSONL;
  return v1::TABLE_FORMAT_UNSPECIFIED;
}

StatusOr<v1::ImportHeader> MakeImportHeader(const ImportOptions& options) {
  v1::ImportHeader header;
  DUIJIE_ASSIGN_OR_RETURN(const v1::Collection collection, ParseCollection(options.collection));
  header.set_collection(collection);
  DUIJIE_ASSIGN_OR_RETURN(const v1::TableFormat format, FormatOf(options.format, options.file));
  header.set_format(format);
  header.set_file_name(std::filesystem::path(options.file).filename().string());
  header.set_sheet(options.sheet);
  header.set_mode(options.skip_bad ? v1::IMPORT_MODE_SKIP_BAD : v1::IMPORT_MODE_ALL_OR_NOTHING);
  header.set_dry_run(options.dry_run);
  header.set_source_library(options.source);
  header.set_external_id_from_content(options.content_id);
  if (options.publish) header.set_initial_state(v1::RECORD_STATE_PUBLISHED);
  if (options.submit) header.set_initial_state(v1::RECORD_STATE_SUBMITTED);
  if (!options.tier.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto tier, ParseEnum<v1::ConfidentialityTier>(options.tier));
    header.set_default_tier(tier);
  }
  for (const std::string& mapping : options.mappings) {
    const size_t equals = mapping.rfind('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == mapping.size()) {
      return UsageError("--map 应写作 表头=列名：" + mapping);
    }
    (*header.mutable_column_mapping())[mapping.substr(0, equals)] = mapping.substr(equals + 1);
  }
  return header;
}

std::string ImportSummaryText(const v1::ImportSummary& summary, bool dry_run) {
  std::string text = "共 " + std::to_string(summary.rows()) + " 行：新增 " +
                     std::to_string(summary.created()) + "，更新 " + std::to_string(summary.updated()) +
                     "，未变 " + std::to_string(summary.unchanged()) + "，拒绝 " +
                     std::to_string(summary.rejected()) + "\n";
  if (dry_run) return text + "试运行：没有写入任何记录\n";
  if (summary.committed()) return text + "已写入，版本号 " + std::to_string(summary.revision()) + "\n";
  if (summary.rejected() > 0) return text + "没有写入任何记录；改正后重试，或用 --skip-bad 只导入合格的行\n";
  return text + "没有需要写入的记录\n";
}

void AddImportCommand(Command root, Invocation& invocation) {
  auto options = std::make_shared<ImportOptions>();
  const Command command = root.AddSubcommand("import", "导入 CSV、JSONL 或 Excel 表格");
  command
      .AddOption("collection", options->collection,
                 "记录种类：achievements/成果、enterprises/企业、needs/需求、experts/专家")
      .Required()
      .TypeName("种类");
  command.AddOption("file", options->file, "表格文件").Required().TypeName("文件");
  command.AddOption("--format", options->format, "csv、jsonl 或 xlsx；缺省按文件名判断").TypeName("格式");
  command.AddOption("--sheet", options->sheet, "工作表名；缺省为第一张可见的表").TypeName("名称");
  command.AddFlag("--dry-run", options->dry_run, "只检查，不写入");
  command.AddFlag("--skip-bad", options->skip_bad, "跳过有问题的行；缺省时有一行不合格就全部不写入");
  command.AddOption("--source", options->source, "行内没有写来源库时的来源库").TypeName("来源库");
  command.AddOption("--map", options->mappings, "把文件自己的表头对应到列，如 abstract=成果简介；可重复")
      .TypeName("表头=列名");
  const Option publish = command.AddFlag("--publish", options->publish, "新记录直接发布（工作人员、管理员）");
  command.AddFlag("--submit", options->submit, "新记录直接提交审核").Excludes(publish);
  command.AddOption("--tier", options->tier, "行内没有写保密级别时的级别：公开/匿名/仅工作人员")
      .TypeName("级别");
  command.AddFlag("--content-id", options->content_id,
                  "没有外部编号的行，用内容的散列作编号，使重复导入不产生重复记录");
  command.AddOption("--errors", options->errors_file, "把全部问题写入 CSV 文件").TypeName("文件");
  OnChosen(command, invocation, options, &RunImport);
}

}  // namespace duijie
