// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/run_commands.h"

#include <algorithm>

#include "services/duijie/download.h"
#include "services/duijie/filter_options.h"
#include "services/duijie/judgement_view.h"
#include "services/duijie/labels.h"
#include "services/duijie/match_command.h"
#include "services/duijie/match_view.h"
#include "services/duijie/run_view.h"

namespace duijie {
namespace {

using Stub = v1::MatchService::Stub;

constexpr int kRunPageSize = 200;
constexpr int kResultPageSize = 1000;
constexpr int kComparedPageSize = 200;

void PrintRun(Session& session, const v1::MatchRun& run) {
  if (session.output.json()) {
    session.output.Json(run);
  } else {
    session.output.Raw(FormatFieldLines(DescribeRun(run), session.output.terminal().color));
  }
}

ExitCode ExitCodeOfRun(const v1::MatchRun& run) {
  return run.state() == v1::MATCH_RUN_STATE_FAILED ? ExitCode::kError : ExitCode::kOk;
}

// Follows a run to its end. A stream that breaks because the server restarts is opened again; the run itself
// goes on.
StatusOr<v1::MatchRun> Watch(Session& session, const std::string& name) {
  v1::WatchMatchRunRequest request;
  request.set_name(name);
  v1::MatchRun run;
  ProgressBar bar = session.output.Progress();
  while (true) {
    const auto call = session.client.NewStream();
    const auto stream = session.client.match().WatchMatchRun(&call->context, request);
    v1::WatchMatchRunResponse response;
    while (stream->Read(&response)) {
      run = response.match_run();
      if (session.output.json()) session.output.Json(run);
      bar.Show(RunProgress(run));
    }
    const Status status = Client::Finish(*call, stream->Finish());
    if (status.ok() && HasEnded(run.state())) return run;
    if (!status.ok() && status.code() != StatusCode::kUnavailable) return status;
    // Bounded by the retries of Get: if the server stays away, that call fails.
    v1::GetMatchRunRequest get;
    get.set_name(name);
    DUIJIE_ASSIGN_OR_RETURN(const auto current,
                            session.client.Call(session.client.match(), &Stub::GetMatchRun, get));
    if (HasEnded(current.match_run().state())) return current.match_run();
    session.client.Pause(kFirstBackoff);
  }
}

struct StartOptions {
  std::string title, direction;
  int64_t snapshot = 0;
  bool wait = false;
  MatchOptions match;
  FilterOptions needs, achievements;
};

StatusOr<ExitCode> RunStart(Session& session, const StartOptions& options) {
  v1::CreateMatchRunRequest request;
  v1::MatchRun& run = *request.mutable_match_run();
  run.set_title(options.title);
  run.set_direction(v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS);
  if (!options.direction.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto direction, ParseEnum<v1::MatchDirection>(options.direction));
    run.set_direction(direction);
  }
  DUIJIE_ASSIGN_OR_RETURN(*run.mutable_need_filter(), ToFilter(options.needs));
  DUIJIE_ASSIGN_OR_RETURN(*run.mutable_achievement_filter(), ToFilter(options.achievements));
  DUIJIE_ASSIGN_OR_RETURN(*run.mutable_parameters(), ToParameters(options.match));
  run.set_snapshot_revision(options.snapshot);
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(session.client.match(), &Stub::CreateMatchRun, request));
  if (!options.wait) {
    PrintRun(session, response.match_run());
    return ExitCode::kOk;
  }
  session.output.Note("已开始 " + response.match_run().name());
  DUIJIE_ASSIGN_OR_RETURN(const v1::MatchRun ended, Watch(session, response.match_run().name()));
  if (!session.output.json()) PrintRun(session, ended);
  return ExitCodeOfRun(ended);
}

struct RunListOptions {
  int limit = 50;
};

StatusOr<ExitCode> RunRunList(Session& session, const RunListOptions& options) {
  Table table{RunColumns(), {}};
  int left = options.limit;
  v1::ListMatchRunsRequest request;
  do {
    request.set_page_size(std::min(left, kRunPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(session.client.match(), &Stub::ListMatchRuns, request));
    for (const v1::MatchRun& run : response.match_runs()) {
      if (session.output.json()) {
        session.output.Json(run);
      } else {
        table.rows.push_back(RunRow(run));
      }
    }
    left -= response.match_runs_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

struct RunNameOptions {
  std::string name, file, record, etag;
  int limit = 0;
};

StatusOr<ExitCode> RunShow(Session& session, const RunNameOptions& options) {
  v1::GetMatchRunRequest request;
  request.set_name(options.name);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(session.client.match(), &Stub::GetMatchRun, request));
  PrintRun(session, response.match_run());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunWatch(Session& session, const RunNameOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::MatchRun run, Watch(session, options.name));
  if (!session.output.json()) PrintRun(session, run);
  return ExitCodeOfRun(run);
}

// One table per record: results come by record, then rank. Prints what it has when the record changes.
class ResultPrinter {
 public:
  ResultPrinter(Session& session, v1::MatchDirection direction) : session_(session), direction_(direction) {}

  void Add(const v1::MatchResult& result) {
    if (session_.output.json()) {
      session_.output.Json(result);
      return;
    }
    if (pending_.size() > 0 && RecordOf(result) != RecordOf(pending_[0])) Flush();
    *pending_.Add() = result;
  }

  void Flush() {
    if (pending_.size() == 0) return;
    const bool by_need = direction_ != v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS;
    const std::string title = by_need ? pending_[0].need_title() : pending_[0].achievement_title();
    session_.output.Line(StyledText(title, Style::kBold).Append("  " + RecordOf(pending_[0]), Style::kDim));
    session_.output.Print(MatchTable(pending_, direction_));
    session_.output.Raw("\n");
    pending_.Clear();
  }

 private:
  const std::string& RecordOf(const v1::MatchResult& result) const {
    return direction_ == v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS ? result.achievement() : result.need();
  }

  Session& session_;
  const v1::MatchDirection direction_;
  MatchResults pending_;
};

StatusOr<ExitCode> RunResults(Session& session, const RunNameOptions& options) {
  v1::GetMatchRunRequest get;
  get.set_name(options.name);
  DUIJIE_ASSIGN_OR_RETURN(const auto run,
                          session.client.Call(session.client.match(), &Stub::GetMatchRun, get));
  ResultPrinter printer(session, run.match_run().direction());
  v1::ListMatchRunResultsRequest request;
  request.set_name(options.name);
  request.set_record(options.record);
  int64_t shown = 0;
  do {
    const int64_t left = options.limit == 0 ? kResultPageSize : options.limit - shown;
    request.set_page_size(static_cast<int>(std::min<int64_t>(left, kResultPageSize)));
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(session.client.match(), &Stub::ListMatchRunResults, request));
    for (const v1::MatchResult& result : response.results()) printer.Add(result);
    shown += response.results_size();
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty() && (options.limit == 0 || shown < options.limit));
  printer.Flush();
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunRunExport(Session& session, const RunNameOptions& options) {
  v1::ExportMatchRunRequest request;
  request.set_name(options.name);
  DUIJIE_ASSIGN_OR_RETURN(const v1::MatchRunFormat format, RunFormatOf(options.file));
  request.set_format(format);
  ProgressBar bar = session.output.Progress();
  const StatusOr<int64_t> bytes = Download<v1::ExportMatchRunResponse>(
      session, options.file,
      [&](grpc::ClientContext* context) { return session.client.match().ExportMatchRun(context, request); },
      [&](const v1::ExportMatchRunResponse&, int64_t done) {
        bar.Show({.done = done / 1024, .unit = "KiB", .seconds_left = {}});
      });
  bar.Clear();
  DUIJIE_RETURN_IF_ERROR(bytes.status());
  session.output.Note("已导出到 " + options.file + "（" + std::to_string(*bytes) + " 字节）");
  return ExitCode::kOk;
}

struct CompareOptions {
  std::string base, other, record;
  int min_move = 1;
  int limit = 50;
};

// Sums over all pages.
struct Compared {
  int64_t records = 0, common = 0, unmoved = 0, entered = 0, left = 0;
  double overlap10 = 0;

  void Add(const v1::CompareMatchRunsResponse& page) {
    records += page.records();
    common += page.common();
    unmoved += page.unmoved();
    entered += page.entered();
    left += page.left();
    overlap10 += page.mean_overlap10() * page.records();
  }
  std::string Text() const {
    return std::to_string(records) + " 条记录；都有的 " + std::to_string(common) + " 对，其中名次未变 " +
           std::to_string(unmoved) + " 对；新进 " + std::to_string(entered) + " 对，退出 " +
           std::to_string(left) + " 对；前十平均重合 " +
           ScoreText(records == 0 ? 0 : overlap10 / static_cast<double>(records));
  }
};

StatusOr<ExitCode> RunCompare(Session& session, const CompareOptions& options) {
  v1::CompareMatchRunsRequest request;
  request.set_base(options.base);
  request.set_other(options.other);
  request.set_record(options.record);
  request.set_min_move(options.min_move);
  request.set_page_size(kComparedPageSize);
  Table table{MovedPairColumns(), {}};
  Compared sums;
  do {
    DUIJIE_ASSIGN_OR_RETURN(const auto page,
                            session.client.Call(session.client.match(), &Stub::CompareMatchRuns, request));
    if (session.output.json()) session.output.Json(page);
    sums.Add(page);
    for (const v1::MovedPair& pair : page.pairs()) {
      if (options.limit == 0 || table.rows.size() < static_cast<size_t>(options.limit)) {
        table.rows.push_back(MovedPairRow(pair));
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  session.output.Note(sums.Text());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunCancel(Session& session, const RunNameOptions& options) {
  v1::CancelMatchRunRequest request;
  request.set_name(options.name);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(session.client.match(), &Stub::CancelMatchRun, request));
  PrintRun(session, response.match_run());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunRunDelete(Session& session, const RunNameOptions& options) {
  v1::DeleteMatchRunRequest request;
  request.set_name(options.name);
  request.set_etag(options.etag);
  DUIJIE_RETURN_IF_ERROR(
      session.client.Call(session.client.match(), &Stub::DeleteMatchRun, request).status());
  session.output.Note("已删除 " + options.name);
  return ExitCode::kOk;
}

void AddStart(Command group, Invocation& invocation) {
  auto options = std::make_shared<StartOptions>();
  const Command command = group.AddSubcommand("start", "开始一次批量匹配");
  command.AddOption("--title", options->title, "标题").TypeName("文字");
  command.AddOption("--direction", options->direction, "方向：需求找成果（缺省）或 成果找需求")
      .TypeName("方向");
  command.AddOption("--snapshot", options->snapshot, "在目录的这个版本号上匹配；缺省为当前")
      .TypeName("版本号");
  command.AddFlag("--wait", options->wait, "显示进度并等到结束");
  AddMatchOptions(command, &options->match);
  AddFilterOptions(command, "need-", "筛选需求", &options->needs);
  AddFilterOptions(command, "achievement-", "筛选成果", &options->achievements);
  OnChosen(command, invocation, options, &RunStart);
}

void AddCompare(Command group, Invocation& invocation) {
  auto options = std::make_shared<CompareOptions>();
  const Command command = group.AddSubcommand("compare", "比较两次任务：哪些配对的名次变了，因为哪些特征");
  command.AddOption("base", options->base, "先前的任务，如 matchRuns/ab12").Required().TypeName("编号");
  command.AddOption("other", options->other, "后来的任务").Required().TypeName("编号");
  command.AddOption("--record", options->record, "只比较这条记录的结果").TypeName("编号");
  command.AddOption("--min-move", options->min_move, "名次至少变了多少才列出")
      .Positive()
      .ShowDefault()
      .TypeName("名次");
  command.AddOption("--limit", options->limit, "最多列出多少对；0 为全部")
      .NonNegative()
      .ShowDefault()
      .TypeName("对数");
  OnChosen(command, invocation, options, &RunCompare);
}

Command AddNamed(Command group, Invocation& invocation, const char* name, const char* description,
                 StatusOr<ExitCode> (*run)(Session&, const RunNameOptions&),
                 std::shared_ptr<RunNameOptions> options) {
  const Command command = group.AddSubcommand(name, description);
  command.AddOption("name", options->name, "任务编号，如 matchRuns/ab12").Required().TypeName("编号");
  OnChosen(command, invocation, std::move(options), run);
  return command;
}

}  // namespace

void AddRunCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("run", "批量匹配任务");
  AddStart(group, invocation);
  auto list = std::make_shared<RunListOptions>();
  const Command list_command = group.AddSubcommand("list", "列出任务，新的在前");
  list_command.AddOption("--limit", list->limit, "最多列出多少个").Positive().ShowDefault().TypeName("个数");
  OnChosen(list_command, invocation, list, &RunRunList);
  AddNamed(group, invocation, "show", "查看任务", &RunShow, std::make_shared<RunNameOptions>());
  AddNamed(group, invocation, "watch", "显示进度，等到结束", &RunWatch, std::make_shared<RunNameOptions>());
  auto results = std::make_shared<RunNameOptions>();
  const Command results_command = AddNamed(group, invocation, "results", "查看结果", &RunResults, results);
  results_command.AddOption("--record", results->record, "只看这条记录的结果").TypeName("编号");
  results_command.AddOption("--limit", results->limit, "最多列出多少对；缺省全部")
      .NonNegative()
      .TypeName("对数");
  auto exported = std::make_shared<RunNameOptions>();
  const Command export_command =
      AddNamed(group, invocation, "export", "导出结果，格式由文件名决定（.xlsx、.csv、.trec）", &RunRunExport,
               exported);
  export_command.AddOption("-o,--output", exported->file, "文件").Required().TypeName("文件");
  AddCompare(group, invocation);
  AddNamed(group, invocation, "cancel", "取消任务，保留已有结果", &RunCancel,
           std::make_shared<RunNameOptions>());
  auto removed = std::make_shared<RunNameOptions>();
  const Command delete_command =
      AddNamed(group, invocation, "delete", "删除已结束的任务及其结果", &RunRunDelete, removed);
  delete_command.AddOption("--etag", removed->etag, "只在任务仍是这个版本时删除").TypeName("标记");
}

}  // namespace duijie
