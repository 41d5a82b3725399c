// SPDX-License-Identifier: GPL-3.0-or-later
// What readers of one commit have worked out or unpacked before. A commit starts with all of them empty.
#pragma once

#include <xapian.h>

#include "services/search/filter_cache.h"
#include "services/search/forward_cache.h"
#include "services/search/length_norms.h"
#include "services/search/norm_cache.h"
#include "services/search/posting_cache.h"
#include "services/search/word_frequencies.h"

namespace duijie::search {

struct CommitCaches {
  // For documents up to `last_document`.
  explicit CommitCaches(Xapian::docid last_document)
      : last(last_document), norms(last), lengths(last), forward(last) {}

  const Xapian::docid last;
  NormCache norms;
  LengthNorms lengths;
  ForwardCache forward;
  FilterCache filters;
  WordFrequencies words;
  PostingCache postings;
};

}  // namespace duijie::search
