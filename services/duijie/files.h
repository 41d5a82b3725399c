// SPDX-License-Identifier: GPL-3.0-or-later
// Local files as commands read and write them; errors are LOCAL with a Chinese message. "-" is standard input
// or output.
#pragma once

#include <cstdint>
#include <fstream>
#include <iosfwd>
#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie {

// Records, tables of judgements and configuration are small; what is larger is a mistake.
inline constexpr int64_t kMaxSmallFileBytes = 64 * 1024 * 1024;

// The whole file, at most kMaxSmallFileBytes.
StatusOr<std::string> ReadSmallFile(const std::string& path);

// Writes beside the target and renames in Commit, so that a failed download never leaves half a file under
// the name asked for. To standard output it writes straight through. Not thread-safe.
class OutputFile {
 public:
  // `standard_output` must outlive this; used for path "-".
  OutputFile(std::string path, std::ostream& standard_output);
  ~OutputFile();  // removes what was not committed
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  Status Open();
  Status Write(std::string_view bytes);
  Status Commit();
  int64_t bytes() const { return bytes_; }

 private:
  bool to_standard_output() const { return path_ == "-"; }
  Status Failed() const;

  const std::string path_;
  const std::string part_path_;
  std::ostream& standard_output_;
  std::ofstream file_;
  bool open_ = false;
  int64_t bytes_ = 0;
};

// Writes a whole file.
Status SaveFile(const std::string& path, std::string_view bytes, std::ostream& standard_output);

}  // namespace duijie
