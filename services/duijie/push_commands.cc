// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/push_commands.h"

#include <algorithm>

#include "duijie/v1/push_service.grpc.pb.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/push_view.h"

namespace duijie {
namespace {

using Stub = v1::PushService::Stub;

constexpr char kRole[] = "push";
constexpr int kPageSize = 200;

std::unique_ptr<Stub> StubOf(Session& session) { return session.client.NewStub<v1::PushService>(kRole); }

void Show(Session& session, const google::protobuf::Message& message, const std::vector<FieldLine>& lines) {
  if (session.output.json()) {
    session.output.Json(message);
  } else {
    session.output.Raw(FormatFieldLines(lines, session.output.terminal().color));
  }
}

struct CreateOptions {
  std::string enterprise, achievement, need, model;
  double score = 0;
  std::vector<std::string> need_fields, enterprise_fields, sentences;
};

// "字段=引文" each.
Status ParseCitations(const std::vector<std::string>& texts,
                      google::protobuf::RepeatedPtrField<v1::PushCitation>* citations) {
  for (const std::string& text : texts) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos) return UsageError("引用应为 字段=引文，如 description=漏检率高");
    v1::PushCitation* citation = citations->Add();
    citation->set_field(text.substr(0, equals));
    citation->set_quote(text.substr(equals + 1));
  }
  return OkStatus();
}

StatusOr<ExitCode> RunCreate(Session& session, const CreateOptions& options) {
  v1::CreatePushRequest request;
  v1::Push& push = *request.mutable_push();
  push.set_enterprise(NameInCollection("enterprises", options.enterprise));
  push.set_achievement(NameInCollection("achievements", options.achievement));
  push.set_need(NameInCollection("needs", options.need));
  push.set_model_version(options.model);
  push.set_score(options.score);
  v1::PushReasons& reasons = *push.mutable_reasons();
  DUIJIE_RETURN_IF_ERROR(ParseCitations(options.need_fields, reasons.mutable_need_fields()));
  DUIJIE_RETURN_IF_ERROR(ParseCitations(options.enterprise_fields, reasons.mutable_enterprise_fields()));
  DUIJIE_RETURN_IF_ERROR(ParseCitations(options.sentences, reasons.mutable_achievement_sentences()));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::CreatePush, request));
  Show(session, response.push(), DescribePush(response.push()));
  return ExitCode::kOk;
}

struct StepOptions {
  v1::PushState to = v1::PUSH_STATE_UNSPECIFIED;
  std::string name, reason, text;
};

StatusOr<ExitCode> RunStep(Session& session, const StepOptions& options) {
  v1::TransitionPushRequest request;
  request.set_name(NameInCollection("pushes", options.name));
  request.set_to(options.to);
  request.set_text(options.text);
  if (!options.reason.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto reason, ParseEnum<v1::DeclineReason>(options.reason));
    request.set_decline_reason(reason);
  }
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::TransitionPush, request));
  Show(session, response.push(), DescribePush(response.push()));
  return ExitCode::kOk;
}

struct ShowOptions {
  std::string name;
};

StatusOr<ExitCode> RunShow(Session& session, const ShowOptions& options) {
  v1::GetPushRequest request;
  request.set_name(NameInCollection("pushes", options.name));
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::GetPush, request));
  Show(session, response.push(), DescribePush(response.push()));
  return ExitCode::kOk;
}

struct ListOptions {
  std::string enterprise, need, achievement, campaign, state, origin;
  int limit = 50;
};

// Pages through a list method; returns the last page.
template <typename Request, typename Response>
StatusOr<Response> PrintPages(Session& session, Request request, int limit,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  const auto stub = StubOf(session);
  Table table{PushColumns(), {}};
  Response last;
  do {
    request.set_page_size(std::min(limit, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(last, session.client.Call(*stub, method, request));
    for (const v1::Push& push : last.pushes()) {
      if (session.output.json()) {
        session.output.Json(push);
      } else {
        table.rows.push_back(PushRow(push));
      }
    }
    limit -= last.pushes_size();
    request.set_page_token(last.next_page_token());
  } while (limit > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return last;
}

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  v1::ListPushesRequest request;
  request.set_enterprise(NameInCollection("enterprises", options.enterprise));
  request.set_need(NameInCollection("needs", options.need));
  request.set_achievement(NameInCollection("achievements", options.achievement));
  request.set_campaign(NameInCollection("campaigns", options.campaign));
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::PushState>(options.state));
    request.set_state(state);
  }
  if (!options.origin.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto origin, ParseEnum<v1::PushOrigin>(options.origin));
    request.set_origin(origin);
  }
  DUIJIE_RETURN_IF_ERROR(PrintPages(session, request, options.limit, &Stub::ListPushes).status());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunInbox(Session& session, const ListOptions& options) {
  v1::ListInboxRequest request;
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::PushState>(options.state));
    request.set_state(state);
  }
  DUIJIE_ASSIGN_OR_RETURN(const auto last, PrintPages(session, request, options.limit, &Stub::ListInbox));
  session.output.Note("未读 " + std::to_string(last.unread_count()) + " 条");
  return ExitCode::kOk;
}

struct WatchOptions {
  std::string token;
  int count = 0;
};

StatusOr<ExitCode> RunWatch(Session& session, const WatchOptions& options) {
  const auto stub = StubOf(session);
  v1::WatchPushesRequest request;
  request.set_resume_token(options.token);
  for (int left = options.count;;) {
    const auto call = session.client.NewStream();
    const auto stream = stub->WatchPushes(&call->context, request);
    v1::WatchPushesResponse response;
    while (stream->Read(&response)) {
      const v1::PushEvent& event = response.event();
      request.set_resume_token(event.resume_token());
      if (event.kind() == v1::PUSH_EVENT_KIND_UNSPECIFIED) continue;
      if (session.output.json()) {
        session.output.Json(event);
      } else {
        session.output.Line(PushEventText(event));
      }
      session.output.out().flush();
      if (options.count == 0 || --left > 0) continue;
      call->context.TryCancel();
      session.output.Note("续传标记 " + event.resume_token());
      return ExitCode::kOk;
    }
    const Status status = Client::Finish(*call, stream->Finish());
    if (status.code() != StatusCode::kUnavailable || request.resume_token().empty()) return status;
    session.client.Pause(kMaxBackoff);  // the server restarts; go on where we were
  }
}

struct PreferenceOptions {
  std::string enterprise, cadence;
};

StatusOr<ExitCode> RunPreferences(Session& session, const PreferenceOptions& options) {
  const auto stub = StubOf(session);
  std::string id = options.enterprise;
  if (const size_t slash = id.rfind('/'); slash != std::string::npos) id = id.substr(slash + 1);
  const std::string name = "pushPreferences/" + id;
  if (options.cadence.empty()) {
    v1::GetPushPreferencesRequest request;
    request.set_name(name);
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(*stub, &Stub::GetPushPreferences, request));
    Show(session, response.preferences(), DescribePushPreferences(response.preferences()));
    return ExitCode::kOk;
  }
  v1::UpdatePushPreferencesRequest request;
  request.mutable_preferences()->set_name(name);
  DUIJIE_ASSIGN_OR_RETURN(const auto cadence, ParseEnum<v1::PushCadence>(options.cadence));
  request.mutable_preferences()->set_cadence(cadence);
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &Stub::UpdatePushPreferences, request));
  Show(session, response.preferences(), DescribePushPreferences(response.preferences()));
  return ExitCode::kOk;
}

struct SettingsOptions {
  int pair_interval = 0, cap = 0, cap_days = 0, minute = -1, weekday = 0;
  std::string consent, cadence;
};

Status Change(const SettingsOptions& options, v1::PushRules* rules) {
  if (options.pair_interval > 0) rules->set_pair_interval_days(options.pair_interval);
  if (options.cap > 0) rules->set_cap_pushes(options.cap);
  if (options.cap_days > 0) rules->set_cap_days(options.cap_days);
  if (options.minute >= 0) rules->set_digest_minute(options.minute);
  if (options.weekday > 0) rules->set_digest_weekday(options.weekday);
  if (!options.consent.empty()) rules->set_need_consent_required(options.consent == "yes");
  if (!options.cadence.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto cadence, ParseEnum<v1::PushCadence>(options.cadence));
    rules->set_default_cadence(cadence);
  }
  return OkStatus();
}

StatusOr<ExitCode> RunSettings(Session& session, const SettingsOptions& options) {
  const auto stub = StubOf(session);
  DUIJIE_ASSIGN_OR_RETURN(const auto now,
                          session.client.Call(*stub, &Stub::GetPushSettings, v1::GetPushSettingsRequest()));
  v1::UpdatePushSettingsRequest request;
  *request.mutable_settings() = now.settings();
  DUIJIE_RETURN_IF_ERROR(Change(options, request.mutable_settings()->mutable_rules()));
  v1::PushSettings settings = now.settings();
  if (request.settings().rules().SerializeAsString() != settings.rules().SerializeAsString()) {
    request.set_request_id(NewUuid());
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(*stub, &Stub::UpdatePushSettings, request));
    settings = response.settings();
  }
  Show(session, settings, DescribePushSettings(settings));
  return ExitCode::kOk;
}

void AddCreate(CLI::App& group, Invocation& invocation) {
  auto options = std::make_shared<CreateOptions>();
  CLI::App* command = group.add_subcommand("create", "把一项成果推送给一家企业，须引用理由");
  command->add_option("enterprise", options->enterprise, "企业编号")->required()->type_name("企业");
  command->add_option("achievement", options->achievement, "成果编号")->required()->type_name("成果");
  command->add_option("--need", options->need, "所回应的需求")->type_name("需求");
  command->add_option("--cite-need", options->need_fields, "引用需求，可多次：description=漏检率高")
      ->type_name("字段=引文");
  command->add_option("--cite-enterprise", options->enterprise_fields, "引用企业资料，可多次：products=丝网")
      ->type_name("字段=引文");
  command->add_option("--cite-achievement", options->sentences, "引用成果的一句，可多次：summary=……")
      ->type_name("字段=引文");
  command->add_option("--score", options->score, "分数，0 到 1")->type_name("分数");
  command->add_option("--model", options->model, "算分的模型版本")->type_name("版本");
  OnChosen(command, invocation, options, &RunCreate);
}

void AddStep(CLI::App& group, Invocation& invocation, const std::string& name, v1::PushState to,
             const std::string& help) {
  auto options = std::make_shared<StepOptions>();
  options->to = to;
  CLI::App* command = group.add_subcommand(name, help);
  command->add_option("push", options->name, "推送编号，如 pushes/ab12")->required()->type_name("推送");
  const bool declines = to == v1::PUSH_STATE_DECLINED;
  if (declines) {
    command->add_option("--reason", options->reason, "原因：" + EnumChoices(*v1::DeclineReason_descriptor()))
        ->required()
        ->type_name("原因");
  }
  CLI::Option* text = command->add_option("--text", options->text, "说明")->type_name("文字");
  if (declines || to == v1::PUSH_STATE_ENDED) text->required();
  OnChosen(command, invocation, options, &RunStep);
}

void AddLists(CLI::App& group, Invocation& invocation) {
  const std::string states = "只看这种状态的：" + EnumChoices(*v1::PushState_descriptor());
  auto list = std::make_shared<ListOptions>();
  CLI::App* command = group.add_subcommand("list", "列出推送，新的在前");
  command->add_option("--enterprise", list->enterprise, "只看给这家企业的")->type_name("企业");
  command->add_option("--need", list->need, "只看这条需求的")->type_name("需求");
  command->add_option("--achievement", list->achievement, "只看这项成果的")->type_name("成果");
  command->add_option("--campaign", list->campaign, "只看这次活动的")->type_name("活动");
  command->add_option("--state", list->state, states)->type_name("状态");
  command->add_option("--origin", list->origin, "只看：" + EnumChoices(*v1::PushOrigin_descriptor()))
      ->type_name("来源");
  auto inbox = std::make_shared<ListOptions>();
  CLI::App* inbox_command = group.add_subcommand("inbox", "本企业收到的推送");
  inbox_command->add_option("--state", inbox->state, states)->type_name("状态");
  for (auto [of, options] : {std::pair{command, list}, std::pair{inbox_command, inbox}}) {
    of->add_option("--limit", options->limit, "最多列出多少条")
        ->check(CLI::PositiveNumber)
        ->capture_default_str()
        ->type_name("条数");
  }
  OnChosen(command, invocation, list, &RunList);
  OnChosen(inbox_command, invocation, inbox, &RunInbox);
}

void AddConfiguration(CLI::App& group, Invocation& invocation) {
  const std::string cadences = EnumChoices(*v1::PushCadence_descriptor());
  auto preferences = std::make_shared<PreferenceOptions>();
  CLI::App* command = group.add_subcommand("prefs", "查看或修改一家企业的推送偏好");
  command->add_option("enterprise", preferences->enterprise, "企业编号")->required()->type_name("企业");
  command->add_option("--cadence", preferences->cadence, "送达方式：" + cadences)->type_name("方式");
  OnChosen(command, invocation, preferences, &RunPreferences);

  auto settings = std::make_shared<SettingsOptions>();
  CLI::App* of_all = group.add_subcommand("settings", "查看或修改推送设置");
  of_all->add_option("--pair-interval", settings->pair_interval, "同一对再次推送至少相隔的天数")
      ->type_name("天");
  of_all->add_option("--cap", settings->cap, "每家企业在期限内最多收到的条数")->type_name("条");
  of_all->add_option("--cap-days", settings->cap_days, "上限的期限")->type_name("天");
  of_all->add_option("--need-consent", settings->consent, "是否须需求同意定向推送")
      ->check(CLI::IsMember({"yes", "no"}))
      ->type_name("yes/no");
  of_all->add_option("--digest-minute", settings->minute, "摘要在零点后多少分钟送达")->type_name("分钟");
  of_all->add_option("--digest-weekday", settings->weekday, "每周摘要在星期几，1 到 7")->type_name("星期");
  of_all->add_option("--default-cadence", settings->cadence, "未选择的企业：" + cadences)->type_name("方式");
  OnChosen(of_all, invocation, settings, &RunSettings);
}

}  // namespace

void AddPushCommands(CLI::App& app, Invocation& invocation) {
  CLI::App& group = *AddGroup(app, "push", "定向推送：把成果送到企业，记下回执");
  AddCreate(group, invocation);
  AddLists(group, invocation);
  auto show = std::make_shared<ShowOptions>();
  CLI::App* command = group.add_subcommand("show", "显示一条推送");
  command->add_option("push", show->name, "推送编号，如 pushes/ab12")->required()->type_name("推送");
  OnChosen(command, invocation, show, &RunShow);
  AddStep(group, invocation, "read", v1::PUSH_STATE_READ, "标为已读");
  AddStep(group, invocation, "interest", v1::PUSH_STATE_INTERESTED, "感兴趣");
  AddStep(group, invocation, "decline", v1::PUSH_STATE_DECLINED, "不合适，须说明原因");
  AddStep(group, invocation, "talk", v1::PUSH_STATE_IN_TALKS, "进入洽谈（工作人员）");
  AddStep(group, invocation, "contract", v1::PUSH_STATE_CONTRACTED, "签订合同（工作人员）");
  AddStep(group, invocation, "end", v1::PUSH_STATE_ENDED, "终止，须说明原因（工作人员）");
  auto watch = std::make_shared<WatchOptions>();
  CLI::App* follow = group.add_subcommand("watch", "随时显示推送的动态，断线后接着显示");
  follow->add_option("--resume", watch->token, "从这个续传标记之后开始；缺省从现在")->type_name("标记");
  follow->add_option("--count", watch->count, "显示这么多条后结束；缺省一直显示")->type_name("条数");
  OnChosen(follow, invocation, watch, &RunWatch);
  AddConfiguration(group, invocation);
}

}  // namespace duijie
