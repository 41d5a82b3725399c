// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/eval_export.h"

#include <algorithm>

#include "services/duijie/eval_level_scores.h"
#include "services/duijie/eval_view.h"
#include "services/duijie/external_ids.h"
#include "services/duijie/files.h"
#include "services/duijie/match_command.h"
#include "services/duijie/trec_file.h"

namespace duijie {
namespace {

constexpr int kMaxDepth = 1000;          // limit of MatchParameters.top_k
constexpr int kDefaultCandidates = 100;  // of MatchParameters.candidate_limit
constexpr int kMaxPool = 2000;           // limit of ScorePairs
constexpr char kLevelScores[] = "level";
constexpr char kRawScores[] = "raw";

struct ExportOptions {
  std::string qrels, need_source, file, tag = "duijie";
  std::vector<std::string> achievement_sources;
  std::string scores = kLevelScores;
  bool full = false;
  MeasureOptions measure;
  Sampling sampling;
  MatchOptions match;
};

// Ranks every judged need, over its judged pool or over the whole collection.
class RunExporter {
 public:
  RunExporter(Session& session, const ExportOptions& options)
      : session_(session),
        options_(options),
        needs_(session.client, v1::COLLECTION_NEEDS, {options.need_source}),
        achievements_(session.client, v1::COLLECTION_ACHIEVEMENTS, options.achievement_sources) {}

  StatusOr<ExitCode> Run() {
    DUIJIE_ASSIGN_OR_RETURN(const std::string qrels, ReadSmallFile(options_.qrels));
    DUIJIE_ASSIGN_OR_RETURN(const Judgements judgements, ParseJudgements(qrels, options_.qrels));
    DUIJIE_RETURN_IF_ERROR(ResolveIds(judgements));
    OutputFile file(options_.file, session_.output.out());
    DUIJIE_RETURN_IF_ERROR(file.Open());
    std::string text;
    {
      ProgressBar bar = session_.output.Progress();
      int64_t done = 0;
      for (const auto& [need, judged] : judgements) {
        DUIJIE_ASSIGN_OR_RETURN(const std::string lines, RankNeed(need, judged));
        text += lines;
        DUIJIE_RETURN_IF_ERROR(file.Write(lines));
        bar.Show({.done = ++done,
                  .total = static_cast<int64_t>(judgements.size()),
                  .unit = "条需求",
                  .seconds_left = {}});
      }
    }
    DUIJIE_RETURN_IF_ERROR(file.Commit());
    ReportMissing();
    if (options_.file == "-") return ExitCode::kOk;
    // Measured from the text as written, so that the numbers are those of the file.
    DUIJIE_ASSIGN_OR_RETURN(const ScoredRun run, ParseRun(text, options_.file));
    PrintMeasures(session_, Measure(judgements, run, options_.measure),
                  {.depth = options_.measure.depth, .sampling = options_.sampling});
    return ExitCode::kOk;
  }

 private:
  Status ResolveIds(const Judgements& judgements) {
    std::vector<std::string> need_ids;
    std::vector<std::string> achievement_ids;
    for (const auto& [need, judged] : judgements) {
      need_ids.push_back(need);
      for (const auto& [achievement, level] : judged) achievement_ids.push_back(achievement);
    }
    DUIJIE_RETURN_IF_ERROR(needs_.Resolve(need_ids));
    const bool any = std::any_of(need_ids.begin(), need_ids.end(),
                                 [&](const std::string& id) { return !needs_.NameOf(id).empty(); });
    if (!any) return UsageError("评判过的需求没有一条在来源库 " + options_.need_source + " 中");
    return achievements_.Resolve(achievement_ids);
  }

  StatusOr<std::string> RankNeed(const std::string& need, const std::map<std::string, int>& judged) {
    const std::string name = needs_.NameOf(need);
    if (name.empty()) {
      ++missing_needs_;
      return std::string();
    }
    std::vector<v1::MatchResult> results;
    DUIJIE_RETURN_IF_ERROR(options_.full ? MatchAll(name, &results) : ScorePool(name, judged, &results));
    std::vector<std::string> names;
    names.reserve(results.size());
    for (const v1::MatchResult& result : results) names.push_back(result.achievement());
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<std::string> ids, achievements_.IdsOf(names));
    const std::vector<double> scores = ScoresOf(results);
    std::vector<RankedAchievement> ranked;
    ranked.reserve(results.size());
    for (size_t i = 0; i < results.size(); ++i) ranked.push_back({ids[i], scores[i]});
    return FormatRun(need, ranked, options_.tag);
  }

  // Predicted levels where the model gives them and they are asked for, else the model's scores.
  std::vector<double> ScoresOf(const std::vector<v1::MatchResult>& results) const {
    std::vector<double> scores;
    std::vector<int> levels;
    for (const v1::MatchResult& result : results) {
      scores.push_back(result.score());
      if (result.level() != v1::MATCH_LEVEL_UNSPECIFIED) levels.push_back(result.level());
    }
    if (options_.scores == kRawScores || levels.size() != results.size()) return scores;
    return LevelScores(levels);
  }

  Status ScorePool(const std::string& need, const std::map<std::string, int>& judged,
                   std::vector<v1::MatchResult>* results) {
    v1::ScorePairsRequest request;
    request.set_need(need);
    request.set_scores_only(true);
    DUIJIE_ASSIGN_OR_RETURN(*request.mutable_parameters(), ToParameters(options_.match));
    for (const auto& [achievement, level] : judged) {
      const std::string name = achievements_.NameOf(achievement);
      if (name.empty()) {
        ++missing_achievements_;
      } else {
        request.add_achievements(name);
      }
    }
    if (request.achievements_size() > kMaxPool) return UsageError("一条需求的评判超过 2000 对");
    if (request.achievements_size() == 0) return OkStatus();
    DUIJIE_ASSIGN_OR_RETURN(
        const auto response,
        session_.client.Call(session_.client.match(), &v1::MatchService::Stub::ScorePairs, request));
    missing_achievements_ += response.missing_names_size();
    results->assign(response.results().begin(), response.results().end());
    return OkStatus();
  }

  Status MatchAll(const std::string& need, std::vector<v1::MatchResult>* results) {
    v1::MatchNeedRequest request;
    request.set_name(need);
    DUIJIE_ASSIGN_OR_RETURN(*request.mutable_parameters(), ToParameters(options_.match));
    request.mutable_parameters()->set_top_k(options_.measure.depth);
    if (options_.match.candidates == 0) {
      request.mutable_parameters()->set_candidate_limit(std::max(options_.measure.depth, kDefaultCandidates));
    }
    for (const std::string& library : options_.achievement_sources)
      request.mutable_filter()->add_source_libraries(library);
    DUIJIE_ASSIGN_OR_RETURN(
        const auto response,
        session_.client.Call(session_.client.match(), &v1::MatchService::Stub::MatchNeed, request));
    results->assign(response.results().begin(), response.results().end());
    return OkStatus();
  }

  void ReportMissing() {
    if (missing_needs_ > 0)
      session_.output.Note("有 " + std::to_string(missing_needs_) + " 条需求不在库中，没有排序");
    if (missing_achievements_ > 0) {
      session_.output.Note("有 " + std::to_string(missing_achievements_) +
                           " 项评判过的成果不在库中、没有发布，或者索引还没有跟上，没有排序");
    }
  }

  Session& session_;
  const ExportOptions& options_;
  ExternalIds needs_;
  ExternalIds achievements_;
  int64_t missing_needs_ = 0;
  int64_t missing_achievements_ = 0;
};

StatusOr<ExitCode> RunEvalExport(Session& session, const ExportOptions& options) {
  return RunExporter(session, options).Run();
}

}  // namespace

void AddEvalExport(Command group, Invocation& invocation) {
  auto options = std::make_shared<ExportOptions>();
  const Command command = group.AddSubcommand("export", "为评判过的每条需求排序，写成 TREC 格式，并打分");
  command.AddOption("--qrels", options->qrels, "评判文件").Required().TypeName("文件");
  command.AddOption("--need-source", options->need_source, "需求的来源库").Required().TypeName("来源库");
  command.AddOption("--achievement-source", options->achievement_sources, "成果的来源库；可多个")
      .Required()
      .Delimiter(',')
      .TypeName("来源库");
  command.AddOption("-o,--output", options->file, "排序文件；- 为标准输出（不打分）")
      .Required()
      .TypeName("文件");
  command.AddFlag("--full", options->full, "在整个来源库中排序，而不只是评判过的成果");
  command.AddOption("--depth", options->measure.depth, "与 --full 同用：每条需求取前多少名")
      .Within(1, kMaxDepth)
      .ShowDefault()
      .TypeName("名次");
  command
      .AddOption(
          "--scores", options->scores,
          "写什么得分：level 为预测等级（1 到 4，同级按名次分开；模型没有等级时同 raw），raw 为模型的得分")
      .OneOf({kLevelScores, kRawScores})
      .ShowDefault()
      .TypeName("方式");
  AddMeasureOptions(command, &options->measure.min_judged, &options->sampling);
  command.AddOption("--tag", options->tag, "排序的名字").ShowDefault().TypeName("名字");
  AddMatchOptions(command, &options->match);
  OnChosen(command, invocation, options, &RunEvalExport);
}

}  // namespace duijie
