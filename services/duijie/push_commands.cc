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

void AddCreate(Command group, Invocation& invocation) {
  auto options = std::make_shared<CreateOptions>();
  const Command command = group.AddSubcommand("create", "把一项成果推送给一家企业，须引用理由");
  command.AddOption("enterprise", options->enterprise, "企业编号").Required().TypeName("企业");
  command.AddOption("achievement", options->achievement, "成果编号").Required().TypeName("成果");
  command.AddOption("--need", options->need, "所回应的需求").TypeName("需求");
  command.AddOption("--cite-need", options->need_fields, "引用需求，可多次：description=漏检率高")
      .TypeName("字段=引文");
  command.AddOption("--cite-enterprise", options->enterprise_fields, "引用企业资料，可多次：products=丝网")
      .TypeName("字段=引文");
  command.AddOption("--cite-achievement", options->sentences, "引用成果的一句，可多次：summary=……")
      .TypeName("字段=引文");
  command.AddOption("--score", options->score, "分数，0 到 1").TypeName("分数");
  command.AddOption("--model", options->model, "算分的模型版本").TypeName("版本");
  OnChosen(command, invocation, options, &RunCreate);
}

void AddStep(Command group, Invocation& invocation, const std::string& name, v1::PushState to,
             const std::string& help) {
  auto options = std::make_shared<StepOptions>();
  options->to = to;
  const Command command = group.AddSubcommand(name, help);
  command.AddOption("push", options->name, "推送编号，如 pushes/ab12").Required().TypeName("推送");
  const bool declines = to == v1::PUSH_STATE_DECLINED;
  if (declines) {
    command.AddOption("--reason", options->reason, "原因：" + EnumChoices(*v1::DeclineReason_descriptor()))
        .Required()
        .TypeName("原因");
  }
  const Option text = command.AddOption("--text", options->text, "说明").TypeName("文字");
  if (declines || to == v1::PUSH_STATE_ENDED) text.Required();
  OnChosen(command, invocation, options, &RunStep);
}

void AddLists(Command group, Invocation& invocation) {
  const std::string states = "只看这种状态的：" + EnumChoices(*v1::PushState_descriptor());
  auto list = std::make_shared<ListOptions>();
  const Command command = group.AddSubcommand("list", "列出推送，新的在前");
  command.AddOption("--enterprise", list->enterprise, "只看给这家企业的").TypeName("企业");
  command.AddOption("--need", list->need, "只看这条需求的").TypeName("需求");
  command.AddOption("--achievement", list->achievement, "只看这项成果的").TypeName("成果");
  command.AddOption("--campaign", list->campaign, "只看这次活动的").TypeName("活动");
  command.AddOption("--state", list->state, states).TypeName("状态");
  command.AddOption("--origin", list->origin, "只看：" + EnumChoices(*v1::PushOrigin_descriptor()))
      .TypeName("来源");
  auto inbox = std::make_shared<ListOptions>();
  const Command inbox_command = group.AddSubcommand("inbox", "本企业收到的推送");
  inbox_command.AddOption("--state", inbox->state, states).TypeName("状态");
  for (auto [of, options] : {std::pair{command, list}, std::pair{inbox_command, inbox}}) {
    of.AddOption("--limit", options->limit, "最多列出多少条").Positive().ShowDefault().TypeName("条数");
  }
  OnChosen(command, invocation, list, &RunList);
  OnChosen(inbox_command, invocation, inbox, &RunInbox);
}

void AddConfiguration(Command group, Invocation& invocation) {
  const std::string cadences = EnumChoices(*v1::PushCadence_descriptor());
  auto preferences = std::make_shared<PreferenceOptions>();
  const Command command = group.AddSubcommand("prefs", "查看或修改一家企业的推送偏好");
  command.AddOption("enterprise", preferences->enterprise, "企业编号").Required().TypeName("企业");
  command.AddOption("--cadence", preferences->cadence, "送达方式：" + cadences).TypeName("方式");
  OnChosen(command, invocation, preferences, &RunPreferences);

  auto settings = std::make_shared<SettingsOptions>();
  const Command of_all = group.AddSubcommand("settings", "查看或修改推送设置");
  of_all.AddOption("--pair-interval", settings->pair_interval, "同一对再次推送至少相隔的天数").TypeName("天");
  of_all.AddOption("--cap", settings->cap, "每家企业在期限内最多收到的条数").TypeName("条");
  of_all.AddOption("--cap-days", settings->cap_days, "上限的期限").TypeName("天");
  of_all.AddOption("--need-consent", settings->consent, "是否须需求同意定向推送")
      .OneOf({"yes", "no"})
      .TypeName("yes/no");
  of_all.AddOption("--digest-minute", settings->minute, "摘要在零点后多少分钟送达").TypeName("分钟");
  of_all.AddOption("--digest-weekday", settings->weekday, "每周摘要在星期几，1 到 7").TypeName("星期");
  of_all.AddOption("--default-cadence", settings->cadence, "未选择的企业：" + cadences).TypeName("方式");
  OnChosen(of_all, invocation, settings, &RunSettings);
}

}  // namespace

void AddPushCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("push", "定向推送：把成果送到企业，记下回执");
  AddCreate(group, invocation);
  AddLists(group, invocation);
  auto show = std::make_shared<ShowOptions>();
  const Command command = group.AddSubcommand("show", "显示一条推送");
  command.AddOption("push", show->name, "推送编号，如 pushes/ab12").Required().TypeName("推送");
  OnChosen(command, invocation, show, &RunShow);
  AddStep(group, invocation, "read", v1::PUSH_STATE_READ, "标为已读");
  AddStep(group, invocation, "interest", v1::PUSH_STATE_INTERESTED, "感兴趣");
  AddStep(group, invocation, "decline", v1::PUSH_STATE_DECLINED, "不合适，须说明原因");
  AddStep(group, invocation, "talk", v1::PUSH_STATE_IN_TALKS, "进入洽谈（工作人员）");
  AddStep(group, invocation, "contract", v1::PUSH_STATE_CONTRACTED, "签订合同（工作人员）");
  AddStep(group, invocation, "end", v1::PUSH_STATE_ENDED, "终止，须说明原因（工作人员）");
  auto watch = std::make_shared<WatchOptions>();
  const Command follow = group.AddSubcommand("watch", "随时显示推送的动态，断线后接着显示");
  follow.AddOption("--resume", watch->token, "从这个续传标记之后开始；缺省从现在").TypeName("标记");
  follow.AddOption("--count", watch->count, "显示这么多条后结束；缺省一直显示").TypeName("条数");
  OnChosen(follow, invocation, watch, &RunWatch);
  AddConfiguration(group, invocation);
}

}  // namespace duijie
