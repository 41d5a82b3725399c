// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/pair_views.h"

#include <algorithm>
#include <set>

#include "common/resources/record_access.h"

namespace duijie::matching {
namespace {

constexpr size_t kRecordsPerRead = 500;  // ReadRecords takes 2,000; records may be large

}  // namespace

Status PairViews::LearnNames(const std::vector<std::string>& names) {
  std::set<std::string> unknown;
  for (const std::string& name : names) {
    if (!views_.contains(name)) unknown.insert(name);
  }
  for (auto next = unknown.begin(); next != unknown.end();) {
    DUIJIE_RETURN_IF_ERROR(call_.CheckAlive());
    internal::v1::ReadRecordsRequest request;
    for (size_t i = 0; i < kRecordsPerRead && next != unknown.end(); ++i, ++next) request.add_names(*next);
    DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ReadRecordsResponse read, read_records_(call_, request));
    const Principal& caller = call_.principal();
    for (int i = 0; i < request.names_size(); ++i) {
      View& view = views_[request.names(i)];
      if (i >= read.records_size()) continue;
      const internal::v1::Record& record = read.records(i);
      if (!record.has_need() && !record.has_achievement()) continue;
      const AccessFacts facts = AccessOf(record);
      view.visibility = VisibilityOf(caller, facts);
      view.is_others = record.has_need() && caller.role() == v1::ROLE_ENTERPRISE &&
                       (facts.enterprise.empty() || facts.enterprise != caller.enterprise());
    }
  }
  return OkStatus();
}

Status PairViews::Learn(const std::vector<v1::Judgement>& judgements) {
  std::vector<std::string> names;
  for (const v1::Judgement& judgement : judgements) names.push_back(judgement.need());
  DUIJIE_RETURN_IF_ERROR(LearnNames(names));
  names.clear();
  for (const v1::Judgement& judgement : judgements) {
    if (Of(judgement.need()) == Visibility::kNone || !MayUseNeed(judgement.need())) continue;
    names.push_back(judgement.achievement());
  }
  return LearnNames(names);
}

const PairViews::View& PairViews::ViewOf(const std::string& name) const {
  static const View kNothing;
  const auto found = views_.find(name);
  return found == views_.end() ? kNothing : found->second;
}

Visibility PairViews::Of(const std::string& name) const { return ViewOf(name).visibility; }

bool PairViews::MayUseNeed(const std::string& need) const { return !ViewOf(need).is_others; }

Visibility PairViews::OfPair(const v1::Judgement& judgement) const {
  if (!MayUseNeed(judgement.need())) return Visibility::kNone;
  const Visibility need = Of(judgement.need());
  const Visibility achievement = Of(judgement.achievement());
  if (need == Visibility::kNone || achievement == Visibility::kNone) return Visibility::kNone;
  const bool full = need == Visibility::kFull && achievement == Visibility::kFull;
  return full ? Visibility::kFull : Visibility::kMasked;
}

}  // namespace duijie::matching
