// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/code_matcher.h"

#include <algorithm>

namespace duijie::matching {
namespace {

// Sections of GB/T 4754 (manufacturing, …) are too wide for two records to agree on.
constexpr int kIndustryIgnoredLevels = 1;

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

const CodeMatcher::Best& CodeMatcher::OfField(const std::string& code) {
  const auto [at, is_new] = fields_.try_emplace(code);
  Best& best = at->second;
  if (!is_new) return best;
  for (const std::string& field : source_.field_codes()) {
    best.similarity = std::max(best.similarity, CodeSimilarity(taxonomies_.fields, field, code, 0));
  }
  for (const std::string& industry : source_.industry_codes()) {
    best.affinity =
        std::max(best.affinity, static_cast<double>(taxonomies_.FieldIndustryAffinity(code, industry)));
  }
  return best;
}

const CodeMatcher::Best& CodeMatcher::OfIndustry(const std::string& code) {
  const auto [at, is_new] = industries_.try_emplace(code);
  Best& best = at->second;
  if (!is_new) return best;
  for (const std::string& industry : source_.industry_codes()) {
    best.similarity = std::max(
        best.similarity, CodeSimilarity(taxonomies_.industries, industry, code, kIndustryIgnoredLevels));
  }
  for (const std::string& field : source_.field_codes()) {
    best.affinity =
        std::max(best.affinity, static_cast<double>(taxonomies_.FieldIndustryAffinity(field, code)));
  }
  return best;
}

CodeAgreement CodeMatcher::With(const internal::v1::RecordFacts& other) {
  CodeAgreement agreement;
  for (const std::string& code : other.field_codes()) {
    const Best& best = OfField(code);
    agreement.fields = std::max(agreement.fields, best.similarity);
    agreement.industries = std::max(agreement.industries, best.affinity);
  }
  for (const std::string& code : other.industry_codes()) {
    const Best& best = OfIndustry(code);
    agreement.industries = std::max({agreement.industries, best.similarity, best.affinity});
  }
  return agreement;
}

}  // namespace duijie::matching
