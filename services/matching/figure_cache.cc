// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/figure_cache.h"

#include <utility>

namespace duijie::matching {
namespace {

size_t BytesOf(const RecordFigures& figures) {
  size_t bytes = sizeof(figures);
  if (figures.stated != nullptr) bytes += figures.stated->bytes();
  for (const Demand& demand : figures.demands) {
    bytes +=
        sizeof(demand) + demand.text.capacity() + demand.quote.capacity() + indicator::BytesOf(demand.target);
  }
  return bytes;
}

}  // namespace

std::shared_ptr<const RecordFigures> FiguresOf(const SourceRecord& record,
                                               const indicator::NameTable& names) {
  auto figures = std::make_shared<RecordFigures>();
  if (record.is_need) {
    figures->demands = DemandsOf(record, names);
  } else {
    figures->stated = std::make_unique<const StatedFigures>(record, names);
  }
  return figures;
}

std::shared_ptr<const RecordFigures> FigureCache::Find(const std::string& name, int64_t revision) {
  const std::shared_ptr<const Entry> entry = cache_.Find(name);
  return entry == nullptr || entry->revision != revision ? nullptr : entry->figures;
}

void FigureCache::Put(const std::string& name, int64_t revision,
                      std::shared_ptr<const RecordFigures> figures) {
  if (revision == 0) return;
  const size_t bytes = BytesOf(*figures);
  cache_.Put(name, std::make_shared<const Entry>(Entry{revision, std::move(figures)}), bytes);
}

}  // namespace duijie::matching
