// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/match_command.h"

#include <algorithm>
#include <string>

#include "services/duijie/files.h"
#include "services/duijie/filter_options.h"
#include "services/duijie/fit_view.h"
#include "services/duijie/labels.h"
#include "services/duijie/match_view.h"

namespace duijie {
namespace {

struct MatchCommandOptions {
  std::string name, file;
  bool explain = false;
  bool fit_only = false;
  MatchOptions match;
  FilterOptions filter;
};

// The table of demands with its quotes, and what to do next.
void PrintFit(Session& session, const v1::MatchExplanation& explanation) {
  if (explanation.fit().rows_size() > 0) {
    session.output.Line(
        StyledText("   指标满足度对照表  ", Style::kBold).Append(explanation.fit().summary()));
    session.output.Print(FitRows(explanation.fit()));
    for (const StyledText& line : FitQuotes(explanation.fit())) session.output.Line(line);
  }
  if (explanation.next_actions_size() == 0) return;
  session.output.Line(StyledText("   下一步", Style::kBold));
  for (const StyledText& line : NextActionLines(explanation)) session.output.Line(line);
}

void PrintExplained(Session& session, const v1::MatchResult& result, v1::MatchDirection direction,
                    bool fit_only) {
  MatchResults one;
  *one.Add() = result;
  session.output.Print(MatchTable(one, direction));
  if (!fit_only) {
    for (const StyledText& line : ExplanationLines(result)) session.output.Line(line);
  }
  PrintFit(session, result.explanation());
  session.output.Raw("\n");
}

template <typename Response>
void PrintMatches(Session& session, const Response& response, v1::MatchDirection direction,
                  const MatchCommandOptions& options) {
  if (session.output.json()) {
    for (const v1::MatchResult& result : response.results()) session.output.Json(result);
    return;
  }
  if (options.explain || options.fit_only) {
    for (const v1::MatchResult& result : response.results())
      PrintExplained(session, result, direction, options.fit_only);
  } else {
    session.output.Print(MatchTable(response.results(), direction));
  }
  const bool set_behind = !options.match.ignore_violations &&
                          std::any_of(response.results().begin(), response.results().end(),
                                      [](const v1::MatchResult& result) { return !result.eligible(); });
  if (set_behind) session.output.Note("有条件不满足的排在后面；--ignore-violations 按得分排列");
  session.output.Note("候选 " + std::to_string(response.candidates()) + " 条，模型 " +
                      response.model_version());
}

StatusOr<ExitCode> RunMatchNeed(Session& session, const MatchCommandOptions& options) {
  if (options.name.empty() == options.file.empty())
    return UsageError("请给出需求编号，或用 --file 给出需求的 JSON 文件");
  v1::MatchNeedRequest request;
  if (options.file.empty()) {
    request.set_name(options.name);
  } else {
    DUIJIE_ASSIGN_OR_RETURN(const std::string json, ReadSmallFile(options.file));
    DUIJIE_RETURN_IF_ERROR(ParseJson(json, options.file, request.mutable_need()));
  }
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_parameters(), ToParameters(options.match));
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_filter(), ToFilter(options.filter));
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(session.client.match(), &v1::MatchService::Stub::MatchNeed, request));
  PrintMatches(session, response, v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS, options);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunMatchAchievement(Session& session, const MatchCommandOptions& options) {
  v1::MatchAchievementRequest request;
  request.set_name(options.name);
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_parameters(), ToParameters(options.match));
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_filter(), ToFilter(options.filter));
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(session.client.match(), &v1::MatchService::Stub::MatchAchievement, request));
  PrintMatches(session, response, v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS, options);
  return ExitCode::kOk;
}

void AddCommonOptions(Command command, MatchCommandOptions* options) {
  const Option explain = command.AddFlag("--explain", options->explain, "逐条说明理由");
  command.AddFlag("--fit-only", options->fit_only, "每条只列指标满足度对照表与下一步").Excludes(explain);
  AddMatchOptions(command, &options->match);
  AddFilterOptions(command, "", "筛选对方记录", &options->filter);
}

}  // namespace

void AddMatchOptions(Command command, MatchOptions* options) {
  const char* group = "匹配参数";
  command.AddOption("--top", options->top, "每条记录的结果数，1 到 1000；缺省 20")
      .TypeName("条数")
      .Group(group);
  command.AddOption("--candidates", options->candidates, "参加评分的候选数，50 到 2000；缺省 100")
      .TypeName("条数")
      .Group(group);
  const Option drop =
      command.AddFlag("--drop-violations", options->drop_violations, "去掉有条件不满足的结果").Group(group);
  command.AddFlag("--ignore-violations", options->ignore_violations, "条件不满足只标注，不影响排序")
      .Excludes(drop)
      .Group(group);
  command.AddFlag("--jing-jin-ji", options->jing_jin_ji, "只要京津的成果与河北的需求（京津研发、河北转化）")
      .Group(group);
  command.AddOption("--min-score", options->min_score, "最低得分，0 到 1").TypeName("得分").Group(group);
  command
      .AddOption("--min-level", options->min_level,
                 "最低等级：" + EnumChoices(*v1::MatchLevel_descriptor()) + "；缺省不限")
      .TypeName("等级")
      .Group(group);
  command.AddOption("--model", options->model, "模型版本；缺省为当前使用的").TypeName("版本").Group(group);
  command.AddOption("--as-of", options->as_of, "按这一天判断有效期与新旧；缺省今天")
      .TypeName("日期")
      .Group(group);
}

StatusOr<v1::MatchParameters> ToParameters(const MatchOptions& options) {
  v1::MatchParameters parameters;
  parameters.set_top_k(options.top);
  parameters.set_candidate_limit(options.candidates);
  if (options.drop_violations) parameters.set_violation_policy(v1::VIOLATION_POLICY_DROP);
  if (options.ignore_violations) parameters.set_violation_policy(v1::VIOLATION_POLICY_IGNORE);
  parameters.set_only_jing_jin_to_ji(options.jing_jin_ji);
  parameters.set_min_score(options.min_score);
  if (!options.min_level.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto level, ParseEnum<v1::MatchLevel>(options.min_level));
    parameters.set_min_level(level);
  }
  parameters.set_model_version(options.model);
  parameters.set_as_of(options.as_of);
  return parameters;
}

void AddMatchCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("match", "为一条需求找成果，或为一项成果找需求");
  auto need = std::make_shared<MatchCommandOptions>();
  const Command need_command = group.AddSubcommand("need", "为需求找成果");
  need_command.AddOption("name", need->name, "需求编号，如 needs/ab12").TypeName("编号");
  need_command.AddOption("--file", need->file, "不入库的需求：JSON 文件；- 为标准输入").TypeName("文件");
  AddCommonOptions(need_command, need.get());
  OnChosen(need_command, invocation, need, &RunMatchNeed);

  auto achievement = std::make_shared<MatchCommandOptions>();
  const Command achievement_command = group.AddSubcommand("achievement", "为成果找需求");
  achievement_command.AddOption("name", achievement->name, "成果编号，如 achievements/ab12")
      .Required()
      .TypeName("编号");
  AddCommonOptions(achievement_command, achievement.get());
  OnChosen(achievement_command, invocation, achievement, &RunMatchAchievement);
}

}  // namespace duijie
