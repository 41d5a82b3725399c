// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/processing_commands.h"

#include <algorithm>

#include "duijie/v1/processing_service.grpc.pb.h"
#include "services/duijie/field_setting.h"
#include "services/duijie/files.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using Stub = v1::ProcessingService::Stub;

constexpr char kRole[] = "push";
constexpr char kCollection[] = "processings";
constexpr int kPageSize = 200;

std::unique_ptr<Stub> StubOf(Session& session) {
  return session.client.NewStub<v1::ProcessingService>(kRole);
}

std::string JoinedRecorders(const v1::Processing& processing) {
  std::string text;
  for (const std::string& recorder : processing.recorders()) text += (text.empty() ? "" : "、") + recorder;
  return text;
}

std::string LabelOf(const std::string& field) {
  const auto* descriptor = v1::Achievement::descriptor()->FindFieldByName(field);
  return descriptor == nullptr ? field : FieldLabel(*descriptor);
}

// By proto name or Chinese heading; as given if there is none, for the server to refuse.
std::string FieldNamed(const std::string& text) {
  const auto* type = v1::Achievement::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i)->name() == text || FieldLabel(*type->field(i)) == text) return type->field(i)->name();
  }
  return text;
}

v1::FieldEvidence& EvidenceOf(const std::string& field, v1::Processing* processing) {
  for (v1::FieldEvidence& evidence : *processing->mutable_evidences()) {
    if (evidence.field() == field) return evidence;
  }
  v1::FieldEvidence& added = *processing->add_evidences();
  added.set_field(field);
  return added;
}

Table FieldTable(const v1::Processing& processing) {
  Table table{{{"字段"},
               {"加工前", Align::kLeft, true},
               {"加工后", Align::kLeft, true},
               {"依据", Align::kLeft, true}},
              {}};
  for (const std::string& field : processing.fields()) {
    std::string evidence;
    for (const v1::FieldEvidence& e : processing.evidences()) {
      if (e.field() == field)
        evidence = e.text() + (e.reference().empty() ? "" : "（" + e.reference() + "）");
    }
    table.rows.push_back({LabelOf(field), FieldText(processing.raw(), field),
                          FieldText(processing.processed(), field), evidence});
  }
  return table;
}

void Show(Session& session, const v1::Processing& processing) {
  if (session.output.json()) {
    session.output.Json(processing);
    return;
  }
  std::vector<FieldLine> lines = {{"编号", processing.name()},
                                  {"成果", processing.achievement()},
                                  {"成果名称", processing.title()},
                                  {"加工专家", processing.expert()},
                                  {"状态", EnumLabel(processing.state())},
                                  {"录入", JoinedRecorders(processing)}};
  if (!processing.signer().empty()) {
    lines.push_back({"签发", processing.signer() + "，" + TimeText(processing.sign_time())});
  }
  if (processing.steps_size() > 0 && !processing.steps(processing.steps_size() - 1).reason().empty()) {
    lines.push_back({"说明", processing.steps(processing.steps_size() - 1).reason()});
  }
  session.output.Raw(FormatFieldLines(lines, session.output.terminal().color));
  session.output.Raw("\n");
  session.output.Print(FieldTable(processing));
}

struct WriteOptions {
  std::string name, expert;
  std::vector<std::string> settings, indicators, evidences, references, authors, dropped;
};

void AddField(const std::string& field, v1::Processing* processing) {
  const auto& fields = processing->fields();
  if (std::find(fields.begin(), fields.end(), field) == fields.end()) processing->add_fields(field);
}

void DropField(const std::string& field, v1::Processing* processing) {
  auto* fields = processing->mutable_fields();
  fields->erase(std::remove(fields->begin(), fields->end(), field), fields->end());
  auto* evidences = processing->mutable_evidences();
  evidences->erase(std::remove_if(evidences->begin(), evidences->end(),
                                  [&](const v1::FieldEvidence& e) { return e.field() == field; }),
                   evidences->end());
}

Status ApplyEvidence(const WriteOptions& options, v1::Processing* processing) {
  for (const std::string& argument : options.evidences) {
    DUIJIE_ASSIGN_OR_RETURN(const auto pair, SplitKeyValue(argument));
    EvidenceOf(FieldNamed(pair.first), processing).set_text(pair.second);
  }
  for (const std::string& argument : options.references) {
    DUIJIE_ASSIGN_OR_RETURN(const auto pair, SplitKeyValue(argument));
    EvidenceOf(FieldNamed(pair.first), processing).set_reference(pair.second);
  }
  for (const std::string& argument : options.authors) {
    DUIJIE_ASSIGN_OR_RETURN(const auto pair, SplitKeyValue(argument));
    EvidenceOf(FieldNamed(pair.first), processing).set_author(pair.second);
  }
  return OkStatus();
}

Status Apply(const WriteOptions& options, v1::Processing* processing) {
  if (!options.expert.empty()) processing->set_expert(options.expert);
  for (const std::string& setting : options.settings) {
    google::protobuf::FieldMask mask;
    DUIJIE_RETURN_IF_ERROR(ApplySetting(setting, processing->mutable_processed(), &mask));
    for (const std::string& path : mask.paths()) AddField(path, processing);
  }
  if (!options.indicators.empty()) {
    processing->mutable_processed()->clear_indicators();
    AddField("indicators", processing);
  }
  for (const std::string& text : options.indicators) {
    DUIJIE_ASSIGN_OR_RETURN(*processing->mutable_processed()->add_indicators(), ParseIndicator(text));
  }
  DUIJIE_RETURN_IF_ERROR(ApplyEvidence(options, processing));
  for (const std::string& field : options.dropped) DropField(FieldNamed(field), processing);
  return OkStatus();
}

StatusOr<ExitCode> RunCreate(Session& session, const WriteOptions& options) {
  v1::CreateProcessingRequest request;
  request.mutable_processing()->set_achievement(NameInCollection("achievements", options.name));
  DUIJIE_RETURN_IF_ERROR(Apply(options, request.mutable_processing()));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::CreateProcessing, request));
  Show(session, response.processing());
  return ExitCode::kOk;
}

StatusOr<v1::Processing> Read(Session& session, const std::string& name) {
  v1::GetProcessingRequest request;
  request.set_name(NameInCollection(kCollection, name));
  DUIJIE_ASSIGN_OR_RETURN(auto response,
                          session.client.Call(*StubOf(session), &Stub::GetProcessing, request));
  return std::move(*response.mutable_processing());
}

StatusOr<ExitCode> RunEdit(Session& session, const WriteOptions& options) {
  v1::UpdateProcessingRequest request;
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_processing(), Read(session, options.name));
  DUIJIE_RETURN_IF_ERROR(Apply(options, request.mutable_processing()));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::UpdateProcessing, request));
  Show(session, response.processing());
  return ExitCode::kOk;
}

struct NameOptions {
  std::string name, reason, etag, file;
  bool overwrite = false;
};

StatusOr<ExitCode> RunShow(Session& session, const NameOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Processing processing, Read(session, options.name));
  Show(session, processing);
  return ExitCode::kOk;
}

// Carries out one step and shows what became of the processing.
template <typename Request, typename Response>
StatusOr<ExitCode> RunStep(Session& session, const NameOptions& options, Request request,
                           grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  request.set_name(NameInCollection(kCollection, options.name));
  request.set_etag(options.etag);
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const Response response, session.client.Call(*StubOf(session), method, request));
  Show(session, response.processing());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunSubmit(Session& session, const NameOptions& options) {
  return RunStep(session, options, v1::SubmitProcessingRequest(), &Stub::SubmitProcessing);
}

StatusOr<ExitCode> RunReturn(Session& session, const NameOptions& options) {
  v1::ReturnProcessingRequest request;
  request.set_reason(options.reason);
  return RunStep(session, options, request, &Stub::ReturnProcessing);
}

StatusOr<ExitCode> RunSign(Session& session, const NameOptions& options) {
  return RunStep(session, options, v1::SignProcessingRequest(), &Stub::SignProcessing);
}

StatusOr<ExitCode> RunRevert(Session& session, const NameOptions& options) {
  v1::RevertProcessingRequest request;
  request.set_reason(options.reason);
  request.set_overwrite_later_changes(options.overwrite);
  return RunStep(session, options, request, &Stub::RevertProcessing);
}

StatusOr<ExitCode> RunDiff(Session& session, const NameOptions& options) {
  v1::DiffProcessingRequest request;
  request.set_name(NameInCollection(kCollection, options.name));
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::DiffProcessing, request));
  for (const v1::FieldDiff& diff : response.diffs()) {
    if (session.output.json()) {
      session.output.Json(diff);
      continue;
    }
    std::string text;
    for (const v1::TextSpan& span : diff.spans()) {
      if (span.change() == v1::TEXT_CHANGE_REMOVED) text += "〔删：" + span.text() + "〕";
      if (span.change() == v1::TEXT_CHANGE_ADDED) text += "〔增：" + span.text() + "〕";
      if (span.change() == v1::TEXT_CHANGE_KEPT) text += span.text();
    }
    session.output.Raw(FormatFieldLines({{diff.label(), text}}, session.output.terminal().color));
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunDocument(Session& session, const NameOptions& options) {
  v1::ExportProcessingRequest request;
  request.set_name(NameInCollection(kCollection, options.name));
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::ExportProcessing, request));
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
  v1::ListProcessingsRequest request;
  if (!options.achievement.empty()) {
    request.set_achievement(NameInCollection("achievements", options.achievement));
  }
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::ProcessingState>(options.state));
    request.set_state(state);
  }
  Table table{{{"编号"}, {"成果"}, {"成果名称", Align::kLeft, true}, {"加工专家"}, {"状态"}, {"更新时间"}},
              {}};
  const auto stub = StubOf(session);
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto page, session.client.Call(*stub, &Stub::ListProcessings, request));
    for (const v1::Processing& p : page.processings()) {
      if (session.output.json()) session.output.Json(p);
      table.rows.push_back({p.name(), p.achievement(), p.title(), p.expert(), EnumLabel(p.state()),
                            TimeText(p.update_time())});
    }
    left -= page.processings_size();
    request.set_page_token(page.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

void AddWriteOptions(Command command, WriteOptions* options) {
  command.AddOption("--expert", options->expert, "加工专家：姓名、单位").TypeName("文字");
  command.AddOption("--set", options->settings, "字段=新内容，可重复；字段用英文名或中文列名，空内容为清除")
      .TypeName("字段=内容");
  command.AddOption("--indicator", options->indicators, "指标，可重复；给出后替换全部指标")
      .TypeName("名称≥数值单位@条件");
  command.AddOption("--evidence", options->evidences, "字段=依据，每个改动的字段一条").TypeName("字段=文字");
  command.AddOption("--reference", options->references, "字段=可查的出处").TypeName("字段=文字");
  command.AddOption("--author", options->authors, "字段=执笔人；缺省为加工专家").TypeName("字段=姓名");
}

Command AddNamed(Command group, Invocation& invocation, const char* name, const char* description,
                 StatusOr<ExitCode> (*run)(Session&, const NameOptions&),
                 const std::shared_ptr<NameOptions>& options = std::make_shared<NameOptions>()) {
  const Command command = group.AddSubcommand(name, description);
  command.AddOption("name", options->name, "加工单编号，如 processings/ab12").Required().TypeName("编号");
  OnChosen(command, invocation, options, run);
  return command;
}

void AddSteps(Command group, Invocation& invocation) {
  AddNamed(group, invocation, "submit", "提交，等另一人签发", &RunSubmit);
  auto returned = std::make_shared<NameOptions>();
  AddNamed(group, invocation, "return", "退回修改", &RunReturn, returned)
      .AddOption("--reason", returned->reason, "理由")
      .Required()
      .TypeName("文字");
  auto sign = std::make_shared<NameOptions>();
  AddNamed(group, invocation, "sign", "签发，把加工后的内容写入成果（录入者本人不能签发）", &RunSign, sign)
      .AddOption("--etag", sign->etag, "只在加工单仍是这个版本时签发")
      .TypeName("标记");
  auto revert = std::make_shared<NameOptions>();
  const Command command = AddNamed(group, invocation, "revert", "撤销签发，恢复原文", &RunRevert, revert);
  command.AddOption("--reason", revert->reason, "理由").Required().TypeName("文字");
  command.AddFlag("--overwrite", revert->overwrite, "签发后这些字段又改过时也恢复");
}

}  // namespace

void AddProcessingCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("processing", "成果二次加工");
  auto create = std::make_shared<WriteOptions>();
  const Command create_command = group.AddSubcommand("create", "为一项成果新建加工单");
  create_command.AddOption("achievement", create->name, "成果编号").Required().TypeName("成果");
  AddWriteOptions(create_command, create.get());
  OnChosen(create_command, invocation, create, &RunCreate);
  auto edit = std::make_shared<WriteOptions>();
  const Command edit_command = group.AddSubcommand("edit", "修改草稿或已退回的加工单");
  edit_command.AddOption("name", edit->name, "加工单编号").Required().TypeName("编号");
  AddWriteOptions(edit_command, edit.get());
  edit_command.AddOption("--drop", edit->dropped, "不再加工这个字段，可重复").TypeName("字段");
  OnChosen(edit_command, invocation, edit, &RunEdit);
  AddNamed(group, invocation, "show", "查看加工单", &RunShow);
  AddSteps(group, invocation);
  AddNamed(group, invocation, "diff", "逐字对照加工前后", &RunDiff);
  auto document = std::make_shared<NameOptions>();
  AddNamed(group, invocation, "document", "写出成果二次加工单（可打印的网页）", &RunDocument, document)
      .AddOption("-o,--output", document->file, "文件；缺省用系统给的名字，- 为标准输出")
      .TypeName("文件");
  auto list = std::make_shared<ListOptions>();
  const Command list_command = group.AddSubcommand("list", "列出加工单，新的在前");
  list_command.AddOption("--achievement", list->achievement, "只看这项成果的").TypeName("编号");
  list_command
      .AddOption("--state", list->state, "只看这个状态的：" + EnumChoices(*v1::ProcessingState_descriptor()))
      .TypeName("状态");
  list_command.AddOption("--limit", list->limit, "最多列出多少份").Positive().ShowDefault().TypeName("份数");
  OnChosen(list_command, invocation, list, &RunList);
}

}  // namespace duijie
