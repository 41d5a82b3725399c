// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/resources/resource_table.h"

#include <limits>

#include "common/storage/key_codec.h"

namespace duijie {

std::string LatestFirstKey(UnixMicros time) {
  return KeyBuilder().U64(std::numeric_limits<uint64_t>::max() - static_cast<uint64_t>(time)).Take();
}

std::optional<std::string_view> IdIn(std::string_view collection, std::string_view name) {
  if (!name.starts_with(collection)) return std::nullopt;
  name.remove_prefix(collection.size());
  if (name.size() < 2 || name.front() != '/') return std::nullopt;
  name.remove_prefix(1);
  if (name.find('/') != std::string_view::npos) return std::nullopt;
  return name;
}

Status NoSuchResource() {
  return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "没有这条记录，或无权查看");
}

Status StaleEtag() { return Error(StatusCode::kAborted, "STALE_ETAG", "记录已被他人修改，请重新读取后再改"); }

}  // namespace duijie
