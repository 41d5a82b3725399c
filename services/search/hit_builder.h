// SPDX-License-Identifier: GPL-3.0-or-later
// A document to a hit with its snippets.
#pragma once

#include <string>
#include <vector>

#include "common/text/normalize.h"
#include "duijie/v1/search_service.pb.h"
#include "services/search/readable_index.h"

namespace duijie::search {

// `highlights`: normalised texts to mark; without any, the excerpt is the beginning of the first text.
// DATA_LOSS if what the index keeps of the document is damaged. Use inside ReadableIndex::Read.
StatusOr<v1::SearchHit> BuildHit(const IndexReader& reader, Xapian::docid id, double score,
                                 const std::vector<std::string>& highlights, const Normalizer& normalizer);

}  // namespace duijie::search
