// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/pushes.h"

#include <map>
#include <set>

#include "common/resources/record_access.h"
#include "services/push/delivery/push_access.h"
#include "services/push/delivery/push_keys.h"
#include "services/push/delivery/push_records.h"
#include "services/push/delivery/push_rules.h"
#include "services/push/delivery/push_settings.h"

namespace duijie::push {
namespace {

Status NotOfEnterprise() { return InvalidField("need", "NOT_OF_ENTERPRISE", "这条需求不是该企业的"); }

// What one caller may push, by the records alone, reasons apart: names, scope, states, consent.
Status CheckRecords(const Principal& caller, const v1::PushRules& rules, const v1::Push& push,
                    const CitedRecords& records) {
  DUIJIE_RETURN_IF_ERROR(CheckInput(push));
  if (records.enterprise == nullptr) return NoSuchResource();
  if (!IsStaffInScope(caller, records.enterprise->park_code())) return NoSuchResource();
  if (!push.need().empty()) {
    if (records.need == nullptr) return NoSuchResource();
    if (VisibilityOf(caller, AccessOf(*records.need)) != Visibility::kFull) return NoSuchResource();
    if (records.need->enterprise() != push.enterprise()) return NotOfEnterprise();
  }
  if (records.achievement == nullptr) return NoSuchResource();
  if (VisibilityOf(caller, AccessOf(*records.achievement)) == Visibility::kNone) return NoSuchResource();
  return CheckAllowed(rules, push, records);
}

// What was pushed so far, with the pushes decided on but not committed yet. Serves one call, under the lock.
class History {
 public:
  History(const ResourceTable<v1::Push>& table, const v1::PushRules& rules, UnixMicros now)
      : table_(table), rules_(rules), now_(now) {}

  // OK, ALREADY_PUSHED or PUSH_LIMIT.
  Status Check(const Principal& caller, const v1::Push& push) {
    DUIJIE_RETURN_IF_ERROR(CheckPair(caller, push));
    DUIJIE_ASSIGN_OR_RETURN(const int* count, CountOf(push.enterprise()));
    if (*count < rules_.cap_pushes()) return OkStatus();
    return Error(StatusCode::kResourceExhausted, "PUSH_LIMIT", "该企业近期收到的推送已达上限");
  }

  // The push, which was found OK, counts from now on.
  void Take(const v1::Push& push) {
    ++counts_[push.enterprise()];
    pairs_.insert(PairOf(push));
  }

 private:
  Status CheckPair(const Principal& caller, const v1::Push& push) const {
    const std::string pair = PairOf(push);
    const auto already = [](const ErrorMetadata& metadata) {
      return Error(StatusCode::kFailedPrecondition, "ALREADY_PUSHED", "这一对近期已经推送过", metadata);
    };
    if (pairs_.contains(pair)) return already({});
    DUIJIE_ASSIGN_OR_RETURN(const auto latest, table_.ListByIndex(kByPair, PrefixOf(pair), "", 1));
    if (latest.items.empty()) return OkStatus();
    const v1::Push& before = latest.items.front();
    if (!IsWithinPairInterval(rules_, MicrosOf(before.create_time()), now_)) return OkStatus();
    return already(MaySee(caller, before) ? ErrorMetadata{{"push", before.name()}} : ErrorMetadata{});
  }

  // Pushes to the enterprise within the window of the cap; no need to count beyond the cap.
  StatusOr<int*> CountOf(const std::string& enterprise) {
    const auto known = counts_.find(enterprise);
    if (known != counts_.end()) return &known->second;
    int count = 0;
    const auto most = static_cast<size_t>(rules_.cap_pushes());
    DUIJIE_ASSIGN_OR_RETURN(const auto latest,
                            table_.ListByIndex(kByEnterprise, PrefixOf(enterprise), "", most));
    for (const v1::Push& push : latest.items) {
      count += IsWithinCapWindow(rules_, MicrosOf(push.create_time()), now_) ? 1 : 0;
    }
    return &counts_.emplace(enterprise, count).first->second;
  }

  const ResourceTable<v1::Push>& table_;
  const v1::PushRules& rules_;
  const UnixMicros now_;
  std::map<std::string, int> counts_;  // by enterprise
  std::set<std::string> pairs_;        // of this call
};

v1::Push Completed(const Principal& caller, v1::Push push, const CitedRecords& records,
                   const v1::PushRules& rules, v1::PushCadence cadence, UnixMicros now) {
  push.set_park_code(records.enterprise->park_code());
  push.set_achievement_title(records.achievement->title());
  if (records.need != nullptr) push.set_need_title(records.need->title());
  push.set_creator(caller.key_id());
  *push.mutable_rules() = rules;
  push.set_cadence(cadence);
  const UnixMicros due = DueTime(rules, cadence, now);
  *push.mutable_due_time() = TimestampOf(due);
  if (due <= now) *push.mutable_deliver_time() = TimestampOf(now);
  push.set_state(v1::PUSH_STATE_PUSHED);
  v1::PushStep* step = push.add_history();
  step->set_to(v1::PUSH_STATE_PUSHED);
  step->set_actor(caller.key_id());
  step->set_actor_kind(v1::JUDGE_KIND_STAFF);
  *step->mutable_time() = TimestampOf(now);
  return push;
}

}  // namespace

Pushes::Pushes(RoleStore& store, const Peers& peers)
    : store_(store), peers_(peers), table_(store.log(), std::string(kPushes), &IndexKeysOf) {}

StatusOr<std::vector<PushOutcome>> Pushes::Decide(const rpc::CallContext& call, const PushRecords& records,
                                                  std::vector<NewPush> asked, const Choice* choice,
                                                  UnixMicros now) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::PushRules rules, PushSettingsBook::RulesIn(store_.log()));
  const Principal& caller = call.principal();
  History history(table_, rules, now);
  std::vector<PushOutcome> outcomes;
  size_t made = 0;
  for (size_t place = 0; place < asked.size() && (choice == nullptr || made < choice->most); ++place) {
    v1::Push& push = asked[place];
    if (push.snapshot_revision() == 0) push.set_snapshot_revision(records.revision());
    const CitedRecords cited = records.Of(push);
    PushOutcome outcome;
    outcome.kept_back = CheckRecords(caller, rules, push, cited);
    if (outcome.kept_back.ok() && choice == nullptr) outcome.kept_back = CheckReasons(push.reasons(), cited);
    if (outcome.kept_back.ok()) {
      outcome.kept_back = history.Check(caller, push);
      const std::string reason = ReasonOf(outcome.kept_back);
      if (!outcome.kept_back.ok() && reason != "ALREADY_PUSHED" && reason != "PUSH_LIMIT")
        return outcome.kept_back;
    }
    if (outcome.kept_back.ok() && choice != nullptr) {
      *push.mutable_reasons() = choice->reasons(place, cited);
      outcome.kept_back = CheckInput(push);
      if (outcome.kept_back.ok()) outcome.kept_back = CheckReasons(push.reasons(), cited);
    }
    if (outcome.kept_back.ok()) {
      history.Take(push);
      ++made;
      DUIJIE_ASSIGN_OR_RETURN(const auto cadence,
                              PushSettingsBook::ChoiceOf(store_.log(), push.enterprise()));
      push = Completed(caller, std::move(push), cited, rules, CadenceOf(rules, cadence), now);
    }
    outcome.push = std::move(push);
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

StatusOr<std::vector<NewPush>> Pushes::Accept(std::vector<NewPush> asked) {
  if (asked.size() > kMaxPushesPerCreate) {
    return InvalidField("pushes", "TOO_MANY", "一次最多推送 1000 条");
  }
  for (NewPush& push : asked) push = InputOf(push);
  return asked;
}

StatusOr<std::vector<PushOutcome>> Pushes::Preview(const rpc::CallContext& call,
                                                   std::vector<NewPush> asked) const {
  DUIJIE_ASSIGN_OR_RETURN(asked, Accept(std::move(asked)));
  DUIJIE_ASSIGN_OR_RETURN(const PushRecords records, PushRecords::Read(peers_, call, asked));
  const std::lock_guard<std::mutex> lock(mutex_);
  return Decide(call, records, std::move(asked), nullptr, store_.Now());
}

StatusOr<std::vector<PushOutcome>> Pushes::Create(const rpc::CallContext& call, std::vector<NewPush> asked,
                                                  const WriteRequest& request, const Companion& companion) {
  return Make(call, std::move(asked), nullptr, request, companion);
}

StatusOr<std::vector<PushOutcome>> Pushes::CreateBest(const rpc::CallContext& call,
                                                      std::vector<NewPush> offers, const Choice& choice,
                                                      const Companion& companion) {
  return Make(call, std::move(offers), &choice, {}, companion);
}

StatusOr<std::vector<PushOutcome>> Pushes::Make(const rpc::CallContext& call, std::vector<NewPush> asked,
                                                const Choice* choice, const WriteRequest& request,
                                                const Companion& companion) {
  DUIJIE_ASSIGN_OR_RETURN(asked, Accept(std::move(asked)));
  DUIJIE_ASSIGN_OR_RETURN(const PushRecords records, PushRecords::Read(peers_, call, asked));
  const std::lock_guard<std::mutex> lock(mutex_);
  const UnixMicros now = store_.Now();
  DUIJIE_ASSIGN_OR_RETURN(std::vector<PushOutcome> outcomes,
                          Decide(call, records, std::move(asked), choice, now));
  for (PushOutcome& outcome : outcomes) {
    if (!outcome.kept_back.ok()) continue;
    outcome.push.set_name(table_.NameOf(store_.NewId()));
    *outcome.push.mutable_create_time() = TimestampOf(now);
    *outcome.push.mutable_update_time() = TimestampOf(now);
  }
  Also also;
  if (companion != nullptr) {
    DUIJIE_ASSIGN_OR_RETURN(also, companion(outcomes));
  }
  for (const PushOutcome& outcome : outcomes) {
    if (outcome.kept_back.ok()) also.mutations.push_back(table_.Create(outcome.push, now));
  }
  if (also.mutations.empty() && also.side_entries.empty()) return outcomes;
  DUIJIE_ASSIGN_OR_RETURN(const Revision revision, also.mutations.empty()
                                                       ? store_.Commit({}, std::move(also.side_entries))
                                                       : store_.Commit(request, std::move(also.mutations),
                                                                       std::move(also.side_entries)));
  for (PushOutcome& outcome : outcomes) {
    if (outcome.kept_back.ok()) outcome.push.set_etag(std::to_string(revision));
  }
  return outcomes;
}

}  // namespace duijie::push
