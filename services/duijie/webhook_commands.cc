// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/webhook_commands.h"

#include <algorithm>

#include "duijie/v1/webhook_service.grpc.pb.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using Stub = v1::WebhookService::Stub;

constexpr char kRole[] = "push";
constexpr int kPageSize = 200;

std::unique_ptr<Stub> StubOf(Session& session) { return session.client.NewStub<v1::WebhookService>(kRole); }

std::string ScopeText(const v1::Webhook& webhook) {
  std::string text = webhook.enterprise();
  for (const std::string& park : webhook.park_codes()) text += (text.empty() ? "" : " ") + park;
  for (const int state : webhook.states()) {
    text += (text.empty() ? "" : " ") + EnumLabel(*v1::PushState_descriptor(), state);
  }
  return text.empty() ? "全部" : text;
}

std::vector<StyledText> WebhookRow(const v1::Webhook& webhook) {
  return {webhook.name(),
          webhook.title(),
          webhook.url(),
          ScopeText(webhook),
          webhook.disabled() ? "停用" : "启用",
          TimeText(webhook.create_time())};
}

std::vector<Column> WebhookColumns() {
  return {{"编号"},    {"名称", Align::kLeft, true}, {"网址", Align::kLeft, true}, {"范围"}, {"状态"},
          {"登记时间"}};
}

struct CreateOptions {
  std::string url, title, enterprise;
  std::vector<std::string> parks, states;
  bool private_network = false;
};

StatusOr<ExitCode> RunCreate(Session& session, const CreateOptions& options) {
  v1::CreateWebhookRequest request;
  v1::Webhook& webhook = *request.mutable_webhook();
  webhook.set_url(options.url);
  webhook.set_title(options.title);
  webhook.set_enterprise(NameInCollection("enterprises", options.enterprise));
  for (const std::string& park : options.parks) webhook.add_park_codes(park);
  for (const std::string& text : options.states) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::PushState>(text));
    webhook.add_states(state);
  }
  webhook.set_private_network(options.private_network);
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::CreateWebhook, request));
  if (session.output.json()) {
    session.output.Json(response);
    return ExitCode::kOk;
  }
  session.output.Raw(FormatFieldLines({{"编号", response.webhook().name()},
                                       {"网址", response.webhook().url()},
                                       {"范围", ScopeText(response.webhook())},
                                       {"签名密钥", response.secret()}},
                                      session.output.terminal().color));
  session.output.Note("签名密钥只显示这一次，请妥善保存");
  return ExitCode::kOk;
}

struct NameOptions {
  std::string name;
};

// Reads a webhook, changes it, and stores it unless somebody else changed it in between.
StatusOr<ExitCode> SetDisabled(Session& session, const std::string& name, bool disabled) {
  const auto stub = StubOf(session);
  v1::GetWebhookRequest get;
  get.set_name(NameInCollection("webhooks", name));
  DUIJIE_ASSIGN_OR_RETURN(const auto got, session.client.Call(*stub, &Stub::GetWebhook, get));
  v1::UpdateWebhookRequest request;
  *request.mutable_webhook() = got.webhook();
  request.mutable_webhook()->set_disabled(disabled);
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::UpdateWebhook, request));
  if (session.output.json()) {
    session.output.Json(response.webhook());
  } else {
    session.output.Note((disabled ? "已停用 " : "已启用 ") + response.webhook().name());
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunEnable(Session& session, const NameOptions& options) {
  return SetDisabled(session, options.name, false);
}

StatusOr<ExitCode> RunDisable(Session& session, const NameOptions& options) {
  return SetDisabled(session, options.name, true);
}

StatusOr<ExitCode> RunDelete(Session& session, const NameOptions& options) {
  v1::DeleteWebhookRequest request;
  request.set_name(NameInCollection("webhooks", options.name));
  DUIJIE_RETURN_IF_ERROR(session.client.Call(*StubOf(session), &Stub::DeleteWebhook, request).status());
  session.output.Note("已删除 " + request.name());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunRedeliver(Session& session, const NameOptions& options) {
  v1::RedeliverWebhookRequest request;
  request.set_name(NameInCollection("webhookDeliveries", options.name));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::RedeliverWebhook, request));
  if (session.output.json()) {
    session.output.Json(response.delivery());
  } else {
    session.output.Note("将再次投递 " + response.delivery().name());
  }
  return ExitCode::kOk;
}

struct ListOptions {
  std::string webhook, state;
  int limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  const auto stub = StubOf(session);
  Table table{WebhookColumns(), {}};
  v1::ListWebhooksRequest request;
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ListWebhooks, request));
    for (const v1::Webhook& webhook : response.webhooks()) {
      if (session.output.json()) {
        session.output.Json(webhook);
      } else {
        table.rows.push_back(WebhookRow(webhook));
      }
    }
    left -= response.webhooks_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunDeliveries(Session& session, const ListOptions& options) {
  const auto stub = StubOf(session);
  Table table{{{"编号"},
               {"状态"},
               {"推送"},
               {"次数", Align::kRight},
               {"应答", Align::kRight},
               {"问题", Align::kLeft, true},
               {"时间"}},
              {}};
  v1::ListWebhookDeliveriesRequest request;
  request.set_webhook(NameInCollection("webhooks", options.webhook));
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::WebhookDeliveryState>(options.state));
    request.set_state(state);
  }
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(*stub, &Stub::ListWebhookDeliveries, request));
    for (const v1::WebhookDelivery& delivery : response.deliveries()) {
      if (session.output.json()) {
        session.output.Json(delivery);
        continue;
      }
      table.rows.push_back({delivery.name(), EnumLabel(delivery.state()), delivery.event().push(),
                            std::to_string(delivery.attempts()), std::to_string(delivery.last_status()),
                            delivery.last_error(), TimeText(delivery.create_time())});
    }
    left -= response.deliveries_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

void AddCreate(Command group, Invocation& invocation) {
  auto options = std::make_shared<CreateOptions>();
  const Command command = group.AddSubcommand("create", "登记一个接收推送动态的网址");
  command.AddOption("url", options->url, "网址，https://…").Required().TypeName("网址");
  command.AddOption("--title", options->title, "用途说明").TypeName("文字");
  command.AddOption("--enterprise", options->enterprise, "只报这家企业的").TypeName("企业");
  command.AddOption("--park", options->parks, "只报这些园区的，可多次").TypeName("园区");
  command
      .AddOption("--state", options->states,
                 "只报到达这些状态的：" + EnumChoices(*v1::PushState_descriptor()))
      .TypeName("状态");
  command.AddFlag("--private-network", options->private_network, "允许本机和内网地址");
  OnChosen(command, invocation, options, &RunCreate);
}

void AddNamed(Command group, Invocation& invocation, const std::string& name, const std::string& help,
              StatusOr<ExitCode> (*run)(Session&, const NameOptions&)) {
  auto options = std::make_shared<NameOptions>();
  const Command command = group.AddSubcommand(name, help);
  command.AddOption("name", options->name, "编号").Required().TypeName("编号");
  OnChosen(command, invocation, options, run);
}

void AddList(Command group, Invocation& invocation, const std::string& name, const std::string& help,
             StatusOr<ExitCode> (*run)(Session&, const ListOptions&)) {
  auto options = std::make_shared<ListOptions>();
  const Command command = group.AddSubcommand(name, help);
  if (name == "deliveries") {
    command.AddOption("--webhook", options->webhook, "只看这个 webhook 的").TypeName("编号");
    command
        .AddOption("--state", options->state, "只看：" + EnumChoices(*v1::WebhookDeliveryState_descriptor()))
        .TypeName("状态");
  }
  command.AddOption("--limit", options->limit, "最多列出多少条").Positive().ShowDefault().TypeName("条数");
  OnChosen(command, invocation, options, run);
}

}  // namespace

void AddWebhookCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("webhook", "把推送的动态签名后报给别的系统（管理员）");
  AddCreate(group, invocation);
  AddList(group, invocation, "list", "列出登记的网址", &RunList);
  AddNamed(group, invocation, "enable", "启用", &RunEnable);
  AddNamed(group, invocation, "disable", "停用：其间的动态不再补报", &RunDisable);
  AddNamed(group, invocation, "delete", "删除", &RunDelete);
  AddList(group, invocation, "deliveries", "列出投递，新的在前；--state 投递失败 列出失败的", &RunDeliveries);
  AddNamed(group, invocation, "redeliver", "再次投递失败或已投递的一次", &RunRedeliver);
}

}  // namespace duijie
