// SPDX-License-Identifier: GPL-3.0-or-later
// Where tests find the sources and what was built. The only place that knows: flags with the path of a folder
// would keep a compiler cache from serving another one.
#pragma once

#include <string>
#include <string_view>

namespace duijie::testing {

// The path of `file`, which is relative to the root of the sources, or to the folder of the build.
std::string SourceFile(std::string_view file);
std::string BuiltFile(std::string_view file);

}  // namespace duijie::testing
