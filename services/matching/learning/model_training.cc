// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/model_training.h"

#include <algorithm>

#include "services/matching/learning/model_cards.h"
#include "services/matching/learning/trainer.h"
#include "services/matching/parameters.h"

namespace duijie::matching {
namespace {

constexpr std::string_view kPrefix = "models/";
constexpr const char* kInService = "models/-";
constexpr int kDefaultPage = 50;
constexpr int kMaxPage = 200;
constexpr int64_t kDefaultSeed = 1;
constexpr int64_t kRetryMs = 30'000;
constexpr size_t kRunsPerRead = 500;

StatusOr<std::string> VersionOf(const std::string& name) {
  if (!name.starts_with(kPrefix) || name.size() == kPrefix.size())
    return InvalidField("name", "BAD_NAME", "名称须为 models/版本");
  return name.substr(kPrefix.size());
}

StatusOr<TrainingOptions> OptionsOf(const rpc::CallContext& call, const v1::TrainModelRequest& request) {
  std::vector<FieldViolation> wrong;
  if (request.seed() < 0) wrong.push_back({"seed", "OUT_OF_RANGE", "种子不能为负"});
  if (request.folds() != 0 && (request.folds() < kMinFolds || request.folds() > kMaxFolds))
    wrong.push_back({"folds", "OUT_OF_RANGE", "折数须为2至20"});
  if (!wrong.empty()) return InvalidFields(wrong);
  return TrainingOptions{request.seed() == 0 ? kDefaultSeed : request.seed(),
                         request.folds() == 0 ? kDefaultFolds : request.folds(),
                         [&call] { return call.CheckAlive(); }};
}

}  // namespace

StatusOr<v1::TrainModelResponse> ModelTraining::Train(const rpc::CallContext& call,
                                                      const v1::TrainModelRequest& request) {
  DUIJIE_ASSIGN_OR_RETURN(const TrainingOptions options, OptionsOf(call, request));
  const std::unique_lock<std::mutex> turn(training_, std::try_to_lock);
  if (!turn.owns_lock()) {
    return WithRetryAfter(Error(StatusCode::kResourceExhausted, "QUEUE_FULL", "已有训练在进行，请稍后再试"),
                          kRetryMs);
  }
  const std::shared_ptr<const RankingModel> in_service = d_.matcher.models().Find("");
  v1::MatchParameters asked;
  asked.set_model_version(in_service->version());
  DUIJIE_ASSIGN_OR_RETURN(const v1::MatchParameters parameters,
                          CompleteParameters(asked, d_.matcher.models(), d_.clock.Now()));
  DUIJIE_ASSIGN_OR_RETURN(const TrainingData data, d_.rows.Collect(call, parameters));
  DUIJIE_ASSIGN_OR_RETURN(internal::v1::RankingModel model, TrainModel(data, *in_service, options));
  v1::TrainModelResponse response;
  if (request.dry_run()) {
    *response.mutable_model() = MakeCard(model);
    response.mutable_model()->clear_name();
    return response;
  }
  DUIJIE_ASSIGN_OR_RETURN(
      *response.mutable_model(),
      d_.registry.Propose(std::move(model), in_service->version(), call.principal().key_id()));
  return response;
}

StatusOr<v1::GetModelResponse> ModelTraining::Get(const v1::GetModelRequest& request) const {
  v1::GetModelResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const std::string version, VersionOf(request.name()));
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_model(),
                          d_.registry.Get(request.name() == kInService ? "" : version));
  return response;
}

StatusOr<v1::ListModelsResponse> ModelTraining::List(const rpc::CallContext& call,
                                                     const v1::ListModelsRequest& request) const {
  if (request.page_size() < 0) return InvalidField("page_size", "OUT_OF_RANGE", "每页条数不能为负");
  const auto size =
      static_cast<size_t>(request.page_size() == 0 ? kDefaultPage : std::min(request.page_size(), kMaxPage));
  const std::string scope = "ListModels\n" + call.principal().key_id();
  std::string after;
  if (!request.page_token().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(after, d_.tokens.Open(scope, request.page_token()));
  }
  const std::vector<v1::ModelCard> cards = d_.registry.List();
  // Behind the last one of the page before; from the start if that one was deleted since.
  auto begin = std::find_if(cards.begin(), cards.end(),
                            [&](const v1::ModelCard& card) { return card.version() == after; });
  begin = begin == cards.end() ? cards.begin() : begin + 1;
  v1::ListModelsResponse response;
  for (; begin != cards.end() && static_cast<size_t>(response.models_size()) < size; ++begin)
    *response.add_models() = *begin;
  if (begin != cards.end())
    response.set_next_page_token(d_.tokens.Make(scope, response.models().rbegin()->version()));
  return response;
}

StatusOr<v1::PromoteModelResponse> ModelTraining::Promote(const rpc::CallContext& call,
                                                          const v1::PromoteModelRequest& request) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string version, VersionOf(request.name()));
  v1::PromoteModelResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_model(),
                          d_.registry.Promote(version, request.force(), call.principal().key_id()));
  return response;
}

StatusOr<v1::RollbackModelResponse> ModelTraining::Rollback() {
  v1::RollbackModelResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_model(), d_.registry.Rollback());
  return response;
}

StatusOr<bool> ModelTraining::NamedByRun(const std::string& version) const {
  std::string after;
  do {
    DUIJIE_ASSIGN_OR_RETURN(const RunStore::RunPage page,
                            d_.runs.List(after, kRunsPerRead, [&](const internal::v1::StoredRun& run) {
                              return run.run().parameters().model_version() == version;
                            }));
    if (!page.runs.empty()) return true;
    after = page.next;
  } while (!after.empty());
  return false;
}

Status ModelTraining::Delete(const v1::DeleteModelRequest& request) {
  DUIJIE_ASSIGN_OR_RETURN(const std::string version, VersionOf(request.name()));
  return d_.registry.Delete(version, [this](const std::string& named) { return NamedByRun(named); });
}

}  // namespace duijie::matching
