// SPDX-License-Identifier: GPL-3.0-or-later
// Spreadsheet programs run a CSV cell that begins with = + - @ tab or CR as a formula. An apostrophe before
// it keeps it text. Text that already looks guarded gets one more, so that removing a guard always gives the
// text back:
//   "=1+1" <-> "'=1+1"      "'=1+1" <-> "''=1+1"      "'quoted'" <-> "'quoted'"
#pragma once

#include <string>
#include <string_view>

namespace duijie::tabular {

inline constexpr std::string_view kFormulaStarts = "=+-@\t\r";

// A formula start, after any number of apostrophes.
inline bool LooksLikeFormula(std::string_view text) {
  const size_t at = text.find_first_not_of('\'');
  return at != std::string_view::npos && kFormulaStarts.find(text[at]) != std::string_view::npos;
}

inline bool HasFormulaGuard(std::string_view text) {
  return text.substr(0, 1) == "'" && LooksLikeFormula(text);
}

inline std::string RemoveFormulaGuard(std::string text) {
  if (HasFormulaGuard(text)) text.erase(0, 1);
  return text;
}

}  // namespace duijie::tabular
