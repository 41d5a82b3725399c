// SPDX-License-Identifier: GPL-3.0-or-later
// One analyzer per folder and process: roles that run side by side share its 100 MB or so.
#pragma once

#include <filesystem>
#include <memory>

#include "common/text/analyzer.h"

namespace duijie {

// The analyzer of TextOptionsIn(folder); made on first use, kept while anybody holds it. Errors of
// Analyzer::Create. Thread-safe; a second caller waits for the first instead of loading again.
StatusOr<std::shared_ptr<const Analyzer>> SharedAnalyzer(const std::filesystem::path& folder);

}  // namespace duijie
