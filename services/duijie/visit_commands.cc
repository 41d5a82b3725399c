// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/visit_commands.h"

#include <algorithm>
#include <filesystem>

#include "services/duijie/download.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/visit_view.h"

namespace duijie {
namespace {

using Stub = v1::VisitService::Stub;

constexpr int kPageSize = 200;
constexpr char kVisits[] = "visits";

struct AddOptions {
  std::string enterprise, date;
  std::vector<std::string> experts;
};

StatusOr<ExitCode> RunAdd(Session& session, const AddOptions& options) {
  v1::CreateVisitRequest request;
  request.mutable_visit()->set_enterprise(NameInCollection("enterprises", options.enterprise));
  for (const std::string& expert : options.experts) {
    request.mutable_visit()->add_experts(NameInCollection("experts", expert));
  }
  request.mutable_visit()->set_date(options.date);
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::CreateVisit, request));
  ShowVisit(session, response.visit());
  return ExitCode::kOk;
}

struct ListOptions {
  std::string plan, enterprise, expert;
  std::vector<std::string> states;
  int year = 0, limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  v1::ListVisitsRequest request;
  if (!options.plan.empty()) request.set_plan(NameInCollection("visitPlans", options.plan));
  if (!options.enterprise.empty())
    request.set_enterprise(NameInCollection("enterprises", options.enterprise));
  if (!options.expert.empty()) request.set_expert(NameInCollection("experts", options.expert));
  request.set_year(options.year);
  for (const std::string& text : options.states) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::VisitState>(text));
    request.add_states(state);
  }
  std::vector<v1::Visit> visits;
  int left = options.limit;
  const auto stub = VisitStub(session);
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ListVisits, request));
    for (const v1::Visit& visit : response.visits()) {
      if (session.output.json()) session.output.Json(visit);
      visits.push_back(visit);
    }
    left -= response.visits_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(VisitTable(visits));
  return ExitCode::kOk;
}

struct VisitOptions {
  std::string name, date, reason, file, signer, role, type;
  int year = 0, target = 0;
};

StatusOr<v1::Visit> Read(Session& session, const std::string& name) {
  v1::GetVisitRequest request;
  request.set_name(NameInCollection(kVisits, name));
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::GetVisit, request));
  return response.visit();
}

StatusOr<ExitCode> RunShow(Session& session, const VisitOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Visit visit, Read(session, options.name));
  ShowVisit(session, visit);
  return ExitCode::kOk;
}

StatusOr<ExitCode> Move(Session& session, const VisitOptions& options, v1::VisitState to) {
  v1::TransitionVisitRequest request;
  request.set_name(NameInCollection(kVisits, options.name));
  request.set_to(to);
  request.set_date(options.date);
  request.set_reason(options.reason);
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::TransitionVisit, request));
  ShowVisit(session, response.visit());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunAgree(Session& session, const VisitOptions& options) {
  return Move(session, options, v1::VISIT_STATE_AGREED);
}
StatusOr<ExitCode> RunHold(Session& session, const VisitOptions& options) {
  return Move(session, options, v1::VISIT_STATE_HELD);
}
StatusOr<ExitCode> RunCancel(Session& session, const VisitOptions& options) {
  return Move(session, options, v1::VISIT_STATE_CANCELLED);
}

struct RecordOptions {
  std::string name, findings, findings_file, date;
  std::vector<std::string> answers, needs, experts;
};

// "问=答"; without "=" the question is open.
v1::VisitAnswer ParseAnswer(const std::string& text) {
  v1::VisitAnswer answer;
  const size_t at = text.find('=');
  answer.set_question(text.substr(0, at));
  if (at != std::string::npos) answer.set_answer(text.substr(at + 1));
  return answer;
}

// Answers and needs are added to those that are there; an answer to a known question replaces it.
void AddAnswers(const std::vector<std::string>& texts, v1::Visit* visit) {
  for (const std::string& text : texts) {
    const v1::VisitAnswer answer = ParseAnswer(text);
    auto& known = *visit->mutable_answers();
    const auto same = std::find_if(known.begin(), known.end(), [&](const v1::VisitAnswer& other) {
      return other.question() == answer.question();
    });
    *(same == known.end() ? known.Add() : &*same) = answer;
  }
}

StatusOr<ExitCode> RunRecord(Session& session, const RecordOptions& options) {
  v1::UpdateVisitRequest request;
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_visit(), Read(session, options.name));
  v1::Visit& visit = *request.mutable_visit();
  const auto touch = [&](const char* path) { request.mutable_update_mask()->add_paths(path); };
  if (!options.findings.empty() || !options.findings_file.empty()) {
    visit.set_findings(options.findings);
    if (!options.findings_file.empty()) {
      DUIJIE_ASSIGN_OR_RETURN(*visit.mutable_findings(), ReadSmallFile(options.findings_file));
    }
    touch("findings");
  }
  if (!options.answers.empty()) {
    AddAnswers(options.answers, &visit);
    touch("answers");
  }
  if (!options.needs.empty()) {
    for (const std::string& need : options.needs) visit.add_needs(NameInCollection("needs", need));
    touch("needs");
  }
  if (!options.experts.empty()) {
    visit.clear_experts();
    for (const std::string& expert : options.experts) visit.add_experts(NameInCollection("experts", expert));
    touch("experts");
  }
  if (!options.date.empty()) {
    visit.set_date(options.date);
    touch("date");
  }
  if (request.update_mask().paths().empty())
    return UsageError("请给出要记录的内容，如 --finding 或 --answer");
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::UpdateVisit, request));
  ShowVisit(session, response.visit());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunAttach(Session& session, const VisitOptions& options) {
  v1::CreateVisitAttachmentRequest request;
  request.set_parent(NameInCollection(kVisits, options.name));
  request.mutable_attachment()->set_file_name(std::filesystem::path(options.file).filename().string());
  request.mutable_attachment()->set_media_type(options.type);
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_content(), ReadSmallFile(options.file));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::CreateVisitAttachment, request));
  ShowVisit(session, response.visit());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunFetch(Session& session, const VisitOptions& options) {
  v1::GetVisitAttachmentRequest request;
  request.set_name(options.name);
  const auto stub = VisitStub(session);
  const StatusOr<int64_t> bytes = Download<v1::GetVisitAttachmentResponse>(
      session, options.file,
      [&](grpc::ClientContext* context) { return stub->GetVisitAttachment(context, request); });
  return bytes.ok() ? StatusOr<ExitCode>(ExitCode::kOk) : bytes.status();
}

// Signs the record as it stands at this moment.
StatusOr<ExitCode> RunSign(Session& session, const VisitOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Visit visit, Read(session, options.name));
  v1::SignVisitRequest request;
  request.set_name(visit.name());
  DUIJIE_ASSIGN_OR_RETURN(const auto role, ParseEnum<v1::VisitSignerRole>(options.role));
  request.set_role(role);
  request.set_signer(options.signer);
  request.set_content_digest(visit.content_digest());
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::SignVisit, request));
  ShowVisit(session, response.visit());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunBrief(Session& session, const VisitOptions& options) {
  const std::string name = NameInCollection(kVisits, options.name);
  if (!options.file.empty()) {
    v1::ExportVisitDocumentRequest request;
    request.set_kind(v1::VISIT_DOCUMENT_KIND_BRIEF);
    request.set_name(name);
    return SaveVisitDocument(session, request, options.file);
  }
  v1::GetVisitBriefRequest request;
  request.set_name(name);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::GetVisitBrief, request));
  ShowVisitBrief(session, response.brief());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunLedger(Session& session, const VisitOptions& options) {
  if (!options.file.empty()) {
    v1::ExportVisitDocumentRequest request;
    request.set_kind(v1::VISIT_DOCUMENT_KIND_LEDGER);
    request.set_year(options.year);
    request.set_target(options.target);
    return SaveVisitDocument(session, request, options.file);
  }
  v1::GetVisitLedgerRequest request;
  request.set_year(options.year);
  request.set_target(options.target);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::GetVisitLedger, request));
  ShowVisitLedger(session, response.ledger());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunExport(Session& session, const VisitOptions& options) {
  v1::ExportVisitDocumentRequest request;
  request.set_kind(v1::VISIT_DOCUMENT_KIND_RECORD);
  request.set_name(NameInCollection(kVisits, options.name));
  return SaveVisitDocument(session, request, options.file);
}

Command AddNamed(Command group, Invocation& invocation, const char* name, const char* help,
                 StatusOr<ExitCode> (*run)(Session&, const VisitOptions&),
                 const std::shared_ptr<VisitOptions>& options) {
  const Command command = group.AddSubcommand(name, help);
  command.AddOption("name", options->name, "走访编号，如 visits/ab12").Required().TypeName("编号");
  OnChosen(command, invocation, options, run);
  return command;
}

void AddFile(Command command, const std::shared_ptr<VisitOptions>& options, bool required) {
  command.AddOption("-o,--output", options->file, "文件").Required(required).TypeName("文件");
}

void AddSteps(Command group, Invocation& invocation) {
  auto agreed = std::make_shared<VisitOptions>();
  AddNamed(group, invocation, "agree", "与企业约定，可改日期", &RunAgree, agreed)
      .AddOption("--date", agreed->date, "约定的日期；缺省为原定日期")
      .TypeName("日期");
  auto held = std::make_shared<VisitOptions>();
  AddNamed(group, invocation, "hold", "登记已走访", &RunHold, held)
      .AddOption("--date", held->date, "实际日期；缺省为约定的日期")
      .TypeName("日期");
  auto cancelled = std::make_shared<VisitOptions>();
  AddNamed(group, invocation, "cancel", "取消走访", &RunCancel, cancelled)
      .AddOption("--reason", cancelled->reason, "理由")
      .Required()
      .TypeName("文字");
}

void AddRecord(Command group, Invocation& invocation) {
  auto options = std::make_shared<RecordOptions>();
  const Command command = group.AddSubcommand("record", "记录问答、发现与带回的需求；签字后再改须重新签字");
  command.AddOption("name", options->name, "走访编号，如 visits/ab12").Required().TypeName("编号");
  command.AddOption("--answer", options->answers, "问与答，如 “现值是多少=2 毫米”；可多个").TypeName("问=答");
  command.AddOption("--finding", options->findings, "发现").TypeName("文字");
  command.AddOption("--finding-file", options->findings_file, "从文件读发现；- 为标准输入").TypeName("文件");
  command.AddOption("--need", options->needs, "带回的需求；可多个").Delimiter(',').TypeName("编号");
  command.AddOption("--expert", options->experts, "改派专家；可多个").Delimiter(',').TypeName("编号");
  command.AddOption("--date", options->date, "改日期").TypeName("日期");
  OnChosen(command, invocation, options, &RunRecord);
}

void AddFiles(Command group, Invocation& invocation) {
  auto attached = std::make_shared<VisitOptions>();
  const Command attach =
      AddNamed(group, invocation, "attach", "附上文件（至多 1 MiB，至多 10 个）", &RunAttach, attached);
  attach.AddOption("file", attached->file, "文件").Required().TypeName("文件");
  attached->type = "application/octet-stream";
  attach.AddOption("--type", attached->type, "媒体类型，如 image/jpeg").ShowDefault().TypeName("类型");
  auto fetched = std::make_shared<VisitOptions>();
  const Command fetch = AddNamed(group, invocation, "fetch",
                                 "取回附件（编号如 visits/ab12/attachments/cd34）", &RunFetch, fetched);
  AddFile(fetch, fetched, true);
}

void AddDocuments(Command group, Invocation& invocation) {
  auto briefed = std::make_shared<VisitOptions>();
  const Command brief =
      AddNamed(group, invocation, "brief", "走访前简报；编号也可以是 enterprises/…", &RunBrief, briefed);
  AddFile(brief, briefed, false);
  auto ledger = std::make_shared<VisitOptions>();
  const Command command = group.AddSubcommand("ledger", "年度走访台账与进度");
  command.AddOption("year", ledger->year, "年度").Required().TypeName("年");
  command.AddOption("--target", ledger->target, "目标家数，缺省 100").TypeName("家数");
  AddFile(command, ledger, false);
  OnChosen(command, invocation, ledger, &RunLedger);
  auto exported = std::make_shared<VisitOptions>();
  const Command record =
      AddNamed(group, invocation, "export", "导出走访记录（.html 或 .xlsx）", &RunExport, exported);
  AddFile(record, exported, true);
}

}  // namespace

void AddVisitCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("visit", "走访：计划、简报、记录、台账");
  AddVisitPlanCommands(group, invocation);
  auto added = std::make_shared<AddOptions>();
  const Command add = group.AddSubcommand("add", "登记计划外的走访");
  add.AddOption("enterprise", added->enterprise, "企业编号").Required().TypeName("企业");
  add.AddOption("--expert", added->experts, "专家编号；可多个").Required().Delimiter(',').TypeName("专家");
  add.AddOption("--date", added->date, "日期").Required().TypeName("日期");
  OnChosen(add, invocation, added, &RunAdd);

  auto listed = std::make_shared<ListOptions>();
  const Command list = group.AddSubcommand("list", "列出走访，按日期");
  list.AddOption("--plan", listed->plan, "只看这个计划的").TypeName("编号");
  list.AddOption("--enterprise", listed->enterprise, "只看这家企业的").TypeName("编号");
  list.AddOption("--expert", listed->expert, "只看这位专家的").TypeName("编号");
  list.AddOption("--year", listed->year, "只看这一年的").TypeName("年");
  list.AddOption("--state", listed->states, "状态：" + EnumChoices(*v1::VisitState_descriptor()))
      .Delimiter(',');
  list.AddOption("--limit", listed->limit, "最多列出多少次").Positive().ShowDefault();
  OnChosen(list, invocation, listed, &RunList);

  AddNamed(group, invocation, "show", "查看一次走访", &RunShow, std::make_shared<VisitOptions>());
  AddSteps(group, invocation);
  AddRecord(group, invocation);
  AddFiles(group, invocation);
  auto signing = std::make_shared<VisitOptions>();
  const Command sign = AddNamed(group, invocation, "sign", "在记录上签字", &RunSign, signing);
  sign.AddOption("--as", signing->role, "代表：" + EnumChoices(*v1::VisitSignerRole_descriptor())).Required();
  sign.AddOption("--signer", signing->signer, "签字人").Required().TypeName("姓名");
  AddDocuments(group, invocation);
}

}  // namespace duijie
