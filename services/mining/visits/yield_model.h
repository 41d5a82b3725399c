// SPDX-License-Identifier: GPL-3.0-or-later
// How many valid needs a visit is expected to bring: a sum of terms, each from a stated fact, with the
// weights of data/visits/yield_model.tsv (formulas: docs/formats/visits.md). Immutable after Load; safe on
// any thread.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/status/status.h"
#include "common/taxonomy/taxonomy_set.h"
#include "services/mining/visits/visit_facts.h"

namespace duijie::mining {

// How far an expert has to go, by region codes (GB/T 2260: two digits of the province, four of the city).
enum class Distance { kSameCity, kSameProvince, kElsewhere, kUnknown };
Distance DistanceBetween(const std::string& region_a, const std::string& region_b);

class YieldModel {
 public:
  // INVALID_ARGUMENT INVALID_TABLE: a key is missing, unknown, twice, or its value is no number.
  static StatusOr<YieldModel> Load(const std::string& path);

  std::string version() const;

  // The terms that do not depend on the expert.
  std::vector<v1::VisitYieldTerm> EnterpriseTerms(const EnterpriseFacts& enterprise, Day as_of) const;
  v1::VisitYieldTerm AgreementTerm(double agreement, const std::string& with) const;
  double agreement_weight() const { return At("agreement", "weight"); }
  double TravelCost(Distance distance) const;

 private:
  using Weights = std::map<std::pair<std::string, std::string>, double>;
  explicit YieldModel(Weights weights) : weights_(std::move(weights)) {}
  double At(const char* term, const char* key) const { return weights_.at({term, key}); }
  v1::VisitYieldTerm DaysTerm(const EnterpriseFacts& enterprise, Day as_of) const;
  v1::VisitYieldTerm NeedsTerm(const EnterpriseFacts& enterprise) const;
  v1::VisitYieldTerm ValidityTerm(const EnterpriseFacts& enterprise) const;
  v1::VisitYieldTerm CertificateTerm(const EnterpriseFacts& enterprise, Day as_of) const;
  v1::VisitYieldTerm PushTerm(const EnterpriseFacts& enterprise) const;
  v1::VisitYieldTerm ScaleTerm(const EnterpriseFacts& enterprise) const;

  Weights weights_;
};

// How well one expert fits the fields of enterprises, 0 to 1: the best of
//   industry   the deepest level of GB/T 4754 that both share, over 4,
//   field      the crosswalk's affinity of the expert's technology fields to the enterprise's industries,
//   keywords   0.5 for the first of the expert's keywords found in the enterprise's texts, 0.25 for each
//              further one.
// Remembers industries it has seen; not thread-safe.
class FieldAgreement {
 public:
  FieldAgreement(const v1::Expert& expert, const TaxonomySet& taxonomies)
      : expert_(expert), taxonomies_(taxonomies) {}

  double With(const v1::Enterprise& enterprise);
  // The fact behind it, in Chinese.
  std::string TextFor(const v1::Enterprise& enterprise);

 private:
  double OfIndustry(const std::string& code);
  std::vector<std::string> SharedKeywords(const v1::Enterprise& enterprise) const;

  const v1::Expert& expert_;
  const TaxonomySet& taxonomies_;
  std::map<std::string, double> by_industry_;
};

}  // namespace duijie::mining
