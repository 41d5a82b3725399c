// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/hit_builder.h"

#include <algorithm>

#include "common/text/snippet.h"
#include "services/search/index_schema.h"
#include "services/search/search_context.h"
#include "services/search/search_limits.h"

namespace duijie::search {
namespace {

size_t MarkedBytes(const duijie::Snippet& snippet) {
  size_t bytes = 0;
  for (const auto& [begin, end] : snippet.ranges) bytes += end - begin;
  return bytes;
}

void Fill(const duijie::Snippet& snippet, v1::Snippet* out) {
  out->set_text(snippet.text);
  for (const auto& [begin, end] : snippet.ranges) {
    v1::Highlight* highlight = out->add_highlights();
    highlight->set_begin(static_cast<int32_t>(begin));
    highlight->set_end(static_cast<int32_t>(end));
  }
}

// The text with most of what matched, the first of several; nothing if none matched.
void FillExcerpt(const StoredTexts& texts, const std::vector<std::string>& highlights,
                 const Normalizer& normalizer, v1::Snippet* out) {
  if (texts.body.empty()) return;
  if (highlights.empty()) {
    Fill(MakeSnippet(texts.body.front(), highlights, kSnippetCodePoints, &normalizer), out);
    return;
  }
  duijie::Snippet best;
  for (const std::string& text : texts.body) {
    duijie::Snippet snippet = MakeSnippet(text, highlights, kSnippetCodePoints, &normalizer);
    if (MarkedBytes(snippet) > MarkedBytes(best)) best = std::move(snippet);
  }
  Fill(best, out);
}

}  // namespace

StatusOr<v1::SearchHit> BuildHit(const IndexReader& reader, Xapian::docid id, double score,
                                 const std::vector<std::string>& highlights, const Normalizer& normalizer) {
  const Xapian::Document document = reader.database().get_document(id);
  DUIJIE_ASSIGN_OR_RETURN(const StoredTexts texts, reader.Texts(id));
  v1::SearchHit hit;
  hit.set_name(document.get_value(kNameSlot));
  hit.set_score(std::max(score, kLeastScore));
  Fill(MakeSnippet(texts.title, highlights, kSnippetCodePoints, &normalizer), hit.mutable_title());
  FillExcerpt(texts, highlights, normalizer, hit.mutable_excerpt());
  return hit;
}

}  // namespace duijie::search
