// SPDX-License-Identifier: GPL-3.0-or-later
// How well two names of indicators mean the same quantity of the same thing.
//
// A name is a head, the quantity (抗拉强度, 去除率), behind words that say whose (球铁铸件, 出水). The head
// is the longest name of data/indicators/names.tsv that ends it; where the table knows none, the end that the
// two names share. Heads of one group mean the same; heads of different groups never do, so 定位精度 is not
// 重复定位精度. Words before the head agree if one is missing, general (产品, 设备) or they share two
// characters; words that change the quantity (进水, 储存, 重复) must stand in both.
//
// Some groups answer each other although they are not the same (合格率 and 不良率); see Relation.
//
// The table's file: names of a group, separated by tabs, one group a line, '#' starts a comment. 飞行@min is
// a verb that names the quantity only of a figure with such a unit (可飞行75分钟), @lm/W a unit that tells
// the quantity of a figure without a name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/indicator/extract.h"
#include "common/status/status.h"

namespace duijie::indicator {

inline constexpr size_t kMaxNameTableLines = 10'000;
inline constexpr size_t kMaxNameTableCellRunes = 40;  // code points of one name
inline constexpr double kAligned = 0.6;               // names from this confidence on are taken as the same

// The folder that belongs to a program in `exe_dir`: <exe_dir>/../share/duijie/indicators. It need not exist.
std::filesystem::path IndicatorDataFolder(const std::filesystem::path& exe_dir);

// A stretch of a name, code points.
struct NamePart {
  uint8_t begin = 0;
  uint8_t length = 0;
  std::u32string_view In(std::u32string_view name) const { return name.substr(begin, length); }
};

// What name_families.h finds in a name.
struct NameFamilies {
  NamePart substance;  // of an amount, see name_words.h
  NamePart consumed;
  NamePart produced;
  NamePart resisted;
  int measure = 0;                // family of the measure at the end; 0 if there is none
  std::u32string before_measure;  // without words that say nothing; empty without a measure
};

// A name as alignment sees it, so that it is worked out once for all comparisons. Valid for the table that
// made it. Its members are the table's own business.
struct PreparedName {
  std::u32string cleaned;
  size_t stem = 0;             // code points without a word for a measure at the end (率, 系数)
  std::u32string subject;      // words before the head that say whose quantity it is
  std::u32string bare;         // the whole name without words that say nothing
  size_t head = 0;             // code points of the head at the end; 0 if the table knows none
  int group = 0;               // of the head; 0 if the table knows none
  uint64_t decisive = 0;       // rows of decisive words in the whole name
  uint64_t decisive_lead = 0;  // in the words before the head
  uint64_t mild_lead = 0;
  uint64_t excused = 0;     // rows of decisive words in the figure's condition (空载)
  uint64_t substances = 0;  // rows of substances in the name
  // Of the stem, two bits for each code point, one in each: names that share none in one of them share no
  // code point.
  std::array<uint64_t, 2> letters{};
  NameFamilies families;
  uint64_t peak = 0;            // the row of 峰值, where the name says the same by 最大
  size_t precision = 0;         // code points of 精度, 误差 and the like at the end
  std::vector<uint8_t> things;  // things of a kind in the name, see things.h
};

// How the figures of two groups answer each other.
enum class Relation : uint8_t {
  kNone,
  kComplement,  // 合格率 and 不良率: together 100 %
  kInverse,     // 节拍 and 产量: one over the other
  kSieve,       // 目数 and 孔径: units tell
  kNear,        // 能耗 and 电耗: the same where units convert
};

class AnswerModel;

// Immutable and thread-safe after Load.
class NameTable {
 public:
  // names.tsv, and doings.tsv and answers.json beside it if there are such. NOT_FOUND (TEXT_DATA_MISSING) if
  // it cannot be opened; INVALID_ARGUMENT (BAD_TEXT_DATA) with metadata file, line and rule for a damaged
  // line or a name in two groups.
  // `model`: the file's name; "" for a table without, to train one with.
  static StatusOr<std::unique_ptr<NameTable>> Load(const std::filesystem::path& path,
                                                   std::string_view model = "answers.json");
  ~NameTable();
  NameTable(const NameTable&) = delete;
  NameTable& operator=(const NameTable&) = delete;

  // Confidence from 0 to 1 that the names mean the same; symmetric. An empty name aligns with nothing.
  double Align(std::string_view a, std::string_view b) const;

  // `unit` of the figure, as it is written: it decides what verbs mean.
  PreparedName Prepare(std::string_view name, std::string_view unit = {}) const;
  // The name of a figure, with its unit and condition.
  PreparedName Prepare(const Indicator& figure) const;
  double Align(const PreparedName& a, const PreparedName& b) const;
  // Of names that do not align: whether one can be worked out of the other. kNone where the names say that
  // they are of different things.
  Relation RelationOf(const PreparedName& a, const PreparedName& b) const;

  // The words of a name that say of what it is the quantity: 甲醛 of 甲醛含量. The whole name if the table
  // knows no head of it.
  std::string SubjectOf(std::string_view name) const;

  // Words by which a clause tells the quantity without naming it; they live as long as the table.
  std::vector<std::string_view> PhrasesOf(std::string_view name) const;

  // How likely figures answer that no name tells; null where the table came without.
  const AnswerModel* answer_model() const;

 private:
  class Impl;
  explicit NameTable(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace duijie::indicator
