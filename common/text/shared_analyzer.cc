// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/shared_analyzer.h"

#include <map>
#include <mutex>

#include "common/text/default_paths.h"

namespace duijie {

StatusOr<std::shared_ptr<const Analyzer>> SharedAnalyzer(const std::filesystem::path& folder) {
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const Analyzer>> analyzers;  // by path; protected by mutex
  const std::lock_guard<std::mutex> lock(mutex);
  std::weak_ptr<const Analyzer>& known = analyzers[folder.lexically_normal().string()];
  if (std::shared_ptr<const Analyzer> shared = known.lock()) return shared;
  DUIJIE_ASSIGN_OR_RETURN(std::shared_ptr<const Analyzer> made, Analyzer::Create(TextOptionsIn(folder)));
  known = made;
  return made;
}

}  // namespace duijie
