// SPDX-License-Identifier: GPL-3.0-or-later
// The shared strings of a workbook, and the rule which text of a rich string counts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/tabular/xlsx_archive.h"

namespace duijie::tabular {

// Follows a string item (si or is): text of t elements counts, of every run, but not inside phonetic runs
// (rPh).
class RichTextTracker {
 public:
  void OnStart(std::string_view name) {
    if (name == "rPh") ++phonetic_depth_;
    if (name == "t") in_text_ = true;
  }
  void OnEnd(std::string_view name) {
    if (name == "rPh") --phonetic_depth_;
    if (name == "t") in_text_ = false;
  }
  bool counts() const { return in_text_ && phonetic_depth_ == 0; }

 private:
  int phonetic_depth_ = 0;
  bool in_text_ = false;
};

// All strings in one block of memory.
class SharedStrings {
 public:
  // `part` may be empty: no strings. Strings and their bookkeeping take at most `max_bytes`.
  static StatusOr<SharedStrings> Read(XlsxArchive& archive, const std::string& part, uint64_t max_bytes);

  size_t size() const { return ends_.size(); }
  // With escapes still in; i < size().
  std::string_view at(size_t i) const {
    const size_t start = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(text_).substr(start, ends_[i] - start);
  }

 private:
  friend class SharedStringsHandler;
  std::string text_;
  std::vector<size_t> ends_;
};

}  // namespace duijie::tabular
