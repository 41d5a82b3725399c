// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of models: train and propose, read, promote, roll back, delete. Thread-safe; one training at
// a time.
#pragma once

#include <mutex>
#include <string>

#include "common/auth/page_token.h"
#include "services/matching/learning/model_registry.h"
#include "services/matching/learning/training_rows.h"
#include "services/matching/run_store.h"

namespace duijie::matching {

class ModelTraining {
 public:
  struct Dependencies {
    ModelRegistry& registry;
    const TrainingRows& rows;
    const Matcher& matcher;
    const RunStore& runs;
    const Clock& clock;
    const PageTokens& tokens;
  };
  explicit ModelTraining(Dependencies dependencies) : d_(dependencies) {}

  // RESOURCE_EXHAUSTED (QUEUE_FULL) while another training is under way; see also TrainModel.
  StatusOr<v1::TrainModelResponse> Train(const rpc::CallContext& call, const v1::TrainModelRequest& request);
  StatusOr<v1::GetModelResponse> Get(const v1::GetModelRequest& request) const;
  StatusOr<v1::ListModelsResponse> List(const rpc::CallContext& call,
                                        const v1::ListModelsRequest& request) const;
  StatusOr<v1::PromoteModelResponse> Promote(const rpc::CallContext& call,
                                             const v1::PromoteModelRequest& request);
  StatusOr<v1::RollbackModelResponse> Rollback();
  Status Delete(const v1::DeleteModelRequest& request);

 private:
  StatusOr<bool> NamedByRun(const std::string& version) const;

  const Dependencies d_;
  std::mutex training_;  // held by the one that trains
};

}  // namespace duijie::matching
