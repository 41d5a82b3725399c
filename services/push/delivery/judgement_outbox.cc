// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/judgement_outbox.h"

#include <algorithm>

#include "common/log/log.h"
#include "common/resources/derived_uuid.h"
#include "common/storage/key_codec.h"

namespace duijie::push {
namespace {

constexpr std::chrono::milliseconds kCallTimeout{10'000};
constexpr UnixMicros kFirstWait = 1'000'000;
constexpr UnixMicros kLongestWait = 3'600LL * 1'000'000;
constexpr uint64_t kMostDoublings = 12;

struct Errand {
  std::string push;
  Principal caller;
  v1::CreateJudgementRequest request;
  uint64_t tries = 0;
};

SideEntry EntryOf(const Errand& errand, UnixMicros due) {
  return {
      std::string(kJudgementSpace),
      KeyBuilder().U64(static_cast<uint64_t>(due)).Str(errand.push).Str(errand.request.request_id()).Take(),
      KeyBuilder()
          .Str(errand.push)
          .Str(errand.caller.SerializeAsString())
          .Str(errand.request.SerializeAsString())
          .U64(errand.tries)
          .Take(),
      false};
}

bool Decode(const SideEntry& entry, UnixMicros* due, Errand* errand) {
  KeyReader key(entry.key);
  uint64_t micros = 0;
  if (!entry.value || !key.U64(&micros)) return false;
  *due = static_cast<UnixMicros>(micros);
  KeyReader value(*entry.value);
  std::string caller, request;
  return value.Str(&errand->push) && value.Str(&caller) && value.Str(&request) && value.U64(&errand->tries) &&
         value.AtEnd() && errand->caller.ParseFromString(caller) && errand->request.ParseFromString(request);
}

UnixMicros WaitAfter(uint64_t tries) {
  return std::min(kLongestWait, kFirstWait << std::min(tries, kMostDoublings));
}

// Whether the same call may succeed later.
bool IsPassing(StatusCode code) {
  switch (code) {
    case StatusCode::kInvalidArgument:
    case StatusCode::kNotFound:
    case StatusCode::kAlreadyExists:
    case StatusCode::kPermissionDenied:
    case StatusCode::kFailedPrecondition:
    case StatusCode::kOutOfRange:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::optional<SideEntry> JudgementOutbox::EntryFor(const v1::Push& push, const Principal& caller,
                                                   UnixMicros now) {
  const bool interested = push.state() == v1::PUSH_STATE_INTERESTED;
  if (push.need().empty() || (!interested && push.state() != v1::PUSH_STATE_DECLINED)) return std::nullopt;
  Errand errand{push.name(), caller, {}, 0};
  errand.request.set_request_id(DerivedUuid(push.name() + "\n" + v1::PushState_Name(push.state())));
  v1::Judgement& judgement = *errand.request.mutable_judgement();
  judgement.set_need(push.need());
  judgement.set_achievement(push.achievement());
  judgement.set_decision(interested ? v1::JUDGEMENT_DECISION_ACCEPTED : v1::JUDGEMENT_DECISION_DECLINED);
  judgement.set_decline_reason(push.decline_reason());
  judgement.set_comment(push.history().rbegin()->text());
  judgement.set_model_version(push.model_version());
  if (push.has_probability()) judgement.set_probability_shown(push.probability());
  return EntryOf(errand, now);
}

StatusOr<size_t> JudgementOutbox::SendDue(size_t limit) {
  DUIJIE_ASSIGN_OR_RETURN(const SidePage page, store_.log().ListSides(kJudgementSpace, "", limit));
  size_t looked_at = 0;
  for (const SideEntry& entry : page.entries) {
    UnixMicros due = 0;
    Errand errand;
    if (!Decode(entry, &due, &errand)) {
      return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "a judgement to be sent does not decode");
    }
    if (due > store_.Now()) break;
    ++looked_at;
    const rpc::CallContext call(errand.caller, "push-answer", std::chrono::system_clock::now() + kCallTimeout,
                                nullptr);
    const Status told = peers_.create_judgement(call, errand.request).status();
    std::vector<SideEntry> changes = {{entry.space, entry.key, std::nullopt, false}};
    if (!told.ok()) log::Warn("push_answer_not_told", {{"push", errand.push}, {"error", told}});
    const bool later = !told.ok() && IsPassing(told.code());
    if (later) {
      ++errand.tries;
      changes.push_back(EntryOf(errand, store_.Now() + WaitAfter(errand.tries)));
    }
    DUIJIE_RETURN_IF_ERROR(store_.Commit({}, std::move(changes)).status());
    if (later) break;  // matching is away: digests must not wait for every errand's timeout
  }
  return looked_at;
}

}  // namespace duijie::push
