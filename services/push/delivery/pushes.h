// SPDX-License-Identifier: GPL-3.0-or-later
// The one way to make pushes. Whatever makes them (staff, campaigns, standing push) asks here, and here every
// rule is held, also against others who push at the same time: the facts are read and the pushes committed
// under one lock of the role's process. Thread-safe.
//
// What keeps a push back (the Status of its outcome):
//   INVALID_FIELD      (INVALID_ARGUMENT) names, score, texts; field paths start at the push
//   RECORD_NOT_FOUND   (NOT_FOUND) a record of it is absent, or the caller may not see it or is not staff in
//                      scope of the enterprise
//   INCOMPLETE         (FAILED_PRECONDITION) no cited field, no cited sentence, or a quote that the record
//                      does not have; with field violations
//   WRONG_STATE        (FAILED_PRECONDITION) need or achievement is not published, the enterprise may not see
//                      the achievement, or the enterprise's record is withdrawn or closed
//   NO_CONSENT         (FAILED_PRECONDITION) the enterprise opted out, or the need lacks NeedConsents.push
//   and
//                      the rules require it
//   ALREADY_PUSHED     (FAILED_PRECONDITION) the pair had a push within pair_interval_days; metadata push, if
//                      the caller may know of it
//   PUSH_LIMIT         (RESOURCE_EXHAUSTED) the enterprise had cap_pushes within cap_days
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "common/resources/role_store.h"
#include "common/rpc/call_context.h"
#include "duijie/v1/push.pb.h"
#include "services/push/peers.h"

namespace duijie::push {

class PushRecords;
struct CitedRecords;

// Pushes that one call may make; more is INVALID_ARGUMENT TOO_MANY.
inline constexpr size_t kMaxPushesPerCreate = 1'000;

// What the caller gives of a push: enterprise, achievement, reasons and origin always; need, campaign, score,
// level, probability, model_version, snapshot_revision if there are any. Everything else is overwritten.
using NewPush = v1::Push;

struct PushOutcome {
  v1::Push push;     // as stored, if kept_back is OK; else as asked
  Status kept_back;  // OK: it was (or, in a preview, would be) pushed
};

class Pushes {
 public:
  // Both must outlive this.
  Pushes(RoleStore& store, const Peers& peers);

  // Adds to the commit what the caller stores of its own beside the pushes (campaign, queue entry …), given
  // the outcomes. Runs under the lock, at most once: no peer calls, no calls of this class. An error ends
  // the whole Create and nothing is stored.
  struct Also {
    std::vector<Mutation> mutations;  // come before the pushes: the first is what a request_id remembers
    std::vector<SideEntry> side_entries;
  };
  using Companion = std::function<StatusOr<Also>(const std::vector<PushOutcome>&)>;

  // One outcome per push asked for, in order; an earlier one counts for the rules of a later one. All that
  // are not kept back are committed at once with what `companion` adds; without either nothing is committed.
  // `request` is remembered as RoleStore::Commit does; look for an earlier answer with RoleStore::AnswerOf
  // first, and again if this ends with SIDE_ENTRY_EXISTS. `call` acts: use CallContext::ForSystem for the
  // system's own pushes. Errors: of the store, of the catalog, STALE_ETAG of a mutation of `companion`.
  StatusOr<std::vector<PushOutcome>> Create(const rpc::CallContext& call, std::vector<NewPush> asked,
                                            const WriteRequest& request = {},
                                            const Companion& companion = nullptr);

  // Makes pushes of the first `most` offers that the rules let through. `reasons` is asked, under the lock,
  // of those alone, by place; pushes for which it finds too little are INCOMPLETE and do not count. Outcomes
  // end with the last push made. Else as Create.
  struct Choice {
    size_t most = 0;
    std::function<v1::PushReasons(size_t place, const CitedRecords& records)> reasons;
  };
  StatusOr<std::vector<PushOutcome>> CreateBest(const rpc::CallContext& call, std::vector<NewPush> offers,
                                                const Choice& choice, const Companion& companion);

  // What Create would answer now; stores nothing. The outcomes' pushes have no names.
  StatusOr<std::vector<PushOutcome>> Preview(const rpc::CallContext& call, std::vector<NewPush> asked) const;

  // The stored pushes, for reading; index names and keys are in push_keys.h.
  const ResourceTable<v1::Push>& table() const { return table_; }

 private:
  static StatusOr<std::vector<NewPush>> Accept(std::vector<NewPush> asked);
  StatusOr<std::vector<PushOutcome>> Decide(const rpc::CallContext& call, const PushRecords& records,
                                            std::vector<NewPush> asked, const Choice* choice,
                                            UnixMicros now) const;
  StatusOr<std::vector<PushOutcome>> Make(const rpc::CallContext& call, std::vector<NewPush> asked,
                                          const Choice* choice, const WriteRequest& request,
                                          const Companion& companion);

  RoleStore& store_;
  const Peers& peers_;
  const ResourceTable<v1::Push> table_;
  mutable std::mutex mutex_;  // from reading what was pushed to the commit
};

}  // namespace duijie::push
