// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/zip_directory.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "common/tabular/table_error.h"

namespace duijie::tabular {
namespace {

constexpr uint64_t kEndBytes = 22;
constexpr uint64_t kEnd64Bytes = 56;
constexpr uint64_t kLocatorBytes = 20;
// libzip looks for the end record in the comment's 64 KiB plus both record sizes; a page more costs nothing.
constexpr uint64_t kTailBytes = (64 << 10) + kEndBytes + kLocatorBytes + 4096;

constexpr std::string_view kEndSignature("PK\x05\x06", 4);
constexpr std::string_view kEnd64Signature("PK\x06\x06", 4);
constexpr std::string_view kLocatorSignature("PK\x06\x07", 4);

uint64_t LittleEndian(std::string_view bytes, size_t at, size_t width) {
  uint64_t value = 0;
  for (size_t i = 0; i < width; ++i) value |= uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  return value;
}

struct Limits {
  uint64_t entries;
  uint64_t bytes;
};

Status Check(uint64_t entries, uint64_t bytes, const Limits& limits) {
  if (entries <= limits.entries && bytes <= limits.bytes) return OkStatus();
  return TooLarge("工作簿内部文件数量异常，为安全起见不予读取，请另存为新的 .xlsx 后再试");
}

// All-ones fields say that the zip64 record holds the real value.
Status CheckEnd(std::string_view record, const Limits& limits) {
  const uint64_t entries = LittleEndian(record, 10, 2);
  const uint64_t bytes = LittleEndian(record, 12, 4);
  return Check(entries == 0xFFFF ? 0 : entries, bytes == 0xFFFFFFFF ? 0 : bytes, limits);
}

Status CheckEnd64(ByteSource& source, uint64_t offset, const Limits& limits) {
  char buffer[kEnd64Bytes];
  if (offset > source.size()) return OkStatus();  // libzip finds it broken by itself
  DUIJIE_ASSIGN_OR_RETURN(const size_t got, source.ReadAt(offset, buffer, kEnd64Bytes));
  const std::string_view record(buffer, got);
  if (got < kEnd64Bytes || record.substr(0, 4) != kEnd64Signature) return OkStatus();
  return Check(LittleEndian(record, 32, 8), LittleEndian(record, 40, 8), limits);
}

}  // namespace

Status CheckZipDirectory(ByteSource& source, uint64_t max_entries, uint64_t max_directory_bytes) {
  const Limits limits{max_entries, max_directory_bytes};
  const uint64_t start = source.size() - std::min(source.size(), kTailBytes);
  std::string tail(static_cast<size_t>(source.size() - start), '\0');
  DUIJIE_ASSIGN_OR_RETURN(const size_t got, source.ReadAt(start, tail.data(), tail.size()));
  tail.resize(got);
  const std::string_view view(tail);
  for (size_t at = view.find("PK"); at != std::string_view::npos; at = view.find("PK", at + 1)) {
    const std::string_view record = view.substr(at);
    if (record.size() >= kEndBytes && record.substr(0, 4) == kEndSignature) {
      DUIJIE_RETURN_IF_ERROR(CheckEnd(record, limits));
    } else if (record.size() >= kLocatorBytes && record.substr(0, 4) == kLocatorSignature) {
      DUIJIE_RETURN_IF_ERROR(CheckEnd64(source, LittleEndian(record, 8, 8), limits));
    }
  }
  return OkStatus();
}

}  // namespace duijie::tabular
