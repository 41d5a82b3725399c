// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/achievements/achievement_updates.h"

#include <algorithm>

#include "common/auth/crypto.h"
#include "common/auth/digest.h"
#include "common/log/log.h"

namespace duijie::push {
namespace {

constexpr int kAttempts = 8;  // of a commit that meets concurrent changes
constexpr size_t kStoredPerRead = 200;
constexpr std::chrono::milliseconds kRetryTimeout{5'000};  // short, so that a stop need not wait long

// A UUID of version 8 (RFC 9562 5.8: vendor-specific) from a hash.
std::string UuidOf(const std::string& seed) {
  std::string bytes = crypto::Sha256(seed).substr(0, 16);
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0F) | 0x80);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3F) | 0x80);
  const std::string hex = crypto::ToHex(bytes);
  return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' +
         hex.substr(20);
}

std::vector<std::string> FieldsOf(const AchievementUpdate& update) {
  const auto& paths = update.request().update_mask().paths();
  return {paths.begin(), paths.end()};
}

}  // namespace

void CopyFields(const std::vector<std::string>& fields, const v1::Achievement& source,
                v1::Achievement* target) {
  v1::Achievement values = source;
  std::vector<const google::protobuf::FieldDescriptor*> chosen;
  for (const std::string& field : fields) {
    chosen.push_back(v1::Achievement::descriptor()->FindFieldByName(field));
  }
  std::sort(chosen.begin(), chosen.end());  // swapping a field twice would undo it
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  target->GetReflection()->SwapFields(target, &values, chosen);
}

bool SameField(const std::string& field, const v1::Achievement& a, const v1::Achievement& b) {
  v1::Achievement of_a, of_b;
  CopyFields({field}, a, &of_a);
  CopyFields({field}, b, &of_b);
  return of_a.SerializeAsString() == of_b.SerializeAsString();  // without maps, equal bytes are equal values
}

AchievementUpdate AchievementUpdates::Make(const std::string& resource, const Principal& caller,
                                           v1::Achievement values, const std::vector<std::string>& fields,
                                           const std::string& at_etag, const std::string& seed) {
  AchievementUpdate update;
  update.set_resource(resource);
  *update.mutable_caller() = caller;
  values.set_etag(at_etag);
  *update.mutable_request()->mutable_achievement() = std::move(values);
  for (const std::string& field : fields) update.mutable_request()->mutable_update_mask()->add_paths(field);
  update.mutable_request()->set_request_id(UuidOf(resource + "\n" + seed));
  return update;
}

SideEntry AchievementUpdates::Entry(const AchievementUpdate& update) const {
  return {space_, update.resource(), update.SerializeAsString(), true};
}

bool AchievementUpdates::IsPassing(StatusCode code) {
  return code == StatusCode::kUnavailable || code == StatusCode::kDeadlineExceeded ||
         code == StatusCode::kCancelled || code == StatusCode::kUnknown || code == StatusCode::kInternal ||
         code == StatusCode::kResourceExhausted || code == StatusCode::kUnauthenticated;
}

StatusOr<bool> AchievementUpdates::IsApplied(const rpc::CallContext& call,
                                             const AchievementUpdate& update) const {
  const v1::Achievement& wanted = update.request().achievement();
  DUIJIE_ASSIGN_OR_RETURN(const v1::Achievement stored, reader_.Read(call, wanted.name()));
  const std::vector<std::string> fields = FieldsOf(update);
  return std::all_of(fields.begin(), fields.end(),
                     [&](const std::string& field) { return SameField(field, stored, wanted); });
}

Status AchievementUpdates::Ask(const rpc::CallContext& call, const AchievementUpdate& update) const {
  const Status status = peers_.update_achievement(call, update.request()).status();
  if (ReasonOf(status) != "STALE_ETAG") return status;
  const StatusOr<bool> applied = IsApplied(call, update);
  if (!applied.ok()) return applied.status();
  return *applied ? OkStatus() : status;
}

StatusOr<bool> AchievementUpdates::IsStored(const AchievementUpdate& update) const {
  DUIJIE_ASSIGN_OR_RETURN(const auto stored, store_.log().GetSide(space_, update.resource()));
  AchievementUpdate current;
  if (!stored) return false;
  return current.ParseFromString(*stored) && current.request().request_id() == update.request().request_id();
}

Status AchievementUpdates::End(const AchievementUpdate& update, const Status& refusal) {
  Status last;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    DUIJIE_ASSIGN_OR_RETURN(const bool stored, IsStored(update));
    if (!stored) return OkStatus();
    DUIJIE_ASSIGN_OR_RETURN(std::vector<Mutation> mutations, finish_(update, refusal));
    last = store_.Commit(std::move(mutations), {{space_, update.resource(), std::nullopt, false}}).status();
    if (ReasonOf(last) != "STALE_ETAG") return last;
  }
  return last;
}

Status AchievementUpdates::Run(const rpc::CallContext& call, const AchievementUpdate& update) {
  const Status asked = Ask(call, update);
  if (!asked.ok() && IsPassing(asked.code())) return asked;
  DUIJIE_RETURN_IF_ERROR(End(update, asked));
  return asked;
}

StatusOr<size_t> AchievementUpdates::RunAll() {
  size_t left = 0;
  std::string position;
  do {
    DUIJIE_ASSIGN_OR_RETURN(const SidePage page, store_.log().ListSides(space_, position, kStoredPerRead));
    for (const SideEntry& entry : page.entries) {
      AchievementUpdate update;
      if (!update.ParseFromString(entry.value.value_or(""))) {
        return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "a stored change does not decode");
      }
      const rpc::CallContext call(update.caller(), "update-" + update.request().request_id(),
                                  std::chrono::system_clock::now() + kRetryTimeout, nullptr);
      const Status ran = Run(call, update);
      if (ran.ok() || !IsPassing(ran.code())) continue;
      ++left;
      log::Warn("achievement_update_waits", {{"resource", update.resource()}, {"error", ran}});
    }
    position = page.next;
  } while (!position.empty());
  return left;
}

}  // namespace duijie::push
