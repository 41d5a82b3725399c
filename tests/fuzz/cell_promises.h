// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of the import promise of single texts.
#pragma once

#include <string>

#include "common/text/encoding.h"
#include "services/catalog/cell_text.h"
#include "services/catalog/china_date.h"
#include "services/catalog/indicator_text.h"
#include "tests/fuzz/check.h"

namespace duijie::fuzz {

inline void CheckDates(const std::string& text) {
  using namespace catalog;
  if (const auto date = ParseDate(text)) {
    FUZZ_CHECK(IsDate(*date));
    FUZZ_CHECK(ParseDate(*date) == date);
  }
  if (IsDate(text)) FUZZ_CHECK(ParseDate(text) == text);
  if (const auto time = ParseTime(text)) {
    const std::string shown = FormatTime(*time);
    FUZZ_CHECK(!IsDate(shown.substr(0, 10)) || ParseTime(shown) == time);
  }
}

inline void CheckLists(const std::string& text) {
  using namespace catalog;
  const auto entries = SplitCell(text, kListSeparators);
  FUZZ_CHECK(SplitCell(JoinCell(entries, kListSeparators), kListSeparators) == entries);
  const std::string clean = CleanCell(text);
  FUZZ_CHECK(CleanCell(clean) == clean);
  FUZZ_CHECK(Unescape(EscapeMarks(text, {"；", ";", ":"})) == text);
}

inline void CheckNumbers(const std::string& text) {
  std::string_view rest = text;
  const auto number = catalog::TakeNumber(&rest);
  FUZZ_CHECK(text.ends_with(rest));
  if (!number) return;
  const std::string shown = catalog::FormatNumber(*number);
  std::string_view again = shown;
  FUZZ_CHECK(catalog::TakeNumber(&again) == number);
  FUZZ_CHECK(again.empty());
}

// What was read, written and read again is the same.
inline void CheckIndicators(const std::string& text) {
  const auto read = catalog::ParseIndicators(text);
  if (!read) return;
  const auto again = catalog::ParseIndicators(catalog::FormatIndicators(*read));
  FUZZ_CHECK(again.has_value());
  FUZZ_CHECK(again->size() == read->size());
  for (int i = 0; i < read->size(); ++i) {
    FUZZ_CHECK(again->Get(i).SerializeAsString() == read->Get(i).SerializeAsString());
    FUZZ_CHECK(IsValidUtf8(read->Get(i).name()));
  }
}

}  // namespace duijie::fuzz
