// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/run_export.h"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>

#include "common/resources/level_words.h"
#include "common/tabular/csv_writer.h"
#include "common/tabular/xlsx_writer.h"
#include "services/matching/fit_sheet.h"
#include "services/matching/wording.h"

namespace duijie::matching {
namespace {

using internal::v1::StoredRun;
using v1::MatchResult;

constexpr size_t kResultsPerRead = 500;
constexpr int kScoreDecimals = 6;

using Visit = std::function<Status(const MatchResult&)>;

Status ForEachResult(const rpc::CallContext& call, const ExportJob& job, const Visit& visit) {
  ResultPosition from;
  for (bool done = false; !done;) {
    DUIJIE_ASSIGN_OR_RETURN(const ResultPage page,
                            job.results.Read(call, job.run, "", from, kResultsPerRead));
    for (const MatchResult& result : page.results) DUIJIE_RETURN_IF_ERROR(visit(result));
    from = page.next;
    done = page.done;
  }
  return OkStatus();
}

const std::string& RecordOf(const StoredRun& run, const MatchResult& result) {
  return FromNeeds(run) ? result.need() : result.achievement();
}

const std::vector<XlsxColumn>& PairColumns() {
  static const std::vector<XlsxColumn> kColumns = {
      {"需求编号", 22}, {"需求名称", 40, true}, {"名次", 6}, {"成果编号", 22}, {"成果名称", 40, true},
      {"得分", 10},     {"等级", 10},           {"概率", 8}, {"硬性条件", 10}, {"理由", 80, true}};
  return kColumns;
}

// Of level 3 or 4, two digits; empty where the model gives no level.
TableCell ProbabilityCell(const MatchResult& result) {
  if (result.level() == v1::MATCH_LEVEL_UNSPECIFIED) return TableCell::Text("");
  return TableCell::Number(std::round(result.probability() * 100) / 100);
}

std::vector<TableCell> PairRow(const MatchResult& result) {
  return {TableCell::Text(result.need()),
          TableCell::Text(result.need_title()),
          TableCell::Number(result.rank()),
          TableCell::Text(result.achievement()),
          TableCell::Text(result.achievement_title()),
          TableCell::Number(result.score()),
          TableCell::Text(LevelWord(result.level())),
          ProbabilityCell(result),
          TableCell::Text(result.eligible() ? "未见不满足" : "不满足"),
          TableCell::Text(result.explanation().summary())};
}

std::string TermsText(const v1::MatchExplanation& explanation) {
  std::string text;
  for (const v1::MatchedTerm& term : explanation.terms()) {
    text += (text.empty() ? "" : "；") + term.term();
    if (!term.met_as().empty()) text += "（" + term.met_as() + "）";
    text += " " + Decimal(term.share() * 100, 1) + "%";
    std::string fields;
    for (const std::string& field : term.fields()) fields += (fields.empty() ? "" : "、") + FieldName(field);
    if (!fields.empty()) text += "（见" + fields + "）";
  }
  for (const v1::RelatedTerm& related : explanation.related_terms()) {
    text += (text.empty() ? "" : "；") + related.term() + " ≈ " + related.met_as();
  }
  return text;
}

std::string FeaturesText(const v1::MatchExplanation& explanation) {
  std::string text;
  for (const v1::FeatureContribution& feature : explanation.features()) {
    if (feature.contribution() == 0) continue;
    text += (text.empty() ? "" : "；") + feature.text() + (feature.contribution() > 0 ? " +" : " ") +
            Decimal(feature.contribution(), kScoreDecimals);
  }
  return text;
}

std::string ConstraintsText(const v1::MatchExplanation& explanation) {
  std::string text;
  for (const v1::ConstraintVerdict& verdict : explanation.constraints()) {
    text += (text.empty() ? "" : "；") + verdict.text();
  }
  return text;
}

// The sheets of a workbook.
class Workbook {
 public:
  Workbook(XlsxWriter& writer, const StoredRun& run) : writer_(writer), run_(run) {}

  Status Begin() {
    DUIJIE_ASSIGN_OR_RETURN(pairs_, writer_.AddSheet("配对结果", PairColumns()));
    DUIJIE_ASSIGN_OR_RETURN(fits_, writer_.AddSheet("指标满足度对照表", FitSheetColumns()));
    return OkStatus();
  }

  Status Add(const MatchResult& result) {
    DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(pairs_, PairRow(result)));
    DUIJIE_RETURN_IF_ERROR(AddFit(result));
    const std::string& record = RecordOf(run_, result);
    if (record != record_) {
      record_ = record;
      if (++records_ <= kRecordSheets) DUIJIE_RETURN_IF_ERROR(AddRecordSheet(result));
    }
    if (records_ > kRecordSheets) return OkStatus();
    const bool needs = FromNeeds(run_);
    return writer_.WriteRow(
        reasons_,
        {TableCell::Number(result.rank()), TableCell::Text(needs ? result.achievement() : result.need()),
         TableCell::Text(needs ? result.achievement_title() : result.need_title()),
         TableCell::Number(result.score()), TableCell::Text(LevelWord(result.level())),
         TableCell::Text(result.explanation().summary()), TableCell::Text(TermsText(result.explanation())),
         TableCell::Text(FeaturesText(result.explanation())),
         TableCell::Text(ConstraintsText(result.explanation())),
         TableCell::Text(NextActionsText(result.explanation()))});
  }

  Status End() {
    DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId sheet,
                            writer_.AddSheet("参数说明", {{"项目", 24}, {"内容", 80, true}}));
    for (const auto& [name, value] : ParameterRows()) {
      DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(sheet, {TableCell::Text(name), TableCell::Text(value)}));
    }
    return OkStatus();
  }

 private:
  Status AddFit(const MatchResult& result) {
    for (const std::vector<TableCell>& row : FitSheetRows(result, FromNeeds(run_))) {
      if (fit_rows_++ >= kMaxFitSheetRows) continue;
      DUIJIE_RETURN_IF_ERROR(writer_.WriteRow(fits_, row));
    }
    return OkStatus();
  }

  // What the sheet of fits leaves out.
  std::string FitNote() const {
    if (fit_rows_ <= kMaxFitSheetRows) return std::to_string(fit_rows_) + "行";
    return "共" + std::to_string(fit_rows_) + "行，只列出前" + std::to_string(kMaxFitSheetRows) + "行";
  }

  Status AddRecordSheet(const MatchResult& result) {
    const std::string title = FromNeeds(run_) ? result.need_title() : result.achievement_title();
    DUIJIE_ASSIGN_OR_RETURN(reasons_,
                            writer_.AddSheet(std::to_string(records_) + " " + title, {{"名次", 6},
                                                                                      {"编号", 22},
                                                                                      {"名称", 40, true},
                                                                                      {"得分", 10},
                                                                                      {"等级", 10},
                                                                                      {"理由", 60, true},
                                                                                      {"共同词语", 60, true},
                                                                                      {"得分构成", 60, true},
                                                                                      {"硬性条件", 60, true},
                                                                                      {"下一步", 60, true}}));
    return OkStatus();
  }

  std::vector<std::pair<std::string, std::string>> ParameterRows() const {
    const v1::MatchRun& run = run_.run();
    const v1::MatchParameters& p = run.parameters();
    return {{"任务编号", run.name()},
            {"任务标题", run.title()},
            {"状态", RunStateName(run.state())},
            {"方向", DirectionName(run.direction())},
            {"数据版本", std::to_string(run.snapshot_revision())},
            {"模型版本", p.model_version()},
            {"匹配日", p.as_of()},
            {"每条记录结果数", std::to_string(p.top_k())},
            {"候选数", std::to_string(p.candidate_limit())},
            {"硬性条件", PolicyName(p.violation_policy())},
            {"最低得分", Decimal(p.min_score(), kScoreDecimals)},
            {"最低等级", LeastLevelWord(p.min_level())},
            {"仅京津到河北", p.only_jing_jin_to_ji() ? "是" : "否"},
            {"记录数", std::to_string(run.records_done())},
            {"配对数", std::to_string(run.pairs())},
            {"指标满足度对照表", FitNote()},
            {"结果摘要（SHA-256）", run.results_digest()},
            {"说明",
             "本表只含当前可查看且仍有效的记录；得分为0至1，同一模型版本内可比；概率为专家会评为较强相关或强"
             "相关的概率；“未说明”不等于满足。"}};
  }

  XlsxWriter& writer_;
  const StoredRun& run_;
  XlsxSheetId pairs_ = 0;
  XlsxSheetId reasons_ = 0;
  XlsxSheetId fits_ = 0;
  size_t fit_rows_ = 0;  // also those left out
  std::string record_;
  size_t records_ = 0;
};

Status ExportXlsx(const rpc::CallContext& call, const ExportJob& job) {
  XlsxOptions options;
  options.created = job.run.run().create_time().seconds() * kMicrosPerSecond;
  options.temp_folder = job.temp_folder;
  DUIJIE_ASSIGN_OR_RETURN(const std::unique_ptr<XlsxWriter> writer, XlsxWriter::Create(job.path, options));
  Workbook workbook(*writer, job.run);
  DUIJIE_RETURN_IF_ERROR(workbook.Begin());
  DUIJIE_RETURN_IF_ERROR(
      ForEachResult(call, job, [&](const MatchResult& result) { return workbook.Add(result); }));
  DUIJIE_RETURN_IF_ERROR(workbook.End());
  return writer->Close();
}

Status WriteFailed() {
  return Error(StatusCode::kResourceExhausted, "DISK_FULL", "the export could not be written");
}

Status ExportCsv(const rpc::CallContext& call, const ExportJob& job) {
  std::ofstream out(job.path, std::ios::binary | std::ios::trunc);
  std::string buffer;
  CsvWriter csv(&buffer, CsvOptions{});
  std::vector<TableCell> heading;
  for (const XlsxColumn& column : PairColumns()) heading.push_back(TableCell::Text(column.heading));
  DUIJIE_RETURN_IF_ERROR(csv.WriteRow(heading));
  const Status written = ForEachResult(call, job, [&](const MatchResult& result) -> Status {
    DUIJIE_RETURN_IF_ERROR(csv.WriteRow(PairRow(result)));
    out << buffer;
    buffer.clear();
    return out ? OkStatus() : WriteFailed();
  });
  DUIJIE_RETURN_IF_ERROR(written);
  out << buffer;
  out.close();
  return out ? OkStatus() : WriteFailed();
}

// "record Q0 counterpart rank score tag", with ids instead of resource names.
Status ExportTrec(const rpc::CallContext& call, const ExportJob& job) {
  std::ofstream out(job.path, std::ios::binary | std::ios::trunc);
  const std::string tag = job.run.run().parameters().model_version();
  const Status written = ForEachResult(call, job, [&](const MatchResult& result) -> Status {
    const bool needs = FromNeeds(job.run);
    out << IdOf(needs ? result.need() : result.achievement()) << " Q0 "
        << IdOf(needs ? result.achievement() : result.need()) << ' ' << result.rank() << ' '
        << Decimal(result.score(), kScoreDecimals) << ' ' << tag << '\n';
    return out ? OkStatus() : WriteFailed();
  });
  DUIJIE_RETURN_IF_ERROR(written);
  out.close();
  return out ? OkStatus() : WriteFailed();
}

}  // namespace

Status ExportRun(const rpc::CallContext& call, const ExportJob& job) {
  switch (job.format) {
    case v1::MATCH_RUN_FORMAT_CSV:
      return ExportCsv(call, job);
    case v1::MATCH_RUN_FORMAT_TREC:
      return ExportTrec(call, job);
    case v1::MATCH_RUN_FORMAT_UNSPECIFIED:
    case v1::MATCH_RUN_FORMAT_XLSX:
      return ExportXlsx(call, job);
    default:
      return InvalidField("format", "UNKNOWN_VALUE", "没有这种格式");
  }
}

}  // namespace duijie::matching
