// SPDX-License-Identifier: GPL-3.0-or-later
// Trained models, and which were put in service, in a KvStore that is shared with judgements; see
// docs/formats/learning.md. Each change is one atomic batch. Thread-safe; changes of one store are the
// caller's to put in order.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/storage/kv_store.h"
#include "duijie/internal/v1/ranking_model.pb.h"

namespace duijie::matching {

class ModelStore {
 public:
  // `store` must outlive this. FAILED_PRECONDITION (FORMAT_TOO_NEW) if a newer version wrote it.
  static StatusOr<std::unique_ptr<ModelStore>> Open(KvStore* store);

  // By version. DATA_LOSS (STORE_CORRUPT) if one does not decode.
  StatusOr<std::vector<internal::v1::StoredModel>> Models() const;
  StatusOr<internal::v1::StoredService> Service() const;  // empty if nothing was ever promoted

  // Adds or replaces the model of its version.
  Status Put(const internal::v1::StoredModel& model);
  // Both at once.
  Status Promote(const internal::v1::StoredModel& model, const internal::v1::StoredService& service);
  Status SetService(const internal::v1::StoredService& service);
  // Removes the model and what is left of the service at once.
  Status Delete(const std::string& version, const internal::v1::StoredService& service);

 private:
  explicit ModelStore(KvStore* store) : store_(store) {}
  KvStore* const store_;
};

}  // namespace duijie::matching
