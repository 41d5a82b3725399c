// SPDX-License-Identifier: GPL-3.0-or-later
// The rule of page_size: 0 means the default, too much is taken as the most, negative is an error.
#pragma once

#include <algorithm>

#include "common/status/status.h"

namespace duijie {

struct PageSize {
  int standard;
  int most;

  StatusOr<int> Read(int wanted) const {
    if (wanted < 0) return InvalidField("page_size", "NEGATIVE", "每页条数不能为负");
    return wanted == 0 ? standard : std::min(wanted, most);
  }
};

}  // namespace duijie
