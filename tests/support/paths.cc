// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/paths.h"

namespace duijie::testing {

std::string SourceFile(std::string_view file) { return DUIJIE_SOURCE_DIR "/" + std::string(file); }

std::string BuiltFile(std::string_view file) { return DUIJIE_BINARY_DIR "/" + std::string(file); }

}  // namespace duijie::testing
