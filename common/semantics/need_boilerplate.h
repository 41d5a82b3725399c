// SPDX-License-Identifier: GPL-3.0-or-later
// How rare a gram is among needs of all kinds. What most needs say (公司, 目标, 解决) tells little of what
// one of them is about, however rare it is among the achievements that are searched.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "common/base/string_lookup.h"
#include "common/status/status.h"

namespace duijie {

inline constexpr size_t kMaxBoilerplateGrams = 200'000;
inline constexpr double kLeastRarity = 0.02;  // of a gram that every need has: never quite nothing

// Immutable; thread-safe.
class NeedBoilerplate {
 public:
  // need_boilerplate.tsv (docs/formats/semantics.md): "documents<TAB>N", then a line "gram<TAB>count" for
  // each gram that two needs or more have; lines that start with '#' are comments. NOT_FOUND
  // (TEXT_DATA_MISSING), INVALID_ARGUMENT (BAD_TEXT_DATA) with metadata file and line.
  static StatusOr<std::shared_ptr<const NeedBoilerplate>> Load(const std::filesystem::path& path);

  // max(kLeastRarity, ln((N + 1) / (df + 1)) / ln(N + 1)): 1 for a gram that no need has.
  double Rarity(std::string_view gram) const;

 private:
  NeedBoilerplate() = default;
  StringMap<double> rarities_;
};

}  // namespace duijie
