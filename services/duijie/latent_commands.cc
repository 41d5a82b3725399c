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

CLI::App* AddNamed(CLI::App& group, Invocation& invocation, const char* name, const char* help,
                   StatusOr<ExitCode> (*run)(Session&, const LatentOptions&),
                   const std::shared_ptr<LatentOptions>& options) {
  CLI::App* command = group.add_subcommand(name, help);
  command->add_option("name", options->name, "潜在需求编号，如 latentNeeds/ab12")
      ->required()
      ->type_name("潜在需求");
  OnChosen(command, invocation, options, run);
  return command;
}

void AddSteps(CLI::App& group, Invocation& invocation) {
  auto put = std::make_shared<LatentOptions>();
  AddNamed(group, invocation, "put", "登记已向企业求证；企业从此看得到", &RunPut, put)
      ->add_option("--reason", put->reason, "说明")
      ->type_name("文字");
  auto confirmed = std::make_shared<LatentOptions>();
  CLI::App* confirm = AddNamed(group, invocation, "confirm", "证实：给出需求、需求草稿或企业原话，三者取一",
                               &RunConfirm, confirmed);
  confirm->add_option("--need", confirmed->need, "企业的需求编号")->type_name("需求");
  confirm->add_option("--draft", confirmed->draft, "企业的需求草稿编号")->type_name("草稿");
  confirm->add_option("--note", confirmed->note, "企业原话，读成需求草稿")->type_name("文字");
  confirm->add_option("--note-file", confirmed->note_file, "从文件读企业原话；- 为标准输入")
      ->type_name("文件");
  confirm
      ->add_option("--source", confirmed->source,
                   "原话的来源：" + EnumChoices(*v1::NoteSource_descriptor()) + "，缺省走访")
      ->type_name("来源");
  auto rejected = std::make_shared<LatentOptions>();
  AddNamed(group, invocation, "reject", "否定，须说明原因", &RunReject, rejected)
      ->add_option("--reason", rejected->reason, "原因")
      ->required()
      ->type_name("文字");
}

}  // namespace

void AddLatentCommands(CLI::App& app, Invocation& invocation) {
  CLI::App* group = AddGroup(app, "latent", "潜在需求：从企业档案与同行推测的问题，不是需求");
  auto proposed = std::make_shared<LatentOptions>();
  CLI::App* propose = group->add_subcommand("propose", "推测一家企业可能的问题，各附依据");
  propose->add_option("enterprise", proposed->enterprise, "企业编号")->required()->type_name("企业");
  OnChosen(propose, invocation, proposed, &RunPropose);
  auto listed = std::make_shared<LatentOptions>();
  CLI::App* list = group->add_subcommand("list", "列出推测，最近的在前");
  list->add_option("--enterprise", listed->enterprise, "只看这家企业")->type_name("企业");
  list->add_option("--state", listed->state, "状态：" + EnumChoices(*v1::LatentNeedState_descriptor()))
      ->type_name("状态");
  list->add_option("--limit", listed->limit, "最多列出几项，缺省 50")
      ->check(CLI::PositiveNumber)
      ->type_name("项数");
  OnChosen(list, invocation, listed, &RunList);
  AddNamed(*group, invocation, "show", "查看", &RunShow, std::make_shared<LatentOptions>());
  AddSteps(*group, invocation);
}

}  // namespace duijie
