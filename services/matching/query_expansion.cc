// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/query_expansion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>

#include "common/base/string_lookup.h"

namespace duijie::matching {
namespace {

using internal::v1::TERM_KIND_BIGRAM;
using internal::v1::TERM_KIND_UNIGRAM;
using internal::v1::TERM_KIND_WORD;

bool IsOwnWord(const BagTerm& term) { return term.kind == TERM_KIND_WORD && term.synonym_of < 0; }

uint32_t InTitle(const BagTerm& term) { return term.counts[kTitle] + term.counts[kKeywords]; }

std::string MeaningOf(const TermBag& bag, const WordVectors& vectors, bool is_need) {
  const uint32_t title_times = is_need ? kNeedTitleTimes : kAchievementTitleTimes;
  std::vector<CountedWord> words;
  for (const BagTerm& term : bag.terms) {
    if (IsOwnWord(term)) words.push_back({term.text, title_times * InTitle(term) + term.counts[kBody]});
  }
  return vectors.MeaningOf(words);
}

std::string TitleMeaningOf(const TermBag& bag, const WordVectors& vectors) {
  std::vector<CountedWord> words;
  for (const BagTerm& term : bag.terms) {
    if (IsOwnWord(term) && term.counts[kTitle] > 0) words.push_back({term.text, term.counts[kTitle]});
  }
  return vectors.MeaningOf(words);
}

// The source's words by how much they say of what it is about.
std::vector<WeightedWord> ActiveWords(const ExpansionSources& sources,
                                      const internal::v1::RankingParameters& p, const TermBag& bag) {
  std::vector<WeightedWord> words;
  for (const BagTerm& term : bag.terms) {
    if (!IsOwnWord(term)) continue;
    const double count = p.search_title_boost() * InTitle(term) + term.counts[kBody];
    double weight = std::log1p(count) * sources.vectors.Idf(term.text);
    if (sources.boilerplate != nullptr) weight *= WordRarity(*sources.boilerplate, term.text);
    words.push_back({term.text, weight});
  }
  return words;
}

internal::v1::TermKind KindOf(const Token& gram) {
  return gram.kind == TokenKind::kBigram ? TERM_KIND_BIGRAM : TERM_KIND_UNIGRAM;
}

// Where a bag has the words that are added, and their grams; what it lacks is added to it as an expansion.
// These are few, so that they are looked for among the bag's many terms and not the other way round.
class BagIndex {
 public:
  BagIndex(const std::vector<WeightedWord>& words, const std::vector<std::vector<Token>>& grams, TermBag* bag)
      : bag_(bag) {
    size_t wanted = 0;
    for (size_t i = 0; i < words.size(); ++i) {
      wanted += 1 + grams[i].size();
      places_.at(TERM_KIND_WORD).emplace(words[i].word, kNone);
      for (const Token& gram : grams[i]) places_.at(KindOf(gram)).emplace(gram.text, kNone);
    }
    bag->terms.reserve(bag->terms.size() + wanted);
    for (size_t i = 0; i < bag->terms.size(); ++i) {
      auto& places = places_.at(bag->terms[i].kind);
      if (const auto found = places.find(bag->terms[i].text); found != places.end())
        found->second = std::min(found->second, i);
    }
  }
  bool HasRoomFor(size_t terms) const { return bag_->terms.size() + terms <= kMaxBagTerms; }
  size_t Of(const std::string& text, internal::v1::TermKind kind) {
    size_t& place = places_.at(kind).at(text);
    if (place != kNone) return place;
    place = bag_->terms.size();
    BagTerm& term = bag_->terms.emplace_back();
    term.text = text;
    term.kind = kind;
    term.is_expansion = true;
    return place;
  }

 private:
  static constexpr size_t kNone = std::numeric_limits<size_t>::max();
  TermBag* bag_;
  std::array<StringViewMap<size_t>, internal::v1::TermKind_ARRAYSIZE> places_;
};

Expansion ExpansionOf(const WeightedWord& word, const std::vector<Token>& tokens, BagIndex* index) {
  Expansion expansion;
  expansion.word = index->Of(word.word, TERM_KIND_WORD);
  expansion.weight = word.weight;
  std::map<size_t, uint32_t> grams;
  for (const Token& token : tokens) ++grams[index->Of(token.text, KindOf(token))];
  expansion.grams.assign(grams.begin(), grams.end());
  return expansion;
}

}  // namespace

void Expand(const ExpansionSources& sources, const internal::v1::RankingParameters& parameters, bool is_need,
            TermBag* bag) {
  bag->meaning = MeaningOf(*bag, sources.vectors, is_need);
  bag->title_meaning = TitleMeaningOf(*bag, sources.vectors);
  const std::vector<WeightedWord> added = sources.thesaurus.Expand(
      ActiveWords(sources, parameters, *bag), static_cast<size_t>(parameters.expansion_terms()));
  std::vector<std::vector<Token>> tokens;
  tokens.reserve(added.size());
  for (const WeightedWord& word : added) tokens.push_back(sources.analyzer.Grams(word.word));
  BagIndex index(added, tokens, bag);
  for (size_t i = 0; i < added.size(); ++i) {
    if (!index.HasRoomFor(tokens[i].size() + 1)) return;
    bag->expansions.push_back(ExpansionOf(added[i], tokens[i], &index));
  }
}

}  // namespace duijie::matching
