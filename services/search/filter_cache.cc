// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/filter_cache.h"

#include <algorithm>

namespace duijie::search {
namespace {

// Sees every document that passes, without a list of them.
class Collector final : public Xapian::MatchSpy {
 public:
  explicit Collector(DocumentSet* bits) : bits_(*bits) {}
  void operator()(const Xapian::Document& document, double /*weight*/) override {
    bits_.Add(document.get_docid());
  }

 private:
  DocumentSet& bits_;
};

std::shared_ptr<const DocumentSet> Read(const Xapian::Database& database, const Xapian::Query& filter) {
  auto bits = std::make_shared<DocumentSet>(database.get_lastdocid());
  Collector collector(bits.get());
  Xapian::Enquire enquire(database);
  enquire.set_query(filter);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.add_matchspy(&collector);
  enquire.get_mset(0, 0, database.get_doccount());
  return bits;
}

}  // namespace

std::list<FilterCache::Entry>::iterator FilterCache::Touch(const std::string& key) {
  const auto known =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == key; });
  if (known != entries_.end()) {
    entries_.splice(entries_.begin(), entries_, known);
  } else {
    entries_.push_front({key, 0, nullptr});
    if (entries_.size() > kKeptFilters) entries_.pop_back();
  }
  return entries_.begin();
}

std::shared_ptr<const DocumentSet> FilterCache::Get(const Xapian::Database& database,
                                                    const Xapian::Query& filter) {
  const std::string key = filter.serialise();
  if (key.size() > kMaxKeptFilterBytes) return nullptr;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Entry& entry = *Touch(key);
    if (entry.bits != nullptr || ++entry.asks < kAsksBeforeKept) return entry.bits;
  }
  std::shared_ptr<const DocumentSet> bits = Read(database, filter);
  const std::lock_guard<std::mutex> lock(mutex_);
  Touch(key)->bits = bits;
  return bits;
}

}  // namespace duijie::search
