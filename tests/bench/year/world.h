// SPDX-License-Identifier: GPL-3.0-or-later
// The made-up world of the simulation: generated enterprises, needs and achievements, and what is hidden from
// the system: which of them belong together. Rows depend on the seed and their number alone.
//
// A part of the needs is for staff only. Their titles and descriptions hold a mark (kMarkPrefix and the row),
// so that a leak of any of them into any answer is found by looking for marks. A part of the needs lacks the
// consent to pushes. A part of the achievements names an award or a programme, a part is not from Beijing or
// Tianjin.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/taxonomy/taxonomy_set.h"
#include "tests/bench/generator/record_maker.h"

namespace duijie::bench {

struct YearScale {
  uint64_t needs = 100'000;
  uint64_t achievements = 20'000;
  uint64_t enterprises = 10'000;
  uint64_t visits = 200;
  uint64_t seed = 20'260'118;
};

// How much two records have in common: the hidden truth.
enum class Relation { kNone, kSecondary, kMain };  // kMain: the same first topic

// What an achievement is pushed for: a need, or an enterprise as a whole.
struct Taker {
  uint64_t enterprise = 0;
  std::optional<uint64_t> need;
};

inline constexpr std::string_view kMarkPrefix = "XMB";
inline constexpr size_t kMarkDigits = 9;

class World {
 public:
  static StatusOr<std::unique_ptr<World>> Make(const std::string& samples, const std::string& share,
                                               const YearScale& scale);

  const YearScale& scale() const { return scale_; }
  const RecordMaker& maker() const { return *maker_; }
  const TaxonomySet& taxonomies() const { return *taxonomies_; }
  const std::vector<Topic>& topics() const { return corpus_->topics; }

  // CSV tables, ready for the import.
  std::string Enterprises() const;
  std::string Needs() const;
  std::string Achievements(uint64_t begin, uint64_t end) const;
  std::string Experts(uint64_t count) const;

  Relation RelationOf(const Taker& taker, uint64_t achievement) const;
  uint64_t EnterpriseOf(uint64_t need) const { return owners_.at(need); }
  const std::string& ParkOf(uint64_t enterprise) const;
  bool IsConfidential(uint64_t need) const;  // for staff only
  bool HasConsent(uint64_t need) const;

  // The cell of a row under a heading, "" if there is none.
  std::string NeedCell(uint64_t need, std::string_view heading) const;
  std::string AchievementCell(uint64_t achievement, std::string_view heading) const;
  std::string EnterpriseCell(uint64_t enterprise, std::string_view heading) const;

  // The needs whose marks stand in `bytes`.
  static std::vector<uint64_t> MarksIn(std::string_view bytes);

 private:
  World() = default;
  std::vector<std::string> NeedRow(uint64_t need) const;
  std::vector<std::string> AchievementRow(uint64_t achievement) const;

  YearScale scale_;
  std::unique_ptr<SampleCorpus> corpus_;
  std::shared_ptr<const TaxonomySet> taxonomies_;
  std::unique_ptr<RecordMaker> maker_;
  std::vector<uint32_t> owners_;  // enterprise by need
};

// Names of the catalog by row and back. Filled before threads read it.
class Names {
 public:
  void Add(uint64_t row, const std::string& name);
  const std::string& Of(uint64_t row) const { return names_.at(row); }
  std::optional<uint64_t> RowOf(const std::string& name) const;
  size_t size() const { return names_.size(); }

 private:
  std::unordered_map<uint64_t, std::string> names_;
  std::unordered_map<std::string, uint64_t> rows_;
};

}  // namespace duijie::bench
