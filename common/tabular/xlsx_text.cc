// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/xlsx_text.h"

#include <algorithm>

#include "common/tabular/cell_text.h"
#include "common/tabular/xlsx_values.h"
#include "common/tabular/xlsx_writer.h"

namespace duijie::tabular {
namespace {

constexpr std::string_view kForbiddenInNames = "[]:*?/\\";
constexpr std::string_view kDefaultName = "Sheet";
constexpr std::string_view kReservedName = "history";  // kept by Excel for itself
constexpr std::string_view kCutMark = "…（内容过长，已截断）";
constexpr std::string_view kEscapedUnderscore = "_x005F_";

// Bytes of the code point with this lead byte, in well-formed UTF-8.
size_t SequenceBytes(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

size_t Utf16Units(std::string_view utf8) {
  size_t units = 0;
  for (size_t at = 0; at < utf8.size(); at += SequenceBytes(utf8[at]))
    units += SequenceBytes(utf8[at]) == 4 ? 2 : 1;
  return units;
}

std::string_view FirstUnits(std::string_view utf8, size_t max_units) {
  size_t units = 0;
  for (size_t at = 0; at < utf8.size();) {
    const size_t bytes = SequenceBytes(utf8[at]);
    units += bytes == 4 ? 2 : 1;
    if (units > max_units) return utf8.substr(0, at);
    at += bytes;
  }
  return utf8;
}

// U+FFFE and U+FFFF are well-formed UTF-8 but no XML characters; they become U+FFFD.
void ReplaceNoncharacters(std::string* text) {
  for (size_t at = text->find("\xEF\xBF"); at != std::string::npos; at = text->find("\xEF\xBF", at + 1)) {
    char& last = (*text)[at + 2];
    if (last == '\xBE' || last == '\xBF') last = '\xBD';
  }
}

std::string EscapeEscapes(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    if (IsHexEscape(text, at)) {
      out += kEscapedUnderscore;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::string ValidName(std::string_view wanted) {
  std::string name = WritableText(wanted);
  ReplaceNoncharacters(&name);
  for (char& c : name) {
    if (kForbiddenInNames.find(c) != std::string_view::npos || static_cast<unsigned char>(c) < 0x20) c = '_';
  }
  name = FirstUnits(name, kMaxXlsxSheetNameUnits);
  const size_t first = name.find_first_not_of('\'');
  if (first == std::string::npos) return std::string(kDefaultName);
  return name.substr(first, name.find_last_not_of('\'') + 1 - first);
}

}  // namespace

std::string XlsxCellText(std::string_view text) {
  std::string clean = WritableText(text);
  ReplaceNoncharacters(&clean);
  clean = EscapeEscapes(clean);
  if (Utf16Units(clean) <= kMaxXlsxCellUnits) return clean;
  return std::string(FirstUnits(clean, kMaxXlsxCellUnits - Utf16Units(kCutMark))).append(kCutMark);
}

std::string UniqueSheetName(std::string_view wanted, std::set<std::string>* taken) {
  const std::string base = ValidName(wanted);
  std::string name = base;
  for (size_t copy = 2; Lower(name) == kReservedName || !taken->insert(Lower(name)).second; ++copy) {
    const std::string suffix = "(" + std::to_string(copy) + ")";
    name = std::string(FirstUnits(base, kMaxXlsxSheetNameUnits - suffix.size())) + suffix;
  }
  return name;
}

}  // namespace duijie::tabular
