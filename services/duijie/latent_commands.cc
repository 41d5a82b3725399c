// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "services/duijie/files.h"
#include "services/duijie/labels.h"
#include "services/duijie/profile_commands.h"
#include "services/duijie/profile_view.h"

namespace duijie {
namespace {

using Stub = v1::ProfileService::Stub;

constexpr char kLatentNeeds[] = "latentNeeds/";
constexpr int kPageSize = 200;

struct LatentOptions {
  std::string name, enterprise, state, reason, need, draft, note, note_file, source;
  int limit = 50;
};

StatusOr<ExitCode> RunPropose(Session& session, const LatentOptions& options) {
  v1::ProposeLatentNeedsRequest request;
  request.set_enterprise(NameInCollection("enterprises/", options.enterprise));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*ProfileStub(session), &Stub::ProposeLatentNeeds, request));
  ShowLatentNeeds(session, {response.latent_needs().begin(), response.latent_needs().end()});
  session.output.Note("推测 " + std::to_string(response.latent_needs_size()) + " 项，其中新增 " +
                      std::to_string(response.created()) + " 项；推测不是需求，不计数、不匹配、不推送");
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunList(Session& session, const LatentOptions& options) {
  v1::ListLatentNeedsRequest request;
  if (!options.enterprise.empty()) {
    request.set_enterprise(NameInCollection("enterprises/", options.enterprise));
  }
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::LatentNeedState>(options.state));
    request.set_state(state);
  }
  const auto stub = ProfileStub(session);
  std::vector<v1::LatentNeed> latent;
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ListLatentNeeds, request));
    latent.insert(latent.end(), response.latent_needs().begin(), response.latent_needs().end());
    left -= response.latent_needs_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  ShowLatentNeeds(session, latent);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunShow(Session& session, const LatentOptions& options) {
  v1::GetLatentNeedRequest request;
  request.set_name(NameInCollection(kLatentNeeds, options.name));
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*ProfileStub(session), &Stub::GetLatentNeed, request));
  ShowLatentNeed(session, response.latent_need());
  return ExitCode::kOk;
}

StatusOr<ExitCode> Step(Session& session, const LatentOptions& options, v1::LatentNeedState to) {
  v1::TransitionLatentNeedRequest request;
  request.set_name(NameInCollection(kLatentNeeds, options.name));
  request.set_to(to);
  request.set_reason(options.reason);
  if (!options.need.empty()) request.set_need(NameInCollection("needs/", options.need));
  if (!options.draft.empty()) request.set_need_draft(NameInCollection("needDrafts/", options.draft));
  request.set_note(options.note);
  if (!options.note_file.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(*request.mutable_note(), ReadSmallFile(options.note_file));
  }
  if (!options.source.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto source, ParseEnum<v1::NoteSource>(options.source));
    request.set_note_source(source);
  }
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*ProfileStub(session), &Stub::TransitionLatentNeed, request));
  ShowLatentNeed(session, response.latent_need());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunPut(Session& session, const LatentOptions& options) {
  return Step(session, options, v1::LATENT_NEED_STATE_PUT_TO_ENTERPRISE);
}
StatusOr<ExitCode> RunConfirm(Session& session, const LatentOptions& options) {
  return Step(session, options, v1::LATENT_NEED_STATE_CONFIRMED);
}
StatusOr<ExitCode> RunReject(Session& session, const LatentOptions& options) {
  return Step(session, options, v1::LATENT_NEED_STATE_REJECTED);
}

Command AddNamed(Command group, Invocation& invocation, const char* name, const char* help,
                 StatusOr<ExitCode> (*run)(Session&, const LatentOptions&),
                 const std::shared_ptr<LatentOptions>& options) {
  const Command command = group.AddSubcommand(name, help);
  command.AddOption("name", options->name, "潜在需求编号，如 latentNeeds/ab12")
      .Required()
      .TypeName("潜在需求");
  OnChosen(command, invocation, options, run);
  return command;
}

void AddSteps(Command group, Invocation& invocation) {
  auto put = std::make_shared<LatentOptions>();
  AddNamed(group, invocation, "put", "登记已向企业求证；企业从此看得到", &RunPut, put)
      .AddOption("--reason", put->reason, "说明")
      .TypeName("文字");
  auto confirmed = std::make_shared<LatentOptions>();
  const Command confirm = AddNamed(group, invocation, "confirm",
                                   "证实：给出需求、需求草稿或企业原话，三者取一", &RunConfirm, confirmed);
  confirm.AddOption("--need", confirmed->need, "企业的需求编号").TypeName("需求");
  confirm.AddOption("--draft", confirmed->draft, "企业的需求草稿编号").TypeName("草稿");
  confirm.AddOption("--note", confirmed->note, "企业原话，读成需求草稿").TypeName("文字");
  confirm.AddOption("--note-file", confirmed->note_file, "从文件读企业原话；- 为标准输入").TypeName("文件");
  confirm
      .AddOption("--source", confirmed->source,
                 "原话的来源：" + EnumChoices(*v1::NoteSource_descriptor()) + "，缺省走访")
      .TypeName("来源");
  auto rejected = std::make_shared<LatentOptions>();
  AddNamed(group, invocation, "reject", "否定，须说明原因", &RunReject, rejected)
      .AddOption("--reason", rejected->reason, "原因")
      .Required()
      .TypeName("文字");
}

}  // namespace

void AddLatentCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("latent", "潜在需求：从企业档案与同行推测的问题，不是需求");
  auto proposed = std::make_shared<LatentOptions>();
  const Command propose = group.AddSubcommand("propose", "推测一家企业可能的问题，各附依据");
  propose.AddOption("enterprise", proposed->enterprise, "企业编号").Required().TypeName("企业");
  OnChosen(propose, invocation, proposed, &RunPropose);
  auto listed = std::make_shared<LatentOptions>();
  const Command list = group.AddSubcommand("list", "列出推测，最近的在前");
  list.AddOption("--enterprise", listed->enterprise, "只看这家企业").TypeName("企业");
  list.AddOption("--state", listed->state, "状态：" + EnumChoices(*v1::LatentNeedState_descriptor()))
      .TypeName("状态");
  list.AddOption("--limit", listed->limit, "最多列出几项，缺省 50").Positive().TypeName("项数");
  OnChosen(list, invocation, listed, &RunList);
  AddNamed(group, invocation, "show", "查看", &RunShow, std::make_shared<LatentOptions>());
  AddSteps(group, invocation);
}

}  // namespace duijie
