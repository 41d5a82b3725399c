// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/spool_file.h"

#include <filesystem>
#include <utility>

namespace duijie::catalog {
namespace {

constexpr size_t kFirstBytes = 4096;

Status CannotWrite() {
  return Error(StatusCode::kResourceExhausted, "DISK_FULL", "the import cannot be kept on disk");
}
Status TooLarge(const std::string& what) { return Error(StatusCode::kResourceExhausted, "TOO_LARGE", what); }

}  // namespace

StatusOr<SpoolFile> SpoolFile::Create(const std::string& folder, const std::string& name) {
  SpoolFile file(folder + "/" + name);
  if (!file.out_) return CannotWrite();
  return file;
}

SpoolFile::SpoolFile(SpoolFile&& other) noexcept
    : path_(std::exchange(other.path_, "")),
      out_(std::move(other.out_)),
      size_(other.size_),
      first_bytes_(std::move(other.first_bytes_)) {}

SpoolFile::~SpoolFile() {
  if (path_.empty()) return;
  out_.close();
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

Status SpoolFile::Append(std::string_view chunk) {
  if (chunk.size() > kMaxImportChunkBytes) return TooLarge("a chunk is larger than 1 MiB");
  size_ += chunk.size();
  if (size_ > kMaxImportBytes) return TooLarge("the file is larger than 512 MiB");
  if (first_bytes_.size() < kFirstBytes) first_bytes_ += chunk.substr(0, kFirstBytes - first_bytes_.size());
  out_.write(chunk.data(), static_cast<std::streamsize>(chunk.size()));
  return out_ ? OkStatus() : CannotWrite();
}

Status SpoolFile::Close() {
  out_.close();
  return out_ ? OkStatus() : CannotWrite();
}

Status SpoolFile::ClearFolder(const std::string& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::filesystem::remove(entry.path(), error);
  }
  return error ? CannotWrite() : OkStatus();
}

}  // namespace duijie::catalog
