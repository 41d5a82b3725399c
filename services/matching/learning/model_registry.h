// SPDX-License-Identifier: GPL-3.0-or-later
// Which models there are and which one is in service: those that came with the software, and those that were
// trained here, proposed, promoted by a person, and rolled back. Keeps the ModelSet that matches read in step
// with the store. Thread-safe.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "duijie/v1/model_service.pb.h"
#include "services/matching/learning/model_store.h"
#include "services/matching/model.h"

namespace duijie::matching {

inline constexpr size_t kMaxTrainedModels = 200;

class ModelRegistry {
 public:
  // All must outlive this. Serves what the store says from then on. A stored model that this version of the
  // software cannot use (its features have changed) stays in the store and is not served.
  static StatusOr<std::unique_ptr<ModelRegistry>> Open(ModelStore& store, ModelSet& models,
                                                       const Clock& clock);

  // Stores a trained model under a new version, "learned-<day>-<number>". RESOURCE_EXHAUSTED (TOO_LARGE) when
  // kMaxTrainedModels are stored.
  StatusOr<v1::ModelCard> Propose(internal::v1::RankingModel model, const std::string& compared_with,
                                  const std::string& creator);

  // "": the one in service. NOT_FOUND (MODEL_MISSING).
  StatusOr<v1::ModelCard> Get(const std::string& version) const;
  // Trained ones, latest first, then the shipped ones by version.
  std::vector<v1::ModelCard> List() const;

  // FAILED_PRECONDITION (MODEL_NOT_BETTER) unless `force` or the interval of its gain over the model that is
  // in service now lies above 0; FAILED_PRECONDITION (MODEL_STATE) if it is in service or cannot be used.
  StatusOr<v1::ModelCard> Promote(const std::string& version, bool force, const std::string& promoter);
  // FAILED_PRECONDITION (MODEL_STATE) if the shipped model is in service and none was before it.
  StatusOr<v1::ModelCard> Rollback();
  // FAILED_PRECONDITION (MODEL_STATE) for a shipped model, the one in service, and one that `is_named` (by a
  // stored run). From the moment that `is_named` is asked no new match can name the model.
  using IsNamed = std::function<StatusOr<bool>(const std::string& version)>;
  Status Delete(const std::string& version, const IsNamed& is_named);

 private:
  struct Entry {
    internal::v1::StoredModel stored;
    std::shared_ptr<const RankingModel> model;  // nullptr: this version of the software cannot use it
  };

  ModelRegistry(ModelStore& store, ModelSet& models, const Clock& clock)
      : store_(store), models_(models), clock_(clock) {}
  void Serve(const std::string& without = "") const;
  std::string NewVersion() const;
  bool WasInService(const std::string& version) const;
  v1::ModelCard CardOf(const internal::v1::StoredModel& stored, bool shipped) const;
  StatusOr<v1::ModelCard> Find(const std::string& version) const;
  Status CheckBetter(const Entry& entry) const;

  ModelStore& store_;
  ModelSet& models_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry> trained_;  // by version; protected by mutex_
  internal::v1::StoredService service_;   // protected by mutex_
};

}  // namespace duijie::matching
