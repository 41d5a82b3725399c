// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/text_marks.h"

#include <algorithm>

#include "common/indicator/context_words.h"

namespace duijie::indicator {

TextMarks::TextMarks(std::string_view text) : size_(static_cast<uint32_t>(text.size())) {
  for (size_t at = 0; at < text.size(); ++at) {
    const size_t bytes = MarkAt(text, at, true);
    if (bytes == 0) continue;
    const TextSpan mark = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + bytes)};
    clauses_.push_back(mark);
    if (MarkAt(text, at, false) != 0) sentences_.push_back(mark);
  }
}

TextSpan TextMarks::Between(const std::vector<TextSpan>& marks, TextSpan part) const {
  const uint32_t from = std::min(part.begin, size_);
  const uint32_t to = std::min(part.end, size_);
  const auto before =
      std::partition_point(marks.begin(), marks.end(), [from](TextSpan mark) { return mark.end <= from; });
  const auto behind =
      std::partition_point(marks.begin(), marks.end(), [to](TextSpan mark) { return mark.begin < to; });
  return {before == marks.begin() ? 0 : std::prev(before)->end,
          behind == marks.end() ? size_ : behind->begin};
}

}  // namespace duijie::indicator
