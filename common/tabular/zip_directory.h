// SPDX-License-Identifier: GPL-3.0-or-later
// libzip allocates an entry for everything the end-of-directory record announces before it answers any
// question. This looks at those records first (PKWARE APPNOTE 4.3.14-4.3.16) and refuses a directory beyond
// the limits.
#pragma once

#include <cstdint>

#include "common/status/status.h"
#include "common/tabular/byte_source.h"

namespace duijie::tabular {

// Checks every place that could be taken for the end of the directory, so that libzip may pick any of them.
Status CheckZipDirectory(ByteSource& source, uint64_t max_entries, uint64_t max_directory_bytes);

}  // namespace duijie::tabular
