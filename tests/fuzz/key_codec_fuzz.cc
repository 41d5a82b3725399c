// SPDX-License-Identifier: GPL-3.0-or-later
// The key codec: tuples come back, bytes order as tuples do, and arbitrary bytes either are the one encoding
// of what is read from them or are refused. The input's first bytes choose the types of the fields.
#include "tests/fuzz/check.h"
#include "tests/fuzz/key_tuples.h"

namespace duijie::fuzz {
namespace {

void CheckTuples(const Shape& shape, const Tuple& a, const Tuple& b) {
  const std::string key_a = Encode(shape, a);
  const std::string key_b = Encode(shape, b);
  FUZZ_CHECK((key_a < key_b) == (a < b));
  FUZZ_CHECK((key_a == key_b) == (a == b));
  KeyReader reader(key_a);
  Tuple back;
  FUZZ_CHECK(Decode(shape, &reader, &back));
  FUZZ_CHECK(reader.AtEnd());
  FUZZ_CHECK(back == a);
}

void CheckPrefix(std::string_view text, size_t cut, std::string_view other) {
  const std::string prefix = KeyBuilder().StrPrefix(text.substr(0, cut)).Take();
  FUZZ_CHECK(KeyBuilder().Str(text).Take().starts_with(prefix));
  const std::string end = PrefixEnd(prefix);
  const std::string key(other);
  if (!prefix.empty() && !end.empty()) FUZZ_CHECK((key >= prefix && key < end) == key.starts_with(prefix));
}

void CheckBytes(const Shape& shape, std::string_view bytes) {
  KeyReader reader(bytes);
  Tuple tuple;
  if (Decode(shape, &reader, &tuple)) {
    FUZZ_CHECK(Encode(shape, tuple) + std::string(reader.Rest()) == bytes);
  } else {
    uint64_t number = 0;
    FUZZ_CHECK(!reader.ok());
    FUZZ_CHECK(!reader.U64(&number));
  }
}

}  // namespace
}  // namespace duijie::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace duijie::fuzz;
  FuzzedDataProvider input(data, size);
  Shape shape(input.ConsumeIntegralInRange<size_t>(1, 4));
  for (Type& type : shape) type = static_cast<Type>(input.ConsumeIntegralInRange(0, 3));
  const Tuple a = RandomTuple(shape, &input);
  const Tuple b = RandomTuple(shape, &input);
  CheckTuples(shape, a, b);
  const std::string text = input.ConsumeRandomLengthString();
  const std::string rest = input.ConsumeRemainingBytesAsString();
  CheckPrefix(text, text.size() / 2, rest);
  CheckBytes(shape, rest);
  return 0;
}
