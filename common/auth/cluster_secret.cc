// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/cluster_secret.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "common/auth/crypto.h"
#include "common/storage/data_folder.h"

namespace duijie {
namespace {

Status BadSecret(const std::string& path, const std::string& what) {
  return Error(StatusCode::kFailedPrecondition, "INVALID_CONFIG", "the cluster secret " + path + " " + what);
}

// Writes and syncs; returns an error number or 0.
int WriteAll(int file, const std::string& contents) {
  size_t written = 0;
  while (written < contents.size()) {
    const ssize_t n = ::write(file, contents.data() + written, contents.size() - written);
    if (n < 0 && errno != EINTR) return errno;
    if (n > 0) written += static_cast<size_t>(n);
  }
  return ::fsync(file) == 0 ? 0 : errno;
}

void SyncFolder(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

}  // namespace

StatusOr<std::string> ReadClusterSecret(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return BadSecret(path, "cannot be read");
  std::string secret(kMaxClusterSecretBytes + 1, '\0');
  file.read(secret.data(), static_cast<std::streamsize>(secret.size()));
  secret.resize(static_cast<size_t>(file.gcount()));
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r' || secret.back() == ' '))
    secret.pop_back();
  if (secret.size() < kMinClusterSecretBytes) return BadSecret(path, "is shorter than 32 bytes");
  if (secret.size() > kMaxClusterSecretBytes) return BadSecret(path, "is longer than 4096 bytes");
  return secret;
}

StatusOr<std::string> ReadOrCreateClusterSecret(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    DUIJIE_RETURN_IF_ERROR(
        WriteSecretFile(path, crypto::ToHex(crypto::RandomBytes(kMinClusterSecretBytes)) + "\n"));
  }
  return ReadClusterSecret(path);
}

Status WriteSecretFile(const std::string& path, const std::string& contents) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const std::string temporary = path + ".new";
  ::unlink(temporary.c_str());
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return FolderError(errno, folder);
  int failed = WriteAll(file, contents);
  if (::close(file) != 0 && failed == 0) failed = errno;
  if (failed == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) failed = errno;
  if (failed != 0) {
    ::unlink(temporary.c_str());
    return FolderError(failed, folder);
  }
  SyncFolder(folder.empty() ? "." : folder);
  return OkStatus();
}

}  // namespace duijie
