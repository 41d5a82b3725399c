// SPDX-License-Identifier: GPL-3.0-or-later
// What every use case of visits works with: the stored resources, the catalog as a caller sees it, the yield
// model.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/resources/role_store.h"
#include "common/taxonomy/taxonomy_set.h"
#include "duijie/internal/v1/stored_visit.pb.h"
#include "duijie/v1/visit.pb.h"
#include "services/mining/mining_role.h"
#include "services/mining/problems/peer_problems.h"
#include "services/mining/visits/enterprise_facts.h"
#include "services/mining/visits/yield_model.h"

namespace duijie::mining {

// Index names; see docs/formats/visits.md.
inline constexpr char kPlansLatest[] = "visit_plans_latest";
inline constexpr char kVisitsByDate[] = "visits_by_date";
inline constexpr char kVisitsByPlan[] = "visits_by_plan";
inline constexpr char kVisitsByEnterprise[] = "visits_by_enterprise";
inline constexpr char kVisitsByExpert[] = "visits_by_expert";
inline constexpr char kExpertDay[] = "visit_expert_day";  // unique: nobody is booked twice

// "{name}|{date}": the key of an index by name and then date.
inline std::string DatedKey(const std::string& name, const std::string& date) { return name + "|" + date; }

// Thread-safe.
struct VisitTables {
  explicit VisitTables(const RecordLog& log);

  ResourceTable<v1::VisitPlan> plans;
  ResourceTable<v1::Visit> visits;
  ResourceTable<internal::v1::StoredVisitAttachment> attachments;
};

struct VisitContext {
  VisitContext(std::shared_ptr<MiningRole> mining_role, YieldModel yield_model,
               std::shared_ptr<const TaxonomySet> taxonomy_set, PeerProblems::FindWords find_words)
      : role(std::move(mining_role)),
        model(std::move(yield_model)),
        taxonomies(std::move(taxonomy_set)),
        tables(role->store->log()),
        peer_problems(role->peers, taxonomies, std::move(find_words)) {}

  RoleStore& store() const { return *role->store; }

  const std::shared_ptr<MiningRole> role;
  const YieldModel model;
  const std::shared_ptr<const TaxonomySet> taxonomies;
  const VisitTables tables;
  const PeerProblems peer_problems;
  ListPushes list_pushes;  // of the role push, as the caller may see them; set before the first call
  // Held from the check of an expert's month to the commit: two writers must not take the same last place.
  std::mutex write_mutex;
};

// Whether the caller, as staff, is responsible for all of these parks; of none: for all parks there are.
bool CoversParks(const Principal& caller, const google::protobuf::RepeatedPtrField<std::string>& parks);

// Who may see a plan or visit in full; everybody else does not know of it.
bool MaySeePlan(const Principal& caller, const v1::VisitPlan& plan);
// Enterprises see their own visits from the day they were agreed.
bool MaySeeVisit(const Principal& caller, const v1::Visit& visit);
// What the caller is shown of a visit that it may see: enterprises are not told what was expected of them.
v1::Visit Shown(v1::Visit visit, const Principal& caller);

// NOT_FOUND RECORD_NOT_FOUND.
StatusOr<v1::VisitPlan> VisiblePlan(const VisitContext& context, const Principal& caller,
                                    std::string_view name);
StatusOr<v1::Visit> VisibleVisit(const VisitContext& context, const Principal& caller, std::string_view name);

// Appends a step; the latest 100 are kept.
void AddStep(google::protobuf::RepeatedPtrField<v1::VisitStep>* steps, std::string to,
             const std::string& reason, const Principal& caller, UnixMicros now);

// Every visit, of a year ("" date prefix: of all), that is not cancelled.
StatusOr<std::vector<v1::Visit>> StandingVisits(const VisitContext& context, const std::string& date_prefix);

// FAILED_PRECONDITION ILLEGAL_TRANSITION with metadata from and to.
Status IllegalVisitStep(const std::string& from, const std::string& to);

}  // namespace duijie::mining
