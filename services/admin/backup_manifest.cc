// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/backup_manifest.h"

#include <charconv>
#include <cstdio>
#include <ctime>

namespace duijie {
namespace {

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kIdKey = "backup_id";
constexpr std::string_view kRevisionKey = "revision";
constexpr std::string_view kBytesKey = "bytes";
constexpr std::string_view kStorePrefix = "store.";

Status Damaged(std::string_view line) {
  return Error(StatusCode::kDataLoss, "BACKUP_DAMAGED",
               "the backup's MANIFEST has a bad line: " + std::string(line));
}

bool ReadNumber(std::string_view text, int64_t* number) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), *number);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && *number >= 0;
}

// A store's name becomes a folder name, so it must be nothing else.
bool IsStoreName(std::string_view name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

bool ReadPair(std::string_view key, std::string_view value, int64_t* format, BackupManifest* manifest) {
  if (key == kFormatKey) return ReadNumber(value, format);
  if (key == kRevisionKey) return ReadNumber(value, &manifest->revision);
  if (key == kBytesKey) return ReadNumber(value, &manifest->bytes);
  if (key == kIdKey) {
    manifest->backup_id = std::string(value);
    return true;
  }
  const std::string_view store = key.substr(std::min(key.size(), kStorePrefix.size()));
  if (key.substr(0, kStorePrefix.size()) != kStorePrefix || !IsStoreName(store)) return false;
  return ReadNumber(value, &manifest->stores[std::string(store)]);
}

}  // namespace

std::string BackupId(UnixMicros now, int64_t revision) {
  const std::time_t seconds = static_cast<std::time_t>(now / kMicrosPerSecond);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[32];
  std::strftime(text, sizeof(text), "%Y%m%d-%H%M%S", &utc);
  return std::string(text) + "-" + std::to_string(revision);
}

std::string ToText(const BackupManifest& manifest) {
  std::string text;
  const auto line = [&](std::string_view key, const std::string& value) {
    text += std::string(key) + " = " + value + "\n";
  };
  line(kFormatKey, std::to_string(BackupManifest::kFormat));
  line(kIdKey, manifest.backup_id);
  line(kRevisionKey, std::to_string(manifest.revision));
  line(kBytesKey, std::to_string(manifest.bytes));
  for (const auto& [store, bytes] : manifest.stores)
    line(std::string(kStorePrefix) + store, std::to_string(bytes));
  return text;
}

StatusOr<BackupManifest> ParseManifest(std::string_view text) {
  BackupManifest manifest;
  int64_t format = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) return Damaged(text);
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    const size_t equals = line.find(" = ");
    if (equals == std::string_view::npos) return Damaged(line);
    if (!ReadPair(line.substr(0, equals), line.substr(equals + 3), &format, &manifest)) return Damaged(line);
    if (format > BackupManifest::kFormat) {
      return Error(StatusCode::kFailedPrecondition, "FORMAT_TOO_NEW",
                   "the backup was written by a newer version");
    }
  }
  if (format != BackupManifest::kFormat || manifest.backup_id.empty() || manifest.stores.empty())
    return Damaged("");
  return manifest;
}

}  // namespace duijie
