// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/fact_features.h"

#include <algorithm>

#include "common/taxonomy/region.h"

namespace duijie::matching {
namespace {

using internal::v1::RankingParameters;

double Maturity(const FactsPair& pair, const RankingParameters& parameters) {
  const int offered = pair.achievement.maturity_level();
  if (offered <= 0) return 0;
  const int wanted = pair.need.maturity_level();
  if (wanted <= 0) return static_cast<double>(offered) / kMaturityLevels;
  const double missing = std::max(wanted - offered, 0);
  return std::max(0.0, 1 - missing / parameters.maturity_span());
}

double BudgetFit(const FactsPair& pair) {
  if (!pair.need.has_price_max_wan_yuan() || !pair.achievement.has_price_min_wan_yuan()) return 0;
  const double budget = pair.need.price_max_wan_yuan();
  const double price = pair.achievement.price_min_wan_yuan();
  return price <= budget ? 1 : budget / price;
}

// Overlap coefficient: common modes / modes of the side that names fewer.
double CooperationModes(const FactsPair& pair) {
  const auto& wanted = pair.need.cooperation_modes();
  const auto& offered = pair.achievement.cooperation_modes();
  if (wanted.empty() || offered.empty()) return 0;
  const auto common = std::count_if(wanted.begin(), wanted.end(), [&](int mode) {
    return std::find(offered.begin(), offered.end(), mode) != offered.end();
  });
  return std::min(1.0, static_cast<double>(common) / std::min(wanted.size(), offered.size()));
}

double Freshness(const FactsPair& pair, const RankingParameters& parameters) {
  const std::optional<Day> fresh_on = ParseDay(pair.counterpart_fresh_on);
  if (!fresh_on) return 0;
  const double age = static_cast<double>(std::max((pair.as_of - *fresh_on).count(), Day::rep{0}));
  return std::max(0.0, 1 - age / parameters.fresh_days());
}

}  // namespace

void FactFeatures(const FactsPair& pair, const CodeAgreement& codes, const RankingParameters& parameters,
                  FeatureValues* values) {
  (*values)[kFieldAgreement] = codes.fields;
  (*values)[kIndustryAgreement] = codes.industries;
  (*values)[kMaturity] = Maturity(pair, parameters);
  (*values)[kBudget] = BudgetFit(pair);
  (*values)[kCooperationMode] = CooperationModes(pair);
  const bool jing_jin_to_ji =
      IsBeijingTianjin(pair.achievement.region_code()) && IsHebei(pair.need.region_code());
  (*values)[kRegionDirection] = jing_jin_to_ji ? 1 : 0;
  (*values)[kFreshness] = Freshness(pair, parameters);
}

}  // namespace duijie::matching
