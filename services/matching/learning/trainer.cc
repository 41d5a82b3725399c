// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/trainer.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "services/matching/learning/trainer_levels.h"
#include "services/matching/learning/trainer_weights.h"
#include "services/matching/learning/training_measures.h"

namespace duijie::matching {
namespace {

constexpr const char* kUnnamed = "unnamed";  // version of models that are only measured

Needs AllNeeds(const TrainingData& data) {
  Needs needs;
  for (const TrainingNeed& need : data.needs) needs.push_back(&need);
  return needs;
}

Needs Counted(const Needs& needs) {
  Needs counted;
  std::copy_if(needs.begin(), needs.end(), std::back_inserter(counted),
               [](const TrainingNeed* need) { return IsMeasured(*need); });
  return counted;
}

StatusOr<std::shared_ptr<const RankingModel>> Loaded(internal::v1::RankingModel proto) {
  proto.set_version(kUnnamed);
  return RankingModel::Make(proto, kUnnamed);
}

// Weights and levels learned from some needs.
StatusOr<internal::v1::RankingModel> Learn(const Needs& needs, const RankingModel& in_service,
                                           const TrainingOptions& options) {
  DUIJIE_ASSIGN_OR_RETURN(const TextWeights weights,
                          ChooseWeights(needs, in_service, options.seed, options.check));
  internal::v1::RankingModel model = WithWeights(in_service, weights);
  DUIJIE_ASSIGN_OR_RETURN(const auto order, Loaded(model));
  DUIJIE_ASSIGN_OR_RETURN(*model.mutable_levels(), TrainLevels(needs, *order, options.seed, options.check));
  return model;
}

// What was measured on held-out needs, fold after fold.
struct HeldOut {
  std::vector<double> ndcg10;
  std::vector<double> ndcg10_in_service;
  std::vector<LevelErrors> level_errors;
};

Status Measure(const Fold& fold, const RankingModel& in_service, const TrainingOptions& options,
               HeldOut* out) {
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::RankingModel learned, Learn(fold.learned, in_service, options));
  DUIJIE_ASSIGN_OR_RETURN(const auto model, Loaded(learned));
  const Needs counted = Counted(fold.held_out);
  for (const double quality : OrderQuality(counted, *model)) out->ndcg10.push_back(quality);
  for (const double quality : OrderQuality(counted, in_service)) out->ndcg10_in_service.push_back(quality);
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<LevelErrors> errors,
                          LevelErrorsOf(fold.held_out, *model, *model->levels()));
  out->level_errors.insert(out->level_errors.end(), errors.begin(), errors.end());
  return OkStatus();
}

v1::ModelEvaluation Evaluation(const HeldOut& measured, const Needs& counted,
                               const TrainingOptions& options) {
  std::vector<double> gains;
  for (size_t i = 0; i < measured.ndcg10.size(); ++i)
    gains.push_back(measured.ndcg10[i] - measured.ndcg10_in_service[i]);
  v1::ModelEvaluation evaluation;
  evaluation.set_needs(static_cast<int32_t>(counted.size()));
  for (const TrainingNeed* need : counted)
    evaluation.set_pairs(evaluation.pairs() + static_cast<int64_t>(need->pairs.size()));
  *evaluation.mutable_ndcg10() = MeanOverNeeds(measured.ndcg10, options.seed);
  *evaluation.mutable_ndcg10_in_service() = MeanOverNeeds(measured.ndcg10_in_service, options.seed);
  *evaluation.mutable_gain() = MeanOverNeeds(gains, options.seed);
  *evaluation.mutable_level_score() = LevelScore(measured.level_errors, options.seed);
  evaluation.set_p_value(RandomisationP(gains, options.seed));
  evaluation.set_method(std::to_string(options.folds) + " 折交叉验证，按需求划分，同名需求同折");
  return evaluation;
}

void FillCard(const TrainingData& data, const RankingModel& in_service, const TrainingOptions& options,
              internal::v1::RankingModel* model) {
  v1::ModelCard* const card = model->mutable_card();
  bool same = true;
  for (const internal::v1::RankingFeature& feature : model->features()) {
    for (const internal::v1::RankingFeature& before : in_service.proto().features())
      same = same && (feature.name() != before.name() || feature.weight() == before.weight());
  }
  card->set_kind(same ? "线性排序（权重沿用在用模型），提升树定级"
                      : "线性排序（权重由评判修正），提升树定级");
  card->set_data(std::to_string(data.needs.size()) + " 条需求的 " + std::to_string(data.pairs()) +
                 " 对评判；对照的在用模型为 " + in_service.version());
  card->set_judgements(data.judgements);
  card->set_needs(static_cast<int64_t>(data.needs.size()));
  card->set_seed(options.seed);
}

}  // namespace

StatusOr<internal::v1::RankingModel> TrainModel(const TrainingData& data, const RankingModel& in_service,
                                                const TrainingOptions& options) {
  const Needs needs = AllNeeds(data);
  const Needs counted = Counted(needs);
  if (counted.size() < static_cast<size_t>(options.folds)) {
    return Error(StatusCode::kFailedPrecondition, "TOO_FEW_JUDGEMENTS",
                 "可用于检验的需求只有 " + std::to_string(counted.size()) +
                     " 条（须有 10 对以上评判，其中有 3 级以上的），少于 " + std::to_string(options.folds) +
                     " 折");
  }
  DUIJIE_ASSIGN_OR_RETURN(internal::v1::RankingModel model, Learn(needs, in_service, options));
  HeldOut measured;
  for (const Fold& fold : FoldsOf(needs, options.folds, options.seed)) {
    if (options.check) DUIJIE_RETURN_IF_ERROR(options.check());
    if (!fold.held_out.empty()) DUIJIE_RETURN_IF_ERROR(Measure(fold, in_service, options, &measured));
  }
  FillCard(data, in_service, options, &model);
  *model.mutable_card()->mutable_evaluation() = Evaluation(measured, counted, options);
  return model;
}

}  // namespace duijie::matching
