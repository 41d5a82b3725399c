// SPDX-License-Identifier: GPL-3.0-or-later
// What was read from records' texts lately, so that a record that many matches meet is read once. Bounded by
// memory; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "common/base/byte_cache.h"
#include "services/matching/fit_table.h"

namespace duijie::matching {

inline constexpr size_t kFigureCacheBytes = 64 * 1024 * 1024;

// Of a need its demands, of an achievement what it states.
struct RecordFigures {
  std::vector<Demand> demands;
  std::unique_ptr<const StatedFigures> stated;  // nullptr for needs
};

std::shared_ptr<const RecordFigures> FiguresOf(const SourceRecord& record, const indicator::NameTable& names);

class FigureCache {
 public:
  explicit FigureCache(size_t max_bytes) : cache_(max_bytes) {}

  // nullptr if the record was not read at this revision. Revision 0 (not known) is never held.
  std::shared_ptr<const RecordFigures> Find(const std::string& name, int64_t revision);
  void Put(const std::string& name, int64_t revision, std::shared_ptr<const RecordFigures> figures);

 private:
  struct Entry {
    int64_t revision = 0;
    std::shared_ptr<const RecordFigures> figures;
  };

  ByteCache<Entry> cache_;
};

}  // namespace duijie::matching
