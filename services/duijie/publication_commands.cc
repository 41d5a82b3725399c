// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/publication_commands.h"

#include <google/protobuf/util/time_util.h>
#include <algorithm>

#include "duijie/v1/publication_service.grpc.pb.h"
#include "services/duijie/download.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using Stub = v1::PublicationService::Stub;

constexpr char kRole[] = "push";
constexpr char kCollection[] = "publications";
constexpr int kPageSize = 1000;

std::unique_ptr<Stub> StubOf(Session& session) {
  return session.client.NewStub<v1::PublicationService>(kRole);
}

void Show(Session& session, const v1::Publication& publication) {
  if (session.output.json()) {
    session.output.Json(publication);
    return;
  }
  std::vector<FieldLine> lines = {{"编号", publication.name()},
                                  {"成果", publication.achievement()},
                                  {"成果名称", publication.title()},
                                  {"完成单位", publication.owner_name()},
                                  {"发布日期", publication.published_on()},
                                  {"发布对象", publication.audience()},
                                  {"发布渠道", EnumLabel(publication.channel())},
                                  {"发布单位", publication.publisher()},
                                  {"出处", publication.reference()},
                                  {"备注", publication.note()},
                                  {"撤回理由", publication.withdraw_reason()}};
  lines.erase(
      std::remove_if(lines.begin(), lines.end(), [](const FieldLine& line) { return line.text.empty(); }),
      lines.end());
  session.output.Raw(FormatFieldLines(lines, session.output.terminal().color));
}

struct AddOptions {
  std::string achievement, audience, channel, publisher, on, reference, note;
};

// "2026-12-31", or "2026-12-31 23:59:59", in China's time.
StatusOr<google::protobuf::Timestamp> ParseMoment(const std::string& text) {
  std::string rfc = text.size() == 10 ? text + " 00:00:00" : text;
  std::replace(rfc.begin(), rfc.end(), ' ', 'T');
  google::protobuf::Timestamp time;
  if (google::protobuf::util::TimeUtil::FromString(rfc + "+08:00", &time)) return time;
  return UsageError("时间“" + text + "”应为 YYYY-MM-DD 或 YYYY-MM-DD HH:MM:SS（北京时间）");
}

StatusOr<ExitCode> RunAdd(Session& session, const AddOptions& options) {
  v1::CreatePublicationRequest request;
  v1::Publication& publication = *request.mutable_publication();
  publication.set_achievement(NameInCollection("achievements", options.achievement));
  publication.set_audience(options.audience);
  DUIJIE_ASSIGN_OR_RETURN(const auto channel, ParseEnum<v1::PublicationChannel>(options.channel));
  publication.set_channel(channel);
  publication.set_publisher(options.publisher);
  publication.set_reference(options.reference);
  publication.set_note(options.note);
  if (!options.on.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(*publication.mutable_publish_time(), ParseMoment(options.on));
  }
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::CreatePublication, request));
  Show(session, response.publication());
  if (response.republication()) session.output.Note("这项成果本年度已发布过，不增加年度计数");
  return ExitCode::kOk;
}

struct ListOptions {
  std::string achievement, channel;
  int year = 0, limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  v1::ListPublicationsRequest request;
  if (!options.achievement.empty()) {
    request.set_achievement(NameInCollection("achievements", options.achievement));
  }
  if (!options.channel.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto channel, ParseEnum<v1::PublicationChannel>(options.channel));
    request.set_channel(channel);
  }
  request.set_year(options.year);
  Table table{{{"编号"},
               {"日期"},
               {"成果名称", Align::kLeft, true},
               {"渠道"},
               {"对象", Align::kLeft, true},
               {"状态"}},
              {}};
  const auto stub = StubOf(session);
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto page, session.client.Call(*stub, &Stub::ListPublications, request));
    for (const v1::Publication& p : page.publications()) {
      if (session.output.json()) session.output.Json(p);
      table.rows.push_back({p.name(), p.published_on(), p.title(), EnumLabel(p.channel()), p.audience(),
                            p.withdrawn() ? "已撤回" : ""});
    }
    left -= page.publications_size();
    request.set_page_token(page.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

struct WithdrawOptions {
  std::string name, reason;
};

StatusOr<ExitCode> RunWithdraw(Session& session, const WithdrawOptions& options) {
  v1::WithdrawPublicationRequest request;
  request.set_name(NameInCollection(kCollection, options.name));
  request.set_reason(options.reason);
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*StubOf(session), &Stub::WithdrawPublication, request));
  Show(session, response.publication());
  return ExitCode::kOk;
}

struct YearOptions {
  int year = 0, target = 0;
  std::string file;
};

StatusOr<ExitCode> RunProgress(Session& session, const YearOptions& options) {
  v1::GetPublicationProgressRequest request;
  request.set_year(options.year);
  request.set_target(options.target);
  DUIJIE_ASSIGN_OR_RETURN(const auto progress,
                          session.client.Call(*StubOf(session), &Stub::GetPublicationProgress, request));
  if (session.output.json()) {
    session.output.Json(progress);
    return ExitCode::kOk;
  }
  session.output.Line(std::to_string(progress.year()) + " 年已发布成果 " +
                      std::to_string(progress.achievements()) + "/" + std::to_string(progress.target()) +
                      " 项，发布 " + std::to_string(progress.publications()) + " 次");
  Table table{
      {{"完成单位", Align::kLeft, true}, {"信用代码"}, {"成果", Align::kRight}, {"发布次数", Align::kRight}},
      {}};
  for (const v1::UnitPublicationCount& unit : progress.units()) {
    table.rows.push_back({unit.unit().empty() ? "（未公开或未填）" : unit.unit(), unit.credit_code(),
                          std::to_string(unit.achievements()), std::to_string(unit.publications())});
  }
  session.output.Print(table);
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunCatalogue(Session& session, const YearOptions& options) {
  v1::ExportCatalogueRequest request;
  request.set_year(options.year);
  request.set_target(options.target);
  const auto stub = StubOf(session);
  DUIJIE_ASSIGN_OR_RETURN(const int64_t bytes, Download<v1::ExportCatalogueResponse>(
                                                   session, options.file, [&](grpc::ClientContext* context) {
                                                     return stub->ExportCatalogue(context, request);
                                                   }));
  session.output.Note("已导出到 " + options.file + "（" + std::to_string(bytes) + " 字节）");
  return ExitCode::kOk;
}

void AddYear(Command command, YearOptions* options) {
  command.AddOption("year", options->year, "年度，如 2026").Required().TypeName("年度");
  command.AddOption("--target", options->target, "年度目标（项），缺省 100").Positive().TypeName("项数");
}

void AddAdd(Command group, Invocation& invocation) {
  auto options = std::make_shared<AddOptions>();
  const Command command = group.AddSubcommand("add", "记录一次发布");
  command.AddOption("achievement", options->achievement, "成果编号").Required().TypeName("成果");
  command.AddOption("--audience", options->audience, "对谁发布").Required().TypeName("文字");
  command
      .AddOption("--channel", options->channel,
                 "发布渠道：" + EnumChoices(*v1::PublicationChannel_descriptor()))
      .Required()
      .TypeName("渠道");
  command.AddOption("--publisher", options->publisher, "发布单位").TypeName("文字");
  command.AddOption("--on", options->on, "何时发布（北京时间），缺省现在；YYYY-MM-DD，可加 HH:MM:SS")
      .TypeName("时间");
  command.AddOption("--reference", options->reference, "出处：网址、活动、期号").TypeName("文字");
  command.AddOption("--note", options->note, "备注；渠道为“其他”时必填").TypeName("文字");
  OnChosen(command, invocation, options, &RunAdd);
}

}  // namespace

void AddPublicationCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("publication", "成果发布记录与年度目录");
  AddAdd(group, invocation);
  auto list = std::make_shared<ListOptions>();
  const Command list_command = group.AddSubcommand("list", "列出发布记录，新的在前");
  list_command.AddOption("--achievement", list->achievement, "只看这项成果的").TypeName("编号");
  list_command.AddOption("--year", list->year, "只看这一年的").TypeName("年度");
  list_command.AddOption("--channel", list->channel, "只看这个渠道的").TypeName("渠道");
  list_command.AddOption("--limit", list->limit, "最多列出多少条").Positive().ShowDefault().TypeName("条数");
  OnChosen(list_command, invocation, list, &RunList);
  auto withdraw = std::make_shared<WithdrawOptions>();
  const Command withdraw_command = group.AddSubcommand("withdraw", "撤回记错的发布记录，不再计数");
  withdraw_command.AddOption("name", withdraw->name, "发布记录编号").Required().TypeName("编号");
  withdraw_command.AddOption("--reason", withdraw->reason, "理由").Required().TypeName("文字");
  OnChosen(withdraw_command, invocation, withdraw, &RunWithdraw);
  auto progress = std::make_shared<YearOptions>();
  const Command progress_command = group.AddSubcommand("progress", "年度进度：同一成果只计一次");
  AddYear(progress_command, progress.get());
  OnChosen(progress_command, invocation, progress, &RunProgress);
  auto catalogue = std::make_shared<YearOptions>();
  const Command catalogue_command = group.AddSubcommand("catalogue", "导出年度科技成果发布目录（.xlsx）");
  AddYear(catalogue_command, catalogue.get());
  catalogue_command.AddOption("-o,--output", catalogue->file, "文件").Required().TypeName("文件");
  OnChosen(catalogue_command, invocation, catalogue, &RunCatalogue);
}

}  // namespace duijie
