// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/joint_commands.h"

#include <algorithm>

#include "duijie/v1/joint_need_service.grpc.pb.h"
#include "services/duijie/key_value.h"
#include "services/duijie/labels.h"
#include "services/duijie/record_view.h"

namespace duijie {
namespace {

using Stub = v1::JointNeedService::Stub;

constexpr char kRole[] = "mining";
constexpr int kPageSize = 200;

void Show(Session& session, const v1::JointNeed& joint) {
  if (session.output.json()) {
    session.output.Json(joint);
    return;
  }
  const std::vector<FieldLine> lines = {
      {"编号", joint.name()},
      {"名称", joint.title()},
      {"问题", joint.description()},
      {"状态", EnumLabel(joint.state())},
      {"企业数", joint.enterprise_count() == 0 ? "不显示" : std::to_string(joint.enterprise_count())},
      {"同意公开", std::to_string(joint.consented_count())},
      {"更新时间", TimeText(joint.update_time())}};
  session.output.Raw(FormatFieldLines(lines, session.output.terminal().color));
  session.output.Raw("\n");
  Table table{{{"需求"}, {"企业", Align::kLeft, true}, {"信用代码"}, {"答复"}, {"答复时间"}}, {}};
  for (const v1::JointNeedMember& member : joint.members()) {
    table.rows.push_back({member.need(), member.enterprise_name(), member.credit_code(),
                          EnumLabel(member.consent()),
                          member.has_answer_time() ? TimeText(member.answer_time()) : ""});
  }
  session.output.Print(table);
}

struct FindOptions {
  double similarity = 0;
  int limit = 0;
  std::vector<std::string> parks, industries;
};

StatusOr<ExitCode> RunFind(Session& session, const FindOptions& options) {
  v1::FindCommonProblemsRequest request;
  request.set_min_similarity(options.similarity);
  request.set_limit(options.limit);
  for (const std::string& park : options.parks) request.mutable_filter()->add_park_codes(park);
  for (const std::string& code : options.industries) request.mutable_filter()->add_industry_codes(code);
  const auto stub = session.client.NewStub<v1::JointNeedService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &Stub::FindCommonProblems, request));
  Table table{{{"组", Align::kRight},
               {"企业数", Align::kRight},
               {"需求"},
               {"名称", Align::kLeft, true},
               {"相似度", Align::kRight}},
              {}};
  for (const v1::CommonProblem& problem : response.problems()) {
    if (session.output.json()) session.output.Json(problem);
    for (int i = 0; i < problem.needs_size(); ++i) {
      const std::string group = i > 0 ? "" : std::to_string(&problem - &response.problems(0) + 1);
      table.rows.push_back({group, i > 0 ? "" : std::to_string(problem.enterprise_count()), problem.needs(i),
                            problem.titles(i), NumberText(problem.similarities(i))});
    }
  }
  if (session.output.json()) return ExitCode::kOk;
  session.output.Print(table);
  session.output.Note("比较了 " + std::to_string(response.compared()) + " 条需求，得 " +
                      std::to_string(response.problems_size()) + " 组（每组至少三家企业）");
  return ExitCode::kOk;
}

struct CreateOptions {
  std::string title, description;
  std::vector<std::string> needs;
};

StatusOr<ExitCode> RunCreate(Session& session, const CreateOptions& options) {
  v1::CreateJointNeedRequest request;
  request.mutable_joint_need()->set_title(options.title);
  request.mutable_joint_need()->set_description(options.description);
  for (const std::string& need : options.needs) {
    request.mutable_joint_need()->add_members()->set_need(NameInCollection("needs", need));
  }
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::JointNeedService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::CreateJointNeed, request));
  Show(session, response.joint_need());
  return ExitCode::kOk;
}

struct ListOptions {
  std::string state;
  int limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  v1::ListJointNeedsRequest request;
  if (!options.state.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const auto state, ParseEnum<v1::JointNeedState>(options.state));
    request.set_state(state);
  }
  const auto stub = session.client.NewStub<v1::JointNeedService>(kRole);
  Table table{{{"编号"}, {"名称", Align::kLeft, true}, {"状态"}, {"企业数", Align::kRight}, {"更新时间"}},
              {}};
  int left = options.limit;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::ListJointNeeds, request));
    for (const v1::JointNeed& joint : response.joint_needs()) {
      if (session.output.json()) session.output.Json(joint);
      table.rows.push_back({joint.name(), joint.title(), EnumLabel(joint.state()),
                            std::to_string(joint.enterprise_count()), TimeText(joint.update_time())});
    }
    left -= response.joint_needs_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

struct NameOptions {
  std::string name, need;
  bool refuse = false;
};

StatusOr<ExitCode> RunShow(Session& session, const NameOptions& options) {
  v1::GetJointNeedRequest request;
  request.set_name(NameInCollection("jointNeeds", options.name));
  const auto stub = session.client.NewStub<v1::JointNeedService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::GetJointNeed, request));
  Show(session, response.joint_need());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunAnswer(Session& session, const NameOptions& options) {
  v1::AnswerJointNeedRequest request;
  request.set_name(NameInCollection("jointNeeds", options.name));
  request.set_need(NameInCollection("needs", options.need));
  request.set_consent(options.refuse ? v1::JOINT_CONSENT_REFUSED : v1::JOINT_CONSENT_GIVEN);
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::JointNeedService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, session.client.Call(*stub, &Stub::AnswerJointNeed, request));
  Show(session, response.joint_need());
  return ExitCode::kOk;
}

StatusOr<ExitCode> Transition(Session& session, const NameOptions& options, v1::JointNeedState to) {
  v1::TransitionJointNeedRequest request;
  request.set_name(NameInCollection("jointNeeds", options.name));
  request.set_to(to);
  request.set_request_id(NewUuid());
  const auto stub = session.client.NewStub<v1::JointNeedService>(kRole);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(*stub, &Stub::TransitionJointNeed, request));
  Show(session, response.joint_need());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunOpen(Session& session, const NameOptions& options) {
  return Transition(session, options, v1::JOINT_NEED_STATE_OPEN);
}

StatusOr<ExitCode> RunClose(Session& session, const NameOptions& options) {
  return Transition(session, options, v1::JOINT_NEED_STATE_CLOSED);
}

Command AddNamed(Command group, Invocation& invocation, const std::string& name, const std::string& help,
                 StatusOr<ExitCode> (*run)(Session&, const NameOptions&)) {
  auto options = std::make_shared<NameOptions>();
  const Command command = group.AddSubcommand(name, help);
  command.AddOption("joint", options->name, "共性需求编号，如 jointNeeds/ab12")
      .Required()
      .TypeName("共性需求");
  if (name == "answer") {
    command.AddOption("need", options->need, "成员需求编号").Required().TypeName("需求");
    command.AddFlag("--refuse", options->refuse, "不参加；缺省为同意公开");
  }
  OnChosen(command, invocation, options, run);
  return command;
}

void AddFind(Command group, Invocation& invocation) {
  auto options = std::make_shared<FindOptions>();
  const Command command = group.AddSubcommand("find", "找出至少三家企业共有的问题");
  command.AddOption("--similarity", options->similarity, "相似度下限，0.05 至 1，缺省 0.25")
      .TypeName("相似度");
  command.AddOption("--limit", options->limit, "最多几组，1 至 100，缺省 20").TypeName("个数");
  command.AddOption("--park", options->parks, "只看这些园区；可多个").TypeName("园区");
  command.AddOption("--industry", options->industries, "只看这些行业代码；可多个").TypeName("行业");
  OnChosen(command, invocation, options, &RunFind);
}

void AddCreate(Command group, Invocation& invocation) {
  auto options = std::make_shared<CreateOptions>();
  const Command command = group.AddSubcommand("create", "把几家企业的需求合为共性技术需求");
  command.AddOption("needs", options->needs, "需求编号，至少三家企业").Required().TypeName("需求");
  command.AddOption("--title", options->title, "名称；不要写出企业").Required().TypeName("文字");
  command.AddOption("--description", options->description, "问题；不要写出企业").Required().TypeName("文字");
  OnChosen(command, invocation, options, &RunCreate);
}

}  // namespace

void AddJointCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("joint", "共性技术需求：三家以上企业共有的问题");
  AddFind(group, invocation);
  AddCreate(group, invocation);
  auto list = std::make_shared<ListOptions>();
  const Command listing = group.AddSubcommand("list", "列出共性技术需求，最近的在前");
  listing.AddOption("--state", list->state, "状态：" + EnumChoices(*v1::JointNeedState_descriptor()))
      .TypeName("状态");
  listing.AddOption("--limit", list->limit, "最多列出几个，缺省 50").Positive().TypeName("个数");
  OnChosen(listing, invocation, list, &RunList);
  AddNamed(group, invocation, "show", "查看", &RunShow);
  AddNamed(group, invocation, "answer", "成员企业答复是否同意公开", &RunAnswer);
  AddNamed(group, invocation, "open", "公开", &RunOpen);
  AddNamed(group, invocation, "close", "结束", &RunClose);
}

}  // namespace duijie
