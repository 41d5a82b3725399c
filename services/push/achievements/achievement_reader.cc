// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/achievements/achievement_reader.h"

#include <algorithm>
#include <set>

#include "common/resources/record_access.h"

namespace duijie::push {
namespace {

constexpr int kNamesPerRead = 2'000;  // limit of ReadRecords

// Whether the caller sees and changes every achievement, whatever its state: administrators and staff of all
// parks, as achievements lie in no park.
bool SeesAll(const Principal& caller) { return MayEdit(caller, {}); }

}  // namespace

StatusOr<v1::Achievement> AchievementReader::Read(const rpc::CallContext& call,
                                                  const std::string& name) const {
  if (!IdIn(kAchievements, name)) return NoSuchResource();
  internal::v1::ReadRecordsRequest request;
  request.add_names(name);
  DUIJIE_ASSIGN_OR_RETURN(internal::v1::ReadRecordsResponse response, peers_.read_records(call, request));
  if (response.records_size() != 1 || !response.records(0).has_achievement()) return NoSuchResource();
  return std::move(*response.mutable_records(0)->mutable_achievement());
}

StatusOr<v1::Achievement> AchievementReader::ReadFull(const rpc::CallContext& call,
                                                      const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::Achievement achievement, Read(call, name));
  if (VisibilityOf(call.principal(), AccessOf(achievement)) != Visibility::kFull) return NoSuchResource();
  return achievement;
}

Status AchievementReader::CheckMayEdit(const rpc::CallContext& call, const v1::Achievement& achievement) {
  if (MayEdit(call.principal(), AccessOf(achievement))) return OkStatus();
  return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "无权修改这项成果");
}

StatusOr<std::map<std::string, v1::Achievement>> AchievementReader::ReadMany(
    const rpc::CallContext& call, const std::vector<std::string>& names) const {
  const std::set<std::string> distinct(names.begin(), names.end());
  std::map<std::string, v1::Achievement> found;
  internal::v1::ReadRecordsRequest request;
  size_t left = distinct.size();
  for (const std::string& name : distinct) {
    request.add_names(name);
    if (--left > 0 && request.names_size() < kNamesPerRead) continue;
    DUIJIE_ASSIGN_OR_RETURN(internal::v1::ReadRecordsResponse response, peers_.read_records(call, request));
    for (int i = 0; i < std::min(response.records_size(), request.names_size()); ++i) {
      if (!response.records(i).has_achievement()) continue;
      found[request.names(i)] = std::move(*response.mutable_records(i)->mutable_achievement());
    }
    request.clear_names();
  }
  return found;
}

Visibility AchievementReader::SightOf(const rpc::CallContext& call, const v1::Achievement* achievement) {
  if (SeesAll(call.principal())) return Visibility::kFull;
  return achievement == nullptr ? Visibility::kNone : VisibilityOf(call.principal(), AccessOf(*achievement));
}

StatusOr<std::map<std::string, Visibility>> AchievementReader::SightOf(
    const rpc::CallContext& call, const std::vector<std::string>& names) const {
  std::map<std::string, Visibility> sight;
  const Visibility absent = SightOf(call, nullptr);
  for (const std::string& name : names) sight.emplace(name, absent);
  if (absent == Visibility::kFull || names.empty()) return sight;
  DUIJIE_ASSIGN_OR_RETURN(const auto achievements, ReadMany(call, names));
  for (const auto& [name, achievement] : achievements) sight[name] = SightOf(call, &achievement);
  return sight;
}

Status AchievementReader::CheckSight(const rpc::CallContext& call, const std::string& name,
                                     Visibility least) const {
  DUIJIE_ASSIGN_OR_RETURN(const auto sight, SightOf(call, {name}));
  return sight.at(name) >= least ? OkStatus() : NoSuchResource();
}

}  // namespace duijie::push
