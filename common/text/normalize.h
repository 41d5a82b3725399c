// SPDX-License-Identifier: GPL-3.0-or-later
// One form for text that means the same: what documents and queries are reduced to before they are compared.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"

namespace duijie {

// Normalised text with, for each of its bytes, the source bytes it came from.
struct MappedText {
  std::string normalized;
  std::vector<uint32_t> source_begin;  // one entry per byte of `normalized`
  std::vector<uint32_t> source_end;
};

// Unicode folding only, without dictionaries: NFKC_Casefold (compatibility forms, full width to half width,
// lower case, ignorable characters such as U+200B dropped), then dashes, wave dashes, dots and slashes that
// stand between numbers and units to their ASCII or U+00B7 form. Any bytes in, valid UTF-8 out (ill-formed →
// U+FFFD).
std::string FoldText(std::string_view text);

// The same with source offsets. Requires valid UTF-8, below 4 GiB.
MappedText FoldTextMapped(std::string_view utf8);

// FoldText, then traditional to simplified Chinese (OpenCC tw2sp: characters and Taiwan terms).
//
// Only runs of Chinese characters that hold a traditional character are converted: tw2sp would turn the
// mainland words 智慧, 支援, 文件 into 智能, 支持, 文档. Immutable and thread-safe after Create; no method
// throws. Time is linear in the text; text without traditional characters passes at ICU's speed.
class Normalizer {
 public:
  // NOT_FOUND (TEXT_DATA_MISSING) if OpenCC's or ICU's data are not installed.
  static StatusOr<std::unique_ptr<Normalizer>> Create();
  ~Normalizer();
  Normalizer(const Normalizer&) = delete;
  Normalizer& operator=(const Normalizer&) = delete;

  // The form for matching. Any bytes in; valid UTF-8 out.
  std::string Normalize(std::string_view text) const;

  // The form for showing: NFKC and simplified, but case, dashes and ignorable characters are kept.
  std::string NormalizeForDisplay(std::string_view text) const;

  // Normalize with source offsets; requires valid UTF-8, below 4 GiB. `normalized` equals Normalize(utf8)
  // except where a Taiwan term changes its length: there characters are simplified one by one, so offsets
  // stay exact.
  MappedText NormalizeMapped(std::string_view utf8) const;

 private:
  class Impl;
  explicit Normalizer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace duijie
