// SPDX-License-Identifier: GPL-3.0-or-later
// Every rule that the proto comments of the records promise, in one pure place. All violations are returned,
// in order of the fields in the proto, with Chinese descriptions; an empty list means the record may be
// stored.
#pragma once

#include <string>
#include <string_view>

#include <google/protobuf/repeated_ptr_field.h>

#include "common/taxonomy/taxonomy_set.h"
#include "services/catalog/field_checks.h"
#include "services/catalog/record_traits.h"

namespace duijie::catalog {

inline constexpr size_t kMaxRecordSize = 256 * 1024;  // bytes, serialised
inline constexpr int kMaxContacts = 10;
inline constexpr int kMaxProvenances = 10;
inline constexpr int kMaxMaturityLevel = 9;

// Field paths start with `prefix`, e.g. "need." or "". Output fields are not looked at.
Violations ValidateRecord(const AnyRecord& record, const TaxonomySet& taxonomies, const std::string& prefix);

// What a record needs besides to be submitted or published.
Violations ValidateForSubmission(const AnyRecord& record, const std::string& prefix);

Violations ValidateContacts(const google::protobuf::RepeatedPtrField<v1::Contact>& contacts,
                            const std::string& field);

// 1 to 64 of [a-z0-9._-].
bool IsValidSourceLibrary(std::string_view library);

}  // namespace duijie::catalog
