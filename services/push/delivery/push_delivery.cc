// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_delivery.h"

#include "services/push/delivery/push_keys.h"
#include "services/push/delivery/push_records.h"
#include "services/push/delivery/push_states.h"

namespace duijie::push {
namespace {

constexpr std::chrono::milliseconds kReadTimeout{30'000};

// Why a push must not be delivered after all; OK if it may.
Status CheckStillAllowed(const v1::Push& push, const CitedRecords& records) {
  const bool need_gone = !push.need().empty() && records.need == nullptr;
  if (records.enterprise == nullptr || records.achievement == nullptr || need_gone) return NoSuchResource();
  return CheckAllowed(push.rules(), push, records);
}

std::string WithheldText(const Status& why) {
  return why.code() == StatusCode::kNotFound ? "所涉记录已不存在" : std::string(MessageOf(why));
}

}  // namespace

// Reads no push that still waits: there may be thousands, and every commit asks.
StatusOr<std::vector<v1::Push>> PushDelivery::DueBy(UnixMicros now, size_t limit) const {
  const std::string last = DueKey(now);
  std::vector<v1::Push> due;
  DUIJIE_ASSIGN_OR_RETURN(const IndexPage first, store_.log().ListByIndex(kByDue, "", "", 1));
  if (first.entries.empty() || first.entries.front().key > last) return due;
  DUIJIE_ASSIGN_OR_RETURN(const IndexPage waiting, store_.log().ListByIndex(kByDue, "", "", limit));
  for (const IndexEntry& entry : waiting.entries) {
    if (entry.key > last) break;
    StatusOr<v1::Push> push = pushes_.table().GetById(entry.id);
    if (!push.ok() && push.status().code() == StatusCode::kNotFound) continue;  // gone since
    if (!push.ok()) return push.status();
    due.push_back(*std::move(push));
  }
  return due;
}

StatusOr<size_t> PushDelivery::DeliverDue(size_t limit) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const UnixMicros now = store_.Now();
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Push> due, DueBy(now, limit));
  if (due.empty()) return size_t{0};
  const rpc::CallContext call = rpc::CallContext::ForSystem(kReadTimeout);
  DUIJIE_ASSIGN_OR_RETURN(const PushRecords records, PushRecords::Read(peers_, call, due));
  std::vector<Mutation> mutations;
  for (v1::Push& push : due) {
    const Status allowed = CheckStillAllowed(push, records.Of(push));
    if (allowed.ok()) {
      *push.mutable_deliver_time() = TimestampOf(now);
    } else {
      TakeStep(&push, {v1::PUSH_STATE_WITHHELD, v1::DECLINE_REASON_UNSPECIFIED, WithheldText(allowed)},
               call.principal(), now);
    }
    mutations.push_back(pushes_.table().Replace(std::move(push), now));
  }
  const size_t taken = mutations.size();
  DUIJIE_RETURN_IF_ERROR(store_.Commit(std::move(mutations)).status());
  return taken;
}

}  // namespace duijie::push
