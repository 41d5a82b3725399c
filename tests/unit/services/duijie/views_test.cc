// SPDX-License-Identifier: GPL-3.0-or-later
// What records, hits, matches, runs and imports look like.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "duijie/v1/need.pb.h"
#include "services/duijie/fit_view.h"
#include "services/duijie/import_command.h"
#include "services/duijie/match_view.h"
#include "services/duijie/record_view.h"
#include "services/duijie/run_view.h"
#include "services/duijie/search_command.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::StatusIs;

template <typename Message>
Message FromJson(const std::string& json) {
  Message message;
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  EXPECT_TRUE(status.ok()) << status.ToString();
  return message;
}

TEST(RecordViewTest, ShowsWhatIsSetInChineseAndHidesTheRest) {
  const auto need = FromJson<v1::Need>(R"({
    "name": "needs/n1", "title": "减速器降噪", "type": "NEED_TYPE_URGENT", "description": "第一行\n第二行\u001b[2J",
    "targets": [{"name": "噪声", "comparator": "COMPARATOR_AT_MOST", "value": 60, "unit": "dB", "condition": "1m"},
                {"name": "粒径", "comparator": "COMPARATOR_BETWEEN", "value": 10, "upper_value": 20.5, "unit": "μm"}],
    "budget_max_wan_yuan": 120, "cooperation_modes": ["COOPERATION_MODE_TRANSFER", "COOPERATION_MODE_SERVICE"],
    "consents": {"push": true}, "state": "RECORD_STATE_PUBLISHED", "etag": "x",
    "create_time": "2026-01-04T16:30:00Z"})");
  EXPECT_EQ(FormatFieldLines(DescribeRecord(need), false),
            "系统编号          needs/n1\n"
            "需求名称          减速器降噪\n"
            "需求类型          紧迫需求\n"
            "问题描述          第一行\n"
            "                  第二行\uFFFD[2J\n"
            "目标指标          噪声≤60dB@1m；粒径=10~20.5μm\n"
            "最高预算（万元）  120\n"
            "合作方式          转让；技术服务\n"
            "同意事项          同意推送：是\n"
            "状态              已发布\n"
            "创建时间          2026-01-05 00:30\n");
}

TEST(RecordViewTest, ListRowsFitTheirColumns) {
  for (const auto collection : {v1::COLLECTION_ACHIEVEMENTS, v1::COLLECTION_NEEDS}) {
    EXPECT_GE(ListColumns(collection).size(), 5u);
  }
  const auto need = FromJson<v1::Need>(R"({"name": "needs/n1", "title": "减速器降噪"})");
  EXPECT_EQ(ListRow(v1::COLLECTION_NEEDS, need).size(), ListColumns(v1::COLLECTION_NEEDS).size());
}

TEST(SearchViewTest, MarksMatchedPartsAndSurvivesWrongOffsets) {
  auto snippet = FromJson<v1::Snippet>(
      R"({"text": "石墨烯膜", "highlights": [{"begin": 0, "end": 9}, {"begin": 3, "end": 99}]})");
  EXPECT_EQ(Render(SnippetText(snippet), 0, true), "\x1b[1;33m石墨烯\x1b[0m膜");
  EXPECT_EQ(Render(SnippetText(snippet), 0, false), "石墨烯膜");
}

TEST(MatchViewTest, TableAndReasons) {
  const auto result = FromJson<v1::MatchResult>(R"({
    "achievement": "achievements/a", "achievement_title": "低噪减速器", "rank": 1, "score": 0.73125, "eligible": false,
    "explanation": {"summary": "技术相近", "terms": [{"term": "减速器", "share": 0.6}, {"term": "降噪", "share": 0.4, "met_as": "低噪"}],
      "features": [{"feature": "title_bm25", "contribution": 0.4, "text": "标题相近"}],
      "constraints": [{"kind": "CONSTRAINT_KIND_MATURITY", "verdict": "VERDICT_VIOLATED", "text": "成熟度：不满足"},
                      {"kind": "CONSTRAINT_KIND_BUDGET", "verdict": "VERDICT_NOT_STATED"}]}})");
  MatchResults results;
  *results.Add() = result;
  EXPECT_EQ(FormatTable(MatchTable(results, v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS), {}),
            "名次    得分  成果        编号            条件\n"
            "----  ------  ----------  --------------  ------\n"
            "   1  0.7312  低噪减速器  achievements/a  ✗1 ？1\n");
  std::string reasons;
  for (const StyledText& line : ExplanationLines(result)) reasons += Render(line, 0, false) + "\n";
  EXPECT_EQ(reasons,
            "   技术相近\n"
            "   词语：减速器 60%、降噪（低噪） 40%\n"
            "   +0.4000  标题相近\n"
            "   ✗ 不满足  成熟度：不满足\n"
            "   ？ 未说明  预算\n");
}

TEST(FitViewTest, AlignsRowsAndShowsQuotesAndNextSteps) {
  const auto result = FromJson<v1::MatchResult>(R"({
    "achievement": "achievements/a", "achievement_title": "紧固件用钢", "rank": 1, "score": 0.5, "eligible": true,
    "level": "MATCH_LEVEL_FAIR", "probability": 0.604,
    "explanation": {
      "fit": {"satisfied": 1, "violated": 1, "notStated": 1, "summary": "3项指标：满足1、不满足1、未说明1", "rows": [
        {"indicator": "抗拉强度", "demand": "≥ 800 MPa", "demandQuote": "要求强度不低于800MPa", "verdict": "VERDICT_SATISFIED",
         "stated": "抗拉强度 0.85 GPa", "statedQuote": "强度0.85GPa\u001b[2J", "conversion": "0.85 GPa = 850 MPa", "margin": 0.0625,
         "text": "满足"},
        {"indicator": "成本", "demand": "≤ 10 元", "verdict": "VERDICT_VIOLATED", "stated": "成本 400 元", "margin": -39, "text": "不满足"},
        {"indicator": "寿命", "demand": "≥ 5 年", "verdict": "VERDICT_NOT_STATED", "text": "未说明"}]},
      "nextActions": [{"kind": "NEXT_ACTION_KIND_ASK_OWNER", "text": "请说明寿命"}]}})");
  EXPECT_EQ(FormatTable(FitRows(result.explanation().fit()), {}),
            "结论       指标      需求要求   成果所述           换算                  余量\n"
            "---------  --------  ---------  -----------------  ------------------  ------\n"
            "✓ 满足     抗拉强度  ≥ 800 MPa  抗拉强度 0.85 GPa  0.85 GPa = 850 MPa  +6.25%\n"
            "✗ 不满足   成本      ≤ 10 元    成本 400 元                             -39倍\n"
            "？ 未说明  寿命      ≥ 5 年\n");
  std::string lines;
  for (const StyledText& line : FitQuotes(result.explanation().fit())) lines += Render(line, 0, false) + "\n";
  for (const StyledText& line : NextActionLines(result.explanation())) lines += Render(line, 0, false) + "\n";
  EXPECT_EQ(lines,
            "   ✓ 满足\n"
            "     需求原文：“要求强度不低于800MPa”\n"
            "     成果原文：“强度0.85GPa\uFFFD[2J”\n"
            "   ✗ 不满足\n"
            "   ？ 未说明\n"
            "   → 向成果方核实  请说明寿命\n");
  MatchResults results;
  *results.Add() = result;
  EXPECT_EQ(FormatTable(MatchTable(results, v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS), {}),
            "名次    得分  等级      概率  成果        编号            条件        指标\n"
            "----  ------  --------  ----  ----------  --------------  ----------  ---------\n"
            "   1  0.5000  较强相关   60%  紧固件用钢  achievements/a  未见不满足  ✓1 ✗1 ？1\n");
  EXPECT_EQ(Render(VerdictText(v1::VERDICT_PARTLY), 0, false), "◐ 部分满足");
}

TEST(RunViewTest, FormatFollowsTheFileName) {
  ASSERT_OK_AND_ASSIGN(const auto xlsx, RunFormatOf("/a/结果.xlsx"));
  EXPECT_EQ(xlsx, v1::MATCH_RUN_FORMAT_XLSX);
  ASSERT_OK_AND_ASSIGN(const auto trec, RunFormatOf("r.trec"));
  EXPECT_EQ(trec, v1::MATCH_RUN_FORMAT_TREC);
  EXPECT_THAT(RunFormatOf("r.pdf"), StatusIs(StatusCode::kInvalidArgument));
}

TEST(RunViewTest, ProgressSaysDoneTotalRateAndTimeLeft) {
  const auto run = FromJson<v1::MatchRun>(
      R"({"records_done": 60, "records_total": 120, "records_per_second": 30.5, "seconds_left": 124})");
  EXPECT_EQ(ProgressText(RunProgress(run)),
            "[############------------]  50%  60/120 条  30.5 条/秒  剩余 2:04");
}

TEST(ImportViewTest, HeaderHoldsTheOptions) {
  ImportOptions options;
  options.collection = "需求";
  options.file = "/数据/需求.xlsx";
  options.source = "sjz";
  options.mappings = {"a=b=title", "abstract=成果简介"};
  options.skip_bad = true;
  options.publish = true;
  options.tier = "匿名";
  ASSERT_OK_AND_ASSIGN(const v1::ImportHeader header, MakeImportHeader(options));
  EXPECT_EQ(header.collection(), v1::COLLECTION_NEEDS);
  EXPECT_EQ(header.format(), v1::TABLE_FORMAT_XLSX);
  EXPECT_EQ(header.file_name(), "需求.xlsx");
  EXPECT_EQ(header.mode(), v1::IMPORT_MODE_SKIP_BAD);
  EXPECT_EQ(header.initial_state(), v1::RECORD_STATE_PUBLISHED);
  EXPECT_EQ(header.default_tier(), v1::CONFIDENTIALITY_TIER_ANONYMOUS);
  EXPECT_EQ(header.column_mapping().at("a=b"), "title");
  options.mappings = {"title"};
  EXPECT_THAT(MakeImportHeader(options), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ImportViewTest, SummarySaysWhetherAnythingWasStored) {
  v1::ImportSummary summary;
  summary.set_rows(3);
  summary.set_created(2);
  summary.set_rejected(1);
  EXPECT_EQ(ImportSummaryText(summary, false),
            "共 3 行：新增 2，更新 0，未变 0，拒绝 1\n"
            "没有写入任何记录；改正后重试，或用 --skip-bad 只导入合格的行\n");
  EXPECT_EQ(ImportSummaryText(summary, true),
            "共 3 行：新增 2，更新 0，未变 0，拒绝 1\n试运行：没有写入任何记录\n");
  summary.set_committed(true);
  summary.set_revision(42);
  EXPECT_EQ(ImportSummaryText(summary, false),
            "共 3 行：新增 2，更新 0，未变 0，拒绝 1\n已写入，版本号 42\n");
}

}  // namespace
}  // namespace duijie
