// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/kv_store.h"

namespace duijie {
namespace {

Status OverLimit(std::string_view what, size_t bytes, size_t limit) {
  return Error(
      StatusCode::kInvalidArgument, "STORE_LIMIT",
      std::string(what) + " has " + std::to_string(bytes) + " bytes, the limit is " + std::to_string(limit));
}

}  // namespace

void WriteBatch::Put(std::string key, std::string value) {
  bytes_ += key.size() + value.size();
  operations_.push_back({std::move(key), std::move(value)});
}

void WriteBatch::Delete(std::string key) {
  bytes_ += key.size();
  operations_.push_back({std::move(key), std::nullopt});
}

Status WriteBatch::Check() const {
  if (bytes_ > kMaxBatchBytes) return OverLimit("batch", bytes_, kMaxBatchBytes);
  for (const Operation& op : operations_) {
    if (op.key.empty() || op.key[0] == '\0') {
      return Error(StatusCode::kInvalidArgument, "STORE_LIMIT",
                   "a key is empty or starts with the reserved byte 0");
    }
    if (op.key.size() > kMaxKeyBytes) return OverLimit("key", op.key.size(), kMaxKeyBytes);
    if (op.value && op.value->size() > kMaxValueBytes)
      return OverLimit("value", op.value->size(), kMaxValueBytes);
  }
  return OkStatus();
}

}  // namespace duijie
