// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/standing_commands.h"

#include "duijie/v1/standing_service.grpc.pb.h"
#include "services/duijie/campaign_view.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

using v1::StandingService;
using Stub = StandingService::Stub;

struct StatusOptions {
  int64_t min_revision = 0;
};

StatusOr<ExitCode> RunStatus(Session& session, const StatusOptions& options) {
  const auto stub = session.client.NewStub<StandingService>("push");
  v1::GetStandingStatusRequest request;
  request.set_min_revision(options.min_revision);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::GetStandingStatus, request));
  if (session.output.json()) {
    session.output.Json(response.status());
    return ExitCode::kOk;
  }
  session.output.Print(StandingTable(response.status()));
  if (!response.status().error_reason().empty()) {
    session.output.Note("上一轮未成功（" + response.status().error_reason() + "），系统会自行重试");
  }
  return ExitCode::kOk;
}

struct SettingsOptions {
  std::string enabled, min_level;
  double min_score = 0;
  int per_achievement = 0, per_need = 0;
  Option min_score_option;
  Option per_achievement_option;
  Option per_need_option;
};

Status Apply(const SettingsOptions& options, v1::StandingSettings* settings) {
  if (!options.enabled.empty()) settings->set_enabled(options.enabled == "on");
  if (options.min_level == "none") {
    settings->set_min_level(v1::MATCH_LEVEL_UNSPECIFIED);
  } else if (!options.min_level.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto level, ParseEnum<v1::MatchLevel>(options.min_level));
    settings->set_min_level(level);
  }
  if (options.min_score_option.Given()) settings->set_min_score(options.min_score);
  if (options.per_achievement_option.Given()) settings->set_max_per_achievement(options.per_achievement);
  if (options.per_need_option.Given()) settings->set_max_per_need(options.per_need);
  return OkStatus();
}

// Shows the settings, changed if an option says so.
StatusOr<ExitCode> RunSettings(Session& session, const SettingsOptions& options) {
  const auto stub = session.client.NewStub<StandingService>("push");
  DUIJIE_ASSIGN_OR_RETURN(const auto got, session.client.Call(*stub, &Stub::GetStandingSettings,
                                                              v1::GetStandingSettingsRequest()));
  v1::StandingSettings settings = got.settings();
  DUIJIE_RETURN_IF_ERROR(Apply(options, &settings));
  if (settings.SerializeAsString() != got.settings().SerializeAsString()) {
    v1::UpdateStandingSettingsRequest request;
    *request.mutable_settings() = settings;
    request.set_request_id(NewUuid());
    DUIJIE_ASSIGN_OR_RETURN(const auto updated,
                            session.client.Call(*stub, &Stub::UpdateStandingSettings, request));
    settings = updated.settings();
  }
  if (session.output.json()) {
    session.output.Json(settings);
  } else {
    session.output.Raw(FormatFieldLines(DescribeStandingSettings(settings), session.output.terminal().color));
  }
  return ExitCode::kOk;
}

}  // namespace

void AddStandingCommands(Command push_group, Invocation& invocation) {
  const Command group = push_group.AddGroup("standing", "常态推送：新发布的成果和需求随即匹配推送");
  auto status = std::make_shared<StatusOptions>();
  const Command status_command = group.AddSubcommand("status", "处理到哪里、落后多少、推送了多少");
  status_command.AddOption("--min-revision", status->min_revision, "等到处理完目录的这个版本，最多 10 秒")
      .TypeName("版本号");
  OnChosen(status_command, invocation, status, &RunStatus);
  auto settings = std::make_shared<SettingsOptions>();
  const Command settings_command = group.AddSubcommand("settings", "查看设置；带选项则修改");
  settings_command.AddOption("--enabled", settings->enabled, "on 或 off")
      .OneOf({"on", "off"})
      .TypeName("开关");
  settings->min_score_option =
      settings_command.AddOption("--min-score", settings->min_score, "最低得分，0 到 1").TypeName("得分");
  settings_command
      .AddOption("--min-level", settings->min_level,
                 "最低等级：" + EnumChoices(*v1::MatchLevel_descriptor()) + "；none 为不限")
      .TypeName("等级");
  settings->per_achievement_option =
      settings_command.AddOption("--per-achievement", settings->per_achievement, "每项成果最多推送几条")
          .TypeName("条数");
  settings->per_need_option =
      settings_command.AddOption("--per-need", settings->per_need, "每条需求最多推送几条").TypeName("条数");
  OnChosen(settings_command, invocation, settings, &RunSettings);
}

}  // namespace duijie
