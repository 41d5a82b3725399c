// SPDX-License-Identifier: GPL-3.0-or-later
// What common/text promises of any bytes, with a small dictionary.
#pragma once

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "common/text/analyzer.h"
#include "common/text/default_paths.h"
#include "common/text/encoding.h"
#include "common/text/snippet.h"
#include "tests/fuzz/check.h"

namespace duijie::fuzz {

inline const Analyzer& SmallAnalyzer() {
  static const auto analyzer = Analyzer::Create(TextOptionsIn(DUIJIE_FUZZ_FOLDER "/text_data"));
  FUZZ_CHECK(analyzer.ok());
  return **analyzer;
}

inline bool IsBoundary(std::string_view utf8, size_t at) {
  return at == utf8.size() || (at < utf8.size() && (static_cast<uint8_t>(utf8[at]) & 0xC0) != 0x80);
}

inline void CheckEncoding(std::string_view bytes) {
  const auto decoded = DecodeText(bytes);
  if (decoded.ok()) FUZZ_CHECK(IsValidUtf8(decoded->text));
  if (IsValidUtf8(bytes)) FUZZ_CHECK(decoded.ok());
  const std::string clean = SanitizeUtf8(bytes);
  FUZZ_CHECK(IsValidUtf8(clean));
  FUZZ_CHECK(CountCodePoints(clean) == CountCodePoints(bytes));
  FUZZ_CHECK(CountCodePoints(TruncateCodePoints(clean, 3)) == std::min<size_t>(3, CountCodePoints(clean)));
  FUZZ_CHECK(IsBoundary(clean, TruncateBytes(clean, bytes.size() / 2).size()));
  FUZZ_CHECK(DisplayWidth(clean) >= 0);
}

inline void CheckMapping(const std::string& source) {
  const MappedText mapped = SmallAnalyzer().normalizer().NormalizeMapped(source);
  FUZZ_CHECK(IsValidUtf8(mapped.normalized));
  FUZZ_CHECK(mapped.source_begin.size() == mapped.normalized.size());
  FUZZ_CHECK(mapped.source_end.size() == mapped.normalized.size());
  for (size_t i = 0; i < mapped.normalized.size(); ++i) {
    FUZZ_CHECK(mapped.source_begin[i] < mapped.source_end[i]);
    FUZZ_CHECK(IsBoundary(source, mapped.source_begin[i]));
    FUZZ_CHECK(IsBoundary(source, mapped.source_end[i]));
  }
}

inline AnalyzedText CheckTokens(std::string_view bytes) {
  AnalyzedText text = SmallAnalyzer().Analyze(bytes);
  FUZZ_CHECK(IsValidUtf8(text.normalized));
  const Token* last = nullptr;
  for (const Token& token : text.tokens) {
    FUZZ_CHECK(token.begin < token.end);
    FUZZ_CHECK(token.end <= text.normalized.size());
    FUZZ_CHECK(text.normalized.compare(token.begin, token.end - token.begin, token.text) == 0);
    FUZZ_CHECK(IsBoundary(text.normalized, token.begin));
    FUZZ_CHECK(IsBoundary(text.normalized, token.end));
    if (last != nullptr)
      FUZZ_CHECK(std::tie(last->begin, last->kind, last->end) < std::tie(token.begin, token.kind, token.end));
    last = &token;
  }
  const AnalyzedText again = SmallAnalyzer().Analyze(bytes);
  FUZZ_CHECK(again.normalized == text.normalized);
  FUZZ_CHECK(again.tokens == text.tokens);
  return text;
}

inline void CheckSnippet(std::string_view bytes, const std::vector<std::string>& terms,
                         size_t max_code_points) {
  const Snippet snippet = MakeSnippet(bytes, terms, max_code_points, &SmallAnalyzer().normalizer());
  FUZZ_CHECK(IsValidUtf8(snippet.text));
  FUZZ_CHECK(CountCodePoints(snippet.text) <= max_code_points);
  size_t last = 0;
  for (const auto& [begin, end] : snippet.ranges) {
    FUZZ_CHECK(begin >= last);
    FUZZ_CHECK(begin < end);
    FUZZ_CHECK(IsBoundary(snippet.text, begin));
    FUZZ_CHECK(IsBoundary(snippet.text, end));
    last = end;
  }
}

}  // namespace duijie::fuzz
