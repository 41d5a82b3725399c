// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/snapshot_records.h"

#include "common/resources/record_access.h"
#include "services/push/campaigns/engine_call.h"

namespace duijie::push {
namespace {

constexpr int kRecordsPerRead = 200;  // of at most 256 KiB each, as a rule of 4

}  // namespace

StatusOr<RecordMap> SnapshotRecords::Read(const std::set<std::string>& names) const {
  RecordMap records;
  internal::v1::ReadRecordsRequest request;
  request.set_at_revision(revision_);
  const auto flush = [&]() -> Status {
    if (request.names().empty()) return OkStatus();
    DUIJIE_ASSIGN_OR_RETURN(internal::v1::ReadRecordsResponse response,
                            peers_.read_records(EngineCall(SystemPrincipal()), request));
    for (int i = 0; i < request.names_size() && i < response.records_size(); ++i) {
      records[request.names(i)] = std::move(*response.mutable_records(i));
    }
    request.clear_names();
    return OkStatus();
  };
  for (const std::string& name : names) {
    if (name.empty()) continue;
    request.add_names(name);
    if (request.names_size() == kRecordsPerRead) DUIJIE_RETURN_IF_ERROR(flush());
  }
  DUIJIE_RETURN_IF_ERROR(flush());
  return records;
}

Status SnapshotRecords::LoadFacts(const std::set<std::string>& achievements) {
  std::set<std::string> unknown;
  for (const std::string& name : achievements) {
    if (!facts_.contains(name)) unknown.insert(name);
  }
  DUIJIE_ASSIGN_OR_RETURN(const RecordMap records, Read(unknown));
  for (const std::string& name : unknown) {
    AchievementFacts& facts = facts_[name];
    const auto found = records.find(name);
    if (found == records.end() || !found->second.has_achievement()) continue;
    const v1::Achievement& achievement = found->second.achievement();
    facts.published = achievement.state() == v1::RECORD_STATE_PUBLISHED &&
                      VisibilityOf(previewer_, AccessOf(achievement)) != Visibility::kNone;
    facts.supported = !achievement.award().empty() || !achievement.programme_number().empty();
    facts.region_code = achievement.region_code();
  }
  return OkStatus();
}

const AchievementFacts& SnapshotRecords::FactsOf(const std::string& achievement) const {
  static const AchievementFacts kUnknown;
  const auto found = facts_.find(achievement);
  return found == facts_.end() ? kUnknown : found->second;
}

}  // namespace duijie::push
