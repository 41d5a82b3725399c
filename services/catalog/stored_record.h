// SPDX-License-Identifier: GPL-3.0-or-later
// A record as bytes in the log and back. Stored are the fields of the public message without those that
// follow from where it lies (name) and when it was written (revision, etag). See docs/formats/catalog.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/storage/record_types.h"
#include "services/catalog/record_traits.h"

namespace duijie::catalog {

// Opaque to clients; equal exactly if the revision is.
std::string EtagOf(Revision revision);

// What a commit needs to write `record` under `id`: its bytes and every index key it holds.
Mutation WriteOf(const AnyRecord& record, const std::string& id, std::optional<Revision> expected_revision);
// The same for its deletion.
Mutation TombstoneOf(v1::Collection collection, const std::string& id,
                     std::optional<Revision> expected_revision);

// Every index key of a stored record. DATA_LOSS STORE_CORRUPT as for ReadOf.
StatusOr<std::vector<IndexKey>> IndexKeysOf(v1::Collection collection, const std::string& id,
                                            const std::string& bytes);

// DATA_LOSS STORE_CORRUPT if the bytes are no such record. Name, revision and etag are filled in.
StatusOr<AnyRecord> ReadOf(v1::Collection collection, const std::string& id, const RecordVersion& version);

// Clears every field marked "Output" in the proto.
void ClearOutputFields(AnyRecord* record);
// Whether `field` is one of them.
bool IsOutputField(std::string_view field);

// Equal apart from output fields.
bool SameContent(const AnyRecord& a, const AnyRecord& b);

}  // namespace duijie::catalog
