// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/reasons/reasons.h"

#include <algorithm>
#include <array>

#include "common/text/code_points.h"
#include "common/text/encoding.h"

namespace duijie::push {
namespace {

using Citations = google::protobuf::RepeatedPtrField<v1::PushCitation>;

constexpr size_t kLeastWordCodePoints = 2;  // single characters say too little
constexpr size_t kContextCodePoints = 60;   // kept before the word where a long sentence is cut
constexpr std::array<std::string_view, 8> kSentenceEnds = {"。", "！", "？", "；", "!", "?", ";", "\n"};

// One text of a record, in the order in which texts are worth citing.
struct CitableText {
  std::string_view field;
  std::string_view text;
};
using CitableTexts = std::vector<CitableText>;

// A term that the two sides share, as each has it.
struct SharedWord {
  std::string_view taker;
  std::string_view achievement;
};

void AddText(std::string_view field, const std::string& text, CitableTexts* texts) {
  if (!text.empty()) texts->push_back({field, text});
}

template <typename Texts>
void AddTexts(std::string_view field, const Texts& from, CitableTexts* texts) {
  for (const std::string& text : from) AddText(field, text, texts);
}

CitableTexts TextsOf(const v1::Need& need) {
  CitableTexts texts;
  AddText("description", need.description(), &texts);
  AddText("current_practice", need.current_practice(), &texts);
  AddText("title", need.title(), &texts);
  AddTexts("keywords", need.keywords(), &texts);
  return texts;
}

CitableTexts TextsOf(const v1::Enterprise& enterprise) {
  CitableTexts texts;
  AddTexts("products", enterprise.products(), &texts);
  AddText("description", enterprise.description(), &texts);
  AddTexts("keywords", enterprise.keywords(), &texts);
  AddText("title", enterprise.title(), &texts);
  return texts;
}

CitableTexts TextsOf(const v1::Achievement& achievement) {
  CitableTexts texts;
  AddText("problem_solved", achievement.problem_solved(), &texts);
  AddText("summary", achievement.summary(), &texts);
  AddText("advantage", achievement.advantage(), &texts);
  AddText("title", achievement.title(), &texts);
  AddText("reference_users", achievement.reference_users(), &texts);
  AddTexts("keywords", achievement.keywords(), &texts);
  return texts;
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

size_t FindWord(std::string_view text, std::string_view word) {
  const auto found = std::search(text.begin(), text.end(), word.begin(), word.end(),
                                 [](char a, char b) { return Lower(a) == Lower(b); });
  return found == text.end() || word.empty() ? std::string_view::npos
                                             : static_cast<size_t>(found - text.begin());
}

// The start of the code point `count` before `at`, not before `least`.
size_t Back(std::string_view text, size_t at, size_t count, size_t least) {
  while (at > least && count > 0) {
    --at;
    if (!IsTrailingByte(text[at])) --count;
  }
  return at;
}

// The end of at most `count` code points from `at`, not after `most`.
size_t Forward(std::string_view text, size_t at, size_t count, size_t most) {
  while (at < most && count > 0) {
    ++at;
    while (at < most && IsTrailingByte(text[at])) ++at;
    --count;
  }
  return at;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// Where the sentence that holds the byte `at` begins, and where it ends, its mark included.
std::pair<size_t, size_t> SentenceAround(std::string_view text, size_t at) {
  size_t begin = 0;
  size_t end = text.size();
  for (const std::string_view mark : kSentenceEnds) {
    if (at >= mark.size()) {
      const size_t before = text.rfind(mark, at - mark.size());
      if (before != std::string_view::npos) begin = std::max(begin, before + mark.size());
    }
    const size_t after = text.find(mark, at);
    if (after != std::string_view::npos) end = std::min(end, after + mark.size());
  }
  return {begin, end};
}

class Citer {
 public:
  Citer(CitableTexts texts, Citations* citations) : texts_(std::move(texts)), citations_(citations) {}

  // The first text that holds the words; true if one does, also if that place is cited already.
  bool Cite(std::string_view words) {
    if (IsFull()) return true;
    for (const CitableText& text : texts_) {
      const std::string_view sentence = SentenceWith(text.text, words);
      if (!sentence.empty()) {
        Add(text.field, sentence);
        return true;
      }
    }
    return false;
  }

  // The beginning of a field, whatever it says.
  void CiteField(std::string_view field, std::string_view text) {
    Add(field, Trimmed(text.substr(0, Forward(text, 0, kMaxCitedQuoteCodePoints, text.size()))));
  }

  bool IsEmpty() const { return citations_->empty(); }
  bool IsFull() const { return static_cast<size_t>(citations_->size()) >= kMaxCited; }

 private:
  void Add(std::string_view field, std::string_view quote) {
    if (quote.empty() || IsFull()) return;
    for (const v1::PushCitation& cited : *citations_) {
      if (cited.field() == field && cited.quote() == quote) return;
    }
    v1::PushCitation* const citation = citations_->Add();
    citation->set_field(std::string(field));
    citation->set_quote(std::string(quote));
  }

  const CitableTexts texts_;
  Citations* const citations_;
};

std::vector<SharedWord> WordsOf(const v1::MatchExplanation& explanation, MatchSource source) {
  std::vector<SharedWord> words;
  const auto add = [&](const std::string& term, const std::string& met_as) {
    const std::string_view other = met_as.empty() ? term : met_as;
    if (CountCodePoints(term) < kLeastWordCodePoints || CountCodePoints(other) < kLeastWordCodePoints) return;
    words.push_back(source == MatchSource::kTaker ? SharedWord{term, other} : SharedWord{other, term});
  };
  for (const v1::MatchedTerm& term : explanation.terms()) add(term.term(), term.met_as());
  for (const v1::RelatedTerm& term : explanation.related_terms()) add(term.term(), term.met_as());
  return words;
}

// Figures first: a demand that is met says more than a shared word.
void CopyFit(const v1::MatchExplanation& explanation, Citer* taker, Citer* achievement,
             v1::PushReasons* reasons) {
  for (const v1::FitRow& row : explanation.fit().rows()) {
    if (reasons->fit_rows_size() >= kMaxCitedFitRows) break;
    *reasons->add_fit_rows() = row;
    if (row.verdict() == v1::VERDICT_NOT_STATED) continue;
    if (!row.demand_quote().empty()) taker->Cite(row.demand_quote());
    if (!row.stated_quote().empty()) achievement->Cite(row.stated_quote());
  }
}

void CiteWords(const std::vector<SharedWord>& words, Citer* taker, Citer* achievement) {
  for (const SharedWord& word : words) {
    taker->Cite(word.taker);
    achievement->Cite(word.achievement);
  }
}

}  // namespace

std::string_view SentenceWith(std::string_view text, std::string_view word) {
  const size_t at = FindWord(text, word);
  if (at == std::string_view::npos) return {};
  auto [begin, end] = SentenceAround(text, at);
  end = std::max(end, at + word.size());  // a quote may go over the end of a sentence
  if (CountCodePoints(text.substr(begin, end - begin)) > kMaxCitedQuoteCodePoints) {
    begin = Back(text, at, kContextCodePoints, begin);
    end = Forward(text, begin, kMaxCitedQuoteCodePoints, end);
  }
  return Trimmed(text.substr(begin, end - begin));
}

v1::PushReasons ReasonsFor(const v1::Need& need, const v1::Achievement& achievement,
                           const v1::MatchExplanation& explanation, MatchSource source) {
  v1::PushReasons reasons;
  Citer taker(TextsOf(need), reasons.mutable_need_fields());
  Citer offer(TextsOf(achievement), reasons.mutable_achievement_sentences());
  const std::vector<SharedWord> words = WordsOf(explanation, source);
  CopyFit(explanation, &taker, &offer, &reasons);
  CiteWords(words, &taker, &offer);
  if (taker.IsEmpty()) taker.CiteField("title", need.title());
  // Words that are only found after normalising (traditional or full-width letters) are in the title or in a
  // text; the title says what the achievement is in any case.
  if (offer.IsEmpty() && !words.empty()) offer.CiteField("title", achievement.title());
  return reasons;
}

v1::PushReasons ReasonsFor(const v1::Enterprise& enterprise, const v1::Achievement& achievement,
                           const v1::MatchExplanation& explanation, MatchSource source) {
  v1::PushReasons reasons;
  Citer taker(TextsOf(enterprise), reasons.mutable_enterprise_fields());
  Citer offer(TextsOf(achievement), reasons.mutable_achievement_sentences());
  const std::vector<SharedWord> words = WordsOf(explanation, source);
  CopyFit(explanation, &taker, &offer, &reasons);
  CiteWords(words, &taker, &offer);
  if (taker.IsEmpty() && !enterprise.products().empty()) {
    taker.CiteField("products", enterprise.products(0));
  } else if (taker.IsEmpty()) {
    taker.CiteField("title", enterprise.title());
  }
  if (offer.IsEmpty() && !words.empty()) offer.CiteField("title", achievement.title());
  return reasons;
}

}  // namespace duijie::push
