// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/suggest.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "services/search/document_builder.h"
#include "services/search/index_schema.h"
#include "services/search/record_query.h"
#include "services/search/request_checks.h"
#include "services/search/search_limits.h"
#include "services/search/text_query.h"

namespace duijie::search {
namespace {

std::string Trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// Documents with all characters of the typed text in title or keywords.
Xapian::Query TypedQuery(const AnalyzedText& typed) {
  std::vector<Xapian::Query> bigrams;
  std::vector<std::string> characters;
  ForEachTitleGram(
      typed, [&](std::string_view text, uint32_t) { bigrams.emplace_back(TermOf(Prefix::kBigram, text)); },
      [&](std::string_view text, uint32_t) { characters.emplace_back(text); });
  if (bigrams.empty()) return AllCharacters(characters);
  return Xapian::Query(Xapian::Query::OP_AND, bigrams.begin(), bigrams.end());
}

// Where a completion of the text [begin, end) stops: the end of the word that `end` cuts, or else of the word
// that follows, unless that is a mere function word; 0 if there is neither.
uint32_t CompletionEnd(const std::vector<Token>& tokens, uint32_t begin, uint32_t end,
                       const Analyzer& analyzer) {
  uint32_t cut = 0;
  uint32_t following = 0;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::kWord || token.end <= end) continue;
    if (token.begin >= begin && token.begin < end) cut = std::max(cut, token.end);
    if (token.begin == end && !analyzer.IsStopWord(token.text)) following = std::max(following, token.end);
  }
  return cut != 0 ? cut : following;
}

void AddTitleCompletions(const AnalyzedText& title, const std::string& typed, const Analyzer& analyzer,
                         std::set<std::string>* completions) {
  std::set<uint32_t> word_begins;
  for (const Token& token : title.tokens) {
    if (token.kind == TokenKind::kWord) word_begins.insert(token.begin);
  }
  for (size_t at = title.normalized.find(typed); at != std::string::npos;
       at = title.normalized.find(typed, at + 1)) {
    const auto begin = static_cast<uint32_t>(at);
    if (!word_begins.contains(begin)) continue;
    const uint32_t end =
        CompletionEnd(title.tokens, begin, begin + static_cast<uint32_t>(typed.size()), analyzer);
    if (end != 0) completions->insert(title.normalized.substr(begin, end - begin));
  }
}

std::set<std::string> CompletionsIn(const StoredTexts& texts, const std::string& typed,
                                    const Analyzer& analyzer) {
  std::set<std::string> completions;
  AddTitleCompletions(analyzer.Analyze(texts.title), typed, analyzer, &completions);
  for (const std::string& keyword : texts.keywords) {
    const std::string normalized = Trimmed(analyzer.normalizer().Normalize(keyword));
    if (normalized.size() > typed.size() && normalized.starts_with(typed)) completions.insert(normalized);
  }
  std::erase_if(completions,
                [](const std::string& text) { return CodePointsIn(text) > kMaxSuggestionCodePoints; });
  return completions;
}

Status SuggestOn(const IndexReader& reader, const SearchTools& tools, const Caller& caller,
                 const v1::SuggestRequest& request, v1::SuggestResponse* response) {
  const AnalyzedText analyzed = tools.analyzer->Analyze(request.prefix());
  const std::string typed = Trimmed(analyzed.normalized);
  if (analyzed.tokens.empty()) return OkStatus();
  Xapian::Enquire enquire(reader.database());
  enquire.set_query(
      Xapian::Query(Xapian::Query::OP_FILTER, TypedQuery(analyzed), FilterQuery({}, caller.principal)));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  Xapian::MultiValueKeyMaker latest_first;
  latest_first.add_value(kUpdateTimeSlot, true);
  latest_first.add_value(kNameSlot);
  enquire.set_sort_by_key(&latest_first, false);
  const Xapian::MSet documents = enquire.get_mset(0, kSuggestDocuments);
  std::map<std::string, int> counts;
  for (Xapian::MSetIterator document = documents.begin(); document != documents.end(); ++document) {
    DUIJIE_RETURN_IF_ERROR(caller.alive());
    DUIJIE_ASSIGN_OR_RETURN(const StoredTexts texts, reader.Texts(*document));
    for (const std::string& completion : CompletionsIn(texts, typed, *tools.analyzer)) ++counts[completion];
  }
  std::vector<std::pair<int, std::string>> ranked;
  for (const auto& [text, count] : counts) ranked.emplace_back(-count, text);
  std::sort(ranked.begin(), ranked.end());
  const auto size =
      static_cast<size_t>(PageSizeOf(request.page_size(), kDefaultSuggestions, kMaxSuggestions));
  for (size_t i = 0; i < std::min(size, ranked.size()); ++i) response->add_suggestions(ranked[i].second);
  return OkStatus();
}

}  // namespace

StatusOr<v1::SuggestResponse> Suggest(const Indexes& indexes, const SearchTools& tools, const Caller& caller,
                                      const v1::SuggestRequest& request) {
  DUIJIE_RETURN_IF_ERROR(ValidateCollection(request.collection()));
  DUIJIE_RETURN_IF_ERROR(CheckLength(request.prefix(), 1, kMaxPrefixCodePoints, "prefix"));
  DUIJIE_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  v1::SuggestResponse response;
  DUIJIE_RETURN_IF_ERROR(indexes.Of(request.collection()).readable().Read([&](const IndexReader& reader) {
    response.Clear();
    return SuggestOn(reader, tools, caller, request, &response);
  }));
  return response;
}

}  // namespace duijie::search
