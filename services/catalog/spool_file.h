// SPDX-License-Identifier: GPL-3.0-or-later
// A file that arrives in chunks, kept on disk while it is read; removed when the object dies. Left-overs of a
// crash are removed by ClearFolder at start-up.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie::catalog {

inline constexpr uint64_t kMaxImportBytes = uint64_t{512} << 20;
inline constexpr size_t kMaxImportChunkBytes = size_t{1} << 20;

class SpoolFile {
 public:
  // RESOURCE_EXHAUSTED DISK_FULL if the file cannot be made.
  static StatusOr<SpoolFile> Create(const std::string& folder, const std::string& name);
  ~SpoolFile();
  SpoolFile(SpoolFile&& other) noexcept;
  SpoolFile& operator=(SpoolFile&&) = delete;

  // RESOURCE_EXHAUSTED TOO_LARGE beyond kMaxImportBytes or for a chunk beyond kMaxImportChunkBytes;
  // DISK_FULL.
  Status Append(std::string_view chunk);
  // Everything is in the file after this.
  Status Close();

  const std::string& path() const { return path_; }
  const std::string& first_bytes() const { return first_bytes_; }  // at most kFirstBytes, to guess the format

  static Status ClearFolder(const std::string& folder);

 private:
  explicit SpoolFile(std::string path)
      : path_(std::move(path)), out_(path_, std::ios::binary | std::ios::trunc) {}

  std::string path_;
  std::ofstream out_;
  uint64_t size_ = 0;
  std::string first_bytes_;
};

}  // namespace duijie::catalog
