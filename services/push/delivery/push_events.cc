// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_events.h"

#include "common/storage/key_codec.h"
#include "services/push/delivery/push_access.h"
#include "services/push/delivery/push_keys.h"

namespace duijie::push {
namespace {

constexpr size_t kChangesPerBlock = 500;
constexpr std::chrono::milliseconds kWait{500};  // between two looks at whether the caller is still there

std::string ScopeOf(const Principal& caller) { return "WatchPushes\n" + caller.key_id(); }

Status TooOld() {
  return Error(StatusCode::kOutOfRange, "RESUME_TOO_OLD",
               "续传标记不属于这里的推送记录；请先用 ListPushes 重读，再从现在起接收");
}

v1::PushEventKind KindOf(const v1::Push* before, const v1::Push& now) {
  if (now.has_deliver_time() && (before == nullptr || !before->has_deliver_time())) {
    return v1::PUSH_EVENT_KIND_DELIVERED;
  }
  if (before == nullptr) return v1::PUSH_EVENT_KIND_CREATED;
  return before->state() == now.state() ? v1::PUSH_EVENT_KIND_UNSPECIFIED : v1::PUSH_EVENT_KIND_TRANSITIONED;
}

}  // namespace

std::string PushEvents::TokenOf(const Principal& caller, const Position& position) const {
  return store_.tokens().Make(ScopeOf(caller),
                              KeyBuilder().U64(position.revision).U64(position.taken).Take());
}

StatusOr<PushEvents::Position> PushEvents::PositionOf(const Principal& caller,
                                                      const std::string& token) const {
  const StatusOr<std::string> opened = store_.tokens().Open(ScopeOf(caller), token);
  if (!opened.ok()) return TooOld();
  KeyReader reader(*opened);
  uint64_t revision = 0, taken = 0;
  if (!reader.U64(&revision) || !reader.U64(&taken) || !reader.AtEnd()) return TooOld();
  // Beyond the end: of a store that was given up for an older backup.
  if (revision + (taken > 0 ? 1 : 0) > store_.log().CurrentRevision()) return TooOld();
  return Position{revision, static_cast<size_t>(taken)};
}

StatusOr<std::optional<PushEvents::Item>> PushEvents::ItemOf(const Change& change) const {
  if (change.collection != kPushes || change.deleted) return std::optional<Item>();
  DUIJIE_ASSIGN_OR_RETURN(v1::Push push, pushes_.table().GetById(change.id, change.revision));
  const StatusOr<v1::Push> before = pushes_.table().GetById(change.id, change.revision - 1);
  if (!before.ok() && before.status().code() != StatusCode::kNotFound) return before.status();
  Item item;
  item.event.set_kind(KindOf(before.ok() ? &*before : nullptr, push));
  if (item.event.kind() == v1::PUSH_EVENT_KIND_UNSPECIFIED) return std::optional<Item>();
  item.event.set_event_id(change.id + "-" + std::to_string(change.revision));
  item.event.set_push(push.name());
  item.event.set_enterprise(push.enterprise());
  item.event.set_achievement(push.achievement());
  item.event.set_state(push.state());
  *item.event.mutable_time() = push.update_time();
  item.push = std::move(push);
  return std::optional<Item>(std::move(item));
}

StatusOr<PushEvents::Block> PushEvents::Read(const Position& from) const {
  Block block;
  block.after = from;
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<Change> changes,
                          store_.log().ChangesSince(from.revision, kChangesPerBlock));
  size_t index = 0;  // of the change in its commit
  for (size_t i = 0; i < changes.size(); ++i) {
    const Change& change = changes[i];
    index = i > 0 && changes[i - 1].revision == change.revision ? index + 1 : 0;
    if (change.revision == from.revision + 1 && index < from.taken) continue;
    const bool last = i + 1 == changes.size() || changes[i + 1].revision != change.revision;
    const Position after = last ? Position{change.revision, 0} : Position{change.revision - 1, index + 1};
    DUIJIE_ASSIGN_OR_RETURN(auto item, ItemOf(change));
    if (item) {
      item->after = after;
      block.items.push_back(*std::move(item));
    }
    block.after = after;
  }
  return block;
}

Status PushEvents::Watch(const rpc::CallContext& call, const std::string& resume_token,
                         const Send& send) const {
  const Principal& caller = call.principal();
  Position position{store_.log().CurrentRevision(), 0};
  if (!resume_token.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(position, PositionOf(caller, resume_token));
  }
  const auto beat = [&] {
    v1::PushEvent event;
    event.set_resume_token(TokenOf(caller, position));
    return send(event);
  };
  if (!beat()) return OkStatus();
  std::chrono::milliseconds silent{0};
  for (;;) {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    if (stopping_) return Error(StatusCode::kUnavailable, "STORE_BUSY", "the server is shutting down");
    DUIJIE_ASSIGN_OR_RETURN(Block block, Read(position));
    for (Item& item : block.items) {
      if (!MaySee(caller, item.push)) continue;
      item.event.set_resume_token(TokenOf(caller, item.after));
      if (!send(item.event)) return OkStatus();
      silent = std::chrono::milliseconds{0};
    }
    position = block.after;
    if (store_.log().WaitForChange(position.revision, kWait)) continue;
    silent += kWait;
    if (silent < kHeartbeatEvery) continue;
    silent = std::chrono::milliseconds{0};
    if (!beat()) return OkStatus();
  }
}

}  // namespace duijie::push
