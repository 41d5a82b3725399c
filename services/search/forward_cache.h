// SPDX-License-Identifier: GPL-3.0-or-later
// Forward data of the documents of one commit that were read before: candidate search reads those of hundreds
// of documents, and each costs a walk through Xapian's tree and a copy of a block or two. What is read first
// is held for as long as the commit is; when kForwardCacheBytes are full, the rest is read from disk each
// time. Thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "services/search/document_slots.h"

namespace duijie::search {

inline constexpr size_t kForwardCacheBytes = 64 * 1024 * 1024;  // of one commit

class ForwardCache {
 public:
  // For documents up to `last`; others are not held.
  explicit ForwardCache(Xapian::docid last, size_t max_bytes = kForwardCacheBytes)
      : places_(last), free_(max_bytes) {}

  // Empty if they are not held. Valid as long as this.
  std::string_view Find(Xapian::docid id) const;
  void Put(Xapian::docid id, std::string_view bytes);

 private:
  DocumentSlots<const char*> places_;
  std::mutex mutex_;
  size_t free_;                                  // bytes; protected by mutex_, as all below
  std::vector<std::unique_ptr<char[]>> chunks_;  // each: length and bytes of one document after the other
  size_t used_ = 0;                              // bytes of the last chunk
  size_t size_ = 0;                              // of the last chunk
};

}  // namespace duijie::search
