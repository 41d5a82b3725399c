// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "common/tabular/table_error.h"

namespace duijie::tabular {
namespace {

class FileSource final : public ByteSource {
 public:
  FileSource(int fd, uint64_t size) : fd_(fd), size_(size) {}
  ~FileSource() override { ::close(fd_); }

  uint64_t size() const override { return size_; }

  StatusOr<size_t> ReadAt(uint64_t offset, char* out, size_t n) override {
    size_t done = 0;
    while (done < n) {
      const ssize_t got = ::pread(fd_, out + done, n - done, static_cast<off_t>(offset + done));
      if (got == 0) break;
      if (got > 0) {
        done += static_cast<size_t>(got);
      } else if (errno != EINTR) {
        return Unreadable(StatusCode::kInternal, "读取文件失败");
      }
    }
    return done;
  }

 private:
  const int fd_;
  const uint64_t size_;
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}

  uint64_t size() const override { return bytes_.size(); }

  StatusOr<size_t> ReadAt(uint64_t offset, char* out, size_t n) override {
    if (offset >= bytes_.size()) return size_t{0};
    const size_t got = std::min(n, bytes_.size() - static_cast<size_t>(offset));
    std::memcpy(out, bytes_.data() + offset, got);
    return got;
  }

 private:
  const std::string bytes_;
};

Status CheckSize(uint64_t size, uint64_t max_bytes) {
  if (size <= max_bytes) return OkStatus();
  return TooLarge("文件过大，上限为 " + std::to_string(max_bytes) + " 字节，请拆分后再导入");
}

}  // namespace

StatusOr<std::unique_ptr<ByteSource>> OpenFileSource(const std::string& path, uint64_t max_bytes) {
  // O_NONBLOCK: opening a pipe without a writer must not hang; it is refused below.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return Unreadable(missing ? StatusCode::kNotFound : StatusCode::kPermissionDenied,
                      missing ? "文件不存在" : "无法打开文件，请检查权限");
  }
  struct stat info {};
  if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(fd);
    return Unreadable(StatusCode::kInvalidArgument, "不是普通文件");
  }
  auto source = std::make_unique<FileSource>(fd, static_cast<uint64_t>(info.st_size));
  DUIJIE_RETURN_IF_ERROR(CheckSize(source->size(), max_bytes));
  return std::unique_ptr<ByteSource>(std::move(source));
}

StatusOr<std::unique_ptr<ByteSource>> OpenMemorySource(std::string bytes, uint64_t max_bytes) {
  DUIJIE_RETURN_IF_ERROR(CheckSize(bytes.size(), max_bytes));
  return std::unique_ptr<ByteSource>(std::make_unique<MemorySource>(std::move(bytes)));
}

}  // namespace duijie::tabular
