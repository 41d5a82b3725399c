// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/catalog_keys.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/storage/key_codec.h"

namespace duijie::catalog {
namespace {

constexpr std::array<std::pair<v1::Collection, std::string_view>, 4> kCollections = {{
    {v1::COLLECTION_ACHIEVEMENTS, "achievements"},
    {v1::COLLECTION_ENTERPRISES, "enterprises"},
    {v1::COLLECTION_NEEDS, "needs"},
    {v1::COLLECTION_EXPERTS, "experts"},
}};

}  // namespace

std::string_view CollectionName(v1::Collection collection) {
  for (const auto& [value, name] : kCollections) {
    if (value == collection) return name;
  }
  return "";
}

std::optional<v1::Collection> CollectionOf(std::string_view collection_name) {
  for (const auto& [value, name] : kCollections) {
    if (name == collection_name) return value;
  }
  return std::nullopt;
}

bool IsValidId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxIdLength && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::string MakeName(v1::Collection collection, std::string_view id) {
  return std::string(CollectionName(collection)) + "/" + std::string(id);
}

std::optional<RecordName> ParseName(std::string_view name) {
  const size_t slash = name.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto collection = CollectionOf(name.substr(0, slash));
  const std::string_view id = name.substr(slash + 1);
  if (!collection || !IsValidId(id)) return std::nullopt;
  return RecordName{*collection, std::string(id)};
}

std::string ProvenanceKey(v1::Collection collection, std::string_view source_library,
                          std::string_view external_id) {
  return KeyBuilder().Str(CollectionName(collection)).Str(source_library).Str(external_id).Take();
}

std::string ImportBatchKey(std::string_view import_id, uint64_t batch) {
  return KeyBuilder().Str(import_id).U64(batch).Take();
}

}  // namespace duijie::catalog
