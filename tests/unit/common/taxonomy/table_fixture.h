// SPDX-License-Identifier: GPL-3.0-or-later
// Writes small tables for the taxonomy tests.
#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "tests/support/temp_dir.h"

namespace duijie::testing {

// Returns the path of the new file.
inline std::string WriteTable(const TempDir& folder, const std::string& name, std::string_view text) {
  const std::string path = folder.File(name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

}  // namespace duijie::testing
