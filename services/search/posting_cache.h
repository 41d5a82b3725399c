// SPDX-License-Identifier: GPL-3.0-or-later
// In which documents of one commit a term stands, for terms asked for lately: records of one topic are
// matched by the same terms again and again, and Xapian unpacks its lists anew for each query. Bounded;
// thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "common/base/byte_cache.h"

namespace duijie::search {

inline constexpr size_t kPostingCacheBytes = 16 * 1024 * 1024;  // of one commit

struct Posting {
  Xapian::docid id = 0;
  Xapian::termcount count = 0;  // occurrences, as weighed
};
using Postings = std::vector<Posting>;  // by ascending document

class PostingCache {
 public:
  // `database` must always be of the same commit. May throw Xapian's errors.
  std::shared_ptr<const Postings> Get(const Xapian::Database& database, const std::string& term) {
    if (std::shared_ptr<const Postings> known = cache_.Find(term)) return known;
    std::shared_ptr<const Postings> read = Read(database, term);
    cache_.Put(term, read, read->size() * sizeof(Posting));
    return read;
  }

 private:
  static std::shared_ptr<const Postings> Read(const Xapian::Database& database, const std::string& term) {
    auto postings = std::make_shared<Postings>();
    postings->reserve(database.get_termfreq(term));
    const Xapian::PostingIterator end = database.postlist_end(term);
    for (Xapian::PostingIterator posting = database.postlist_begin(term); posting != end; ++posting)
      postings->push_back({*posting, posting.get_wdf()});
    return postings;
  }

  ByteCache<Postings> cache_{kPostingCacheBytes};
};

}  // namespace duijie::search
