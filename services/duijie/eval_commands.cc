// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/eval_commands.h"

#include "services/duijie/eval_export.h"
#include "services/duijie/eval_view.h"
#include "services/duijie/files.h"
#include "services/duijie/trec_file.h"

namespace duijie {
namespace {

struct ScoreOptions {
  std::string qrels, run, run_b;  // run_b: of a comparison only
  int min_judged = MeasureOptions().min_judged;
  MeasureView view;
};

StatusOr<Judgements> ReadJudgements(const std::string& path) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(path));
  return ParseJudgements(text, path);
}

StatusOr<Measures> MeasureFile(const Judgements& judgements, const std::string& path,
                               const ScoreOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(path));
  DUIJIE_ASSIGN_OR_RETURN(const ScoredRun run, ParseRun(text, path));
  Measures measures =
      Measure(judgements, run, {.min_judged = options.min_judged, .depth = options.view.depth});
  if (measures.needs.empty()) return UsageError("没有可以计入的需求（评判太少，或没有 3 级以上的）");
  return measures;
}

StatusOr<ExitCode> RunScore(Session& session, const ScoreOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const Judgements judgements, ReadJudgements(options.qrels));
  DUIJIE_ASSIGN_OR_RETURN(const Measures measures, MeasureFile(judgements, options.run, options));
  PrintMeasures(session, measures, options.view);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunCompare(Session& session, const ScoreOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const Judgements judgements, ReadJudgements(options.qrels));
  DUIJIE_ASSIGN_OR_RETURN(const Measures a, MeasureFile(judgements, options.run, options));
  DUIJIE_ASSIGN_OR_RETURN(const Measures b, MeasureFile(judgements, options.run_b, options));
  PrintComparison(session, a, b, options.view);
  return ExitCode::kOk;
}

void AddScoreOptions(Command command, ScoreOptions* options) {
  command.AddOption("--depth", options->view.depth, "召回率看前多少名")
      .Positive()
      .ShowDefault()
      .TypeName("名次");
  AddMeasureOptions(command, &options->min_judged, &options->view.sampling);
  command.AddFlag("--per-need", options->view.per_need, "列出每条需求的得分");
}

Option AddFile(Command command, const char* name, std::string* target, const char* description) {
  return command.AddOption(name, *target, description).Required().TypeName("文件");
}

void AddScore(Command group, Invocation& invocation) {
  auto options = std::make_shared<ScoreOptions>();
  const Command command = group.AddSubcommand("score", "用人工评判给排序打分，附置信区间");
  AddFile(command, "qrels", &options->qrels, "评判文件：need_id、achievement_id、level，制表符分隔");
  AddFile(command, "run", &options->run, "排序文件，TREC 格式");
  AddScoreOptions(command, options.get());
  OnChosen(command, invocation, options, &RunScore);
}

void AddCompare(Command group, Invocation& invocation) {
  auto options = std::make_shared<ScoreOptions>();
  const Command command = group.AddSubcommand("compare", "比较两个排序：差值、置信区间、配对检验");
  AddFile(command, "qrels", &options->qrels, "评判文件：need_id、achievement_id、level，制表符分隔");
  AddFile(command, "run_a", &options->run, "排序文件 A，TREC 格式");
  AddFile(command, "run_b", &options->run_b, "排序文件 B");
  AddScoreOptions(command, options.get());
  OnChosen(command, invocation, options, &RunCompare);
}

}  // namespace

void AddEvalCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("eval", "用人工评判检验匹配质量");
  AddScore(group, invocation);
  AddCompare(group, invocation);
  AddEvalExport(group, invocation);
}

}  // namespace duijie
