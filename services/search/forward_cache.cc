// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/forward_cache.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace duijie::search {
namespace {

constexpr size_t kChunkBytes = 1024 * 1024;

}  // namespace

std::string_view ForwardCache::Find(Xapian::docid id) const {
  const char* const place = places_.Get(id);
  if (place == nullptr) return {};
  uint32_t size = 0;
  std::memcpy(&size, place, sizeof size);
  return {place + sizeof size, size};
}

void ForwardCache::Put(Xapian::docid id, std::string_view bytes) {
  const auto size = static_cast<uint32_t>(bytes.size());
  const size_t needed = sizeof size + bytes.size();
  const std::lock_guard<std::mutex> lock(mutex_);
  if (places_.Get(id) != nullptr) return;  // put by another thread meanwhile
  if (size_ - used_ < needed) {
    const size_t wanted = std::max(kChunkBytes, needed);
    if (wanted > free_) return;
    chunks_.push_back(std::unique_ptr<char[]>(new char[wanted]));
    free_ -= wanted;
    size_ = wanted;
    used_ = 0;
  }
  char* const place = chunks_.back().get() + used_;
  std::memcpy(place, &size, sizeof size);
  std::memcpy(place + sizeof size, bytes.data(), bytes.size());
  used_ += needed;
  places_.Set(id, place);
}

}  // namespace duijie::search
