// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/compound_terms.h"

#include <algorithm>

#include "common/text/alnum_run.h"
#include "common/text/encoding.h"

namespace duijie {

bool CompoundTerms::Add(std::string_view term) {
  const CodePoints text = SplitCodePoints(term);
  uint32_t begin = 0;
  while (begin + 1 < text.size() && !IsAlnum(text[begin].cls)) ++begin;
  if (begin + 1 == text.size()) return false;
  const uint32_t end = EndOfRun(text, begin);
  if (begin == 0 && end + 1 == text.size()) return false;
  const uint32_t from = text[begin].offset;
  const uint32_t to = text[end].offset;
  std::vector<Around>& list = by_run_[std::string(term.substr(from, to - from))];
  Around around{std::string(term.substr(0, from)), std::string(term.substr(to)), begin,
                static_cast<uint32_t>(text.size() - 1) - end};
  const bool known = std::any_of(list.begin(), list.end(), [&](const Around& other) {
    return other.before == around.before && other.after == around.after;
  });
  if (!known) list.push_back(std::move(around));
  return true;
}

void CompoundTerms::AppendMatches(const CodePoints& text, std::string_view normalized, Span run,
                                  std::vector<Span>* words) const {
  const uint32_t from = text[run.begin].offset;
  const uint32_t to = text[run.end].offset;
  const auto found = by_run_.find(normalized.substr(from, to - from));
  if (found == by_run_.end()) return;
  for (const Around& around : found->second) {
    if (!normalized.substr(0, from).ends_with(around.before)) continue;
    if (!normalized.substr(to).starts_with(around.after)) continue;
    const Span span{run.begin - around.before_points, run.end + around.after_points};
    // Only the far side can cut a longer run: the near side is the run itself.
    if (!around.after.empty() && IsAlnum(text[span.end - 1].cls) && IsAlnum(text[span.end].cls)) continue;
    words->push_back(span);
  }
}

}  // namespace duijie
