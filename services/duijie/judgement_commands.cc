// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/judgement_commands.h"

#include <algorithm>

#include "services/duijie/external_ids.h"
#include "services/duijie/files.h"
#include "services/duijie/judgement_file.h"
#include "services/duijie/judgement_view.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/run_pairs.h"

namespace duijie {
namespace {

using Stub = v1::JudgementService::Stub;

constexpr int kPageSize = 1000;
constexpr size_t kBatch = 1000;  // limit of BatchCreateJudgements

struct AddOptions {
  std::string need, achievement, level, reason, comment, judge, model, run;
  bool accept = false;
  int rank = 0;
  double probability = 0;
  Option probability_option;
};

StatusOr<ExitCode> RunAdd(Session& session, const AddOptions& options) {
  v1::CreateJudgementRequest request;
  v1::Judgement& judgement = *request.mutable_judgement();
  judgement.set_need(NameInCollection("needs", options.need));
  judgement.set_achievement(NameInCollection("achievements", options.achievement));
  if (options.level.empty() && !options.accept && options.reason.empty()) {
    return UsageError("请给出 --level、--accept 或 --decline");
  }
  if (!options.level.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto level, ParseEnum<v1::MatchLevel>(options.level));
    judgement.set_level(level);
  }
  if (options.accept) judgement.set_decision(v1::JUDGEMENT_DECISION_ACCEPTED);
  if (!options.reason.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto reason, ParseEnum<v1::DeclineReason>(options.reason));
    judgement.set_decision(v1::JUDGEMENT_DECISION_DECLINED);
    judgement.set_decline_reason(reason);
  }
  judgement.set_comment(options.comment);
  judgement.set_judge(options.judge);
  judgement.set_rank_shown(options.rank);
  judgement.set_model_version(options.model);
  if (options.probability_option.Given()) judgement.set_probability_shown(options.probability);
  if (!options.run.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const bool shown, RunPairs(session.client, options.run).Fill(&judgement));
    if (!shown) return UsageError(options.run + " 的结果里没有这一对");
  }
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(session.client.judgements(), &Stub::CreateJudgement, request));
  if (session.output.json()) {
    session.output.Json(response.judgement());
  } else {
    session.output.Raw(
        FormatFieldLines(DescribeJudgement(response.judgement()), session.output.terminal().color));
  }
  return ExitCode::kOk;
}

struct ImportOptions {
  std::string file, need_source, judge, model, run;
  std::vector<std::string> achievement_sources;
  int from_line = 0;
};

// The lines of the file from `options.from_line` on.
StatusOr<std::vector<JudgementLine>> ReadLines(const ImportOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(options.file));
  DUIJIE_ASSIGN_OR_RETURN(std::vector<JudgementLine> lines, ParseJudgementFile(text, options.file));
  std::erase_if(lines, [&](const JudgementLine& line) { return line.line < options.from_line; });
  if (lines.empty()) return UsageError(options.file + " 没有第 " + std::to_string(options.from_line) + " 行");
  return lines;
}

// The lines as judgements, by the names of their records. USAGE error for an id that no library knows.
StatusOr<std::vector<v1::Judgement>> Resolve(Session& session, const ImportOptions& options,
                                             const std::vector<JudgementLine>& lines) {
  ExternalIds needs(session.client, v1::COLLECTION_NEEDS, {options.need_source});
  ExternalIds achievements(session.client, v1::COLLECTION_ACHIEVEMENTS, options.achievement_sources);
  std::vector<std::string> need_ids, achievement_ids;
  for (const JudgementLine& line : lines) {
    need_ids.push_back(line.need_id);
    achievement_ids.push_back(line.achievement_id);
  }
  for (std::vector<std::string>* ids : {&need_ids, &achievement_ids}) {
    std::sort(ids->begin(), ids->end());
    ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
  }
  DUIJIE_RETURN_IF_ERROR(needs.Resolve(need_ids));
  DUIJIE_RETURN_IF_ERROR(achievements.Resolve(achievement_ids));
  std::vector<v1::Judgement> judgements;
  for (const JudgementLine& line : lines) {
    v1::Judgement& judgement = judgements.emplace_back();
    judgement.set_need(needs.NameOf(line.need_id));
    judgement.set_achievement(achievements.NameOf(line.achievement_id));
    const bool no_need = judgement.need().empty();
    if (no_need || judgement.achievement().empty()) {
      return UsageError(options.file + " 第 " + std::to_string(line.line) + " 行：来源库中没有" +
                        (no_need ? "需求 " + line.need_id : "成果 " + line.achievement_id));
    }
    judgement.set_level(line.level);
    judgement.set_judge(line.judge.empty() ? options.judge : line.judge);
    judgement.set_rank_shown(line.rank_shown);
    judgement.set_model_version(options.model);
  }
  return judgements;
}

// Whether a call that ended so may have been carried out all the same.
bool MayHaveActed(StatusCode code) {
  return code == StatusCode::kDeadlineExceeded || code == StatusCode::kUnavailable ||
         code == StatusCode::kCancelled || code == StatusCode::kUnknown || code == StatusCode::kInternal;
}

// How far an import came whose batch of the lines [stored, end) failed with `code`, and how to go on.
std::string HowToGoOn(const std::vector<JudgementLine>& lines, size_t stored, size_t end, StatusCode code) {
  const auto line = [&](size_t i) { return std::to_string(lines[i].line); };
  std::string text = stored == 0 ? "一条也没有存入"
                                 : "已存入 " + std::to_string(stored) + " 条，第 " + line(0) + " 至 " +
                                       line(stored - 1) + " 行";
  text += "；出错的一批是第 " + line(stored) + " 至 " + line(end - 1) + " 行";
  if (MayHaveActed(code)) {
    text += "，可能已存入，再存一次无妨：同一人对同一对的评判以最后一次为准";
  }
  return text + "。排除原因后，用同一命令加 --from-line " + line(stored) + " 存入其余的";
}

// Adds to the judgements what the run said of their pairs.
Status FillFromRun(Session& session, const std::string& run, std::vector<v1::Judgement>* judgements) {
  if (run.empty()) return OkStatus();
  RunPairs pairs(session.client, run);
  int64_t missing = 0;
  for (v1::Judgement& judgement : *judgements) {
    DUIJIE_ASSIGN_OR_RETURN(const bool shown, pairs.Fill(&judgement));
    if (!shown) ++missing;
  }
  if (missing > 0) {
    session.output.Note("有 " + std::to_string(missing) + " 对不在 " + run +
                        " 的结果里，照样存入，但没有模型版本和概率，不进记分卡");
  }
  return OkStatus();
}

StatusOr<ExitCode> RunImport(Session& session, const ImportOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<JudgementLine> lines, ReadLines(options));
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Judgement> judgements, Resolve(session, options, lines));
  DUIJIE_RETURN_IF_ERROR(FillFromRun(session, options.run, &judgements));
  size_t stored = 0;
  ProgressBar bar = session.output.Progress();
  while (stored < judgements.size()) {
    v1::BatchCreateJudgementsRequest request;
    const size_t end = std::min(judgements.size(), stored + kBatch);
    for (size_t i = stored; i < end; ++i) *request.add_judgements() = judgements[i];
    request.set_request_id(NewUuid());
    const auto response =
        session.client.Call(session.client.judgements(), &Stub::BatchCreateJudgements, request);
    if (!response.ok()) {
      bar.Clear();
      session.output.Note(HowToGoOn(lines, stored, end, response.status().code()));
      return response.status();
    }
    for (const v1::Judgement& judgement : response->judgements()) {
      if (session.output.json()) session.output.Json(judgement);
    }
    stored = end;
    bar.Show({.done = static_cast<int64_t>(stored),
              .total = static_cast<int64_t>(judgements.size()),
              .unit = "条",
              .seconds_left = {}});
  }
  bar.Clear();
  session.output.Note("已存入 " + std::to_string(stored) + " 条评判");
  return ExitCode::kOk;
}

struct ListOptions {
  std::string need, achievement;
  int limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  Table table{JudgementColumns(), {}};
  v1::ListJudgementsRequest request;
  if (!options.need.empty()) request.set_need(NameInCollection("needs", options.need));
  if (!options.achievement.empty())
    request.set_achievement(NameInCollection("achievements", options.achievement));
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(session.client.judgements(), &Stub::ListJudgements, request));
    for (const v1::Judgement& judgement : response.judgements()) {
      if (session.output.json()) {
        session.output.Json(judgement);
      } else {
        table.rows.push_back(JudgementRow(judgement));
      }
    }
    left -= response.judgements_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

struct ScorecardOptions {
  std::string quarter, model;
};

StatusOr<ExitCode> RunScorecard(Session& session, const ScorecardOptions& options) {
  v1::GetScorecardRequest request;
  request.set_quarter(options.quarter);
  request.set_model_version(options.model);
  DUIJIE_ASSIGN_OR_RETURN(const auto card,
                          session.client.Call(session.client.judgements(), &Stub::GetScorecard, request));
  if (session.output.json()) {
    session.output.Json(card);
    return ExitCode::kOk;
  }
  session.output.Raw(FormatFieldLines(DescribeScorecard(card), session.output.terminal().color));
  session.output.Raw("\n");
  session.output.Print(ScorecardTable(card));
  if (card.declined_by_reason().empty()) return ExitCode::kOk;
  session.output.Raw("\n");
  session.output.Print(DeclineTable(card));
  return ExitCode::kOk;
}

void AddAdd(Command group, Invocation& invocation) {
  auto options = std::make_shared<AddOptions>();
  const Command command = group.AddSubcommand("add", "评判一对需求与成果");
  command.AddOption("need", options->need, "需求编号，如 needs/ab12").Required().TypeName("需求");
  command.AddOption("achievement", options->achievement, "成果编号，如 achievements/ab12")
      .Required()
      .TypeName("成果");
  command.AddOption("--level", options->level, "等级：" + EnumChoices(*v1::MatchLevel_descriptor()))
      .TypeName("等级");
  const Option accept = command.AddFlag("--accept", options->accept, "接受，愿意对接");
  command
      .AddOption("--decline", options->reason, "拒绝，原因：" + EnumChoices(*v1::DeclineReason_descriptor()))
      .Excludes(accept)
      .TypeName("原因");
  command.AddOption("--comment", options->comment, "说明；原因为“其他”时必填").TypeName("文字");
  command.AddOption("--judge", options->judge, "代谁评判，如专家姓名；缺省为自己").TypeName("文字");
  const Option rank = command.AddOption("--rank", options->rank, "当时看到的名次").TypeName("名次");
  const Option model = command.AddOption("--model", options->model, "当时排序的模型版本").TypeName("版本");
  options->probability_option =
      command.AddOption("--probability", options->probability, "当时看到的概率，0 到 1").TypeName("概率");
  command
      .AddOption("--run", options->run, "当时看的是哪次匹配任务，如 matchRuns/ab12：名次、模型、概率都从中取")
      .Excludes(rank)
      .Excludes(model)
      .Excludes(options->probability_option)
      .TypeName("任务");
  OnChosen(command, invocation, options, &RunAdd);
}

void AddImport(Command group, Invocation& invocation) {
  auto options = std::make_shared<ImportOptions>();
  const Command command = group.AddSubcommand(
      "import", "存入评判文件（制表符分隔：need_id、achievement_id、level，可有 judge、rank_shown）");
  command.AddOption("file", options->file, "文件；- 为标准输入").Required().TypeName("文件");
  command.AddOption("--need-source", options->need_source, "需求的来源库").Required().TypeName("来源库");
  command.AddOption("--achievement-source", options->achievement_sources, "成果的来源库；可多个")
      .Required()
      .Delimiter(',')
      .TypeName("来源库");
  command.AddOption("--judge", options->judge, "没有 judge 栏的行由谁评判").TypeName("文字");
  const Option model = command.AddOption("--model", options->model, "当时排序的模型版本").TypeName("版本");
  command
      .AddOption("--run", options->run,
                 "当时看的是哪次匹配任务，如 matchRuns/ab12：模型、概率从中取，名次没有给的也从中取")
      .Excludes(model)
      .TypeName("任务");
  command.AddOption("--from-line", options->from_line, "从文件的这一行起存；接着中断的一次时用")
      .Positive()
      .TypeName("行号");
  OnChosen(command, invocation, options, &RunImport);
}

}  // namespace

void AddJudgementCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("judgement", "评判：接受、拒绝或打等级");
  AddAdd(group, invocation);
  AddImport(group, invocation);
  auto list = std::make_shared<ListOptions>();
  const Command list_command = group.AddSubcommand("list", "列出评判，新的在前");
  list_command.AddOption("--need", list->need, "只看这条需求的").TypeName("编号");
  list_command.AddOption("--achievement", list->achievement, "只看这项成果的").TypeName("编号");
  list_command.AddOption("--limit", list->limit, "最多列出多少条").Positive().ShowDefault().TypeName("条数");
  OnChosen(list_command, invocation, list, &RunList);

  auto card = std::make_shared<ScorecardOptions>();
  const Command card_command = root.AddSubcommand("scorecard", "一个季度里预测的概率与实际接受的对照");
  card_command.AddOption("quarter", card->quarter, "季度，如 2026Q4").Required().TypeName("季度");
  card_command.AddOption("--model", card->model, "只看这个模型排序的").TypeName("版本");
  OnChosen(card_command, invocation, card, &RunScorecard);
}

}  // namespace duijie
