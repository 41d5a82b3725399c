// SPDX-License-Identifier: GPL-3.0-or-later
// Tells matching what enterprises answered. An answer's errand is stored in the commit of the answer and
// removed once matching has it; its request id follows from push and answer, so that telling it twice does
// no harm. What matching refuses for good (e.g. the need is gone) is logged and dropped. Thread-safe, but
// only one SendDue at a time is of use.
#pragma once

#include <optional>

#include "common/resources/role_store.h"
#include "common/rpc/call_context.h"
#include "duijie/v1/push.pb.h"
#include "services/push/peers.h"

namespace duijie::push {

inline constexpr std::string_view kJudgementSpace = "push_judgements";

class JudgementOutbox {
 public:
  // Both must outlive this.
  JudgementOutbox(RoleStore& store, const Peers& peers) : store_(store), peers_(peers) {}

  // What to commit with the answer that `push` has just got from `caller`; none if it answers no need or is
  // no answer.
  static std::optional<SideEntry> EntryFor(const v1::Push& push, const Principal& caller, UnixMicros now);

  // Tells what is due, at most `limit`; returns how many errands were looked at. What fails for now ends
  // the round and is tried again after a while that grows up to an hour.
  StatusOr<size_t> SendDue(size_t limit);

 private:
  RoleStore& store_;
  const Peers& peers_;
};

}  // namespace duijie::push
