// SPDX-License-Identifier: GPL-3.0-or-later
// Needs by their enterprise and by their industries, so that what is asked of one firm or of one division
// does not read all needs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/storage/record_log.h"
#include "duijie/v1/common.pb.h"
#include "duijie/v1/need.pb.h"

namespace duijie::catalog {

// Found by key for one page of a scan; where there are more, all needs are scanned. Every page finds them
// anew.
inline constexpr size_t kMaxIndexedNeeds = 20'000;

void AddNeedIndexKeys(const v1::Need& need, std::vector<IndexKey>* keys);

// Gives needs of a store from before these indexes their keys. Before anybody else uses the log.
Status CompleteNeedIndexes(KvStore* store, RecordLog* log);

// Ids, ascending, of all needs that can pass the filter, and of others. None where the filter names neither
// enterprise nor industry, and where the indexes show another state than that of revision `at`: they have no
// past.
StatusOr<std::optional<std::vector<std::string>>> IndexedNeeds(const RecordLog& log,
                                                               const v1::RecordFilter& filter, Revision at);

}  // namespace duijie::catalog
