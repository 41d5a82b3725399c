// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/record_counter.h"

#include "common/storage/key_codec.h"
#include "duijie/v1/common.pb.h"
#include "services/catalog/catalog_keys.h"

namespace duijie::catalog {
namespace {

constexpr std::string_view kKey = "records";
constexpr size_t kChangesAtOnce = 2'000;
constexpr Revision kStoreEvery = 1'000;  // revisions

}  // namespace

// Value: u64 revision { str collection, u64 count }*
Status RecordCounter::Load() {
  DUIJIE_ASSIGN_OR_RETURN(auto value, log_.GetSide(kCountSpace, kKey));
  std::lock_guard lock(mutex_);
  for (int c = v1::Collection_MIN; c <= v1::Collection_MAX; ++c) {
    const auto name = CollectionName(static_cast<v1::Collection>(c));
    if (!name.empty()) counts_[std::string(name)] = 0;
  }
  if (!value) return OkStatus();
  KeyReader reader(*value);
  if (!reader.U64(&seen_))
    return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "stored counts do not decode");
  while (!reader.Rest().empty()) {
    std::string name;
    uint64_t count = 0;
    if (!reader.Str(&name) || !reader.U64(&count)) {
      return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "stored counts do not decode");
    }
    counts_[name] = static_cast<int64_t>(count);
  }
  stored_ = seen_;
  return OkStatus();
}

Status RecordCounter::TakeIn(const std::vector<Change>& changes) {
  std::map<std::string, int64_t> deltas;
  for (const Change& change : changes) {
    if (!CollectionOf(change.collection)) continue;  // contacts
    bool was_live = false;
    if (change.revision > 1) {
      const auto before = log_.GetVersion(change.collection, change.id, change.revision - 1);
      if (!before.ok() && before.status().code() != StatusCode::kNotFound) return before.status();
      was_live = before.ok() && !before->deleted;
    }
    deltas[change.collection] += static_cast<int64_t>(!change.deleted) - static_cast<int64_t>(was_live);
  }
  std::lock_guard lock(mutex_);
  for (const auto& [collection, delta] : deltas) counts_[collection] += delta;
  seen_ = changes.back().revision;
  return OkStatus();
}

Status RecordCounter::CatchUp(bool store) {
  std::lock_guard lock(catch_up_mutex_);
  for (;;) {
    Revision after = 0;
    {
      std::lock_guard counts_lock(mutex_);
      after = seen_;
    }
    DUIJIE_ASSIGN_OR_RETURN(auto changes, log_.ChangesSince(after, kChangesAtOnce));
    if (changes.empty()) break;
    DUIJIE_RETURN_IF_ERROR(TakeIn(changes));
    if (changes.back().revision - stored_ >= kStoreEvery) DUIJIE_RETURN_IF_ERROR(Store());
  }
  return store ? Store() : OkStatus();
}

Status RecordCounter::Store() {
  KeyBuilder value;
  Revision seen = 0;
  {
    std::lock_guard lock(mutex_);
    seen = seen_;
    value.U64(seen_);
    for (const auto& [collection, count] : counts_) value.Str(collection).U64(static_cast<uint64_t>(count));
  }
  if (seen == stored_) return OkStatus();
  DUIJIE_RETURN_IF_ERROR(
      log_.Commit({}, {{std::string(kCountSpace), std::string(kKey), value.Take(), false}}).status());
  stored_ = seen;
  return OkStatus();
}

std::map<std::string, int64_t> RecordCounter::Numbers() const {
  std::lock_guard lock(mutex_);
  std::map<std::string, int64_t> numbers = counts_;
  numbers["revision"] = static_cast<int64_t>(seen_);
  return numbers;
}

}  // namespace duijie::catalog
