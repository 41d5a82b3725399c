// SPDX-License-Identifier: GPL-3.0-or-later
// Every name under which the catalog stores something: collections, indexes, side spaces, and the keys within
// them. docs/formats/catalog.md describes the values. Nothing else in the catalog spells a key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "duijie/v1/common.pb.h"

namespace duijie::catalog {

// --- resource names ----------------------------------------------------------------------------------------

inline constexpr size_t kMaxIdLength = 64;

// "achievements" …; "" for COLLECTION_UNSPECIFIED and unknown values.
std::string_view CollectionName(v1::Collection collection);
std::optional<v1::Collection> CollectionOf(std::string_view collection_name);

struct RecordName {
  v1::Collection collection;
  std::string id;
};

// 1 to 64 of [a-z0-9-].
bool IsValidId(std::string_view id);
std::string MakeName(v1::Collection collection, std::string_view id);
std::optional<RecordName> ParseName(std::string_view name);

// --- record log --------------------------------------------------------------------------------------------

// The contacts of a record are a record of their own: collection kContacts, id = resource name of the record.
inline constexpr std::string_view kContacts = "contacts";

inline constexpr std::string_view kProvenanceIndex = "provenance";              // unique
inline constexpr std::string_view kCreditCodeIndex = "enterprise_credit_code";  // unique
inline constexpr std::string_view kEnterpriseTitleIndex = "enterprise_title";
inline constexpr std::string_view kExpiryIndex = "published_until";  // published records by valid_until
inline constexpr std::string_view kNeedEnterpriseIndex = "need_enterprise";
inline constexpr std::string_view kNeedIndustryIndex = "need_industry";

std::string ProvenanceKey(v1::Collection collection, std::string_view source_library,
                          std::string_view external_id);

// --- side entries ------------------------------------------------------------------------------------------

inline constexpr std::string_view kImportSpace = "imports";  // staged imports under way
inline constexpr std::string_view kCountSpace = "counts";
inline constexpr std::string_view kIndexSpace = "indexes";  // which are complete
inline constexpr std::string_view kNeedIndexes = "needs";

// A staged import has one entry per batch.
std::string ImportBatchKey(std::string_view import_id, uint64_t batch);

}  // namespace duijie::catalog
