// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/packages/package_builder.h"

#include <algorithm>
#include <map>

#include "services/push/packages/cover.h"

namespace duijie::push {
namespace {

// How far a verdict is from a yes; the smallest is the best.
int Distance(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_SATISFIED:
      return 0;
    case v1::VERDICT_PARTLY:
      return 1;
    case v1::VERDICT_NOT_STATED:
      return 2;
    default:
      return 3;
  }
}

// What the needs demand and what each achievement that was looked at gives.
struct Offer {
  std::string title;
  CoverElements covers;
  std::map<size_t, v1::PackageCover> reasons;  // by place in the demands
};

class Draft {
 public:
  explicit Draft(v1::Package* package) : package_(package) {}

  // The demands of one need and what its candidates say of them.
  void Add(const std::string& need, const google::protobuf::RepeatedPtrField<v1::MatchResult>& results) {
    if (results.empty()) return;
    const auto first = static_cast<size_t>(package_->demands_size());
    const v1::FitTable& demands = results.at(0).explanation().fit();
    for (const v1::FitRow& row : demands.rows()) AddDemand(need, results.at(0).need_title(), &row);
    if (demands.rows().empty()) AddDemand(need, results.at(0).need_title(), nullptr);
    for (const v1::MatchResult& result : results) {
      if (demands.rows().empty()) {
        AddSubject(first, result);
      } else {
        AddFigures(first, result);
      }
    }
  }

  std::map<std::string, Offer>& offers() { return offers_; }

 private:
  void AddDemand(const std::string& need, const std::string& title, const v1::FitRow* row) {
    if (static_cast<size_t>(package_->demands_size()) >= kMaxCoverElements) return;
    v1::PackageDemand& demand = *package_->add_demands();
    demand.set_need(need);
    demand.set_need_title(title);
    demand.set_best_verdict(v1::VERDICT_NOT_STATED);
    demand.set_subject(row == nullptr);
    if (row == nullptr) return;
    demand.set_indicator(row->indicator());
    demand.set_demand(row->demand());
    demand.set_demand_quote(row->demand_quote());
    demand.set_best_verdict(v1::VERDICT_VIOLATED);
  }

  void AddFigures(size_t first, const v1::MatchResult& result) {
    const auto count = static_cast<size_t>(package_->demands_size());
    for (int i = 0; i < result.explanation().fit().rows_size(); ++i) {
      const size_t place = first + static_cast<size_t>(i);
      if (place >= count) return;
      const v1::FitRow& row = result.explanation().fit().rows(i);
      Note(place, row.verdict());
      if (row.verdict() != v1::VERDICT_SATISFIED) continue;
      v1::PackageCover& cover = Covers(place, result);
      cover.set_stated_quote(row.stated_quote());
      cover.set_text(row.text());
    }
  }

  void AddSubject(size_t place, const v1::MatchResult& result) {
    if (result.level() < v1::MATCH_LEVEL_FAIR) return;
    Note(place, v1::VERDICT_SATISFIED);
    Covers(place, result).set_text(result.explanation().summary());
  }

  void Note(size_t place, v1::Verdict verdict) {
    v1::PackageDemand& demand = *package_->mutable_demands(static_cast<int>(place));
    if (Distance(verdict) < Distance(demand.best_verdict())) demand.set_best_verdict(verdict);
  }

  v1::PackageCover& Covers(size_t place, const v1::MatchResult& result) {
    Offer& offer = offers_[result.achievement()];
    offer.title = result.achievement_title();
    offer.covers.set(place);
    v1::PackageCover& cover = offer.reasons[place];
    cover.set_achievement(result.achievement());
    return cover;
  }

  v1::Package* package_;
  std::map<std::string, Offer> offers_;
};

using Achievements = std::map<std::string, v1::Achievement>;

StatusOr<Achievements> ReadTransferable(const rpc::CallContext& call, const Peers& peers,
                                        const std::map<std::string, Offer>& offers) {
  Achievements achievements;
  if (offers.empty()) return achievements;
  internal::v1::ReadRecordsRequest request;
  for (const auto& [name, offer] : offers) request.add_names(name);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, peers.read_records(call, request));
  for (const internal::v1::Record& record : response.records()) {
    if (IsTransferable(record.achievement()))
      achievements[record.achievement().name()] = record.achievement();
  }
  return achievements;
}

void AddMember(const v1::Achievement& achievement, const Offer& offer, const CoverElements& by_others,
               v1::Package* package) {
  v1::PackageMember& member = *package->add_members();
  member.set_achievement(achievement.name());
  member.set_title(offer.title);
  *member.mutable_cooperation_modes() = achievement.cooperation_modes();
  member.set_maturity_level(achievement.maturity_level());
  member.set_background_rights(achievement.background_rights());
  for (const auto& [place, reason] : offer.reasons) {
    member.add_covers(static_cast<int>(place));
    if (!by_others.test(place)) member.add_covers_alone(static_cast<int>(place));
  }
}

}  // namespace

bool IsTransferable(const v1::Achievement& achievement) {
  if (achievement.state() != v1::RECORD_STATE_PUBLISHED) return false;
  if (achievement.cooperation_modes().empty()) return true;
  return std::any_of(
      achievement.cooperation_modes().begin(), achievement.cooperation_modes().end(), [](int mode) {
        return mode == v1::COOPERATION_MODE_TRANSFER || mode == v1::COOPERATION_MODE_LICENSE ||
               mode == v1::COOPERATION_MODE_EQUITY || mode == v1::COOPERATION_MODE_JOINT_DEVELOPMENT ||
               mode == v1::COOPERATION_MODE_COMMISSIONED_DEVELOPMENT;
      });
}

Status PackageBuilder::Build(const rpc::CallContext& call, v1::Package* package) const {
  package->clear_members();
  package->clear_demands();
  Draft draft(package);
  for (const std::string& need : package->needs()) {
    v1::MatchNeedRequest request;
    request.set_name(need);
    *request.mutable_filter() = package->achievement_filter();
    request.mutable_parameters()->set_top_k(kCandidatesPerNeed);
    request.mutable_parameters()->set_candidate_limit(kCandidatesPerNeed);
    DUIJIE_ASSIGN_OR_RETURN(const v1::MatchNeedResponse response, peers_.match_need(call, request));
    draft.Add(need, response.results());
    package->set_index_revision(response.index_revision());
    package->set_model_version(response.model_version());
  }
  DUIJIE_ASSIGN_OR_RETURN(const Achievements achievements, ReadTransferable(call, peers_, draft.offers()));
  std::erase_if(draft.offers(), [&](const auto& offer) { return !achievements.contains(offer.first); });
  // What covers most stands first, so that it is preferred among equals; then by name.
  std::vector<std::pair<std::string, const Offer*>> order;
  for (const auto& [name, offer] : draft.offers()) order.emplace_back(name, &offer);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.second->covers.count() > b.second->covers.count();
  });
  std::vector<CoverElements> sets;
  for (const auto& [name, offer] : order) sets.push_back(offer->covers);
  const CoverChoice choice = SmallestCover(sets, static_cast<size_t>(package->max_members()));
  for (const size_t place : choice.sets) {
    CoverElements by_others;
    for (const size_t other : choice.sets) {
      if (other != place) by_others |= sets[other];
    }
    const auto& [name, offer] = order[place];
    AddMember(achievements.at(name), *offer, by_others, package);
    for (const auto& [demand, reason] : offer->reasons) {
      *package->mutable_demands(static_cast<int>(demand))->add_covers() = reason;
    }
  }
  package->set_covered(static_cast<int>(choice.covered.count()));
  package->set_proven_smallest(choice.proven_smallest);
  package->set_candidates(static_cast<int>(order.size()));
  return OkStatus();
}

}  // namespace duijie::push
