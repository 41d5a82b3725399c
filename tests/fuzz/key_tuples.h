// SPDX-License-Identifier: GPL-3.0-or-later
// Tuples of any shape, for the key codec.
#pragma once

#include <fuzzer/FuzzedDataProvider.h>

#include <string>
#include <vector>

#include "common/storage/key_codec.h"

namespace duijie::fuzz {

enum class Type { kTag, kString, kNumber, kDescending };
using Shape = std::vector<Type>;
struct Value {
  std::string text;  // of kString
  uint64_t number;   // of the others; of kDescending its complement, so that values compare as keys do
  auto operator<=>(const Value&) const = default;
};
using Tuple = std::vector<Value>;

inline std::string Encode(const Shape& shape, const Tuple& tuple) {
  KeyBuilder key;
  for (size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == Type::kTag) key.Tag(static_cast<uint8_t>(tuple[i].number));
    if (shape[i] == Type::kString) key.Str(tuple[i].text);
    if (shape[i] == Type::kNumber) key.U64(tuple[i].number);
    if (shape[i] == Type::kDescending) key.U64Desc(~tuple[i].number);
  }
  return key.Take();
}

inline bool Decode(const Shape& shape, KeyReader* reader, Tuple* tuple) {
  for (const Type type : shape) {
    Value value{};
    uint8_t tag = 0;
    const bool read = type == Type::kTag      ? reader->AnyTag(&tag)
                      : type == Type::kString ? reader->Str(&value.text)
                      : type == Type::kNumber ? reader->U64(&value.number)
                                              : reader->U64Desc(&value.number);
    if (!read) return false;
    if (type == Type::kTag) value.number = tag;
    if (type == Type::kDescending) value.number = ~value.number;
    tuple->push_back(std::move(value));
  }
  return true;
}

inline Tuple RandomTuple(const Shape& shape, FuzzedDataProvider* input) {
  Tuple tuple;
  for (const Type type : shape) {
    Value value{};
    if (type == Type::kString) value.text = input->ConsumeRandomLengthString();
    if (type == Type::kTag) value.number = input->ConsumeIntegral<uint8_t>();
    if (type == Type::kNumber || type == Type::kDescending) value.number = input->ConsumeIntegral<uint64_t>();
    tuple.push_back(std::move(value));
  }
  return tuple;
}

}  // namespace duijie::fuzz
