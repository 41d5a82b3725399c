// SPDX-License-Identifier: GPL-3.0-or-later
// What a user typed to Xapian queries, built by hand: QueryParser would turn a run of Chinese into an AND of
// all its bigrams.
//
//   words     the longest words of the segmenter; stop words only if there is nothing else
//   unit      a word or one of its synonyms in any text, or the word's characters, two by two, in title or
//   keywords: so a
//             fragment of a title finds it however it is segmented
//   strict    every unit (or every two neighbouring characters of the query in title or keywords)
//   loose     any word; at most kMaxLooseTerms, the rarest; of a short query also two neighbouring characters
//   of a word phrase    “text in quotes” must occur as it stands; Xapian only narrows down, PhraseDecider
//   decides
//
// A query of up to kMaxStrictUnits units is answered strictly, unless nothing is found so; longer ones
// loosely.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "common/text/analyzer.h"
#include "services/search/readable_index.h"

namespace duijie::search {

inline constexpr size_t kMaxStrictUnits = 4;
inline constexpr size_t kMaxLooseTerms = 40;

struct TextQuery {
  bool empty = true;     // nothing to search for: everything matches
  Xapian::Query strict;  // unset (empty) if the query is too long to be strict
  Xapian::Query loose;
  std::vector<std::string> phrases;     // normalised
  std::vector<std::string> highlights;  // normalised, most telling first
};

// The parts of a query in quotes and the rest. An unpaired quote counts as a space.
struct QuotedText {
  std::vector<std::string> quoted;
  std::string rest;
};
QuotedText SplitQuotes(std::string_view query);

// Documents with all these single characters in title or keywords, wherever they stand.
Xapian::Query AllCharacters(const std::vector<std::string>& characters);

// Reads document frequencies from `database`; call inside GuardXapian.
TextQuery BuildTextQuery(std::string_view query, const Analyzer& analyzer, const Xapian::Database& database);

// Accepts documents one of whose texts contains every phrase, compared in normalised form.
class PhraseDecider final : public Xapian::MatchDecider {
 public:
  // `alive` is asked now and then; an error stops the search. All must outlive this.
  PhraseDecider(const IndexReader& reader, const Normalizer& normalizer,
                const std::vector<std::string>& phrases, const std::function<Status()>& alive)
      : reader_(reader), normalizer_(normalizer), phrases_(phrases), alive_(alive) {}
  bool operator()(const Xapian::Document& document) const override;

 private:
  const IndexReader& reader_;
  const Normalizer& normalizer_;
  const std::vector<std::string>& phrases_;
  const std::function<Status()>& alive_;
  mutable int64_t seen_ = 0;
};

}  // namespace duijie::search
