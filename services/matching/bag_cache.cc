// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/bag_cache.h"

#include <utility>

namespace duijie::matching {
namespace {

size_t BytesOf(const TermBag& bag) {
  size_t bytes = sizeof(bag) + bag.meaning.capacity() + bag.title_meaning.capacity();
  for (const BagTerm& term : bag.terms) bytes += sizeof(term) + term.text.capacity();
  for (const Expansion& expansion : bag.expansions)
    bytes += sizeof(expansion) + expansion.grams.capacity() * sizeof(expansion.grams.front());
  return bytes;
}

}  // namespace

std::shared_ptr<const TermBag> BagCache::Find(const SourceRecord& source, const std::string& model_version) {
  if (source.revision == 0 || source.name.empty()) return nullptr;
  const std::shared_ptr<const Entry> entry = cache_.Find(source.name);
  const bool known =
      entry != nullptr && entry->revision == source.revision && entry->model_version == model_version;
  return known ? entry->bag : nullptr;
}

void BagCache::Put(const SourceRecord& source, const std::string& model_version,
                   std::shared_ptr<const TermBag> bag) {
  if (source.revision == 0 || source.name.empty()) return;
  const size_t bytes = BytesOf(*bag) + model_version.capacity();
  cache_.Put(source.name,
             std::make_shared<const Entry>(Entry{source.revision, model_version, std::move(bag)}), bytes);
}

}  // namespace duijie::matching
