// SPDX-License-Identifier: GPL-3.0-or-later
// The one rule for telling of groups.
#pragma once

#include <cstddef>

namespace duijie::mining {

// A group of fewer distinct enterprises (by credit code) tells who is in it: it is neither shown nor counted.
inline constexpr size_t kFewestEnterprises = 3;

}  // namespace duijie::mining
