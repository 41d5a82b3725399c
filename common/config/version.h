// SPDX-License-Identifier: GPL-3.0-or-later
// The version of the software, from the project() line of the top CMakeLists.txt.
#pragma once

#include <string_view>

namespace duijie {

std::string_view Version();

}  // namespace duijie
