// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/documents/scratch_file.h"

#include <atomic>
#include <filesystem>
#include <fstream>

namespace duijie {
namespace {

Status ReadFailed() {
  return Error(StatusCode::kInternal, "DOCUMENT_FAILED", "the document could not be read back");
}

}  // namespace

void EmptyFolder(const std::string& folder) {
  std::error_code ignored;  // what stays does no harm but take room
  for (std::filesystem::directory_iterator it(folder, ignored), end; !ignored && it != end;
       it.increment(ignored)) {
    std::filesystem::remove_all(it->path(), ignored);
  }
}

ScratchFile::ScratchFile(const std::string& folder) {
  static std::atomic<uint64_t> next{0};
  path_ = folder + "/scratch-" + std::to_string(next++);
}

ScratchFile::~ScratchFile() {
  std::error_code ignored;  // EmptyFolder removes it at the next start
  std::filesystem::remove(path_, ignored);
}

Status ReadInChunks(const std::string& path, const std::function<Status(std::string chunk)>& take) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return ReadFailed();
  std::string chunk(kFileChunkBytes, '\0');
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
    DUIJIE_RETURN_IF_ERROR(take(chunk.substr(0, static_cast<size_t>(in.gcount()))));
  }
  return in.eof() ? OkStatus() : ReadFailed();
}

Status PassInChunks(std::string_view bytes, const std::function<Status(std::string chunk)>& take) {
  for (size_t at = 0; at < bytes.size(); at += kFileChunkBytes) {
    DUIJIE_RETURN_IF_ERROR(take(std::string(bytes.substr(at, kFileChunkBytes))));
  }
  return OkStatus();
}

StatusOr<std::string> ReadWhole(const std::string& path) {
  std::string bytes;
  DUIJIE_RETURN_IF_ERROR(ReadInChunks(path, [&](const std::string& chunk) {
    bytes += chunk;
    return OkStatus();
  }));
  return bytes;
}

}  // namespace duijie
