// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/campaign_commands.h"

#include <algorithm>

#include "duijie/v1/campaign_service.grpc.pb.h"
#include "services/duijie/campaign_view.h"
#include "services/duijie/download.h"
#include "services/duijie/filter_options.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

using v1::CampaignService;
using Stub = CampaignService::Stub;

constexpr int kCampaignPageSize = 200;
constexpr int kLinePageSize = 500;

std::unique_ptr<Stub> StubOf(Session& session) { return session.client.NewStub<CampaignService>("push"); }

StatusOr<ExitCode> Show(Session& session, const v1::Campaign& campaign) {
  if (session.output.json()) {
    session.output.Json(campaign);
  } else {
    session.output.Raw(FormatFieldLines(DescribeCampaign(campaign), session.output.terminal().color));
  }
  return campaign.error().empty() ? ExitCode::kOk : ExitCode::kError;
}

// Follows a campaign until nothing works on it. A stream that breaks because the server restarts is opened
// again.
StatusOr<v1::Campaign> WaitFor(Session& session, Stub& stub, const std::string& name) {
  v1::WatchCampaignRequest request;
  request.set_name(name);
  ProgressBar bar = session.output.Progress();
  while (true) {
    const auto call = session.client.NewStream();
    const auto stream = stub.WatchCampaign(&call->context, request);
    v1::WatchCampaignResponse response;
    v1::Campaign campaign;
    while (stream->Read(&response)) {
      campaign = response.campaign();
      bar.Show(CampaignProgress(campaign));
    }
    const Status status = Client::Finish(*call, stream->Finish());
    if (status.ok() && !campaign.name().empty() && !IsWorkedOn(campaign.state())) return campaign;
    if (!status.ok() && status.code() != StatusCode::kUnavailable) return status;
    // Bounded by the retries of Get: if the server stays away, that call fails.
    v1::GetCampaignRequest get;
    get.set_name(name);
    DUIJIE_ASSIGN_OR_RETURN(const auto current, session.client.Call(stub, &Stub::GetCampaign, get));
    if (!IsWorkedOn(current.campaign().state())) return current.campaign();
    session.client.Pause(kFirstBackoff);
  }
}

struct CreateOptions {
  std::string title, subject, min_level, model;
  bool jing_jin_ji = false;
  double min_score = 0;
  int per_enterprise = 0, per_park = 0, total = 0, candidates = 0;
  double bonus = 0;
  Option bonus_option;
  FilterOptions subjects, achievements;
};

StatusOr<ExitCode> RunCreate(Session& session, const CreateOptions& options) {
  v1::CreateCampaignRequest request;
  request.mutable_campaign()->set_title(options.title);
  v1::CampaignRule& rule = *request.mutable_campaign()->mutable_rule();
  if (!options.subject.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto subject, ParseEnum<v1::CampaignSubject>(options.subject));
    rule.set_subject(subject);
  }
  if (!options.min_level.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto level, ParseEnum<v1::MatchLevel>(options.min_level));
    rule.set_min_level(level);
  }
  DUIJIE_ASSIGN_OR_RETURN(*rule.mutable_subject_filter(), ToFilter(options.subjects));
  DUIJIE_ASSIGN_OR_RETURN(*rule.mutable_achievement_filter(), ToFilter(options.achievements));
  rule.set_only_jing_jin_to_ji(options.jing_jin_ji);
  rule.set_min_score(options.min_score);
  rule.set_max_per_enterprise(options.per_enterprise);
  rule.set_max_per_park(options.per_park);
  rule.set_total_limit(options.total);
  rule.set_candidates(options.candidates);
  if (options.bonus_option.Given()) rule.set_bonus_share(options.bonus);
  rule.set_model_version(options.model);
  request.set_request_id(NewUuid());
  const auto stub = StubOf(session);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::CreateCampaign, request));
  return Show(session, response.campaign());
}

struct CampaignOptions {
  std::string name, state, reason, digest, file;
  std::vector<std::string> lines;
  int64_t snapshot = 0;
  int limit = 50;
  bool no_wait = false;
};

StatusOr<ExitCode> RunPreview(Session& session, const CampaignOptions& options) {
  v1::PreviewCampaignRequest request;
  request.set_name(NameInCollection("campaigns", options.name));
  request.set_snapshot_revision(options.snapshot);
  request.set_request_id(NewUuid());
  const auto stub = StubOf(session);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::PreviewCampaign, request));
  if (options.no_wait) return Show(session, response.campaign());
  DUIJIE_ASSIGN_OR_RETURN(const v1::Campaign ready, WaitFor(session, *stub, request.name()));
  return Show(session, ready);
}

StatusOr<ExitCode> RunShow(Session& session, const CampaignOptions& options) {
  v1::GetCampaignRequest request;
  request.set_name(NameInCollection("campaigns", options.name));
  const auto stub = StubOf(session);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::GetCampaign, request));
  DUIJIE_RETURN_IF_ERROR(Show(session, response.campaign()).status());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunList(Session& session, const CampaignOptions& options) {
  v1::ListCampaignsRequest request;
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::CampaignState>(options.state));
    request.set_state(state);
  }
  const auto stub = StubOf(session);
  Table table{CampaignColumns(), {}};
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kCampaignPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ListCampaigns, request));
    for (const v1::Campaign& campaign : response.campaigns()) {
      if (session.output.json()) {
        session.output.Json(campaign);
      } else {
        table.rows.push_back(CampaignRow(campaign));
      }
    }
    left -= response.campaigns_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunLines(Session& session, const CampaignOptions& options) {
  v1::ListCampaignLinesRequest request;
  request.set_campaign(NameInCollection("campaigns", options.name));
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::CampaignLineState>(options.state));
    request.set_state(state);
  }
  const auto stub = StubOf(session);
  Table table{CampaignLineColumns(), {}};
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kLinePageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(*stub, &Stub::ListCampaignLines, request));
    for (const v1::CampaignLine& line : response.lines()) {
      if (session.output.json()) {
        session.output.Json(line);
      } else {
        table.rows.push_back(CampaignLineRow(line));
      }
    }
    left -= response.lines_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunDrop(Session& session, const CampaignOptions& options) {
  v1::DropCampaignLinesRequest request;
  request.set_campaign(NameInCollection("campaigns", options.name));
  for (const std::string& line : options.lines) request.add_lines(NameInCollection("campaignLines", line));
  request.set_reason(options.reason);
  request.set_request_id(NewUuid());
  const auto stub = StubOf(session);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::DropCampaignLines, request));
  return Show(session, response.campaign());
}

StatusOr<ExitCode> RunApprove(Session& session, const CampaignOptions& options) {
  v1::ApproveCampaignRequest request;
  request.set_name(NameInCollection("campaigns", options.name));
  request.set_digest(options.digest);
  request.set_request_id(NewUuid());
  const auto stub = StubOf(session);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ApproveCampaign, request));
  if (options.no_wait) return Show(session, response.campaign());
  DUIJIE_ASSIGN_OR_RETURN(const v1::Campaign done, WaitFor(session, *stub, request.name()));
  return Show(session, done);
}

StatusOr<ExitCode> RunCancel(Session& session, const CampaignOptions& options) {
  v1::CancelCampaignRequest request;
  request.set_name(NameInCollection("campaigns", options.name));
  request.set_reason(options.reason);
  request.set_request_id(NewUuid());
  const auto stub = StubOf(session);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::CancelCampaign, request));
  return Show(session, response.campaign());
}

StatusOr<ExitCode> RunExport(Session& session, const CampaignOptions& options) {
  v1::ExportCampaignRequest request;
  request.set_name(NameInCollection("campaigns", options.name));
  const auto stub = StubOf(session);
  DUIJIE_ASSIGN_OR_RETURN(const int64_t bytes, Download<v1::ExportCampaignResponse>(
                                                   session, options.file, [&](grpc::ClientContext* context) {
                                                     return stub->ExportCampaign(context, request);
                                                   }));
  session.output.Note("已导出到 " + options.file + "（" + std::to_string(bytes) + " 字节）");
  return ExitCode::kOk;
}

void AddCreate(Command group, Invocation& invocation) {
  auto options = std::make_shared<CreateOptions>();
  const Command command = group.AddSubcommand("create", "建立推送活动（草拟）");
  command.AddOption("title", options->title, "名称").Required().TypeName("文字");
  command
      .AddOption("--on", options->subject,
                 "对象：" + EnumChoices(*v1::CampaignSubject_descriptor()) + "；缺省技术需求")
      .TypeName("对象");
  command.AddFlag("--jing-jin-ji", options->jing_jin_ji, "只把京津的成果推给河北的需求或企业");
  command.AddOption("--min-score", options->min_score, "最低得分，0 到 1").TypeName("得分");
  command
      .AddOption("--min-level", options->min_level, "最低等级：" + EnumChoices(*v1::MatchLevel_descriptor()))
      .TypeName("等级");
  command.AddOption("--per-enterprise", options->per_enterprise, "每家企业最多几条；缺省 3").TypeName("条数");
  command.AddOption("--per-park", options->per_park, "每个园区最多几条；缺省不限").TypeName("条数");
  command.AddOption("--total", options->total, "总共最多几条；缺省 1000").TypeName("条数");
  command.AddOption("--candidates", options->candidates, "每条需求或每家企业考察几项成果；缺省 5")
      .TypeName("项数");
  options->bonus_option =
      command.AddOption("--bonus", options->bonus, "获奖和财政计划成果的加分比例，0 到 0.1；缺省 0.05")
          .TypeName("比例");
  command.AddOption("--model", options->model, "模型版本；缺省为在用的").TypeName("版本");
  AddFilterOptions(command, "subject-", "筛选需求或企业", &options->subjects);
  AddFilterOptions(command, "achievement-", "筛选成果", &options->achievements);
  OnChosen(command, invocation, options, &RunCreate);
}

Command AddNamed(Command group, Invocation& invocation, const char* name, const char* description,
                 StatusOr<ExitCode> (*run)(Session&, const CampaignOptions&),
                 const std::shared_ptr<CampaignOptions>& options) {
  const Command command = group.AddSubcommand(name, description);
  command.AddOption("name", options->name, "活动编号，如 campaigns/ab12").Required().TypeName("编号");
  OnChosen(command, invocation, options, run);
  return command;
}

void AddLimit(Command command, const std::shared_ptr<CampaignOptions>& options) {
  command.AddOption("--limit", options->limit, "最多列出多少条").Positive().ShowDefault().TypeName("条数");
}

}  // namespace

void AddCampaignCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("campaign", "推送活动：按规则列出清单，批准后定向推送");
  AddCreate(group, invocation);
  const auto options = [] { return std::make_shared<CampaignOptions>(); };
  auto preview = options();
  const Command preview_command =
      AddNamed(group, invocation, "preview", "列出清单供查看，显示进度并等到完成", &RunPreview, preview);
  preview_command
      .AddOption("--snapshot", preview->snapshot, "目录的版本号；缺省当前。用上次的版本号得到同样的清单")
      .TypeName("版本号");
  preview_command.AddFlag("--no-wait", preview->no_wait, "不等待");
  AddNamed(group, invocation, "show", "查看活动", &RunShow, options());
  auto list = options();
  const Command list_command = group.AddSubcommand("list", "列出活动，新的在前");
  list_command.AddOption("--state", list->state, "状态：" + EnumChoices(*v1::CampaignState_descriptor()))
      .TypeName("状态");
  AddLimit(list_command, list);
  OnChosen(list_command, invocation, list, &RunList);
  auto lines = options();
  const Command lines_command =
      AddNamed(group, invocation, "lines", "查看清单和未列入的配对", &RunLines, lines);
  lines_command
      .AddOption("--state", lines->state, "状态：" + EnumChoices(*v1::CampaignLineState_descriptor()))
      .TypeName("状态");
  AddLimit(lines_command, lines);
  auto drop = options();
  const Command drop_command = AddNamed(group, invocation, "drop", "从清单中移除若干行", &RunDrop, drop);
  drop_command.AddOption("lines", drop->lines, "行的编号，如 campaignLines/ab12-1-00003")
      .Required()
      .TypeName("行");
  drop_command.AddOption("--reason", drop->reason, "原因").TypeName("文字");
  auto approve = options();
  const Command approve_command =
      AddNamed(group, invocation, "approve", "批准清单，推送并等到完成", &RunApprove, approve);
  approve_command.AddOption("--digest", approve->digest, "只在清单摘要仍为此值时批准").TypeName("摘要");
  approve_command.AddFlag("--no-wait", approve->no_wait, "不等待");
  auto cancel = options();
  const Command cancel_command =
      AddNamed(group, invocation, "cancel", "取消活动；已推送的不收回", &RunCancel, cancel);
  cancel_command.AddOption("--reason", cancel->reason, "原因").TypeName("文字");
  auto exported = options();
  const Command export_command =
      AddNamed(group, invocation, "export", "导出分园区推送清单（.xlsx）", &RunExport, exported);
  export_command.AddOption("-o,--output", exported->file, "文件").Required().TypeName("文件");
}

}  // namespace duijie
