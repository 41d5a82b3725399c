// SPDX-License-Identifier: GPL-3.0-or-later
// An empty folder of the test's own, removed when the test ends.
#pragma once

#include <filesystem>
#include <string>

namespace duijie::testing {

class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string File(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace duijie::testing
