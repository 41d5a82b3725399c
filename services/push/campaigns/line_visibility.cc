// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/line_visibility.h"

#include "common/resources/record_access.h"
#include "services/push/campaigns/snapshot_records.h"

namespace duijie::push {
namespace {

const internal::v1::Record& Find(const RecordMap& records, const std::string& name) {
  static const internal::v1::Record kAbsent;
  const auto found = records.find(name);
  return found == records.end() ? kAbsent : found->second;
}

bool SeesTaker(const Principal& caller, const internal::v1::Record& taker) {
  if (taker.has_need()) return VisibilityOf(caller, AccessOf(taker.need())) == Visibility::kFull;
  if (!taker.has_enterprise()) return false;
  const v1::Enterprise& enterprise = taker.enterprise();
  // As what staff do with enterprises: within their parks only.
  const AccessFacts facts{v1::RECORD_STATE_PUBLISHED, v1::CONFIDENTIALITY_TIER_STAFF_ONLY,
                          enterprise.park_code(), enterprise.name()};
  return VisibilityOf(caller, facts) == Visibility::kFull;
}

void Blank(v1::CampaignLine* line) {
  line->clear_achievement_title();
  line->mutable_reasons()->clear_achievement_sentences();
  line->mutable_reasons()->clear_fit_rows();
  line->mutable_reasons()->clear_remarks();
}

}  // namespace

Status HideUnseen(const rpc::CallContext& call, const Peers& peers, std::vector<v1::CampaignLine>* lines) {
  std::set<std::string> names;
  for (const v1::CampaignLine& line : *lines) {
    names.insert(line.need().empty() ? line.enterprise() : line.need());
    names.insert(line.achievement());
  }
  DUIJIE_ASSIGN_OR_RETURN(const RecordMap records, SnapshotRecords(peers, call.principal(), 0).Read(names));
  std::erase_if(*lines, [&](const v1::CampaignLine& line) {
    return !SeesTaker(call.principal(), Find(records, line.need().empty() ? line.enterprise() : line.need()));
  });
  for (v1::CampaignLine& line : *lines) {
    const internal::v1::Record& achievement = Find(records, line.achievement());
    const bool seen =
        achievement.has_achievement() &&
        VisibilityOf(call.principal(), AccessOf(achievement.achievement())) != Visibility::kNone;
    if (!seen) Blank(&line);
  }
  return OkStatus();
}

}  // namespace duijie::push
