// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/files.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "services/duijie/exit_codes.h"

namespace duijie {

StatusOr<std::string> ReadSmallFile(const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    std::error_code error;
    if (!file || std::filesystem::is_directory(path, error)) return LocalError("无法读取文件 " + path);
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string content;
  char buffer[64 * 1024];
  while (in.read(buffer, sizeof(buffer)) || in.gcount() > 0) {
    content.append(buffer, static_cast<size_t>(in.gcount()));
    if (static_cast<int64_t>(content.size()) > kMaxSmallFileBytes) {
      return LocalError("文件 " + path + " 超过 64 MiB");
    }
  }
  if (in.bad()) return LocalError("读取文件 " + path + " 时出错");
  return content;
}

OutputFile::OutputFile(std::string path, std::ostream& standard_output)
    : path_(std::move(path)),
      part_path_(path_ + ".part" + std::to_string(getpid())),
      standard_output_(standard_output) {}

OutputFile::~OutputFile() {
  if (!open_) return;
  file_.close();
  std::remove(part_path_.c_str());
}

Status OutputFile::Failed() const {
  return LocalError("无法写入文件 " + path_ + "（请检查文件夹是否存在、权限和磁盘空间）");
}

Status OutputFile::Open() {
  if (to_standard_output()) return OkStatus();
  file_.open(part_path_, std::ios::binary | std::ios::trunc);
  if (!file_) return Failed();
  open_ = true;
  return OkStatus();
}

Status OutputFile::Write(std::string_view bytes) {
  std::ostream& out = to_standard_output() ? standard_output_ : file_;
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out) return Failed();
  bytes_ += static_cast<int64_t>(bytes.size());
  return OkStatus();
}

Status OutputFile::Commit() {
  if (to_standard_output()) return standard_output_.flush() ? OkStatus() : Failed();
  file_.close();
  if (!file_ || std::rename(part_path_.c_str(), path_.c_str()) != 0) return Failed();
  open_ = false;
  return OkStatus();
}

Status SaveFile(const std::string& path, std::string_view bytes, std::ostream& standard_output) {
  OutputFile file(path, standard_output);
  DUIJIE_RETURN_IF_ERROR(file.Open());
  DUIJIE_RETURN_IF_ERROR(file.Write(bytes));
  return file.Commit();
}

}  // namespace duijie
