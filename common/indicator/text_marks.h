// SPDX-License-Identifier: GPL-3.0-or-later
// Where the sentences and clauses of a text end, found in one pass, for a text in which many figures are
// looked for. SentenceOf and ClauseOf of context_words.h are the same for one. Private to common/indicator.
#pragma once

#include <string_view>
#include <vector>

#include "common/indicator/extract.h"

namespace duijie::indicator {

class TextMarks {
 public:
  TextMarks() = default;
  explicit TextMarks(std::string_view text);

  // Of a stretch, as byte offsets.
  TextSpan SentenceOf(TextSpan part) const { return Between(sentences_, part); }
  TextSpan ClauseOf(TextSpan part) const { return Between(clauses_, part); }
  // Of memory, about.
  size_t bytes() const { return (sentences_.capacity() + clauses_.capacity()) * sizeof(TextSpan); }

 private:
  TextSpan Between(const std::vector<TextSpan>& marks, TextSpan part) const;

  uint32_t size_ = 0;                // bytes of the text
  std::vector<TextSpan> sentences_;  // the marks that end them, in order
  std::vector<TextSpan> clauses_;    // these and the commas
};

}  // namespace duijie::indicator
