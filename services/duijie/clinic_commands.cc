// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/clinic_commands.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "duijie/v1/clinic_service.grpc.pb.h"
#include "duijie/v1/diagnosis_service.grpc.pb.h"
#include "services/duijie/files.h"
#include "services/duijie/filter_options.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using DiagnosisStub = v1::DiagnosisService::Stub;
using ClinicStub = v1::ClinicService::Stub;

constexpr char kRole[] = "mining";
constexpr int kPageSize = 200;

// A need or its diagnosis by either name, or the id alone.
std::string InCollection(const std::string& collection, const std::string& text) {
  return collection + text.substr(text.find('/') == std::string::npos ? 0 : text.find('/') + 1);
}

std::string Decimal(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.3f", value);
  return text.data();
}

std::string RankText(int rank) { return rank == 0 ? "—" : std::to_string(rank); }

void Show(Session& session, const v1::NeedDiagnosis& diagnosis) {
  if (session.output.json()) {
    session.output.Json(diagnosis);
    return;
  }
  session.output.Raw(FormatFieldLines(
      {{"编号", diagnosis.name()},
       {"需求", diagnosis.need() + " " + diagnosis.need_title()},
       {"判定",
        diagnosis.verdict() == v1::NEED_VERDICT_UNSPECIFIED ? "未诊断" : EnumLabel(diagnosis.verdict())}},
      session.output.terminal().color));
  session.output.Raw("\n");
  Table table{{{"项目"}, {"结论"}, {"需求所述", Align::kLeft, true}}, {}};
  for (const v1::RubricLine& line : diagnosis.rubric()) {
    const std::string conclusion = line.stated()           ? "已写明"
                                   : line.waiver().empty() ? "缺"
                                                           : "免：" + line.waiver();
    table.rows.push_back({EnumLabel(line.item()), conclusion, line.text()});
  }
  session.output.Print(table);
}

Status WriteFile(Session& session, const std::string& path, const std::string& content) {
  DUIJIE_RETURN_IF_ERROR(SaveFile(path, content, session.output.out()));
  if (path != "-") session.output.Note("已写入 " + path);
  return OkStatus();
}

struct AssessOptions {
  std::string need, verdict, reason;
  std::vector<std::string> waivers;
};

StatusOr<ExitCode> RunAssess(Session& session, const AssessOptions& options) {
  v1::AssessNeedRequest request;
  request.set_need(InCollection("needs/", options.need));
  DUIJIE_ASSIGN_OR_RETURN(const auto verdict, ParseEnum<v1::NeedVerdict>(options.verdict));
  request.set_verdict(verdict);
  request.set_reason(options.reason);
  for (const std::string& waiver : options.waivers) {
    const size_t equals = waiver.find('=');
    if (equals == std::string::npos) return UsageError("--waive 应为 项目=理由");
    DUIJIE_ASSIGN_OR_RETURN(const auto item, ParseEnum<v1::RubricItem>(waiver.substr(0, equals)));
    v1::RubricWaiver* const added = request.add_waivers();
    added->set_item(item);
    added->set_reason(waiver.substr(equals + 1));
  }
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::DiagnosisService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &DiagnosisStub::AssessNeed, request));
  Show(session, response.need_diagnosis());
  session.output.Note("需求状态：" + EnumLabel(response.need_state()));
  return ExitCode::kOk;
}

struct PaperOptions {
  std::string name, file, verdict;
  FilterOptions filter;
};

StatusOr<ExitCode> RunShow(Session& session, const PaperOptions& options) {
  v1::GetNeedDiagnosisRequest request;
  request.set_name(InCollection("needDiagnoses/", options.name));
  const auto stub = session.client.NewStub<v1::DiagnosisService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &DiagnosisStub::GetNeedDiagnosis, request));
  Show(session, response.need_diagnosis());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunPaper(Session& session, const PaperOptions& options) {
  v1::ExportNeedDiagnosisRequest request;
  request.set_name(InCollection("needDiagnoses/", options.name));
  const auto stub = session.client.NewStub<v1::DiagnosisService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &DiagnosisStub::ExportNeedDiagnosis, request));
  DUIJIE_RETURN_IF_ERROR(WriteFile(session, options.file, response.content()));
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunSummary(Session& session, const PaperOptions& options) {
  v1::ExportNeedSummaryRequest request;
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_filter(), ToFilter(options.filter));
  if (!options.verdict.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto verdict, ParseEnum<v1::NeedVerdict>(options.verdict));
    request.set_verdict(verdict);
  }
  const auto stub = session.client.NewStub<v1::DiagnosisService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &DiagnosisStub::ExportNeedSummary, request));
  DUIJIE_RETURN_IF_ERROR(WriteFile(session, options.file, response.content()));
  session.output.Note("需求 " + std::to_string(response.needs()) + " 条");
  return ExitCode::kOk;
}

struct ListOptions {
  std::string verdict;
  int limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  v1::ListNeedDiagnosesRequest request;
  if (!options.verdict.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto verdict, ParseEnum<v1::NeedVerdict>(options.verdict));
    request.set_verdict(verdict);
  }
  const auto stub = session.client.NewStub<v1::DiagnosisService>(kRole);
  Table table{{{"需求"}, {"名称", Align::kLeft, true}, {"判定"}, {"时间"}}, {}};
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(*stub, &DiagnosisStub::ListNeedDiagnoses, request));
    for (const v1::NeedDiagnosis& diagnosis : response.need_diagnoses()) {
      if (session.output.json()) session.output.Json(diagnosis);
      table.rows.push_back({diagnosis.need(), diagnosis.need_title(), EnumLabel(diagnosis.verdict()),
                            TimeText(diagnosis.update_time())});
    }
    left -= response.need_diagnoses_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

Table MoveTable(const google::protobuf::RepeatedPtrField<v1::ClinicMove>& moves) {
  Table table{{{"前", Align::kRight}, {"后", Align::kRight}, {"成果"}, {"名称", Align::kLeft, true}}, {}};
  for (const v1::ClinicMove& move : moves) {
    table.rows.push_back(
        {RankText(move.rank_before()), RankText(move.rank_after()), move.achievement(), move.title()});
  }
  return table;
}

struct AskOptions {
  std::string need;
  int questions = 3;
};

StatusOr<ExitCode> RunAsk(Session& session, const AskOptions& options) {
  v1::GetClinicQuestionsRequest request;
  request.set_need(InCollection("needs/", options.need));
  request.set_max_questions(options.questions);
  const auto stub = session.client.NewStub<v1::ClinicService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &ClinicStub::GetClinicQuestions, request));
  if (session.output.json()) {
    session.output.Json(response);
    return ExitCode::kOk;
  }
  if (response.questions().empty()) session.output.Note("没有能明显改变前十名的问题");
  for (const v1::ClinicQuestion& question : response.questions()) {
    session.output.Line("问：" + question.text());
    session.output.Line("  编号 " + question.id() + "，预计变动 " + Decimal(question.expected_change()));
    for (const v1::ClinicOption& option : question.options()) {
      session.output.Line("  · " + option.value() + "  " + option.label() + "（占候选 " +
                          Decimal(option.share()) + "，变动 " + Decimal(option.change()) + "）");
    }
  }
  session.output.Note("试过 " + std::to_string(response.tried()) + " 个问题，匹配 " +
                      std::to_string(response.matches()) + " 次，候选 " +
                      std::to_string(response.candidates()) + " 项");
  return ExitCode::kOk;
}

struct AnswerOptions {
  std::string need, question, answer;
  bool trial = false;
};

StatusOr<ExitCode> RunAnswer(Session& session, const AnswerOptions& options) {
  v1::AnswerClinicQuestionRequest request;
  request.set_need(InCollection("needs/", options.need));
  request.set_question_id(options.question);
  request.set_answer(options.answer);
  request.set_trial(options.trial);
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::ClinicService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &ClinicStub::AnswerClinicQuestion, request));
  if (session.output.json()) {
    session.output.Json(response);
    return ExitCode::kOk;
  }
  session.output.Print(MoveTable(response.moves()));
  session.output.Note("前十名变动 " + Decimal(response.change()) +
                      (options.trial ? "；试答，未写入" : "；已写入需求"));
  return ExitCode::kOk;
}

}  // namespace

void AddDiagnosisCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("need-diagnosis", "需求诊断：是否为有效需求");
  auto assess = std::make_shared<AssessOptions>();
  const Command assess_command = group.AddSubcommand("assess", "判定需求；有效的随即发布");
  assess_command.AddOption("need", assess->need, "需求编号").Required().TypeName("需求");
  assess_command.AddOption("verdict", assess->verdict, "判定：" + EnumChoices(*v1::NeedVerdict_descriptor()))
      .Required()
      .TypeName("判定");
  assess_command.AddOption("--reason", assess->reason, "理由；判为待完善或无效时必填").TypeName("文字");
  assess_command.AddOption("--waive", assess->waivers, "免除一项并说明，如 预算=由集团统一采购；可多次")
      .TypeName("项目=理由");
  OnChosen(assess_command, invocation, assess, &RunAssess);
  auto show = std::make_shared<PaperOptions>();
  const Command show_command = group.AddSubcommand("show", "看诊断项目与判定");
  show_command.AddOption("need", show->name, "需求编号").Required().TypeName("需求");
  OnChosen(show_command, invocation, show, &RunShow);
  auto list = std::make_shared<ListOptions>();
  const Command list_command = group.AddSubcommand("list", "列出已诊断的需求");
  list_command.AddOption("--verdict", list->verdict, "只看这一判定的").TypeName("判定");
  list_command.AddOption("--limit", list->limit, "最多列出多少条").Positive().ShowDefault().TypeName("条数");
  OnChosen(list_command, invocation, list, &RunList);
  auto paper = std::make_shared<PaperOptions>();
  const Command paper_command = group.AddSubcommand("export", "导出需求诊断单（可打印的 HTML）");
  paper_command.AddOption("need", paper->name, "需求编号").Required().TypeName("需求");
  paper_command.AddOption("--out", paper->file, "文件；- 为标准输出").Required().TypeName("文件");
  OnChosen(paper_command, invocation, paper, &RunPaper);
  auto summary = std::make_shared<PaperOptions>();
  const Command summary_command = group.AddSubcommand("summary", "导出需求汇总表（.xlsx）");
  summary_command.AddOption("--out", summary->file, "文件；- 为标准输出").Required().TypeName("文件");
  summary_command.AddOption("--verdict", summary->verdict, "只要这一判定的").TypeName("判定");
  AddFilterOptions(summary_command, "", "筛选", &summary->filter);
  OnChosen(summary_command, invocation, summary, &RunSummary);
}

void AddClinicCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("clinic", "需求门诊：问几个最能改变匹配结果的问题");
  auto ask = std::make_shared<AskOptions>();
  const Command ask_command = group.AddSubcommand("ask", "该问什么");
  ask_command.AddOption("need", ask->need, "需求编号").Required().TypeName("需求");
  ask_command.AddOption("--questions", ask->questions, "最多问几个，至多 3")
      .Within(1, 3)
      .ShowDefault()
      .TypeName("个数");
  OnChosen(ask_command, invocation, ask, &RunAsk);
  auto answer = std::make_shared<AnswerOptions>();
  const Command answer_command = group.AddSubcommand("answer", "回答一个问题，看前十名的变动");
  answer_command.AddOption("need", answer->need, "需求编号").Required().TypeName("需求");
  answer_command.AddOption("question", answer->question, "问题编号，见 clinic ask")
      .Required()
      .TypeName("问题");
  answer_command.AddOption("answer", answer->answer, "回答，如 clinic ask 所列的值")
      .Required()
      .TypeName("回答");
  answer_command.AddFlag("--trial", answer->trial, "只试，不写入需求");
  OnChosen(answer_command, invocation, answer, &RunAnswer);
}

}  // namespace duijie
