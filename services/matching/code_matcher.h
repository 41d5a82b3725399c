// SPDX-License-Identifier: GPL-3.0-or-later
// How well the taxonomy codes of records agree with those of one source. Formulas: docs/model.md.
#pragma once

#include <string_view>

#include "common/base/string_lookup.h"
#include "common/taxonomy/taxonomy_set.h"
#include "duijie/internal/v1/candidate_service.pb.h"

namespace duijie::matching {

// Wu & Palmer (1994): 2 · depth of the deepest common ancestor / (depth of a + depth of b), where the first
// `ignored_levels` levels do not count as depth. 0 if either code is unknown. Symmetric.
double CodeSimilarity(const Taxonomy& taxonomy, std::string_view a, std::string_view b, int ignored_levels);

// Values of two features, 0 to 1.
struct CodeAgreement {
  double fields = 0;
  double industries = 0;
};

// For one thread and one ranking: candidates share few codes, so what a code gave is remembered.
class CodeMatcher {
 public:
  // Arguments must outlive this.
  CodeMatcher(const TaxonomySet& taxonomies, const internal::v1::RecordFacts& source)
      : taxonomies_(taxonomies), source_(source) {}

  // The best of all pairs of codes. It does not matter which side is the source.
  CodeAgreement With(const internal::v1::RecordFacts& other);

 private:
  // The best of one code with any of the source's.
  struct Best {
    double similarity = 0;  // with a code of the same taxonomy
    double affinity = 0;    // with a code of the other one, by the crosswalk
  };
  const Best& OfField(const std::string& code);
  const Best& OfIndustry(const std::string& code);

  const TaxonomySet& taxonomies_;
  const internal::v1::RecordFacts& source_;
  StringMap<Best> fields_;
  StringMap<Best> industries_;
};

}  // namespace duijie::matching
