// SPDX-License-Identifier: GPL-3.0-or-later
// data/indicators/doings.tsv: words by which sentences tell a quantity without naming it, 充电一次 of
// 续航时间. Private to common/indicator.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"

namespace duijie::indicator {

inline constexpr size_t kMaxDoingLines = 5'000;
inline constexpr size_t kMaxDoingLineBytes = 4'096;

class DoingTable {
 public:
  // A table without rows if there is no such file. INVALID_ARGUMENT (BAD_TEXT_DATA) for a damaged line.
  static StatusOr<DoingTable> Load(const std::filesystem::path& path);

  // The phrases of every row of which a word stands in `name`; they live as long as the table.
  std::vector<std::string_view> PhrasesOf(std::string_view name) const;

 private:
  struct Row {
    std::vector<std::string> stems;    // words of names
    std::vector<std::string> phrases;  // words of clauses
  };
  std::vector<Row> rows_;
};

}  // namespace duijie::indicator
