// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/model_commands.h"

#include <algorithm>

#include "services/duijie/model_view.h"

namespace duijie {
namespace {

using Stub = v1::ModelService::Stub;

constexpr int kPageSize = 200;
constexpr std::chrono::minutes kTrainingDeadline{60};

void PrintModel(Session& session, const v1::ModelCard& model) {
  if (session.output.json()) {
    session.output.Json(model);
    return;
  }
  session.output.Raw(FormatFieldLines(DescribeModel(model), session.output.terminal().color));
  session.output.Raw("\n");
  session.output.Print(ModelFeatureTable(model));
}

std::string ModelName(const std::string& text) {
  return text.starts_with("models/") ? text : "models/" + text;
}

struct TrainOptions {
  int64_t seed = 0;
  int folds = 0;
  bool dry_run = false;
};

// Not retried: a second training would be refused while the first one runs.
StatusOr<ExitCode> RunTrain(Session& session, const TrainOptions& options) {
  v1::TrainModelRequest request;
  request.set_seed(options.seed);
  request.set_folds(options.folds);
  request.set_dry_run(options.dry_run);
  session.output.Note("正在训练并检验，可能需要几分钟……");
  const auto call = session.client.NewStream();
  call->context.set_deadline(std::chrono::system_clock::now() + kTrainingDeadline);
  v1::TrainModelResponse response;
  DUIJIE_RETURN_IF_ERROR(
      Client::Finish(*call, session.client.models().TrainModel(&call->context, request, &response)));
  PrintModel(session, response.model());
  if (options.dry_run) return ExitCode::kOk;
  const bool better = response.model().evaluation().gain().low() > 0;
  session.output.Note(better
                          ? "检验表明它比在用模型好；启用：duijie model promote " + response.model().version()
                          : "检验没有表明它的排序比在用模型好；要启用须加 --force");
  return ExitCode::kOk;
}

struct ListOptions {
  int limit = 50;
};

StatusOr<ExitCode> RunList(Session& session, const ListOptions& options) {
  Table table{ModelColumns(), {}};
  int left = options.limit;
  v1::ListModelsRequest request;
  do {
    request.set_page_size(std::min(left, kPageSize));
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            session.client.Call(session.client.models(), &Stub::ListModels, request));
    for (const v1::ModelCard& model : response.models()) {
      if (session.output.json()) {
        session.output.Json(model);
      } else {
        table.rows.push_back(ModelRow(model));
      }
    }
    left -= response.models_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  if (!session.output.json()) session.output.Print(table);
  return ExitCode::kOk;
}

struct NamedOptions {
  std::string name = "-";
  bool force = false;
};

StatusOr<ExitCode> RunShow(Session& session, const NamedOptions& options) {
  v1::GetModelRequest request;
  request.set_name(ModelName(options.name));
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(session.client.models(), &Stub::GetModel, request));
  PrintModel(session, response.model());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunPromote(Session& session, const NamedOptions& options) {
  v1::PromoteModelRequest request;
  request.set_name(ModelName(options.name));
  request.set_force(options.force);
  DUIJIE_ASSIGN_OR_RETURN(const auto response,
                          session.client.Call(session.client.models(), &Stub::PromoteModel, request));
  if (session.output.json()) session.output.Json(response.model());
  session.output.Note("已启用 " + response.model().name());
  return ExitCode::kOk;
}

struct NoOptions {};

StatusOr<ExitCode> RunRollback(Session& session, const NoOptions&) {
  DUIJIE_ASSIGN_OR_RETURN(
      const auto response,
      session.client.Call(session.client.models(), &Stub::RollbackModel, v1::RollbackModelRequest()));
  if (session.output.json()) session.output.Json(response.model());
  session.output.Note("已退回到 " + response.model().name());
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunDelete(Session& session, const NamedOptions& options) {
  v1::DeleteModelRequest request;
  request.set_name(ModelName(options.name));
  DUIJIE_RETURN_IF_ERROR(session.client.Call(session.client.models(), &Stub::DeleteModel, request).status());
  session.output.Note("已删除 " + request.name());
  return ExitCode::kOk;
}

void AddTrain(Command group, Invocation& invocation) {
  auto options = std::make_shared<TrainOptions>();
  const Command command = group.AddSubcommand("train", "用全部评判训练一个新模型并检验；不会自动启用");
  command.AddOption("--seed", options->seed, "随机种子；缺省 1").NonNegative().TypeName("整数");
  command.AddOption("--folds", options->folds, "交叉验证的折数，2 至 20；缺省 10").TypeName("折数");
  command.AddFlag("--dry-run", options->dry_run, "只检验，不保存");
  OnChosen(command, invocation, options, &RunTrain);
}

Command AddNamed(Command group, Invocation& invocation, const char* name, const char* description,
                 StatusOr<ExitCode> (*run)(Session&, const NamedOptions&),
                 std::shared_ptr<NamedOptions> options) {
  const Command command = group.AddSubcommand(name, description);
  command.AddOption("name", options->name, "模型版本，如 learned-20261122-1").Required().TypeName("版本");
  OnChosen(command, invocation, std::move(options), run);
  return command;
}

}  // namespace

void AddModelCommands(Command root, Invocation& invocation) {
  const Command group = root.AddGroup("model", "排序模型：用评判训练、启用、退回");
  AddTrain(group, invocation);
  auto list = std::make_shared<ListOptions>();
  const Command list_command = group.AddSubcommand("list", "列出模型，新的在前");
  list_command.AddOption("--limit", list->limit, "最多列出多少个").Positive().ShowDefault().TypeName("个数");
  OnChosen(list_command, invocation, list, &RunList);
  auto shown = std::make_shared<NamedOptions>();
  AddNamed(group, invocation, "show", "查看模型的说明和检验结果", &RunShow, shown)
      .OptionNamed("name")
      .Required(false)
      .Description("模型版本；缺省为在用的");
  auto promoted = std::make_shared<NamedOptions>();
  AddNamed(group, invocation, "promote", "启用模型；须检验表明它比在用的好", &RunPromote, promoted)
      .AddFlag("--force", promoted->force, "没有表明更好也启用；会记入审计日志");
  OnChosen(group.AddSubcommand("rollback", "退回到之前在用的模型"), invocation, std::make_shared<NoOptions>(),
           &RunRollback);
  AddNamed(group, invocation, "delete", "删除没有在用、也没有匹配任务用过的模型", &RunDelete,
           std::make_shared<NamedOptions>());
}

}  // namespace duijie
