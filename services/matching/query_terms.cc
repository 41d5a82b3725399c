// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/query_terms.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "common/base/string_lookup.h"
#include "services/matching/search_weights.h"

namespace duijie::matching {
namespace {

using internal::v1::TERM_KIND_BIGRAM;
using internal::v1::TERM_KIND_UNIGRAM;
using internal::v1::TERM_KIND_WORD;

constexpr size_t kMaxHolderCodePoints = 24;  // longer words (serial numbers) hold no other term
constexpr double kUnigramImportance = 0.3;   // single characters are the first to go when a query is too long

internal::v1::TermKind KindOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kBigram:
      return TERM_KIND_BIGRAM;
    case TokenKind::kUnigram:
      return TERM_KIND_UNIGRAM;
    case TokenKind::kWord:
      return TERM_KIND_WORD;
  }
  return TERM_KIND_WORD;
}

// Collects terms in order of first occurrence.
class BagBuilder {
 public:
  BagBuilder(const Analyzer& analyzer, double decay) : analyzer_(analyzer), decay_(decay) {}

  void Add(std::string_view text, size_t field) {
    for (Token& token : analyzer_.Analyze(text).tokens) {
      if (token.kind == TokenKind::kWord && analyzer_.IsStopWord(token.text)) continue;
      const internal::v1::TermKind kind = KindOf(token.kind);
      BagTerm& term = terms_[IndexOf(std::move(token.text), kind)];
      ++term.counts[field];
      if (field == kBody) term.early += 1 / (1 + positions_[static_cast<size_t>(kind)]++ / decay_);
    }
  }

  std::vector<BagTerm> Take() { return std::move(terms_); }

 private:
  size_t IndexOf(std::string&& text, internal::v1::TermKind kind) {
    auto& by_text = index_[static_cast<size_t>(kind)];
    const auto [at, is_new] = by_text.try_emplace(std::move(text), terms_.size());
    if (is_new) {
      terms_.emplace_back();
      terms_.back().text = at->first;
      terms_.back().kind = kind;
    }
    return at->second;
  }

  const Analyzer& analyzer_;
  double decay_;
  std::array<double, internal::v1::TermKind_ARRAYSIZE> positions_{};  // in the body, by kind
  std::vector<BagTerm> terms_;
  std::array<StringMap<size_t>, internal::v1::TermKind_ARRAYSIZE> index_;
};

// Keeps the `limit` elements that come first in `before`, in their old order.
template <typename T, typename Before>
void KeepFirst(std::vector<T>* items, size_t limit, Before before) {
  if (items->size() <= limit) return;
  std::vector<size_t> order(items->size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return before((*items)[a], (*items)[b]); });
  order.resize(limit);
  std::sort(order.begin(), order.end());
  std::vector<T> kept;
  kept.reserve(limit);
  for (const size_t i : order) kept.push_back(std::move((*items)[i]));
  *items = std::move(kept);
}

void AddSynonyms(const Analyzer& analyzer, std::vector<BagTerm>* terms) {
  StringSet words;
  for (const BagTerm& term : *terms) {
    if (term.kind == TERM_KIND_WORD) words.insert(term.text);
  }
  const size_t own = terms->size();
  for (size_t i = 0; i < own && terms->size() < kMaxBagTerms; ++i) {
    if ((*terms)[i].kind != TERM_KIND_WORD) continue;
    for (const std::string& synonym : analyzer.SynonymsOf((*terms)[i].text)) {
      if (terms->size() >= kMaxBagTerms || !words.insert(synonym).second) continue;
      terms->push_back(
          {.text = synonym, .kind = TERM_KIND_WORD, .counts = {}, .synonym_of = static_cast<int>(i)});
    }
  }
}

double Boosted(const Counts& counts, const internal::v1::RankingParameters& p) {
  return p.source_title_boost() * counts[kTitle] + p.source_keywords_boost() * counts[kKeywords] +
         counts[kBody];
}

void WeighWord(const internal::v1::CollectionStatistics& statistics, int64_t df,
               const internal::v1::RankingParameters& parameters, const std::vector<WeightedTerm>& before,
               WeightedTerm* out) {
  out->idf = WordIdf(statistics.documents(), df);
  if (out->term.synonym_of >= 0) {
    out->word = parameters.synonym_weight() * before[static_cast<size_t>(out->term.synonym_of)].word;
  } else {
    out->word = std::log(1 + Boosted(out->term.counts, parameters)) * out->idf;
  }
}

void WeighGram(const internal::v1::CollectionStatistics& statistics, int64_t df,
               const internal::v1::RankingParameters& parameters, WeightedTerm* out) {
  out->idf = GramIdf(statistics.documents(), df);
  if (out->term.kind == TERM_KIND_UNIGRAM) out->idf *= std::sqrt(parameters.unigram_weight());
  if (df == 0) return;  // no record has it: it must not make the query longer
  out->gram = std::log(1 + Boosted(out->term.counts, parameters)) * out->idf;
  out->title_gram = std::log(1.0 + out->term.counts[kTitle]) * out->idf;
}

// Grams that needs of all kinds use (公司, 目标) say little of what one is about.
void DampBoilerplate(double power, WeightedTerm* out) {
  if (power > 0 && out->gram > 0 && out->rarity < 1) out->gram *= std::pow(out->rarity, power);
}

// Byte offsets of the code points of well-formed UTF-8, and the end. Most words are short.
absl::InlinedVector<size_t, kMaxHolderCodePoints + 1> Boundaries(std::string_view text) {
  absl::InlinedVector<size_t, kMaxHolderCodePoints + 1> at;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) at.push_back(i);
  }
  at.push_back(text.size());
  return at;
}

double Importance(const WeightedTerm& weighted, const internal::v1::RankingParameters& parameters) {
  if (weighted.term.kind == TERM_KIND_WORD) return weighted.word;
  const double kind = weighted.term.kind == TERM_KIND_UNIGRAM ? kUnigramImportance : 1;
  return kind * std::log(1 + Boosted(weighted.term.counts, parameters)) * weighted.idf;
}

void SumNorms(Query* query) {
  double grams = 0;
  double title = 0;
  std::array<double, 2> squares{};
  std::array<int, 2> counted{};
  for (const WeightedTerm& weighted : query->terms) {
    if (weighted.term.kind == TERM_KIND_WORD) {
      if (weighted.term.synonym_of < 0) query->word_mass += weighted.word;
      continue;
    }
    grams += weighted.gram * weighted.gram;
    title += weighted.title_gram * weighted.title_gram;
    if (weighted.term.counts[kTitle] == 0) continue;
    const size_t kind = weighted.term.kind == TERM_KIND_BIGRAM ? 0 : 1;
    query->title_mass += weighted.idf;
    squares[kind] += weighted.idf * weighted.idf;
    ++counted[kind];
  }
  query->gram_norm = std::sqrt(grams);
  query->title_norm = std::sqrt(title);
  for (size_t kind = 0; kind < squares.size(); ++kind) {
    if (counted[kind] > 0) query->title_mean_square_idf[kind] = squares[kind] / counted[kind];
  }
}

// Drops the least important terms; positions change, so links to words are made anew.
void CutToLimit(const internal::v1::RankingParameters& parameters, std::vector<WeightedTerm>* terms) {
  if (terms->size() <= kMaxQueryTerms) return;
  StringMap<std::string> word_of;  // synonym → its word
  for (const WeightedTerm& weighted : *terms) {
    if (weighted.term.synonym_of < 0) continue;
    word_of[weighted.term.text] = (*terms)[static_cast<size_t>(weighted.term.synonym_of)].term.text;
  }
  KeepFirst(terms, kMaxQueryTerms, [&](const WeightedTerm& a, const WeightedTerm& b) {
    return Importance(a, parameters) > Importance(b, parameters);
  });
  StringMap<int> position;
  for (size_t i = 0; i < terms->size(); ++i) {
    if ((*terms)[i].term.kind == TERM_KIND_WORD) position[(*terms)[i].term.text] = static_cast<int>(i);
  }
  std::erase_if(*terms, [&](const WeightedTerm& weighted) {
    return weighted.term.synonym_of >= 0 && !position.contains(word_of[weighted.term.text]);
  });
  position.clear();
  for (size_t i = 0; i < terms->size(); ++i) {
    if ((*terms)[i].term.kind == TERM_KIND_WORD) position[(*terms)[i].term.text] = static_cast<int>(i);
  }
  for (WeightedTerm& weighted : *terms) {
    if (weighted.term.synonym_of >= 0) weighted.term.synonym_of = position[word_of[weighted.term.text]];
  }
}

// For each term, the source's words that hold its text; found by asking for every part of each word.
void LinkHolders(std::vector<WeightedTerm>* terms) {
  constexpr size_t kNone = std::numeric_limits<size_t>::max();
  StringViewMap<size_t> first_with;                     // this text
  std::vector<size_t> next_with(terms->size(), kNone);  // the same text as this term, of another kind
  first_with.reserve(terms->size());
  for (size_t i = 0; i < terms->size(); ++i) {
    if ((*terms)[i].term.synonym_of >= 0) continue;
    const auto [at, is_new] = first_with.try_emplace((*terms)[i].term.text, i);
    if (!is_new) next_with[i] = std::exchange(at->second, i);
  }
  for (size_t word = 0; word < terms->size(); ++word) {
    const BagTerm& holder = (*terms)[word].term;
    if (holder.kind != TERM_KIND_WORD || holder.synonym_of >= 0 || holder.is_expansion) continue;
    const auto at = Boundaries(holder.text);
    if (at.size() > kMaxHolderCodePoints + 1) continue;
    for (size_t from = 0; from + 1 < at.size(); ++from) {
      for (size_t to = from + 1; to < at.size(); ++to) {
        const std::string_view part = std::string_view(holder.text).substr(at[from], at[to] - at[from]);
        const auto found = first_with.find(part);
        if (found == first_with.end()) continue;
        for (size_t i = found->second; i != kNone; i = next_with[i]) {
          std::vector<uint32_t>& holders = (*terms)[i].held_by;
          const bool known = !holders.empty() && holders.back() == word;  // a part that the word holds twice
          if (i != word && !known) holders.push_back(static_cast<uint32_t>(word));
        }
      }
    }
  }
  for (WeightedTerm& weighted : *terms) {
    if (weighted.held_by.size() < 2) continue;  // the usual case; a stable sort takes memory even for one
    std::stable_sort(weighted.held_by.begin(), weighted.held_by.end(), [&](uint32_t a, uint32_t b) {
      return (*terms)[a].term.text.size() > (*terms)[b].term.text.size();
    });
  }
}

}  // namespace

TermBag TermBag::Of(const SourceRecord& source, const Analyzer& analyzer, double search_decay) {
  BagBuilder builder(analyzer, search_decay);
  builder.Add(source.title, kTitle);
  for (const std::string& keyword : source.keywords) builder.Add(keyword, kKeywords);
  for (const std::string& text : source.body) builder.Add(text, kBody);
  TermBag bag;
  bag.terms = builder.Take();
  KeepFirst(&bag.terms, kMaxBagTerms, [](const BagTerm& a, const BagTerm& b) { return a.counts > b.counts; });
  AddSynonyms(analyzer, &bag.terms);
  return bag;
}

double WordRarity(const NeedBoilerplate& boilerplate, std::string_view word) {
  const auto at = Boundaries(word);
  if (at.size() <= 3) return boilerplate.Rarity(word);
  double logs = 0;
  for (size_t i = 0; i + 2 < at.size(); ++i) {
    const double rarity = boilerplate.Rarity(word.substr(at[i], at[i + 2] - at[i]));
    if (rarity < 1) logs += std::log(rarity);
  }
  return logs < 0 ? std::exp(logs / static_cast<double>(at.size() - 2)) : 1;
}

double WordIdf(int64_t documents, int64_t document_frequency) {
  const auto df = static_cast<double>(std::min(document_frequency, documents));
  return std::log(1 + (static_cast<double>(documents) - df + 0.5) / (df + 0.5));
}

Query Query::Weigh(const TermBag& bag, const internal::v1::CollectionStatistics& statistics,
                   const internal::v1::RankingParameters& parameters, const NeedBoilerplate* boilerplate) {
  Query query;
  query.terms.reserve(bag.terms.size());
  std::vector<int64_t> frequencies(bag.terms.size());
  for (size_t i = 0; i < bag.terms.size(); ++i) {
    const auto at = static_cast<int>(i);
    frequencies[i] = at < statistics.document_frequencies_size() ? statistics.document_frequencies(at) : 0;
    WeightedTerm weighted;
    weighted.term = bag.terms[i];
    const BagTerm& term = weighted.term;
    if (boilerplate != nullptr && frequencies[i] > 0 && !term.is_expansion) {
      weighted.rarity =
          term.kind == TERM_KIND_WORD ? WordRarity(*boilerplate, term.text) : boilerplate->Rarity(term.text);
    }
    if (term.kind == TERM_KIND_WORD) {
      WeighWord(statistics, frequencies[i], parameters, query.terms, &weighted);
    } else {
      WeighGram(statistics, frequencies[i], parameters, &weighted);
      DampBoilerplate(parameters.boilerplate_power(), &weighted);
    }
    query.terms.push_back(std::move(weighted));
  }
  SumNorms(&query);
  query.meaning = bag.meaning;
  query.title_meaning = bag.title_meaning;
  WeighForSearch(bag.expansions, frequencies, parameters, &query.terms);
  CutToLimit(parameters, &query.terms);
  LinkHolders(&query.terms);
  for (int i = 0; i < statistics.mean_lengths_size() && i < static_cast<int>(query.mean_lengths.size());
       ++i) {
    query.mean_lengths[static_cast<size_t>(i)] = statistics.mean_lengths(i);
  }
  return query;
}

void Query::AddTo(google::protobuf::RepeatedPtrField<internal::v1::QueryTerm>* out) const {
  out->Reserve(out->size() + static_cast<int>(terms.size()));
  for (const WeightedTerm& weighted : terms) {
    internal::v1::QueryTerm* const term = out->Add();
    term->mutable_term()->set_text(weighted.term.text);
    term->mutable_term()->set_kind(weighted.term.kind);
    term->set_weight(static_cast<float>(weighted.search));
    term->set_cosine_weight(static_cast<float>(weighted.cosine));
    term->set_search_only(weighted.term.is_expansion);
  }
}

}  // namespace duijie::matching
