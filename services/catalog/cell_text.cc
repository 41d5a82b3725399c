// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/cell_text.h"

#include <cstdint>

#include "common/text/code_points.h"

namespace duijie::catalog {
namespace {

constexpr std::string_view kBlanks[] = {" ", "\t", "\n", "\u3000", "\u00a0"};

// The mark that `text` starts with, or "".
std::string_view MarkAt(std::string_view text, const std::vector<std::string_view>& marks) {
  for (const auto mark : marks) {
    if (text.substr(0, mark.size()) == mark) return mark;
  }
  return "";
}

std::string_view Trim(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const auto blank : kBlanks) {
      if (text.size() >= blank.size() && text.substr(0, blank.size()) == blank) {
        text.remove_prefix(blank.size());
        again = true;
      }
      if (text.size() >= blank.size() && text.substr(text.size() - blank.size()) == blank) {
        text.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return text;
}

}  // namespace

std::string EscapeMarks(std::string_view text, const std::vector<std::string_view>& marks) {
  std::string escaped;
  // Byte by byte, because a mark may begin within another one.
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' || !MarkAt(text.substr(i), marks).empty()) escaped += '\\';
    escaped += text[i];
  }
  return escaped;
}

std::string Unescape(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

std::vector<std::string> SplitAt(std::string_view text, const std::vector<std::string_view>& separators,
                                 bool keep_empty, bool unescape) {
  std::vector<std::string> entries;
  std::string entry;
  auto finish = [&] {
    // Trimmed behind it, because an escaped blank at an end would not be read back.
    if (unescape) entry = Unescape(entry);
    const std::string_view trimmed = Trim(entry);
    if (keep_empty || !trimmed.empty()) entries.emplace_back(trimmed);
    entry.clear();
  };
  for (size_t i = 0; i < text.size();) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      entry += text.substr(i, 2);
      i += 2;
      continue;
    }
    const std::string_view mark = MarkAt(text.substr(i), separators);
    if (mark.empty()) {
      entry += text[i++];
    } else {
      finish();
      i += mark.size();
    }
  }
  finish();
  return entries;
}

std::string CleanCell(std::string_view text) {
  std::string lines;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      lines += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      lines += '\n';
    }
  }
  return std::string(Trim(lines));
}

std::string HalfWidth(std::string_view text) {
  constexpr uint32_t kShift = 0xFEE0;  // of U+FF01 and those behind against ASCII
  std::string half;
  half.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const auto c = static_cast<uint32_t>(NextCodePoint(text, &i));
    const uint32_t narrow = c > kShift ? c - kShift : 0;
    const bool wide = (narrow >= '0' && narrow <= '9') || (narrow >= 'A' && narrow <= 'Z') ||
                      (narrow >= 'a' && narrow <= 'z') || narrow == '.' || narrow == '-' || narrow == '+';
    if (wide) {
      half += static_cast<char>(narrow);
    } else {
      half += text.substr(begin, i - begin);
    }
  }
  return half;
}

}  // namespace duijie::catalog
