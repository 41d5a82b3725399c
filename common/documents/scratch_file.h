// SPDX-License-Identifier: GPL-3.0-or-later
// Files that exist only while an answer is made of them, e.g. a workbook that is sent in chunks.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie {

// Of each piece that ReadInChunks gives.
inline constexpr size_t kFileChunkBytes = 256 * 1024;

// Removes what a killed process left in the folder; for the start of a role.
void EmptyFolder(const std::string& folder);

// A path in a folder that no other object of this process has; the file goes with the object, however the
// answer ends.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& folder);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Calls `take` with the file's bytes, in order, at most kFileChunkBytes at a time; ends with its first error.
// INTERNAL DOCUMENT_FAILED if the file cannot be read.
Status ReadInChunks(const std::string& path, const std::function<Status(std::string chunk)>& take);

// The same with the bytes of a text.
Status PassInChunks(std::string_view bytes, const std::function<Status(std::string chunk)>& take);

// The whole file.
StatusOr<std::string> ReadWhole(const std::string& path);

}  // namespace duijie
