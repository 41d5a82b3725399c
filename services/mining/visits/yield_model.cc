// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/yield_model.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "common/taxonomy/tsv_file.h"
#include "common/text/encoding.h"

namespace duijie::mining {
namespace {

constexpr size_t kColumns = 3;
constexpr double kIndustryLevels = 4;  // of GB/T 4754
constexpr double kFirstKeyword = 0.5;
constexpr double kFurtherKeyword = 0.25;
constexpr size_t kShortestKeyword = 2;  // code points

const std::pair<const char*, const char*> kRequired[] = {
    {"version", "number"},    {"base", "value"},           {"days_since_visit", "weight"},
    {"past_needs", "each"},   {"past_needs", "most"},      {"days_since_visit", "full_after_days"},
    {"validity", "weight"},   {"validity", "prior_valid"}, {"validity", "prior_needs"},
    {"agreement", "weight"},  {"travel", "same_city"},     {"travel", "same_province"},
    {"travel", "elsewhere"},  {"travel", "unknown"},       {"certificate_limit", "most"},
    {"push_answers", "each"}, {"push_answers", "most"},
};

bool IsRequired(const std::pair<std::string, std::string>& key) {
  return std::any_of(std::begin(kRequired), std::end(kRequired), [&](const auto& required) {
    return key.first == required.first && key.second == required.second;
  });
}

bool ParseWeight(const std::string& cell, double* value) {
  char* end = nullptr;
  *value = std::strtod(cell.c_str(), &end);
  return !cell.empty() && *end == '\0' && std::isfinite(*value) && *value >= 0;
}

v1::VisitYieldTerm Term(const char* name, double value, double weight, std::string text) {
  v1::VisitYieldTerm term;
  term.set_term(name);
  term.set_value(value);
  term.set_weight(weight);
  term.set_text(std::move(text));
  return term;
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

template <typename Texts>
bool AnyContains(const Texts& texts, const std::string& part) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return Contains(text, part); });
}

bool Mentions(const v1::Enterprise& enterprise, const std::string& keyword) {
  return Contains(enterprise.title(), keyword) || Contains(enterprise.description(), keyword) ||
         AnyContains(enterprise.products(), keyword) || AnyContains(enterprise.keywords(), keyword);
}

// Levels that two codes share, from the top.
size_t SharedLevels(const TaxonomySet& taxonomies, const std::string& a, const std::string& b) {
  std::vector<std::string> path_a = taxonomies.industries.AncestorsOf(a);
  std::vector<std::string> path_b = taxonomies.industries.AncestorsOf(b);
  std::reverse(path_a.begin(), path_a.end());
  std::reverse(path_b.begin(), path_b.end());
  const auto end = std::mismatch(path_a.begin(), path_a.end(), path_b.begin(), path_b.end());
  return static_cast<size_t>(end.first - path_a.begin());
}

}  // namespace

Distance DistanceBetween(const std::string& a, const std::string& b) {
  constexpr size_t kCodeLength = 6, kProvince = 2, kCity = 4;
  if (a.size() != kCodeLength || b.size() != kCodeLength) return Distance::kUnknown;
  if (a.compare(0, kProvince, b, 0, kProvince) != 0) return Distance::kElsewhere;
  // A code of a whole province names no city.
  const bool has_cities = a.compare(kProvince, 2, "00") != 0 && b.compare(kProvince, 2, "00") != 0;
  return has_cities && a.compare(0, kCity, b, 0, kCity) == 0 ? Distance::kSameCity : Distance::kSameProvince;
}

StatusOr<YieldModel> YieldModel::Load(const std::string& path) {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<TsvRow> rows, ReadTsv(path, kColumns));
  Weights weights;
  for (const TsvRow& row : rows) {
    const std::pair<std::string, std::string> key{row.cells[0], row.cells[1]};
    const bool listed = key.first == "certificate" || key.first == "scale";
    if (key.second.empty() || (!listed && !IsRequired(key))) return TsvError(path, row.line, "unknown key");
    double value = 0;
    if (!ParseWeight(row.cells[2], &value)) return TsvError(path, row.line, "the value is no weight");
    if (!weights.emplace(key, value).second) return TsvError(path, row.line, "the key stands here twice");
  }
  for (const auto& [term, key] : kRequired) {
    if (!weights.contains({term, key})) {
      return TsvError(path, 0, std::string(term) + " " + key + " is missing");
    }
  }
  if (weights.at({"days_since_visit", "full_after_days"}) <= 0 ||
      weights.at({"validity", "prior_needs"}) <= 0) {
    return TsvError(path, 0, "full_after_days and prior_needs must be above 0");
  }
  return YieldModel(std::move(weights));
}

std::string YieldModel::version() const {
  return "visit-yield-" + std::to_string(std::llround(At("version", "number")));
}

v1::VisitYieldTerm YieldModel::DaysTerm(const EnterpriseFacts& enterprise, Day as_of) const {
  const double weight = At("days_since_visit", "weight");
  if (!enterprise.last_visit) return Term("days_since_visit", weight, weight, "没有走访记录");
  const auto days = std::max<int64_t>(0, (as_of - *enterprise.last_visit).count());
  const double share = std::min(1.0, static_cast<double>(days) / At("days_since_visit", "full_after_days"));
  return Term("days_since_visit", weight * share, weight, "距上次走访 " + std::to_string(days) + " 天");
}

v1::VisitYieldTerm YieldModel::NeedsTerm(const EnterpriseFacts& enterprise) const {
  const double each = At("past_needs", "each"), most = At("past_needs", "most");
  return Term("past_needs", each * std::min<double>(enterprise.needs, most), each * most,
              "提出过 " + std::to_string(enterprise.needs) + " 项需求");
}

v1::VisitYieldTerm YieldModel::ValidityTerm(const EnterpriseFacts& enterprise) const {
  const double share = (enterprise.valid_needs + At("validity", "prior_valid")) /
                       (enterprise.needs + At("validity", "prior_needs"));
  const std::string text = enterprise.needs == 0
                               ? "没有需求记录，按先验估计"
                               : std::to_string(enterprise.needs) + " 项需求中 " +
                                     std::to_string(enterprise.valid_needs) + " 项成为有效需求";
  const double weight = At("validity", "weight");
  return Term("validity", weight * std::min(1.0, share), weight, text);
}

v1::VisitYieldTerm YieldModel::CertificateTerm(const EnterpriseFacts& enterprise, Day as_of) const {
  const std::string today = FormatDay(as_of);
  double value = 0;
  std::string text;
  for (auto weight = weights_.lower_bound({"certificate", ""});
       weight != weights_.end() && weight->first.first == "certificate"; ++weight) {
    for (const v1::Certificate& certificate : enterprise.record.certificates()) {
      const bool expired = !certificate.valid_until().empty() && certificate.valid_until() < today;
      if (expired || !Contains(certificate.kind(), weight->first.second)) continue;
      value += weight->second;
      text += (text.empty() ? "" : "、") + certificate.kind();
      break;  // each kind once
    }
  }
  const double most = At("certificate_limit", "most");
  return Term("certificate", std::min(value, most), most, text.empty() ? "没有计分的有效资质" : text);
}

v1::VisitYieldTerm YieldModel::ScaleTerm(const EnterpriseFacts& enterprise) const {
  const std::string& scale = enterprise.record.scale();
  double value = 0, most = 0;
  bool listed = false;
  for (auto weight = weights_.lower_bound({"scale", ""});
       weight != weights_.end() && weight->first.first == "scale"; ++weight) {
    most = std::max(most, weight->second);
    if (listed || scale.rfind(weight->first.second, 0) != 0) continue;
    listed = true;
    value = weight->second;
  }
  return Term("scale", value, most, scale.empty() ? "规模未说明" : scale);
}

v1::VisitYieldTerm YieldModel::PushTerm(const EnterpriseFacts& enterprise) const {
  const double each = At("push_answers", "each"), most = At("push_answers", "most");
  return Term("push_answers", each * std::min<double>(enterprise.welcomed_pushes, most), each * most,
              enterprise.welcomed_pushes == 0
                  ? "没有表示过兴趣的推送"
                  : "对 " + std::to_string(enterprise.welcomed_pushes) + " 项推送感兴趣、在洽谈或已签约");
}

std::vector<v1::VisitYieldTerm> YieldModel::EnterpriseTerms(const EnterpriseFacts& enterprise,
                                                            Day as_of) const {
  return {Term("base", At("base", "value"), At("base", "value"), "每次走访的基数"),
          DaysTerm(enterprise, as_of),
          NeedsTerm(enterprise),
          ValidityTerm(enterprise),
          CertificateTerm(enterprise, as_of),
          ScaleTerm(enterprise),
          PushTerm(enterprise)};
}

v1::VisitYieldTerm YieldModel::AgreementTerm(double agreement, const std::string& with) const {
  return Term("agreement", agreement_weight() * agreement, agreement_weight(), with);
}

double YieldModel::TravelCost(Distance distance) const {
  switch (distance) {
    case Distance::kSameCity:
      return At("travel", "same_city");
    case Distance::kSameProvince:
      return At("travel", "same_province");
    case Distance::kElsewhere:
      return At("travel", "elsewhere");
    case Distance::kUnknown:
      break;
  }
  return At("travel", "unknown");
}

double FieldAgreement::OfIndustry(const std::string& code) {
  if (const auto known = by_industry_.find(code); known != by_industry_.end()) return known->second;
  double best = 0;
  for (const std::string& own : expert_.industry_codes()) {
    best = std::max(best, static_cast<double>(SharedLevels(taxonomies_, own, code)) / kIndustryLevels);
  }
  for (const std::string& field : expert_.field_codes()) {
    best = std::max(best, static_cast<double>(taxonomies_.FieldIndustryAffinity(field, code)));
  }
  return by_industry_[code] = std::min(1.0, best);
}

std::vector<std::string> FieldAgreement::SharedKeywords(const v1::Enterprise& enterprise) const {
  std::vector<std::string> shared;
  for (const std::string& keyword : expert_.keywords()) {
    if (CountCodePoints(keyword) >= kShortestKeyword && Mentions(enterprise, keyword))
      shared.push_back(keyword);
  }
  return shared;
}

double FieldAgreement::With(const v1::Enterprise& enterprise) {
  double best = 0;
  for (const std::string& code : enterprise.industry_codes()) best = std::max(best, OfIndustry(code));
  const auto keywords = static_cast<double>(SharedKeywords(enterprise).size());
  if (keywords > 0) best = std::max(best, std::min(1.0, kFirstKeyword + kFurtherKeyword * (keywords - 1)));
  return best;
}

std::string FieldAgreement::TextFor(const v1::Enterprise& enterprise) {
  std::string text;
  for (const std::string& keyword : SharedKeywords(enterprise)) text += (text.empty() ? "" : "、") + keyword;
  double industry = 0;
  for (const std::string& code : enterprise.industry_codes()) industry = std::max(industry, OfIndustry(code));
  if (!text.empty()) text = "专长“" + text + "”见于企业资料";
  if (industry > 0) text += (text.empty() ? "" : "；") + std::string("专业与企业行业相符");
  return text.empty() ? "专业与企业未见相符之处" : text;
}

}  // namespace duijie::mining
