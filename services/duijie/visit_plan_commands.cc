// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/visit_commands.h"
#include "services/duijie/visit_view.h"

namespace duijie {
namespace {

using Stub = v1::VisitService::Stub;

constexpr int kPageSize = 200;
constexpr char kPlans[] = "visitPlans";

struct DemandOptions {
  std::string name, title, from, to, travel;
  int year = 0, target = 0, monthly = 0;
  std::vector<std::string> parks, industries, regions, experts, coverage, days_off, extra_days;
};

// "131121=3" or "hs-gxq=3": region codes are digits.
StatusOr<v1::VisitCoverage> ParseCoverage(const std::string& text) {
  const size_t at = text.find('=');
  int least = 0;
  if (at == std::string::npos || !ParseNumber(text.substr(at + 1), &least)) {
    return UsageError("--cover 应为“地区或园区代码=家数”，如 131121=3");
  }
  v1::VisitCoverage coverage;
  const std::string place = text.substr(0, at);
  const bool region = std::all_of(place.begin(), place.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (region) {
    coverage.set_region_code(place);
  } else {
    coverage.set_park_code(place);
  }
  coverage.set_min_enterprises(least);
  return coverage;
}

StatusOr<v1::VisitDemands> ToDemands(const DemandOptions& options) {
  v1::VisitDemands demands;
  demands.set_target(options.target);
  demands.set_starts_on(options.from);
  demands.set_ends_on(options.to);
  demands.set_default_visits_per_month(options.monthly);
  for (const std::string& park : options.parks) demands.add_park_codes(park);
  for (const std::string& industry : options.industries) demands.add_industry_codes(industry);
  for (const std::string& region : options.regions) demands.add_region_codes(region);
  for (const std::string& expert : options.experts) demands.add_experts(NameInCollection("experts", expert));
  for (const std::string& day : options.days_off) demands.add_days_off(day);
  for (const std::string& day : options.extra_days) demands.add_extra_days(day);
  for (const std::string& text : options.coverage) {
    DUIJIE_ASSIGN_OR_RETURN(*demands.add_coverage(), ParseCoverage(text));
  }
  if (!options.travel.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto travel, ParseEnum<v1::VisitTravel>(options.travel));
    demands.set_travel(travel);
  }
  return demands;
}

StatusOr<ExitCode> RunCreate(Session& session, const DemandOptions& options) {
  v1::CreateVisitPlanRequest request;
  request.mutable_visit_plan()->set_title(options.title);
  request.mutable_visit_plan()->set_year(options.year);
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_visit_plan()->mutable_demands(), ToDemands(options));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::CreateVisitPlan, request));
  ShowVisitPlan(session, response.visit_plan());
  return ExitCode::kOk;
}

// Replaces all demands by those given.
StatusOr<ExitCode> RunEdit(Session& session, const DemandOptions& options) {
  v1::UpdateVisitPlanRequest request;
  request.mutable_visit_plan()->set_name(NameInCollection(kPlans, options.name));
  DUIJIE_ASSIGN_OR_RETURN(*request.mutable_visit_plan()->mutable_demands(), ToDemands(options));
  request.mutable_update_mask()->add_paths("demands");
  if (!options.title.empty()) {
    request.mutable_visit_plan()->set_title(options.title);
    request.mutable_update_mask()->add_paths("title");
  }
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::UpdateVisitPlan, request));
  ShowVisitPlan(session, response.visit_plan());
  return ExitCode::kOk;
}

struct PlanOptions {
  std::string name, reason, file;
  int year = 0, limit = 50;
};

StatusOr<ExitCode> RunShow(Session& session, const PlanOptions& options) {
  v1::GetVisitPlanRequest request;
  request.set_name(NameInCollection(kPlans, options.name));
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::GetVisitPlan, request));
  ShowVisitPlan(session, response.visit_plan());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunList(Session& session, const PlanOptions& options) {
  v1::ListVisitPlansRequest request;
  request.set_year(options.year);
  std::vector<v1::VisitPlan> plans;
  int left = options.limit;
  const auto stub = VisitStub(session);
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ListVisitPlans, request));
    for (const v1::VisitPlan& plan : response.visit_plans()) {
      if (session.output.json()) session.output.Json(plan);
      plans.push_back(plan);
    }
    left -= response.visit_plans_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(VisitPlanTable(plans));
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunPropose(Session& session, const PlanOptions& options) {
  v1::ProposeVisitPlanRequest request;
  request.set_name(NameInCollection(kPlans, options.name));
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::ProposeVisitPlan, request));
  ShowVisitPlan(session, response.visit_plan());
  return ExitCode::kOk;
}

StatusOr<ExitCode> MovePlan(Session& session, const PlanOptions& options, v1::VisitPlanState to) {
  v1::TransitionVisitPlanRequest request;
  request.set_name(NameInCollection(kPlans, options.name));
  request.set_to(to);
  request.set_reason(options.reason);
  request.set_request_id(NewUuid());
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*VisitStub(session), &Stub::TransitionVisitPlan, request));
  ShowVisitPlan(session, response.visit_plan());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunAgree(Session& session, const PlanOptions& options) {
  return MovePlan(session, options, v1::VISIT_PLAN_STATE_AGREED);
}
StatusOr<ExitCode> RunClose(Session& session, const PlanOptions& options) {
  return MovePlan(session, options, v1::VISIT_PLAN_STATE_CLOSED);
}

StatusOr<ExitCode> RunExport(Session& session, const PlanOptions& options) {
  v1::ExportVisitDocumentRequest request;
  request.set_kind(v1::VISIT_DOCUMENT_KIND_PLAN);
  request.set_name(NameInCollection(kPlans, options.name));
  return SaveVisitDocument(session, request, options.file);
}

void AddDemandOptions(Command command, DemandOptions* options) {
  const auto list = [&](const char* flag, std::vector<std::string>* values, const char* help,
                        const char* type) {
    command.AddOption(flag, *values, help).Delimiter(',').TypeName(type);
  };
  command.AddOption("--target", options->target, "走访多少家企业（按统一社会信用代码），缺省 100")
      .TypeName("家数");
  list("--park", &options->parks, "只在这些园区；可多个", "园区");
  list("--industry", &options->industries, "只在这些行业；可多个", "行业");
  list("--region", &options->regions, "只在这些地区；可多个", "地区");
  list("--expert", &options->experts, "派这些专家；缺省为全部已发布的专家", "编号");
  command.AddOption("--from", options->from, "起始日期，缺省为 1 月 1 日").TypeName("日期");
  command.AddOption("--to", options->to, "截止日期，缺省为 12 月 31 日").TypeName("日期");
  list("--day-off", &options->days_off, "周末以外的休息日；可多个", "日期");
  list("--extra-day", &options->extra_days, "要上班的周末；可多个", "日期");
  command.AddOption("--monthly", options->monthly, "未说明次数的专家每月走访几次，缺省 4").TypeName("次数");
  command.AddOption("--travel", options->travel, "出行范围：" + EnumChoices(*v1::VisitTravel_descriptor()))
      .TypeName("范围");
  list("--cover", &options->coverage, "一地或一园区至少几家，如 131121=3；可多个", "代码=家数");
}

Command AddNamed(Command group, Invocation& invocation, const char* name, const char* help,
                 StatusOr<ExitCode> (*run)(Session&, const PlanOptions&),
                 std::shared_ptr<PlanOptions> options) {
  const Command command = group.AddSubcommand(name, help);
  command.AddOption("name", options->name, "计划编号，如 visitPlans/ab12").Required().TypeName("编号");
  OnChosen(command, invocation, std::move(options), run);
  return command;
}

}  // namespace

void AddVisitPlanCommands(Command visit, Invocation& invocation) {
  const Command group = visit.AddGroup("plan", "走访计划");
  auto created = std::make_shared<DemandOptions>();
  const Command create = group.AddSubcommand("create", "新建计划（草稿）");
  create.AddOption("title", created->title, "标题").Required().TypeName("文字");
  create.AddOption("--year", created->year, "年度").Required().TypeName("年");
  AddDemandOptions(create, created.get());
  OnChosen(create, invocation, created, &RunCreate);

  auto edited = std::make_shared<DemandOptions>();
  const Command edit = group.AddSubcommand("edit", "改写计划的各项要求（未给出的恢复缺省）");
  edit.AddOption("name", edited->name, "计划编号").Required().TypeName("编号");
  edit.AddOption("--title", edited->title, "标题").TypeName("文字");
  AddDemandOptions(edit, edited.get());
  OnChosen(edit, invocation, edited, &RunEdit);

  auto listed = std::make_shared<PlanOptions>();
  const Command list = group.AddSubcommand("list", "列出计划，新的在前");
  list.AddOption("--year", listed->year, "只看这一年的").TypeName("年");
  list.AddOption("--limit", listed->limit, "最多列出多少个").Positive().ShowDefault();
  OnChosen(list, invocation, listed, &RunList);

  AddNamed(group, invocation, "show", "查看计划与方案", &RunShow, std::make_shared<PlanOptions>());
  AddNamed(group, invocation, "propose", "选企业、派专家、排日期；已约定和已走访的保留", &RunPropose,
           std::make_shared<PlanOptions>());
  auto agreed = std::make_shared<PlanOptions>();
  AddNamed(group, invocation, "agree", "商定方案，生成各次走访", &RunAgree, agreed)
      .AddOption("--reason", agreed->reason, "有要求未满足时须说明理由")
      .TypeName("文字");
  auto closed = std::make_shared<PlanOptions>();
  AddNamed(group, invocation, "close", "结束计划", &RunClose, closed)
      .AddOption("--reason", closed->reason, "理由")
      .TypeName("文字");
  auto exported = std::make_shared<PlanOptions>();
  AddNamed(group, invocation, "export", "导出走访计划（.xlsx 或 .html）", &RunExport, exported)
      .AddOption("-o,--output", exported->file, "文件")
      .Required()
      .TypeName("文件");
}

}  // namespace duijie
