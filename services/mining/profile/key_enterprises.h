// SPDX-License-Identifier: GPL-3.0-or-later
// 重点企业遴选: the order of enterprises by the yield model's own terms (yield_model.h), and who cannot be
// chosen. Pure and deterministic.
#pragma once

#include <string>
#include <vector>

#include "services/mining/visits/certificates.h"
#include "services/mining/visits/yield_model.h"

namespace duijie::mining {

inline constexpr int kDefaultKeyEnterprises = 100;
inline constexpr int kMaxKeyEnterprises = 1'000;
inline constexpr double kScoreUnit = 1e-6;  // scores that differ by less are ties

// Fills in enterprises, exclusions, candidates and model_version. `facts` in order of name: of several
// records with one credit code the first stands for the enterprise.
void RankKeyEnterprises(const std::vector<EnterpriseFacts>& facts, const YieldModel& model, Day as_of,
                        int count, v1::KeyEnterpriseSelection* selection);

// Of scope, as_of, count, revisions, facts_time, model and list (docs/formats/profile.md).
std::string DigestOf(const v1::KeyEnterpriseSelection& selection);

// What differs between a kept list and the same list worked out again, in Chinese; at most 20 lines.
std::vector<std::string> DifferencesOf(const v1::KeyEnterpriseSelection& kept,
                                       const v1::KeyEnterpriseSelection& again);

}  // namespace duijie::mining
