// SPDX-License-Identifier: GPL-3.0-or-later
// The schemes of maturity assessment, read from data/maturity: schemes.tsv names them, <id>_levels.tsv and
// <id>_conditions.tsv hold their checklists. Immutable after Load.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "duijie/v1/maturity.pb.h"

namespace duijie::push {

inline constexpr int kLevels = 9;
inline constexpr int kMaxValidMonths = 120;

class Schemes {
 public:
  // INVALID_ARGUMENT INVALID_TABLE naming file and line: see ReadTsv; levels that are not 1 to 9 in order; a
  // condition code twice, of no level, or out of order; a level without a required condition.
  static StatusOr<Schemes> Load(const std::string& folder);

  // In order of the table.
  const std::vector<v1::MaturityScheme>& all() const { return schemes_; }
  // By "maturitySchemes/{id}"; nullptr if there is none.
  const v1::MaturityScheme* Find(std::string_view name) const;

 private:
  std::vector<v1::MaturityScheme> schemes_;
};

}  // namespace duijie::push
