// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/judgement_store.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "common/base/proto_time.h"
#include "common/storage/key_codec.h"

namespace duijie::matching {
namespace {

namespace keys = judgement_keys;

constexpr std::string_view kFormatVersion = "1";
constexpr size_t kForgottenPerWrite = 64;

Status Corrupt() {
  return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "a stored judgement does not decode or is missing");
}

StatusOr<v1::Judgement> Decode(std::string_view bytes) {
  v1::Judgement judgement;
  if (!judgement.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return Corrupt();
  return judgement;
}

// Value of a request entry, in the grammar of key_codec.h.
struct RememberedRequest {
  std::string fingerprint;
  uint64_t expires = 0;  // UnixMicros
  uint64_t first = 0;    // number of the first judgement; the others follow it
  uint64_t count = 0;
};

std::string Encode(const RememberedRequest& request) {
  return KeyBuilder()
      .Str(request.fingerprint)
      .U64(request.expires)
      .U64(request.first)
      .U64(request.count)
      .Take();
}

StatusOr<RememberedRequest> DecodeRequest(std::string_view value) {
  RememberedRequest request;
  KeyReader reader(value);
  if (!reader.Str(&request.fingerprint) || !reader.U64(&request.expires) || !reader.U64(&request.first) ||
      !reader.U64(&request.count) || !reader.AtEnd()) {
    return Corrupt();
  }
  return request;
}

StatusOr<keys::Number> ParseNumber(std::string_view text) {
  keys::Number number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return Corrupt();
  return number;
}

void PutJudgement(keys::Number number, const v1::Judgement& judgement, WriteBatch* batch) {
  batch->Put(keys::Judgement(number), judgement.SerializeAsString());
  batch->Put(keys::OfRecord(judgement.need(), number), "");
  batch->Put(keys::OfRecord(judgement.achievement(), number), "");
  batch->Put(keys::Counting(judgement), std::to_string(number));  // the later of one batch counts
}

}  // namespace

Status NoSuchJudgement() {
  return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "没有这条评判，或无权查看");
}

UnixMicros CreateMicros(const v1::Judgement& judgement) { return MicrosOf(judgement.create_time()); }

StatusOr<std::unique_ptr<JudgementStore>> JudgementStore::Open(KvStore* store) {
  std::unique_ptr<JudgementStore> judgements(new JudgementStore(store));
  DUIJIE_RETURN_IF_ERROR(judgements->Recover());
  return judgements;
}

Status JudgementStore::Recover() {
  DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> format, store_->Get(keys::Format()));
  if (format && *format != kFormatVersion) {
    return Error(StatusCode::kFailedPrecondition, "FORMAT_TOO_NEW",
                 "judgements were written by a newer version", {{"format", *format}});
  }
  if (!format) {
    WriteBatch batch;
    batch.Put(keys::Format(), std::string(kFormatVersion));
    DUIJIE_RETURN_IF_ERROR(store_->Write(batch));
  }
  const auto it = store_->Scan(keys::JudgementsBegin(), keys::JudgementsEnd());
  for (; it->Valid(); it->Next(), ++count_) {
    const std::optional<keys::Number> number = keys::ParseJudgement(it->key());
    if (!number) return Corrupt();
    last_ = std::max(last_, *number);
  }
  return it->status();
}

StatusOr<std::vector<v1::Judgement>> JudgementStore::FindRequest(const Recording& recording) const {
  std::vector<v1::Judgement> found;
  if (recording.request_id.empty()) return found;
  DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                          store_->Get(keys::Request(recording.caller, recording.request_id)));
  if (!value) return found;
  DUIJIE_ASSIGN_OR_RETURN(const RememberedRequest request, DecodeRequest(*value));
  if (static_cast<UnixMicros>(request.expires) <= recording.now) return found;
  if (request.fingerprint != recording.fingerprint) {
    return Error(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED", "request_id 已用于另一个请求");
  }
  for (uint64_t i = 0; i < request.count; ++i) {
    DUIJIE_ASSIGN_OR_RETURN(v1::Judgement judgement, Load(request.first + i, nullptr));
    found.push_back(std::move(judgement));
  }
  return found;
}

// Deletes, with `batch`, some requests whose time is over; returns up to where none is left then. The search
// goes on where the one before ended: what is deleted stays in the way of a scan until it is compacted.
StatusOr<std::string> JudgementStore::ForgetRequests(UnixMicros now, WriteBatch* batch) const {
  std::string forgotten = forgotten_;
  const auto it = store_->Scan(std::max(forgotten, keys::RequestExpiriesBegin()),
                               keys::RequestExpiriesEnd(static_cast<uint64_t>(now)));
  for (size_t i = 0; it->Valid() && i < kForgottenPerWrite; it->Next(), ++i) {
    const std::optional<std::string> request = keys::ParseRequestExpiry(it->key());
    if (!request) return Corrupt();
    forgotten.assign(it->key());
    batch->Delete(forgotten);
    // It may have been made anew since; then the newer entry stays.
    DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> value, store_->Get(*request));
    if (!value) continue;
    DUIJIE_ASSIGN_OR_RETURN(const RememberedRequest remembered, DecodeRequest(*value));
    if (static_cast<UnixMicros>(remembered.expires) <= now) batch->Delete(*request);
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  return forgotten;
}

StatusOr<std::vector<v1::Judgement>> JudgementStore::Record(Recording recording) {
  const std::lock_guard<std::mutex> writer(mutex_);
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Judgement> known, FindRequest(recording));
  if (!known.empty()) return known;
  WriteBatch batch;
  DUIJIE_ASSIGN_OR_RETURN(std::string forgotten, ForgetRequests(recording.now, &batch));
  // Greater than every number before, also where the clock went back.
  const keys::Number first = std::max(static_cast<keys::Number>(recording.now), last_ + 1);
  keys::Number next = first;
  for (v1::Judgement& judgement : recording.judgements) {
    judgement.set_name(keys::NameOf(next));
    *judgement.mutable_create_time() = TimestampOf(recording.now);
    PutJudgement(next++, judgement, &batch);
  }
  if (!recording.request_id.empty()) {
    const auto expires = static_cast<uint64_t>(recording.now + kRequestMemory);
    batch.Put(keys::Request(recording.caller, recording.request_id),
              Encode({recording.fingerprint, expires, first, recording.judgements.size()}));
    std::string expiry = keys::RequestExpiry(expires, recording.caller, recording.request_id);
    forgotten = std::min(forgotten, expiry);  // before it where the clock went back
    batch.Put(std::move(expiry), "");
  }
  // A batch whose fate is not known may be on the disk: its numbers are never given again.
  last_ = next - 1;
  DUIJIE_RETURN_IF_ERROR(store_->Write(batch));
  forgotten_ = std::move(forgotten);
  count_ += static_cast<int64_t>(recording.judgements.size());
  return std::move(recording.judgements);
}

StatusOr<v1::Judgement> JudgementStore::Load(keys::Number number, const Snapshot* snapshot) const {
  DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                          store_->Get(keys::Judgement(number), snapshot));
  if (!bytes) return Corrupt();
  return Decode(*bytes);
}

StatusOr<v1::Judgement> JudgementStore::Get(std::string_view name) const {
  const std::optional<keys::Number> number = keys::NumberOf(name);
  if (!number) return NoSuchJudgement();
  DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, store_->Get(keys::Judgement(*number)));
  if (!bytes) return NoSuchJudgement();
  return Decode(*bytes);
}

StatusOr<std::vector<v1::Judgement>> JudgementStore::List(std::string_view record, std::string_view after,
                                                          size_t limit) const {
  std::string begin = record.empty() ? keys::JudgementsBegin() : keys::OfRecordBegin(record);
  const std::string end = record.empty() ? keys::JudgementsEnd() : keys::OfRecordEnd(record);
  if (!after.empty()) {
    const std::optional<keys::Number> number = keys::NumberOf(after);
    if (!number) return NoSuchJudgement();
    begin = record.empty() ? keys::Judgement(*number) : keys::OfRecord(record, *number);
    begin += '\0';  // the first key behind it
  }
  std::vector<v1::Judgement> page;
  const auto it = store_->Scan(begin, end);
  for (; it->Valid() && page.size() < limit; it->Next()) {
    if (record.empty()) {
      DUIJIE_ASSIGN_OR_RETURN(v1::Judgement judgement, Decode(it->value()));
      page.push_back(std::move(judgement));
      continue;
    }
    const std::optional<keys::Number> number = keys::ParseOfRecord(it->key());
    if (!number) return Corrupt();
    DUIJIE_ASSIGN_OR_RETURN(v1::Judgement judgement, Load(*number, nullptr));
    page.push_back(std::move(judgement));
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  return page;
}

Status JudgementStore::ForEachCounting(const Visit& visit) const {
  const std::unique_ptr<Snapshot> moment = store_->GetSnapshot();
  const auto it = store_->Scan(keys::CountingBegin(), keys::CountingEnd(), moment.get());
  for (; it->Valid(); it->Next()) {
    DUIJIE_ASSIGN_OR_RETURN(const keys::Number number, ParseNumber(it->value()));
    DUIJIE_ASSIGN_OR_RETURN(const v1::Judgement judgement, Load(number, moment.get()));
    DUIJIE_RETURN_IF_ERROR(visit(judgement));
  }
  return it->status();
}

Status JudgementStore::ForEachSince(UnixMicros since, const Visit& visit) const {
  const auto it = store_->Scan(keys::JudgementsBegin(), keys::JudgementsEnd());
  for (; it->Valid(); it->Next()) {
    const std::optional<keys::Number> number = keys::ParseJudgement(it->key());
    if (!number) return Corrupt();
    if (*number < static_cast<keys::Number>(std::max<UnixMicros>(since, 0)))
      break;  // a number is never less than its time
    DUIJIE_ASSIGN_OR_RETURN(const v1::Judgement judgement, Decode(it->value()));
    if (CreateMicros(judgement) >= since) DUIJIE_RETURN_IF_ERROR(visit(judgement));
  }
  return it->status();
}

int64_t JudgementStore::Count() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return count_;
}

}  // namespace duijie::matching
