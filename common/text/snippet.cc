// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/snippet.h"

#include <algorithm>
#include <map>

#include "common/text/code_points.h"
#include "common/text/encoding.h"

namespace duijie {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr size_t kMinMarkedWidth = 8;  // narrower excerpts have no room for the marks of their cuts
constexpr size_t kContextShare = 5;    // up to a fifth of the excerpt comes before its first match

struct Match {
  Span span;  // code points of the source
  size_t term;
};

// Valid UTF-8 without controls, the same number of code points as the source's start.
std::string PlainText(std::string_view text) {
  std::string out = SanitizeUtf8(TruncateBytes(text, kMaxSnippetSourceBytes));
  for (char& c : out) {
    if (static_cast<uint8_t>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return out;
}

bool SameWord(char a, char b) {
  const CharClass left = ClassOf(static_cast<uint8_t>(a));
  const CharClass right = ClassOf(static_cast<uint8_t>(b));
  return left == right && IsAlnum(left);
}

// Whether ASCII letters go on with letters, or digits with digits, beyond normalized[begin, end).
bool CutsWord(std::string_view normalized, size_t begin, size_t end) {
  const auto ascii = [&](size_t i) { return static_cast<uint8_t>(normalized[i]) < 0x80; };
  if (begin > 0 && ascii(begin - 1) && SameWord(normalized[begin - 1], normalized[begin])) return true;
  return end < normalized.size() && ascii(end) && SameWord(normalized[end - 1], normalized[end]);
}

uint32_t PointAt(const CodePoints& points, uint32_t offset) {
  const auto found = std::lower_bound(points.begin(), points.end(), offset,
                                      [](const CodePoint& point, uint32_t at) { return point.offset < at; });
  return static_cast<uint32_t>(found - points.begin());
}

std::vector<Match> FindMatches(const MappedText& mapped, const CodePoints& points,
                               const std::vector<std::string>& terms) {
  std::vector<Match> matches;
  const std::string& text = mapped.normalized;
  for (size_t term = 0; term < std::min(terms.size(), kMaxSnippetTerms); ++term) {
    const std::string& wanted = terms[term];
    if (wanted.empty()) continue;
    for (size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + wanted.size())) {
      const size_t end = at + wanted.size();
      if (CutsWord(text, at, end)) continue;
      matches.push_back(
          {{PointAt(points, mapped.source_begin[at]), PointAt(points, mapped.source_end[end - 1])}, term});
    }
  }
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return a.span != b.span ? a.span < b.span : a.term < b.term;
  });
  return matches;
}

// The index of the match that the best window of `width` code points starts with.
size_t BestFirstMatch(const std::vector<Match>& matches, const std::vector<std::string>& terms,
                      uint32_t width) {
  std::map<size_t, int> inside;  // term → matches in the window
  size_t score = 0;              // bytes of distinct terms in the window
  size_t best = 0;
  size_t best_score = 0;
  size_t right = 0;
  for (size_t left = 0; left < matches.size(); ++left) {
    while (right < matches.size() && matches[right].span.end <= matches[left].span.begin + width) {
      if (inside[matches[right].term]++ == 0) score += terms[matches[right].term].size();
      ++right;
    }
    if (score > best_score) {
      best_score = score;
      best = left;
    }
    if (right == left) {
      ++right;  // a match longer than the window: never counted
    } else if (--inside[matches[left].term] == 0) {
      score -= terms[matches[left].term].size();
    }
  }
  return best;
}

// The source window to show: starts after a sentence mark shortly before the first match where there is one.
Span ChooseWindow(const CodePoints& points, const std::vector<Match>& matches,
                  const std::vector<std::string>& terms, uint32_t width) {
  const auto size = static_cast<uint32_t>(points.size() - 1);
  if (size <= width || matches.empty()) return {0, std::min(size, width)};
  const uint32_t context = width / kContextShare;
  // Room for an ellipsis on both sides and for what is shown before the first match.
  const uint32_t inner = width > context + 2 ? width - context - 2 : width;
  const uint32_t first = matches[BestFirstMatch(matches, terms, inner)].span.begin;
  uint32_t begin = first - std::min(first, context);
  for (uint32_t i = first; i > begin; --i) {
    const char32_t c = points[i - 1].rune;
    if (c == U'。' || c == U'；' || c == U'！' || c == U'？' || c == U'，' || c == U'\n') {
      begin = i;
      break;
    }
  }
  begin = std::min(begin, size - std::min(size, width));
  return {begin, std::min(size, begin + width)};
}

void AppendRange(uint32_t begin, uint32_t end, Snippet* snippet) {
  if (begin >= end) return;
  if (!snippet->ranges.empty() && begin <= snippet->ranges.back().second) {
    snippet->ranges.back().second = std::max(snippet->ranges.back().second, end);
  } else {
    snippet->ranges.emplace_back(begin, end);
  }
}

}  // namespace

Snippet MakeSnippet(std::string_view text, const std::vector<std::string>& matched_terms,
                    size_t max_code_points, const Normalizer* normalizer) {
  Snippet snippet;
  if (max_code_points == 0) return snippet;
  const std::string plain = PlainText(text);
  const CodePoints points = SplitCodePoints(plain);
  const MappedText mapped = normalizer ? normalizer->NormalizeMapped(plain) : FoldTextMapped(plain);
  const std::vector<Match> matches = FindMatches(mapped, points, matched_terms);
  const auto width = static_cast<uint32_t>(std::min<size_t>(max_code_points, kMaxSnippetSourceBytes));
  Span window = ChooseWindow(points, matches, matched_terms, width);
  const bool marked = width >= kMinMarkedWidth;
  const bool cut_before = marked && window.begin > 0;
  const bool cut_after = marked && (window.end + 1 < points.size() || plain.size() < text.size());
  const uint32_t marks = (cut_before ? 1 : 0) + (cut_after ? 1 : 0);
  const uint32_t room = width - std::min(width, marks);
  if (window.end - window.begin > room) window.end = window.begin + room;
  const uint32_t from = points[window.begin].offset;
  if (cut_before) snippet.text += kEllipsis;
  const auto shift = static_cast<uint32_t>(snippet.text.size());
  snippet.text += plain.substr(from, points[window.end].offset - from);
  if (cut_after) snippet.text += kEllipsis;
  for (const Match& match : matches) {
    const uint32_t begin = std::max(match.span.begin, window.begin);
    const uint32_t end = std::min(match.span.end, window.end);
    if (begin < end)
      AppendRange(points[begin].offset - from + shift, points[end].offset - from + shift, &snippet);
  }
  return snippet;
}

}  // namespace duijie
