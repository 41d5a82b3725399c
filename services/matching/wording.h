// SPDX-License-Identifier: GPL-3.0-or-later
// Chinese words for values in explanations and exported documents. Pure.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <string>
#include <string_view>

#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/match.pb.h"

namespace duijie::matching {

std::string WanYuan(double amount);  // "120万元", at most four decimals
std::string ModeNames(const google::protobuf::RepeatedField<int>& modes);  // "转让、许可"; "" if none
std::string RightsName(int stance);                                        // "" if unspecified
std::string RegionName(const TaxonomySet& taxonomies,
                       const std::string& code);  // the code where the name is not known
std::string VerdictName(v1::Verdict verdict);
std::string NextActionName(v1::NextActionKind kind);
std::string DirectionName(v1::MatchDirection direction);
std::string PolicyName(v1::ViolationPolicy policy);
std::string RunStateName(v1::MatchRunState state);
std::string FieldName(std::string_view field);  // "title" → "名称"

// A number with at most `decimals` decimals, without trailing zeros.
std::string Decimal(double number, int decimals);

}  // namespace duijie::matching
