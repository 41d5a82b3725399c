// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/maturity/level_rule.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>
#include <utility>

#include "services/push/achievements/field_rules.h"
#include "services/push/maturity/schemes.h"

namespace duijie::push {
namespace {

// "衡水云杉橡胶（集团） 有限公司" as "衡水云杉橡胶(集团)有限公司".
std::string PlainName(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> kForms[] = {
      {"（", "("}, {"）", ")"}, {"　", ""}, {" ", ""}, {"\t", ""}};
  std::string plain;
  while (!name.empty()) {
    const auto* form = std::find_if(std::begin(kForms), std::end(kForms),
                                    [&](const auto& entry) { return name.starts_with(entry.first); });
    if (form != std::end(kForms)) {
      plain += form->second;
      name.remove_prefix(form->first.size());
    } else {
      plain += static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
      name.remove_prefix(1);
    }
  }
  return plain;
}

}  // namespace

std::vector<v1::MaturityLevelResult> LevelResults(const v1::MaturityScheme& scheme,
                                                  const v1::MaturityAssessment& assessment) {
  std::set<std::string> evidenced;
  for (const v1::ConditionEvidence& evidence : assessment.evidences()) {
    if (!IsBlank(evidence.text())) evidenced.insert(evidence.condition());
  }
  std::vector<v1::MaturityLevelResult> results(kLevels);
  for (int i = 0; i < kLevels; ++i) results[static_cast<size_t>(i)].set_level(i + 1);
  for (const v1::MaturityCondition& condition : scheme.conditions()) {
    if (!condition.required()) continue;
    v1::MaturityLevelResult& result = results[static_cast<size_t>(condition.level() - 1)];
    result.set_required(result.required() + 1);
    if (evidenced.contains(condition.code())) {
      result.set_evidenced(result.evidenced() + 1);
    } else {
      result.add_missing(condition.code());
    }
  }
  bool reached = true;
  for (v1::MaturityLevelResult& result : results) {
    reached = reached && result.missing().empty();
    result.set_reached(reached);
  }
  return results;
}

int LevelOf(const std::vector<v1::MaturityLevelResult>& results) {
  return static_cast<int>(std::count_if(results.begin(), results.end(),
                                        [](const v1::MaturityLevelResult& r) { return r.reached(); }));
}

bool IsSameUnit(const std::string& credit_code_a, const std::string& name_a, const std::string& credit_code_b,
                const std::string& name_b) {
  if (!credit_code_a.empty() && credit_code_a == credit_code_b) return true;
  const std::string plain = PlainName(name_a);
  return !plain.empty() && plain == PlainName(name_b);
}

}  // namespace duijie::push
