// SPDX-License-Identifier: GPL-3.0-or-later
// Why two texts meet that share few words: terms of the source and of the counterpart's title that the
// thesaurus puts together, though they are written differently. Reads titles only, which everybody who may
// see a record may read. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "duijie/v1/match.pb.h"
#include "services/matching/query_terms.h"
#include "services/matching/title_terms.h"

namespace duijie::matching {

inline constexpr size_t kMaxRelatedTerms = 8;      // of one explanation
inline constexpr size_t kRelatedSourceWords = 24;  // the source's weightiest, looked at
inline constexpr double kLeastNearness = 0.35;     // of two terms that are shown

// Answers for many counterparts of one source. Arguments must outlive this.
class RelatedTerms {
 public:
  RelatedTerms(const Query& query, const TitleTerms& titles);

  // Nearest first, then the source's weightier term; each of the source's terms at most once.
  std::vector<v1::RelatedTerm> With(std::string_view title) const;

 private:
  const TitleTerms& titles_;
  std::vector<std::string_view> words_;  // weightiest first; the thesaurus knows them
  Thesaurus::Group group_;               // of them
};

}  // namespace duijie::matching
