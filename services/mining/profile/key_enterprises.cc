// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/key_enterprises.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "services/mining/visits/digest_parts.h"

namespace duijie::mining {
namespace {

constexpr char kFormat[] = "duijie-key-enterprises-1";
constexpr size_t kMostDifferences = 20;

int64_t Units(double score) { return std::llround(score / kScoreUnit); }

void Exclude(const char* reason, int enterprises, v1::KeyEnterpriseSelection* selection) {
  if (enterprises == 0) return;
  v1::VisitExclusion& exclusion = *selection->add_exclusions();
  exclusion.set_reason(reason);
  exclusion.set_enterprises(enterprises);
}

std::vector<const EnterpriseFacts*> Candidates(const std::vector<EnterpriseFacts>& facts,
                                               v1::KeyEnterpriseSelection* selection) {
  int without_code = 0, opted_out = 0, repeated = 0;
  std::set<std::string> refused, seen;
  for (const EnterpriseFacts& enterprise : facts) {
    if (enterprise.record.push_opt_out()) refused.insert(enterprise.record.credit_code());
  }
  std::vector<const EnterpriseFacts*> candidates;
  for (const EnterpriseFacts& enterprise : facts) {
    const std::string& code = enterprise.record.credit_code();
    if (code.empty()) {
      ++without_code;
    } else if (refused.contains(code)) {
      ++opted_out;
    } else if (!seen.insert(code).second) {
      ++repeated;
    } else {
      candidates.push_back(&enterprise);
    }
  }
  Exclude("没有统一社会信用代码", without_code, selection);
  Exclude("企业已退订定向推送", opted_out, selection);
  Exclude("与另一条企业记录的统一社会信用代码相同", repeated, selection);
  selection->set_candidates(static_cast<int>(candidates.size()));
  return candidates;
}

v1::KeyEnterprise Scored(const EnterpriseFacts& facts, const YieldModel& model, Day as_of) {
  v1::KeyEnterprise scored;
  scored.set_enterprise(facts.record.name());
  scored.set_title(facts.record.title());
  scored.set_credit_code(facts.record.credit_code());
  scored.set_region_code(facts.record.region_code());
  scored.set_park_code(facts.record.park_code());
  double score = 0;
  for (v1::VisitYieldTerm& term : model.EnterpriseTerms(facts, as_of)) {
    score += term.value();
    *scored.add_terms() = std::move(term);
  }
  scored.set_score(score);
  return scored;
}

std::string Line(const v1::KeyEnterprise& enterprise) {
  return "第 " + std::to_string(enterprise.rank()) + " 位 " + enterprise.title() + "（" +
         enterprise.enterprise() + "）";
}

}  // namespace

void RankKeyEnterprises(const std::vector<EnterpriseFacts>& facts, const YieldModel& model, Day as_of,
                        int count, v1::KeyEnterpriseSelection* selection) {
  std::vector<v1::KeyEnterprise> scored;
  for (const EnterpriseFacts* candidate : Candidates(facts, selection)) {
    scored.push_back(Scored(*candidate, model, as_of));
  }
  std::sort(scored.begin(), scored.end(), [](const v1::KeyEnterprise& a, const v1::KeyEnterprise& b) {
    const int64_t of_a = Units(a.score()), of_b = Units(b.score());
    return of_a != of_b ? of_a > of_b : a.enterprise() < b.enterprise();
  });
  if (scored.size() > static_cast<size_t>(count)) scored.resize(static_cast<size_t>(count));
  for (v1::KeyEnterprise& enterprise : scored) {
    enterprise.set_rank(selection->enterprises_size() + 1);
    *selection->add_enterprises() = std::move(enterprise);
  }
  selection->set_model_version(model.version());
}

std::string DigestOf(const v1::KeyEnterpriseSelection& selection) {
  DigestParts parts;
  parts.Add(kFormat);
  parts.AddAll(selection.scope().park_codes());
  parts.AddAll(selection.scope().industry_codes());
  parts.AddAll(selection.scope().region_codes());
  parts.Add(selection.as_of());
  parts.AddCount(selection.count());
  parts.AddCount(selection.snapshot_revision());
  parts.AddCount(selection.visits_revision());
  parts.AddCount(selection.facts_time().seconds());
  parts.AddCount(selection.facts_time().nanos());
  parts.Add(selection.model_version());
  parts.AddCount(selection.candidates());
  for (const v1::VisitExclusion& exclusion : selection.exclusions()) {
    parts.Add(exclusion.reason());
    parts.AddCount(exclusion.enterprises());
  }
  for (const v1::KeyEnterprise& enterprise : selection.enterprises()) {
    parts.Add(enterprise.enterprise());
    parts.Add(enterprise.title());
    parts.Add(enterprise.credit_code());
    for (const v1::VisitYieldTerm& term : enterprise.terms()) {
      parts.Add(term.term());
      parts.AddCount(Units(term.value()));
      parts.AddCount(Units(term.weight()));
      parts.Add(term.text());
    }
  }
  return parts.Sha256Hex();
}

std::vector<std::string> DifferencesOf(const v1::KeyEnterpriseSelection& kept,
                                       const v1::KeyEnterpriseSelection& again) {
  std::vector<std::string> differences;
  const auto tell = [&](std::string text) {
    if (differences.size() < kMostDifferences) differences.push_back(std::move(text));
  };
  if (kept.model_version() != again.model_version()) {
    tell("模型由 " + kept.model_version() + " 变为 " + again.model_version());
  }
  if (kept.candidates() != again.candidates()) {
    tell("可选企业由 " + std::to_string(kept.candidates()) + " 家变为 " + std::to_string(again.candidates()) +
         " 家");
  }
  std::map<std::string, const v1::KeyEnterprise*> before;
  for (const v1::KeyEnterprise& enterprise : kept.enterprises())
    before[enterprise.enterprise()] = &enterprise;
  for (const v1::KeyEnterprise& enterprise : again.enterprises()) {
    const auto found = before.find(enterprise.enterprise());
    if (found == before.end()) {
      tell("多出" + Line(enterprise));
      continue;
    }
    if (found->second->rank() != enterprise.rank()) {
      tell(Line(*found->second) + "变为第 " + std::to_string(enterprise.rank()) + " 位");
    } else if (Units(found->second->score()) != Units(enterprise.score())) {
      tell(Line(enterprise) + "的得分不同");
    }
    before.erase(found);
  }
  for (const v1::KeyEnterprise& enterprise : kept.enterprises()) {
    if (before.contains(enterprise.enterprise())) tell("少了" + Line(enterprise));
  }
  return differences;
}

}  // namespace duijie::mining
