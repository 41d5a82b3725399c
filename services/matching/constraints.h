// SPDX-License-Identifier: GPL-3.0-or-later
// Hard constraints of a pair, kept apart from its score. Silence is never a yes: where one side states
// nothing the verdict is NOT_STATED. Texts are Chinese sentences for people and name nobody. Pure.
#pragma once

#include <vector>

#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/match.pb.h"
#include "services/matching/fact_features.h"

namespace duijie::matching {

// Every kind once, in order of ConstraintKind.
std::vector<v1::ConstraintVerdict> CheckConstraints(const FactsPair& pair, const TaxonomySet& taxonomies);

// The same verdicts without texts, for ranking: whether any constraint is violated.
bool ViolatesConstraint(const FactsPair& pair, const TaxonomySet& taxonomies);

// "成熟度", "预算", …
std::string ConstraintName(v1::ConstraintKind kind);

}  // namespace duijie::matching
