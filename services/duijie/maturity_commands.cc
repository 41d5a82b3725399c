// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/maturity_commands.h"

#include <algorithm>

#include "duijie/v1/maturity_service.grpc.pb.h"
#include "services/duijie/files.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using Stub = v1::MaturityService::Stub;

constexpr char kRole[] = "push";
constexpr char kCollection[] = "maturityAssessments";
constexpr int kPageSize = 200;

std::unique_ptr<Stub> StubOf(Session& session) { return session.client.NewStub<v1::MaturityService>(kRole); }

std::string LevelText(int level) { return level == 0 ? "未达到 1 级" : std::to_string(level) + " 级"; }

std::vector<FieldLine> Describe(const v1::MaturityAssessment& a) {
  std::vector<FieldLine> lines = {
      {"编号", a.name()},
      {"成果", a.achievement()},
      {"成果名称", a.title()},
      {"评价方案", a.scheme() + "（" + a.scheme_version() + "）"},
      {"结果", LevelText(a.level()) + (a.stage().empty() ? "" : "，" + a.stage())},
      {"评价人", a.assessor() + "（" + a.assessor_unit() + "）"},
      {"状态", EnumLabel(a.state())}};
  if (a.assessor_from_owner()) lines.push_back({"注意", "评价人来自成果完成单位"});
  if (!a.valid_until().empty())
    lines.push_back({"有效至", a.valid_until() + (a.expired() ? "（已过期）" : "")});
  if (!a.conclusion().empty()) lines.push_back({"结论", a.conclusion()});
  return lines;
}

void Show(Session& session, const v1::MaturityAssessment& assessment) {
  if (session.output.json()) {
    session.output.Json(assessment);
    return;
  }
  session.output.Raw(FormatFieldLines(Describe(assessment), session.output.terminal().color));
  session.output.Raw("\n");
  Table table{{{"等级", Align::kRight}, {"有依据/必要"}, {"结果"}, {"还缺", Align::kLeft, true}}, {}};
  for (const v1::MaturityLevelResult& result : assessment.results()) {
    std::string missing;
    for (const std::string& code : result.missing()) missing += (missing.empty() ? "" : "、") + code;
    table.rows.push_back({std::to_string(result.level()),
                          std::to_string(result.evidenced()) + "/" + std::to_string(result.required()),
                          result.reached() ? "达到" : "未达到", missing});
  }
  session.output.Print(table);
}

struct NoOptions {};

StatusOr<ExitCode> RunSchemes(Session& session, const NoOptions&) {
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(*StubOf(session), &Stub::ListMaturitySchemes, v1::ListMaturitySchemesRequest()));
  Table table{{{"编号"}, {"名称"}, {"版本"}, {"有效月数", Align::kRight}, {"依据", Align::kLeft, true}}, {}};
  for (const v1::MaturityScheme& scheme : response.maturity_schemes()) {
    if (session.output.json()) session.output.Json(scheme);
    table.rows.push_back({scheme.name(), scheme.title(), scheme.version(),
                          std::to_string(scheme.valid_months()), scheme.basis()});
  }
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

struct NameOptions {
  std::string name, file;
};

StatusOr<ExitCode> RunScheme(Session& session, const NameOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(*StubOf(session), &Stub::ListMaturitySchemes, v1::ListMaturitySchemesRequest()));
  const std::string name = NameInCollection("maturitySchemes", options.name);
  for (const v1::MaturityScheme& scheme : response.maturity_schemes()) {
    if (scheme.name() != name) continue;
    if (session.output.json()) {
      session.output.Json(scheme);
      return ExitCode::kOk;
    }
    Table table{{{"条件"}, {"等级"}, {"类别"}, {"要求", Align::kLeft, true}}, {}};
    for (const v1::MaturityCondition& condition : scheme.conditions()) {
      const v1::MaturitySchemeLevel& level = scheme.levels(condition.level() - 1);
      table.rows.push_back({condition.code(), std::to_string(level.level()) + " " + level.title(),
                            condition.required() ? "必要" : "参考", condition.text()});
    }
    session.output.Print(table);
    return ExitCode::kOk;
  }
  return UsageError("没有评价方案 " + name + "，用 maturity schemes 查看");
}

struct WriteOptions {
  std::string name, scheme = "general", assessor, unit, credit_code, conclusion, valid_until;
  std::vector<std::string> evidences, references, removed;
};

v1::ConditionEvidence& EvidenceOf(const std::string& condition, v1::MaturityAssessment* assessment) {
  for (v1::ConditionEvidence& evidence : *assessment->mutable_evidences()) {
    if (evidence.condition() == condition) return evidence;
  }
  v1::ConditionEvidence& added = *assessment->add_evidences();
  added.set_condition(condition);
  return added;
}

Status Apply(const WriteOptions& options, v1::MaturityAssessment* assessment) {
  if (!options.assessor.empty()) assessment->set_assessor(options.assessor);
  if (!options.unit.empty()) assessment->set_assessor_unit(options.unit);
  if (!options.credit_code.empty()) assessment->set_assessor_credit_code(options.credit_code);
  if (!options.conclusion.empty()) assessment->set_conclusion(options.conclusion);
  if (!options.valid_until.empty()) assessment->set_valid_until(options.valid_until);
  for (const std::string& argument : options.evidences) {
    DUIJIE_ASSIGN_OR_RETURN(const auto pair, SplitKeyValue(argument));
    EvidenceOf(pair.first, assessment).set_text(pair.second);
  }
  for (const std::string& argument : options.references) {
    DUIJIE_ASSIGN_OR_RETURN(const auto pair, SplitKeyValue(argument));
    EvidenceOf(pair.first, assessment).set_reference(pair.second);
  }
  auto* evidences = assessment->mutable_evidences();
  evidences->erase(std::remove_if(evidences->begin(), evidences->end(),
                                  [&](const v1::ConditionEvidence& e) {
                                    return std::find(options.removed.begin(), options.removed.end(),
                                                     e.condition()) != options.removed.end();
                                  }),
                   evidences->end());
  return OkStatus();
}

StatusOr<ExitCode> RunCreate(Session& session, const WriteOptions& options) {
  v1::CreateMaturityAssessmentRequest request;
  v1::MaturityAssessment& assessment = *request.mutable_maturity_assessment();
  assessment.set_achievement(NameInCollection("achievements", options.name));
  assessment.set_scheme(NameInCollection("maturitySchemes", options.scheme));
  DUIJIE_RETURN_IF_ERROR(Apply(options, &assessment));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::CreateMaturityAssessment, request));
  Show(session, response.maturity_assessment());
  return ExitCode::kOk;
}

StatusOr<v1::MaturityAssessment> Read(Session& session, const std::string& name) {
  v1::GetMaturityAssessmentRequest request;
  request.set_name(NameInCollection(kCollection, name));
  DUIJIE_ASSIGN_OR_RETURN(auto response,
                          session.client.Call(*StubOf(session), &Stub::GetMaturityAssessment, request));
  return std::move(*response.mutable_maturity_assessment());
}

StatusOr<ExitCode> RunEvidence(Session& session, const WriteOptions& options) {
  v1::UpdateMaturityAssessmentRequest request;
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_maturity_assessment(), Read(session, options.name));
  DUIJIE_RETURN_IF_ERROR(Apply(options, request.mutable_maturity_assessment()));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::UpdateMaturityAssessment, request));
  Show(session, response.maturity_assessment());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunShow(Session& session, const NameOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::MaturityAssessment assessment, Read(session, options.name));
  Show(session, assessment);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunComplete(Session& session, const NameOptions& options) {
  v1::CompleteMaturityAssessmentRequest request;
  request.set_name(NameInCollection(kCollection, options.name));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::CompleteMaturityAssessment, request));
  Show(session, response.maturity_assessment());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunDocument(Session& session, const NameOptions& options) {
  v1::ExportMaturityAssessmentRequest request;
  request.set_name(NameInCollection(kCollection, options.name));
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::ExportMaturityAssessment, request));
  DUIJIE_RETURN_IF_ERROR(SaveFile(options.file.empty() ? response.file_name() : options.file, response.html(),
                                  session.output.out()));
  session.output.Note("已写入 " + (options.file.empty() ? response.file_name() : options.file));
  return ExitCode::kOk;
}

struct ListOptions {
  std::string achievement, state;
  int limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  v1::ListMaturityAssessmentsRequest request;
  if (!options.achievement.empty()) {
    request.set_achievement(NameInCollection("achievements", options.achievement));
  }
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::MaturityAssessmentState>(options.state));
    request.set_state(state);
  }
  Table table{
      {{"编号"}, {"成果名称", Align::kLeft, true}, {"等级", Align::kRight}, {"评价人"}, {"有效至"}, {"状态"}},
      {}};
  const auto stub = StubOf(session);
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto page,
                            session.client.Call(*stub, &Stub::ListMaturityAssessments, request));
    for (const v1::MaturityAssessment& a : page.maturity_assessments()) {
      if (session.output.json()) session.output.Json(a);
      table.rows.push_back({a.name(), a.title(), std::to_string(a.level()), a.assessor(),
                            a.valid_until() + (a.expired() ? "（已过期）" : ""), EnumLabel(a.state())});
    }
    left -= page.maturity_assessments_size();
    request.set_page_token(page.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

void AddWriteOptions(Command command, WriteOptions* options) {
  command.AddOption("--assessor", options->assessor, "评价人").TypeName("姓名");
  command.AddOption("--unit", options->unit, "评价人单位；定级前必填").TypeName("文字");
  command.AddOption("--credit-code", options->credit_code, "评价人单位的统一社会信用代码").TypeName("代码");
  command.AddOption("--conclusion", options->conclusion, "结论").TypeName("文字");
  command.AddOption("--valid-until", options->valid_until, "有效至；缺省按方案的月数").TypeName("日期");
  command.AddOption("--evidence", options->evidences, "条件=依据，可重复，如 4.1=试制报告")
      .TypeName("条件=文字");
  command.AddOption("--reference", options->references, "条件=可查的出处，可重复").TypeName("条件=文字");
}

Command AddNamed(Command group, Invocation& invocation, const char* name, const char* description,
                 StatusOr<ExitCode> (*run)(Session&, const NameOptions&),
                 const std::shared_ptr<NameOptions>& options = std::make_shared<NameOptions>()) {
  const Command command = group.AddSubcommand(name, description);
  command.AddOption("name", options->name, "编号").Required().TypeName("编号");
  OnChosen(command, invocation, options, run);
  return command;
}

}  // namespace

void AddMaturityCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("maturity", "技术成熟度评价");
  OnChosen(group.AddSubcommand("schemes", "列出评价方案"), invocation, std::make_shared<NoOptions>(),
           &RunSchemes);
  AddNamed(group, invocation, "scheme", "查看一个评价方案的条件", &RunScheme);
  auto create = std::make_shared<WriteOptions>();
  const Command create_command = group.AddSubcommand("create", "开始一次评价");
  create_command.AddOption("achievement", create->name, "成果编号").Required().TypeName("成果");
  create_command.AddOption("--scheme", create->scheme, "评价方案").ShowDefault().TypeName("编号");
  AddWriteOptions(create_command, create.get());
  OnChosen(create_command, invocation, create, &RunCreate);
  auto evidence = std::make_shared<WriteOptions>();
  const Command evidence_command = group.AddSubcommand("evidence", "增改依据及其他内容，重新算出等级");
  evidence_command.AddOption("name", evidence->name, "评价编号").Required().TypeName("编号");
  AddWriteOptions(evidence_command, evidence.get());
  evidence_command.AddOption("--remove", evidence->removed, "去掉这个条件的依据，可重复").TypeName("条件");
  OnChosen(evidence_command, invocation, evidence, &RunEvidence);
  AddNamed(group, invocation, "show", "查看评价", &RunShow);
  AddNamed(group, invocation, "complete", "定级，把等级写入成果", &RunComplete);
  auto document = std::make_shared<NameOptions>();
  AddNamed(group, invocation, "document", "写出技术成熟度评价表（可打印的网页）", &RunDocument, document)
      .AddOption("-o,--output", document->file, "文件；缺省用系统给的名字，- 为标准输出")
      .TypeName("文件");
  auto list = std::make_shared<ListOptions>();
  const Command list_command = group.AddSubcommand("list", "列出评价，新的在前");
  list_command.AddOption("--achievement", list->achievement, "只看这项成果的").TypeName("编号");
  list_command
      .AddOption("--state", list->state,
                 "只看这个状态的：" + EnumChoices(*v1::MaturityAssessmentState_descriptor()))
      .TypeName("状态");
  list_command.AddOption("--limit", list->limit, "最多列出多少次").Positive().ShowDefault().TypeName("次数");
  OnChosen(list_command, invocation, list, &RunList);
}

}  // namespace duijie
