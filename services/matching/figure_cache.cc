// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/figure_cache.h"

namespace duijie::matching {
namespace {

constexpr size_t kEntryOverhead = 256;  // bytes of list, map and allocations

size_t BytesOf(const RecordFigures& figures) {
  size_t bytes = kEntryOverhead;
  if (figures.stated != nullptr) bytes += figures.stated->bytes();
  for (const Demand& demand : figures.demands) {
    bytes += sizeof(demand) + demand.text.size() + demand.quote.size() + demand.target.context.size();
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
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = by_name_.find(name);
  if (found == by_name_.end() || found->second->revision != revision) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->figures;
}

void FigureCache::Put(const std::string& name, int64_t revision,
                      std::shared_ptr<const RecordFigures> figures) {
  const size_t bytes = BytesOf(*figures) + name.size();
  if (revision == 0 || bytes > max_bytes_) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = by_name_.find(name);
  if (known != by_name_.end()) {
    bytes_ -= known->second->bytes;
    entries_.erase(known->second);
    by_name_.erase(known);
  }
  entries_.push_front({name, revision, std::move(figures), bytes});
  by_name_[name] = entries_.begin();
  bytes_ += bytes;
  while (bytes_ > max_bytes_) {
    bytes_ -= entries_.back().bytes;
    by_name_.erase(entries_.back().name);
    entries_.pop_back();
  }
}

}  // namespace duijie::matching
