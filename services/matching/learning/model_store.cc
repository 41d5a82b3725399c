// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/model_store.h"

#include <optional>

#include "services/matching/learning/model_keys.h"

namespace duijie::matching {
namespace {

namespace keys = model_keys;
using internal::v1::StoredModel;
using internal::v1::StoredService;

constexpr std::string_view kFormatVersion = "1";

Status Corrupt() {
  return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "a stored ranking model does not decode");
}

void PutModel(const StoredModel& model, WriteBatch* batch) {
  batch->Put(keys::Model(model.model().version()), model.SerializeAsString());
}

void PutService(const StoredService& service, WriteBatch* batch) {
  batch->Put(keys::Service(), service.SerializeAsString());
}

}  // namespace

StatusOr<std::unique_ptr<ModelStore>> ModelStore::Open(KvStore* store) {
  DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> format, store->Get(keys::Format()));
  if (format && *format != kFormatVersion) {
    return Error(StatusCode::kFailedPrecondition, "FORMAT_TOO_NEW",
                 "trained models were written by a newer version", {{"format", *format}});
  }
  if (!format) {
    WriteBatch batch;
    batch.Put(keys::Format(), std::string(kFormatVersion));
    DUIJIE_RETURN_IF_ERROR(store->Write(batch));
  }
  return std::unique_ptr<ModelStore>(new ModelStore(store));
}

StatusOr<std::vector<StoredModel>> ModelStore::Models() const {
  std::vector<StoredModel> models;
  const auto it = store_->Scan(keys::ModelsBegin(), keys::ModelsEnd());
  for (; it->Valid(); it->Next()) {
    if (!models.emplace_back().ParseFromArray(it->value().data(), static_cast<int>(it->value().size())))
      return Corrupt();
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  return models;
}

StatusOr<StoredService> ModelStore::Service() const {
  DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, store_->Get(keys::Service()));
  StoredService service;
  if (bytes && !service.ParseFromString(*bytes)) return Corrupt();
  return service;
}

Status ModelStore::Put(const StoredModel& model) {
  WriteBatch batch;
  PutModel(model, &batch);
  return store_->Write(batch);
}

Status ModelStore::Promote(const StoredModel& model, const StoredService& service) {
  WriteBatch batch;
  PutModel(model, &batch);
  PutService(service, &batch);
  return store_->Write(batch);
}

Status ModelStore::SetService(const StoredService& service) {
  WriteBatch batch;
  PutService(service, &batch);
  return store_->Write(batch);
}

Status ModelStore::Delete(const std::string& version, const StoredService& service) {
  WriteBatch batch;
  batch.Delete(keys::Model(version));
  PutService(service, &batch);
  return store_->Write(batch);
}

}  // namespace duijie::matching
