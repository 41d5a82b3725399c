// SPDX-License-Identifier: GPL-3.0-or-later
// Stored bytes of the record layer: whatever a decoder of keys, values or envelopes accepts, it must be able
// to have written, byte for byte. The first byte chooses the decoder.
#include <string>
#include <vector>

#include "common/storage/record_keys.h"
#include "common/storage/record_values.h"
#include "common/storage/value_envelope.h"
#include "tests/fuzz/check.h"

namespace duijie::fuzz {
namespace {

constexpr std::string_view kKey = "key";

void CheckValues(std::string_view bytes) {
  const auto version = record_values::DecodeVersion(kKey, bytes);
  if (version.ok()) FUZZ_CHECK(record_values::EncodeVersion(*version) == bytes);
  std::vector<Change> changes;
  if (record_values::DecodeChanges(kKey, bytes, 7, &changes).ok()) {
    FUZZ_CHECK(record_values::EncodeChanges(changes) == bytes);
  }
}

void CheckKeys(std::string_view bytes) {
  Revision revision = 0;
  if (record_keys::ParseChange(bytes, &revision)) FUZZ_CHECK(record_keys::ChangeAt(revision) == bytes);
  SideEntry side;
  if (record_keys::ParseSide(bytes, &side)) FUZZ_CHECK(record_keys::Side(side.space, side.key) == bytes);
  std::string id;
  if (record_keys::ParseVersion(bytes, &id, &revision)) {
    FUZZ_CHECK(bytes.ends_with(std::string_view(record_keys::Version("", id, revision)).substr(3)));
  }
  IndexEntry entry;
  if (record_keys::ParseIndex(bytes, &entry)) {
    const std::string tail = record_keys::Index({"", entry.key, false}, entry.collection, entry.id).substr(3);
    FUZZ_CHECK(bytes.ends_with(tail));
  }
}

void CheckEnvelope(std::string_view bytes) {
  if (const auto payload = OpenValue(kKey, bytes); payload.ok())
    FUZZ_CHECK(SealValue(kKey, *payload) == bytes);
  std::string sealed = SealValue(kKey, bytes);
  FUZZ_CHECK(OpenValue(kKey, sealed).value() == bytes);
  FUZZ_CHECK(!OpenValue("kez", sealed).ok());
  sealed[bytes.size() * 31 % sealed.size()] ^= static_cast<char>(1 << bytes.size() % 8);
  FUZZ_CHECK(!OpenValue(kKey, sealed).ok());
}

}  // namespace
}  // namespace duijie::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto bytes = duijie::fuzz::BytesOf(data + 1, size - 1);
  if (data[0] % 3 == 0) duijie::fuzz::CheckValues(bytes);
  if (data[0] % 3 == 1) duijie::fuzz::CheckKeys(bytes);
  if (data[0] % 3 == 2) duijie::fuzz::CheckEnvelope(bytes);
  return 0;
}
