// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/record_query.h"

#include <algorithm>
#include <limits>
#include <set>

#include "common/auth/visibility.h"
#include "common/base/proto_time.h"
#include "services/search/index_schema.h"

namespace duijie::search {
namespace {

using Queries = std::vector<Xapian::Query>;

Xapian::Query AnyOf(const Queries& queries) {
  return Xapian::Query(Xapian::Query::OP_OR, queries.begin(), queries.end());
}
Xapian::Query AllOf(const Queries& queries) {
  return Xapian::Query(Xapian::Query::OP_AND, queries.begin(), queries.end());
}

// PUBLISHED by default; UNSPECIFIED stands for all.
std::set<v1::RecordState> StatesOf(const v1::RecordFilter& filter) {
  std::set<v1::RecordState> states;
  for (const int state : filter.states()) {
    if (state != v1::RECORD_STATE_UNSPECIFIED) {
      states.insert(static_cast<v1::RecordState>(state));
      continue;
    }
    for (int each = v1::RecordState_MIN + 1; each <= v1::RecordState_MAX; ++each) {
      states.insert(static_cast<v1::RecordState>(each));
    }
  }
  if (states.empty()) states.insert(v1::RECORD_STATE_PUBLISHED);
  return states;
}

// State and access are one term, so the common case is one posting list.
Xapian::Query AccessQuery(Prefix prefix, const std::set<v1::RecordState>& states, const Principal& caller) {
  Queries terms;
  for (const std::string& access : AccessQueryTerms(caller)) {
    for (const v1::RecordState state : states) terms.emplace_back(AccessTerm(prefix, state, access));
  }
  return AnyOf(terms);
}

template <typename List>
void RequireOne(const List& texts, Prefix prefix, Queries* all) {
  if (texts.empty()) return;
  Queries terms;
  for (const std::string& text : texts) terms.emplace_back(TermOf(prefix, text));
  all->push_back(AnyOf(terms));
}

template <typename List>
void RequireOneNumber(const List& numbers, Prefix prefix, Queries* all) {
  if (numbers.empty()) return;
  Queries terms;
  for (const int number : numbers) terms.emplace_back(TermOf(prefix, number));
  all->push_back(AnyOf(terms));
}

void RequireRegion(const v1::RecordFilter& filter, const Xapian::Query& in_full, Queries* all) {
  if (filter.region_codes().empty()) return;
  Queries regions;
  for (const std::string& code : filter.region_codes()) {
    const Xapian::Query region(TermOf(Prefix::kRegion, code));
    const bool shown_to_all = code == CityOf(code);
    regions.push_back(shown_to_all ? region : region & in_full);
  }
  all->push_back(AnyOf(regions));
}

void RequirePrice(const v1::RecordFilter& filter, Queries* all) {
  Queries bounds;
  if (filter.has_price_max_wan_yuan()) {
    bounds.emplace_back(Xapian::Query::OP_VALUE_LE, kPriceLowSlot,
                        Xapian::sortable_serialise(filter.price_max_wan_yuan()));
  }
  if (filter.has_price_min_wan_yuan()) {
    bounds.emplace_back(Xapian::Query::OP_VALUE_GE, kPriceHighSlot,
                        Xapian::sortable_serialise(filter.price_min_wan_yuan()));
  }
  if (bounds.empty()) return;
  const Xapian::Query priced(TermOf(Prefix::kPriced, ""));
  const Xapian::Query in_range = AllOf(bounds) & priced;
  const Xapian::Query unpriced(Xapian::Query::OP_AND_NOT, Xapian::Query::MatchAll, priced);
  all->push_back(filter.include_unpriced() ? in_range | unpriced : in_range);
}

void RequireMaturity(const v1::RecordFilter& filter, Queries* all) {
  if (filter.maturity_min() == 0 && filter.maturity_max() == 0) return;
  const int from = std::max(1, filter.maturity_min());
  const int to = filter.maturity_max() == 0 ? kMaturityLevels : filter.maturity_max();
  Queries levels;
  for (int level = from; level <= to; ++level) levels.emplace_back(TermOf(Prefix::kMaturity, level));
  all->push_back(AnyOf(levels));
}

void RequireTimes(const v1::RecordFilter& filter, Queries* all) {
  if (!filter.valid_on().empty()) {
    all->emplace_back(Xapian::Query::OP_VALUE_LE, kValidFromSlot, filter.valid_on());
    all->emplace_back(Xapian::Query::OP_VALUE_GE, kValidUntilSlot, filter.valid_on());
  }
  if (filter.has_updated_after()) {
    const auto micros = static_cast<double>(MicrosOf(filter.updated_after()));
    all->emplace_back(Xapian::Query::OP_VALUE_GE, kUpdateTimeSlot, Xapian::sortable_serialise(micros));
  }
}

}  // namespace

Xapian::Query FilterQuery(const v1::RecordFilter& filter, const Principal& caller) {
  const std::set<v1::RecordState> states = StatesOf(filter);
  const Xapian::Query in_full = AccessQuery(Prefix::kMaySeeInFull, states, caller);
  Queries all = {AccessQuery(Prefix::kMaySee, states, caller)};
  RequireOne(filter.field_codes(), Prefix::kField, &all);
  RequireOne(filter.industry_codes(), Prefix::kIndustry, &all);
  RequireRegion(filter, in_full, &all);
  RequireOneNumber(filter.cooperation_modes(), Prefix::kCooperationMode, &all);
  RequireOneNumber(filter.need_types(), Prefix::kNeedType, &all);
  RequireMaturity(filter, &all);
  RequirePrice(filter, &all);
  RequireTimes(filter, &all);
  const size_t open_conditions = all.size();
  RequireOne(filter.park_codes(), Prefix::kPark, &all);
  RequireOne(filter.enterprises(), Prefix::kEnterprise, &all);
  RequireOne(filter.owner_credit_codes(), Prefix::kOwnerCreditCode, &all);
  RequireOne(filter.source_libraries(), Prefix::kSourceLibrary, &all);
  if (all.size() > open_conditions) all.push_back(in_full);
  return AllOf(all);
}

}  // namespace duijie::search
