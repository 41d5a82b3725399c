// SPDX-License-Identifier: GPL-3.0-or-later
// Chinese words of documents and briefs. Pure.
#pragma once

#include <string>

#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/visit.pb.h"

namespace duijie::mining {

const char* WordFor(v1::VisitState state);
const char* WordFor(v1::VisitPlanState state);
const char* WordFor(v1::VisitSignerRole role);
const char* WordFor(v1::RecordState state);

// Names of codes; the code itself if it is unknown.
std::string RegionName(const TaxonomySet& taxonomies, const std::string& code);
std::string ParkName(const TaxonomySet& taxonomies, const std::string& code);
std::string IndustryName(const TaxonomySet& taxonomies, const std::string& code);

// "甲、乙".
template <typename Texts>
std::string Joined(const Texts& texts, const char* separator = "、") {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : separator) + text;
  return all;
}

// "0.75".
std::string TwoDecimals(double value);

// Day and minute in China, "2026-03-05 14:20".
std::string ChinaMinute(const google::protobuf::Timestamp& time);

}  // namespace duijie::mining
