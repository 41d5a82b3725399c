// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/fact_features.h"

#include <algorithm>

#include "common/taxonomy/region.h"

namespace duijie::matching {
namespace {

using internal::v1::RankingParameters;
using internal::v1::RecordFacts;

// Sections of GB/T 4754 (manufacturing, …) are too wide for two records to agree on.
constexpr int kIndustryIgnoredLevels = 1;

template <typename Codes, typename Other, typename Similarity>
double Best(const Codes& codes, const Other& others, Similarity similarity) {
  double best = 0;
  for (const auto& a : codes) {
    for (const auto& b : others) best = std::max(best, static_cast<double>(similarity(a, b)));
  }
  return best;
}

double FieldAgreement(const FactsPair& pair, const TaxonomySet& taxonomies) {
  return Best(pair.need.field_codes(), pair.achievement.field_codes(),
              [&](const auto& a, const auto& b) { return CodeSimilarity(taxonomies.fields, a, b, 0); });
}

double IndustryAgreement(const FactsPair& pair, const TaxonomySet& taxonomies) {
  const auto affinity = [&](const auto& field, const auto& industry) {
    return taxonomies.FieldIndustryAffinity(field, industry);
  };
  const double direct =
      Best(pair.need.industry_codes(), pair.achievement.industry_codes(), [&](const auto& a, const auto& b) {
        return CodeSimilarity(taxonomies.industries, a, b, kIndustryIgnoredLevels);
      });
  return std::max({direct, Best(pair.achievement.field_codes(), pair.need.industry_codes(), affinity),
                   Best(pair.need.field_codes(), pair.achievement.industry_codes(), affinity)});
}

double Maturity(const FactsPair& pair, const RankingParameters& parameters) {
  const int offered = pair.achievement.maturity_level();
  if (offered <= 0) return 0;
  const int wanted = pair.need.maturity_level();
  if (wanted <= 0) return static_cast<double>(offered) / kMaturityLevels;
  const double missing = std::max(wanted - offered, 0);
  return std::max(0.0, 1 - missing / parameters.maturity_span());
}

double Budget(const FactsPair& pair) {
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

double CodeSimilarity(const Taxonomy& taxonomy, std::string_view a, std::string_view b, int ignored_levels) {
  const TaxonomyEntry* x = taxonomy.Find(a);
  const TaxonomyEntry* y = taxonomy.Find(b);
  if (x == nullptr || y == nullptr) return 0;
  const double depths = std::max(x->level - ignored_levels, 0) + std::max(y->level - ignored_levels, 0);
  while (x != nullptr && y != nullptr && x != y) {
    if (x->level >= y->level) {
      x = taxonomy.ParentOf(*x);
    } else {
      y = taxonomy.ParentOf(*y);
    }
  }
  if (x == nullptr || y == nullptr || depths <= 0) return 0;
  return 2 * std::max(x->level - ignored_levels, 0) / depths;
}

void FactFeatures(const FactsPair& pair, const TaxonomySet& taxonomies, const RankingParameters& parameters,
                  FeatureValues* values) {
  (*values)[kFieldAgreement] = FieldAgreement(pair, taxonomies);
  (*values)[kIndustryAgreement] = IndustryAgreement(pair, taxonomies);
  (*values)[kMaturity] = Maturity(pair, parameters);
  (*values)[kBudget] = Budget(pair);
  (*values)[kCooperationMode] = CooperationModes(pair);
  const bool jing_jin_to_ji =
      IsBeijingTianjin(pair.achievement.region_code()) && IsHebei(pair.need.region_code());
  (*values)[kRegionDirection] = jing_jin_to_ji ? 1 : 0;
  (*values)[kFreshness] = Freshness(pair, parameters);
}

}  // namespace duijie::matching
