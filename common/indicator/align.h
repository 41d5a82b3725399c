// SPDX-License-Identifier: GPL-3.0-or-later
// How well two names of indicators mean the same quantity of the same thing.
//
// A name is a head, the quantity (抗拉强度, 去除率), behind words that say whose (球铁铸件, 出水). The head
// is the longest name of data/indicators/names.tsv that ends it; where the table knows none, the end that the
// two names share. Heads of one group mean the same; heads of different groups never do, so 定位精度 is not
// 重复定位精度. Words before the head agree if one is missing, general (产品, 设备) or they share two
// characters; words that change the quantity (进水, 储存, 重复) must stand in both.
//
// The table's file: names of a group, separated by tabs, one group a line, '#' starts a comment.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie::indicator {

inline constexpr size_t kMaxNameTableLines = 10'000;
inline constexpr size_t kMaxNameTableCellRunes = 40;  // code points of one name
inline constexpr double kAligned = 0.6;               // names from this confidence on are taken as the same

// The folder that belongs to a program in `exe_dir`: <exe_dir>/../share/duijie/indicators. It need not exist.
std::filesystem::path IndicatorDataFolder(const std::filesystem::path& exe_dir);

// Immutable and thread-safe after Load.
class NameTable {
 public:
  // names.tsv. NOT_FOUND (TEXT_DATA_MISSING) if it cannot be opened; INVALID_ARGUMENT (BAD_TEXT_DATA) with
  // metadata file, line and rule for a damaged line or a name in two groups.
  static StatusOr<std::unique_ptr<NameTable>> Load(const std::filesystem::path& path);
  ~NameTable();
  NameTable(const NameTable&) = delete;
  NameTable& operator=(const NameTable&) = delete;

  // Confidence from 0 to 1 that the names mean the same; symmetric. An empty name aligns with nothing.
  double Align(std::string_view a, std::string_view b) const;

  // The words of a name that say of what it is the quantity: 甲醛 of 甲醛含量. The whole name if the table
  // knows no head of it.
  std::string SubjectOf(std::string_view name) const;

 private:
  class Impl;
  explicit NameTable(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace duijie::indicator
