// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/text_query.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "services/search/document_builder.h"
#include "services/search/index_schema.h"
#include "services/search/search_limits.h"
#include "services/search/xapian_guard.h"

namespace duijie::search {
namespace {

using Queries = std::vector<Xapian::Query>;

constexpr size_t kMaxHighlights = 64;         // MakeSnippet looks at no more
constexpr size_t kMaxHighlightRunBytes = 60;  // longer runs of the query hardly occur as they stand
constexpr int64_t kDocumentsBetweenChecks = 256;

struct QuotePair {
  std::string_view open;
  std::string_view close;
};
constexpr std::array<QuotePair, 5> kQuotes = {
    {{"“", "”"}, {"\"", "\""}, {"「", "」"}, {"『", "』"}, {"＂", "＂"}}};

// A word of the query with what stands for it.
struct Unit {
  std::string word;
  std::vector<std::string> bigrams;
  std::vector<std::string> unigrams;
};

struct Span {
  uint32_t begin;
  uint32_t end;
};

bool IsOneCharacter(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }) == 1;
}

// Indices of the word tokens that lie in no longer word.
std::vector<size_t> LongestWords(const std::vector<Token>& tokens) {
  std::vector<size_t> longest;
  uint32_t covered = 0;  // words that begin earlier reach this far
  for (size_t i = 0; i < tokens.size();) {
    size_t last = i;  // of the words that begin here, the last is the longest
    bool any = false;
    size_t next = i;
    for (; next < tokens.size() && tokens[next].begin == tokens[i].begin; ++next) {
      if (tokens[next].kind != TokenKind::kWord) continue;
      last = next;
      any = true;
    }
    if (any && tokens[last].end > covered) {
      longest.push_back(last);
      covered = tokens[last].end;
    }
    i = next;
  }
  return longest;
}

std::vector<Unit> UnitsOf(const AnalyzedText& analyzed, const Analyzer& analyzer) {
  const std::vector<size_t> longest = LongestWords(analyzed.tokens);
  const bool only_stop_words = std::all_of(
      longest.begin(), longest.end(), [&](size_t i) { return analyzer.IsStopWord(analyzed.tokens[i].text); });
  std::vector<Unit> units;
  std::vector<Span> spans;
  std::set<std::string_view> seen;
  for (const size_t i : longest) {
    const Token& token = analyzed.tokens[i];
    if (!only_stop_words && analyzer.IsStopWord(token.text)) continue;
    if (!seen.insert(token.text).second) continue;
    units.push_back({token.text, {}, {}});
    spans.push_back({token.begin, token.end});
  }
  const auto add = [&](std::string_view text, uint32_t begin, std::vector<std::string> Unit::*list) {
    for (size_t i = 0; i < units.size(); ++i) {
      if (begin >= spans[i].begin && begin + text.size() <= spans[i].end) (units[i].*list).emplace_back(text);
    }
  };
  if (units.size() > kMaxStrictUnits) return units;  // their characters are not asked for
  ForEachTitleGram(
      analyzed, [&](std::string_view text, uint32_t begin) { add(text, begin, &Unit::bigrams); },
      [&](std::string_view text, uint32_t begin) { add(text, begin, &Unit::unigrams); });
  return units;
}

Xapian::Query WordQuery(const std::string& word, const Analyzer& analyzer) {
  const Xapian::Query exact(TermOf(Prefix::kWord, word));
  const std::vector<std::string>& synonyms = analyzer.SynonymsOf(word);
  if (synonyms.empty()) return exact;
  Queries same = {exact};
  for (const std::string& synonym : synonyms) same.emplace_back(TermOf(Prefix::kWord, synonym));
  return Xapian::Query(Xapian::Query::OP_SYNONYM, same.begin(), same.end());
}

Xapian::Query AllTerms(Prefix prefix, const std::vector<std::string>& texts) {
  Queries terms;
  for (const std::string& text : texts) terms.emplace_back(TermOf(prefix, text));
  return Xapian::Query(Xapian::Query::OP_AND, terms.begin(), terms.end());
}

}  // namespace

Xapian::Query AllCharacters(const std::vector<std::string>& characters) {
  Queries all;
  for (const std::string& character : characters) {
    all.emplace_back(Xapian::Query::OP_WILDCARD, TermOf(Prefix::kBigram, character), kMaxPairsOfCharacter,
                     Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_SYNONYM);
  }
  return Xapian::Query(Xapian::Query::OP_AND, all.begin(), all.end());
}

namespace {

Xapian::Query UnitQuery(const Unit& unit, const Analyzer& analyzer) {
  const Xapian::Query word = WordQuery(unit.word, analyzer);
  if (!unit.bigrams.empty()) return word | AllTerms(Prefix::kBigram, unit.bigrams);
  if (!unit.unigrams.empty()) return word | AllCharacters(unit.unigrams);
  return word;
}

// All neighbouring characters of the query, if every word of it lies in them; else nothing.
Xapian::Query TitleFragment(const AnalyzedText& analyzed) {
  std::vector<std::string> bigrams;
  std::vector<bool> covered(analyzed.normalized.size(), false);
  ForEachTitleGram(
      analyzed,
      [&](std::string_view text, uint32_t begin) {
        bigrams.emplace_back(text);
        std::fill_n(covered.begin() + begin, text.size(), true);
      },
      [](std::string_view, uint32_t) {});
  for (const Token& token : analyzed.tokens) {
    const auto from = covered.begin() + token.begin;
    if (std::find(from, covered.begin() + token.end, false) != covered.begin() + token.end) return {};
  }
  return bigrams.empty() ? Xapian::Query() : AllTerms(Prefix::kBigram, bigrams);
}

// Pairs of neighbouring characters that some record has as a word or in its title: what is left of a
// technical term that no record holds as a whole, such as 脱氮 of 脱氮除磷.
Queries PartsOfTerms(const AnalyzedText& analyzed, const Xapian::Database& database) {
  Queries parts;
  std::set<std::string> terms;
  for (const Token& token : analyzed.tokens) {
    if (token.kind != TokenKind::kBigram) continue;
    for (const Prefix prefix : {Prefix::kWord, Prefix::kBigram}) {
      const std::string term = TermOf(prefix, token.text);
      if (database.term_exists(term) && terms.insert(term).second) parts.emplace_back(term);
    }
  }
  return parts;
}

// The rarest words of the query, each with its synonyms; for a short query also the parts of its words.
Xapian::Query LooseQuery(const AnalyzedText& analyzed, const std::vector<Unit>& units,
                         const Analyzer& analyzer, const Xapian::Database& database) {
  std::set<std::string> words;
  for (const Unit& unit : units) words.insert(unit.word);
  for (const Token& token : analyzed.tokens) {
    if (token.kind == TokenKind::kWord && !analyzer.IsStopWord(token.text)) words.insert(token.text);
  }
  std::vector<std::pair<Xapian::doccount, std::string>> by_frequency;
  for (const std::string& word : words) {
    by_frequency.emplace_back(database.get_termfreq(TermOf(Prefix::kWord, word)), word);
  }
  std::sort(by_frequency.begin(), by_frequency.end());
  Queries chosen;
  for (const auto& [frequency, word] : by_frequency) {
    if (chosen.size() == kMaxLooseTerms) break;
    if (frequency > 0 || !analyzer.SynonymsOf(word).empty()) chosen.push_back(WordQuery(word, analyzer));
  }
  if (units.size() <= kMaxStrictUnits) {
    for (Xapian::Query& part : PartsOfTerms(analyzed, database)) chosen.push_back(std::move(part));
  }
  return Xapian::Query(Xapian::Query::OP_OR, chosen.begin(), chosen.end());
}

// Adds runs of the query, words and synonyms, each once.
void AddHighlights(const AnalyzedText& analyzed, const std::vector<Unit>& units, const Analyzer& analyzer,
                   std::vector<std::string>* highlights) {
  const auto add = [&](std::string text) {
    if (text.empty() || highlights->size() >= kMaxHighlights) return;
    if (std::find(highlights->begin(), highlights->end(), text) == highlights->end()) {
      highlights->push_back(std::move(text));
    }
  };
  uint32_t run_begin = 0;
  uint32_t run_end = 0;
  const auto end_run = [&] {
    const std::string run = analyzed.normalized.substr(run_begin, run_end - run_begin);
    if (run.size() <= kMaxHighlightRunBytes) add(run);
  };
  for (const Token& token : analyzed.tokens) {
    if (token.begin > run_end) {
      end_run();
      run_begin = token.begin;
    }
    run_end = std::max(run_end, token.end);
  }
  end_run();
  for (const Unit& unit : units) {
    add(unit.word);
    for (const std::string& synonym : analyzer.SynonymsOf(unit.word)) add(synonym);
  }
  for (const Token& token : analyzed.tokens) {
    if (token.kind == TokenKind::kWord && !analyzer.IsStopWord(token.text)) add(token.text);
  }
}

// What a document that holds a phrase must have: its words of two characters or more, or their characters in
// the title.
void AddPhrase(const std::string& text, const Analyzer& analyzer, TextQuery* query, Queries* required) {
  const AnalyzedText analyzed = analyzer.Analyze(text);
  if (analyzed.tokens.empty()) return;
  const uint32_t begin = analyzed.tokens.front().begin;
  uint32_t end = begin;
  for (const Token& token : analyzed.tokens) end = std::max(end, token.end);
  query->phrases.push_back(analyzed.normalized.substr(begin, end - begin));
  query->highlights.push_back(query->phrases.back());
  for (const Unit& unit : UnitsOf(analyzed, analyzer)) {
    const Xapian::Query word(TermOf(Prefix::kWord, unit.word));
    if (IsOneCharacter(unit.word)) continue;  // it may be part of another word in the text
    required->push_back(unit.bigrams.empty() ? word : word | AllTerms(Prefix::kBigram, unit.bigrams));
  }
  query->empty = false;
}

}  // namespace

QuotedText SplitQuotes(std::string_view query) {
  QuotedText out;
  while (!query.empty()) {
    bool quote = false;
    for (const QuotePair& pair : kQuotes) {
      if (!query.starts_with(pair.open)) continue;
      quote = true;
      const size_t close = query.find(pair.close, pair.open.size());
      out.rest.push_back(' ');
      if (close == std::string_view::npos) {
        query.remove_prefix(pair.open.size());
      } else {
        out.quoted.emplace_back(query.substr(pair.open.size(), close - pair.open.size()));
        query.remove_prefix(close + pair.close.size());
      }
      break;
    }
    if (quote) continue;
    out.rest.push_back(query.front());
    query.remove_prefix(1);
  }
  return out;
}

TextQuery BuildTextQuery(std::string_view text, const Analyzer& analyzer, const Xapian::Database& database) {
  const QuotedText parts = SplitQuotes(text);
  TextQuery query;
  Queries required;
  for (const std::string& quoted : parts.quoted) AddPhrase(quoted, analyzer, &query, &required);
  if (!query.phrases.empty() && required.empty()) {
    required.emplace_back(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query::MatchAll, 0));
  }
  Queries strict = required;
  Queries loose = required;
  const AnalyzedText rest = analyzer.Analyze(parts.rest);
  const std::vector<Unit> units = UnitsOf(rest, analyzer);
  if (!units.empty()) {
    query.empty = false;
    AddHighlights(rest, units, analyzer, &query.highlights);
    loose.push_back(LooseQuery(rest, units, analyzer, database));
    Queries all;
    for (const Unit& unit : units) all.push_back(UnitQuery(unit, analyzer));
    strict.push_back(Xapian::Query(Xapian::Query::OP_AND, all.begin(), all.end()) | TitleFragment(rest));
  }
  if (units.size() <= kMaxStrictUnits) {
    query.strict = Xapian::Query(Xapian::Query::OP_AND, strict.begin(), strict.end());
  }
  query.loose = Xapian::Query(Xapian::Query::OP_AND, loose.begin(), loose.end());
  return query;
}

bool PhraseDecider::operator()(const Xapian::Document& document) const {
  if (seen_++ % kDocumentsBetweenChecks == 0) {
    if (const Status alive = alive_(); !alive.ok()) throw Interrupted{alive};
  }
  const StatusOr<StoredTexts> texts = reader_.Texts(document.get_docid());
  if (!texts.ok()) throw Interrupted{texts.status()};
  std::vector<std::string> normalized = {normalizer_.Normalize(texts->title)};
  for (const std::string& keyword : texts->keywords) normalized.push_back(normalizer_.Normalize(keyword));
  for (const std::string& text : texts->body) normalized.push_back(normalizer_.Normalize(text));
  return std::all_of(phrases_.begin(), phrases_.end(), [&](const std::string& phrase) {
    return std::any_of(normalized.begin(), normalized.end(),
                       [&](const std::string& text) { return text.find(phrase) != std::string::npos; });
  });
}

}  // namespace duijie::search
