// SPDX-License-Identifier: GPL-3.0-or-later
// Lists within one cell of a table: entries between separators, a backslash before a separator that belongs
// to an entry. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace duijie::catalog {

// Separators are code points; in this order they are also what Join uses: the first one.
inline constexpr std::string_view kListSeparators[] = {"；", ";", "、", "|"};
inline constexpr std::string_view kEntrySeparators[] = {"；", ";",
                                                        "\n"};      // of entries that have an inner structure
inline constexpr std::string_view kPartSeparators[] = {":", "："};  // of the parts of such an entry

// Trims every entry; empty entries are left out unless `keep_empty`. Escapes are resolved only if `unescape`,
// so that a text can be split twice.
template <size_t N>
std::vector<std::string> SplitCell(std::string_view text, const std::string_view (&separators)[N],
                                   bool keep_empty = false, bool unescape = true);

template <size_t N>
std::string JoinCell(const std::vector<std::string>& entries, const std::string_view (&separators)[N]);

// Puts a backslash before every backslash and every occurrence of one of `marks`.
std::string EscapeMarks(std::string_view text, const std::vector<std::string_view>& marks);
std::string Unescape(std::string_view text);

// Without blanks at both ends, line breaks as "\n".
std::string CleanCell(std::string_view text);

// Digits, letters, points, plus and minus of full width (５００．５) as plain ones; all else as it is.
std::string HalfWidth(std::string_view text);

// --- implementation ----------------------------------------------------------------------------------------

std::vector<std::string> SplitAt(std::string_view text, const std::vector<std::string_view>& separators,
                                 bool keep_empty, bool unescape);

template <size_t N>
std::vector<std::string> SplitCell(std::string_view text, const std::string_view (&separators)[N],
                                   bool keep_empty, bool unescape) {
  return SplitAt(text, {separators, separators + N}, keep_empty, unescape);
}

template <size_t N>
std::string JoinCell(const std::vector<std::string>& entries, const std::string_view (&separators)[N]) {
  std::string text;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i > 0) text += separators[0];
    text += EscapeMarks(entries[i], {separators, separators + N});
  }
  return text;
}

}  // namespace duijie::catalog
