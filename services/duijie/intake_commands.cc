// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/intake_commands.h"

#include <algorithm>

#include "duijie/v1/intake_service.grpc.pb.h"
#include "services/duijie/extract_command.h"
#include "services/duijie/field_setting.h"
#include "services/duijie/files.h"
#include "services/duijie/intake_view.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using Stub = v1::IntakeService::Stub;

constexpr char kRole[] = "mining";
constexpr int kPageSize = 200;

void Show(Session& session, const v1::NeedDraft& draft) {
  if (session.output.json()) {
    session.output.Json(draft);
    return;
  }
  std::string targets;
  for (const v1::Indicator& target : draft.targets())
    targets += (targets.empty() ? "" : "；") + IndicatorText(target);
  std::string keywords;
  for (const std::string& keyword : draft.keywords()) keywords += (keywords.empty() ? "" : "、") + keyword;
  session.output.Raw(FormatFieldLines({{"编号", draft.name()},
                                       {"来源", EnumLabel(draft.source()) + " " + draft.source_name()},
                                       {"企业", draft.enterprise()},
                                       {"状态", EnumLabel(draft.state())},
                                       {"名称", draft.title()},
                                       {"问题描述", draft.description()},
                                       {"现状", draft.current_practice()},
                                       {"目标指标", targets},
                                       {"关键词", keywords},
                                       {"需求类型", EnumLabel(draft.type())},
                                       {"保密级别", EnumLabel(draft.tier())},
                                       {"需求", draft.need()},
                                       {"否决理由", draft.reject_reason()}},
                                      session.output.terminal().color));
  session.output.Raw("\n");
  session.output.Print(ReadingTable(draft.note(), draft.reading()));
}

struct NoteOptions {
  std::string text, file, source, source_name, enterprise, park;
};

StatusOr<ExitCode> RunNote(Session& session, const NoteOptions& options) {
  v1::CreateNeedDraftsRequest request;
  if (options.text.empty() == options.file.empty()) return UsageError("请用 --text 或 --file 之一给出记录");
  request.set_note(options.text);
  if (!options.file.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(std::string text, ReadSmallFile(options.file));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    request.set_note(std::move(text));
  }
  DUIJIE_ASSIGN_OR_RETURN(const auto source, ParseEnum<v1::NoteSource>(options.source));
  request.set_source(source);
  request.set_source_name(options.source_name);
  if (!options.enterprise.empty())
    request.set_enterprise(NameInCollection("enterprises", options.enterprise));
  request.set_park_code(options.park);
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::CreateNeedDrafts, request));
  for (const v1::NeedDraft& draft : response.need_drafts()) Show(session, draft);
  return ExitCode::kOk;
}

struct ListOptions {
  std::string state, enterprise;
  int limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  v1::ListNeedDraftsRequest request;
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::NeedDraftState>(options.state));
    request.set_state(state);
  }
  if (!options.enterprise.empty())
    request.set_enterprise(NameInCollection("enterprises", options.enterprise));
  Table table{{{"编号"}, {"名称", Align::kLeft, true}, {"来源"}, {"状态"}, {"企业"}, {"时间"}}, {}};
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ListNeedDrafts, request));
    for (const v1::NeedDraft& draft : response.need_drafts()) {
      if (session.output.json()) session.output.Json(draft);
      table.rows.push_back({draft.name(), draft.title(), EnumLabel(draft.source()), EnumLabel(draft.state()),
                            draft.enterprise(), TimeText(draft.create_time())});
    }
    left -= response.need_drafts_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

struct NameOptions {
  std::string name, reason, join, etag, other;
  std::vector<std::string> settings;
  bool submit = false;
};

StatusOr<ExitCode> RunShow(Session& session, const NameOptions& options) {
  v1::GetNeedDraftRequest request;
  request.set_name(NameInCollection("needDrafts", options.name));
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::GetNeedDraft, request));
  Show(session, response.need_draft());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunEditDraft(Session& session, const NameOptions& options) {
  v1::UpdateNeedDraftRequest request;
  for (const std::string& setting : options.settings) {
    DUIJIE_RETURN_IF_ERROR(
        ApplySetting(setting, request.mutable_need_draft(), request.mutable_update_mask()));
  }
  request.mutable_need_draft()->set_name(NameInCollection("needDrafts", options.name));
  request.mutable_need_draft()->set_etag(options.etag);
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::UpdateNeedDraft, request));
  Show(session, response.need_draft());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunConfirm(Session& session, const NameOptions& options) {
  v1::ConfirmNeedDraftRequest request;
  request.set_name(NameInCollection("needDrafts", options.name));
  request.set_submit(options.submit);
  if (!options.join.empty()) request.set_join_need(NameInCollection("needs", options.join));
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ConfirmNeedDraft, request));
  Show(session, response.need_draft());
  session.output.Note("需求 " + response.need().name() + "，" + EnumLabel(response.need().state()));
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunReject(Session& session, const NameOptions& options) {
  v1::RejectNeedDraftRequest request;
  request.set_name(NameInCollection("needDrafts", options.name));
  request.set_reason(options.reason);
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::RejectNeedDraft, request));
  Show(session, response.need_draft());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunDuplicates(Session& session, const NameOptions& options) {
  v1::FindDuplicateNeedsRequest request;
  request.set_name(options.name);
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &Stub::FindDuplicateNeeds, request));
  Table table{{{"需求"}, {"名称", Align::kLeft, true}, {"状态"}, {"依据"}}, {}};
  for (const v1::DuplicateNeed& duplicate : response.duplicates()) {
    if (session.output.json()) session.output.Json(duplicate);
    table.rows.push_back(
        {duplicate.need(), duplicate.title(), EnumLabel(duplicate.state()), duplicate.text()});
  }
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunMerge(Session& session, const NameOptions& options) {
  v1::MergeNeedsRequest request;
  request.set_kept(NameInCollection("needs", options.name));
  request.set_merged(NameInCollection("needs", options.other));
  const auto stub = session.client.NewStub<v1::IntakeService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::MergeNeeds, request));
  if (session.output.json()) {
    session.output.Json(response.need_merge());
    return ExitCode::kOk;
  }
  session.output.Note(response.need_merge().merged() + " 已并入 " + response.need_merge().kept() + "，来源 " +
                      std::to_string(response.need().provenances_size()) + " 个");
  return ExitCode::kOk;
}

Command AddDraftCommand(Command group, Invocation& invocation, const std::string& name,
                        const std::string& help, StatusOr<ExitCode> (*run)(Session&, const NameOptions&),
                        std::shared_ptr<NameOptions>* options) {
  *options = std::make_shared<NameOptions>();
  const Command command = group.AddSubcommand(name, help);
  command.AddOption("draft", (*options)->name, "草稿编号，如 needDrafts/ab12").Required().TypeName("草稿");
  OnChosen(command, invocation, *options, run);
  return command;
}

void AddNote(Command group, Invocation& invocation) {
  auto note = std::make_shared<NoteOptions>();
  const Command command = group.AddSubcommand("note", "读一段走访、电话或门户记录，存成需求草稿");
  command.AddOption("--text", note->text, "记录的文字").TypeName("文字");
  command.AddOption("--file", note->file, "记录所在的文件；- 为标准输入").TypeName("文件");
  command.AddOption("--source", note->source, "来源：" + EnumChoices(*v1::NoteSource_descriptor()))
      .Required()
      .TypeName("来源");
  command.AddOption("--source-name", note->source_name, "哪一次走访、电话或哪张表，如 visits/ab12")
      .TypeName("名称");
  command.AddOption("--enterprise", note->enterprise, "企业编号").TypeName("企业");
  command.AddOption("--park", note->park, "园区代码；有企业时为企业的园区").TypeName("代码");
  OnChosen(command, invocation, note, &RunNote);
}

}  // namespace

void AddIntakeCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("intake", "需求受理：从记录到需求");
  AddNote(group, invocation);
  auto list = std::make_shared<ListOptions>();
  const Command list_command = group.AddSubcommand("list", "列出需求草稿，新的在前");
  list_command.AddOption("--state", list->state, "状态：" + EnumChoices(*v1::NeedDraftState_descriptor()))
      .TypeName("状态");
  list_command.AddOption("--enterprise", list->enterprise, "只看这家企业的").TypeName("企业");
  list_command.AddOption("--limit", list->limit, "最多列出多少条").Positive().ShowDefault().TypeName("条数");
  OnChosen(list_command, invocation, list, &RunList);
  std::shared_ptr<NameOptions> options;
  AddDraftCommand(group, invocation, "show", "看一份草稿与读到的内容", &RunShow, &options);
  const Command edit =
      AddDraftCommand(group, invocation, "edit", "修改待确认的草稿", &RunEditDraft, &options);
  edit.AddOption("--set", options->settings,
                 "字段=值，可多次：title、description、current_practice、type、targets、keywords、tier")
      .Required()
      .TypeName("字段=值");
  edit.AddOption("--etag", options->etag, "只在版本仍为此时修改").TypeName("版本");
  const Command confirm =
      AddDraftCommand(group, invocation, "confirm", "确认草稿，建立需求", &RunConfirm, &options);
  confirm.AddFlag("--submit", options->submit, "建立后即提交审核");
  confirm.AddOption("--join", options->join, "不新建，而并入这条需求，作为它的又一来源").TypeName("需求");
  const Command reject = AddDraftCommand(group, invocation, "reject", "否决草稿", &RunReject, &options);
  reject.AddOption("--reason", options->reason, "理由").Required().TypeName("文字");
  auto duplicates = std::make_shared<NameOptions>();
  const Command find = group.AddSubcommand("duplicates", "找出可能是同一需求的记录");
  find.AddOption("name", duplicates->name, "草稿或需求的编号，如 needs/ab12").Required().TypeName("编号");
  OnChosen(find, invocation, duplicates, &RunDuplicates);
  auto merge = std::make_shared<NameOptions>();
  const Command join = group.AddSubcommand("merge", "把一条需求并入另一条");
  join.AddOption("kept", merge->name, "保留的需求").Required().TypeName("需求");
  join.AddOption("merged", merge->other, "并入的需求，随后关闭").Required().TypeName("需求");
  OnChosen(join, invocation, merge, &RunMerge);
  AddExtractCommand(group, invocation);
}

}  // namespace duijie
