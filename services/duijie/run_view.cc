// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/run_view.h"

#include <filesystem>

#include "services/duijie/exit_codes.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

StyledText StateText(v1::MatchRunState state) {
  switch (state) {
    case v1::MATCH_RUN_STATE_SUCCEEDED:
      return {EnumLabel(state), Style::kGood};
    case v1::MATCH_RUN_STATE_FAILED:
      return {EnumLabel(state), Style::kBad};
    case v1::MATCH_RUN_STATE_CANCELLED:
      return {EnumLabel(state), Style::kWarning};
    default:
      return {EnumLabel(state)};
  }
}

std::string DoneText(const v1::MatchRun& run) {
  return std::to_string(run.records_done()) + "/" + std::to_string(run.records_total());
}

}  // namespace

bool HasEnded(v1::MatchRunState state) {
  return state == v1::MATCH_RUN_STATE_SUCCEEDED || state == v1::MATCH_RUN_STATE_FAILED ||
         state == v1::MATCH_RUN_STATE_CANCELLED;
}

ProgressState RunProgress(const v1::MatchRun& run) {
  ProgressState state;
  state.done = run.records_done();
  state.total = run.records_total();
  state.unit = "条";
  state.per_second = run.records_per_second();
  if (run.has_seconds_left()) state.seconds_left = run.seconds_left();
  return state;
}

std::vector<FieldLine> DescribeRun(const v1::MatchRun& run) {
  std::vector<FieldLine> lines;
  const auto add = [&](const char* label, const std::string& text) {
    if (!text.empty()) lines.push_back({label, text});
  };
  add("编号", run.name());
  add("标题", run.title());
  add("方向", EnumLabel(run.direction()));
  add("状态", EnumLabel(run.state()));
  add("进度", DoneText(run) + " 条，" + std::to_string(run.pairs()) + " 对");
  add("失败原因", run.error());
  add("快照版本号", std::to_string(run.snapshot_revision()));
  add("每条结果数", std::to_string(run.parameters().top_k()));
  add("候选数", std::to_string(run.parameters().candidate_limit()));
  add("条件不满足时", EnumLabel(run.parameters().violation_policy()));
  if (run.parameters().only_jing_jin_to_ji()) add("范围", "京津成果到河北需求");
  add("模型版本", run.parameters().model_version());
  add("判断日期", run.parameters().as_of());
  add("结果摘要（SHA-256）", run.results_digest());
  add("创建者", run.creator());
  if (run.has_create_time()) add("创建时间", TimeText(run.create_time()));
  if (run.has_end_time()) add("结束时间", TimeText(run.end_time()));
  return lines;
}

std::vector<Column> RunColumns() {
  return {{"编号"},    {"标题", Align::kLeft, true}, {"方向"},
          {"状态"},    {"进度", Align::kRight},      {"对数", Align::kRight},
          {"创建时间"}};
}

std::vector<StyledText> RunRow(const v1::MatchRun& run) {
  return {run.name(),
          run.title(),
          EnumLabel(run.direction()),
          StateText(run.state()),
          DoneText(run),
          std::to_string(run.pairs()),
          TimeText(run.create_time())};
}

StatusOr<v1::MatchRunFormat> RunFormatOf(const std::string& file) {
  const std::string ending = std::filesystem::path(file).extension().string();
  if (ending == ".xlsx") return v1::MATCH_RUN_FORMAT_XLSX;
  if (ending == ".csv") return v1::MATCH_RUN_FORMAT_CSV;
  if (ending == ".trec" || ending == ".run") return v1::MATCH_RUN_FORMAT_TREC;
  return UsageError("文件名应以 .xlsx、.csv 或 .trec 结尾，以决定导出的格式：" + file);
}

}  // namespace duijie
