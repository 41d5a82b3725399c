// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/stored_texts.h"

#include "services/search/byte_codec.h"

namespace duijie::search {
namespace {

constexpr char kTextsVersion = 1;

}  // namespace

std::string EncodeTexts(const StoredTexts& texts) {
  std::string out(1, kTextsVersion);
  PutVarint(texts.keywords.size(), &out);
  PutVarint(texts.body.size(), &out);
  PutString(texts.title, &out);
  for (const std::string& keyword : texts.keywords) PutString(keyword, &out);
  for (const std::string& text : texts.body) PutString(text, &out);
  return out;
}

StatusOr<StoredTexts> DecodeTexts(std::string_view bytes) {
  ByteReader reader(bytes);
  StoredTexts texts;
  const std::string_view version = reader.Bytes(1);
  const uint64_t keywords = reader.Varint();
  const uint64_t body = reader.Varint();
  texts.title = reader.String();
  for (uint64_t i = 0; i < keywords && reader.ok(); ++i) texts.keywords.emplace_back(reader.String());
  for (uint64_t i = 0; i < body && reader.ok(); ++i) texts.body.emplace_back(reader.String());
  if (!reader.ok() || version.front() != kTextsVersion || !reader.rest().empty()) {
    return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", "texts of the index are damaged");
  }
  return texts;
}

}  // namespace duijie::search
