// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/key_codec.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <tuple>
#include <vector>

namespace duijie {
namespace {

// Compares as the key should: greater last numbers come first.
struct Tuple {
  uint8_t tag;
  std::string text;
  uint64_t number;
  uint64_t newest_first;

  bool operator<(const Tuple& other) const {
    return std::tie(tag, text, number, other.newest_first) <
           std::tie(other.tag, other.text, other.number, newest_first);
  }
};

std::string Encode(const Tuple& tuple) {
  return KeyBuilder().Tag(tuple.tag).Str(tuple.text).U64(tuple.number).U64Desc(tuple.newest_first).Take();
}

class RandomTuples {
 public:
  explicit RandomTuples(unsigned seed) : random_(seed) {}

  // Few values per field, so that ties reach the later fields; bytes around the escapes are frequent.
  Tuple Next() {
    static constexpr unsigned char kBytes[] = {0x00, 0x01, 0x02, 0x61, 0xfe, 0xff};
    static constexpr uint64_t kNumbers[] = {0, 1, 255, 256, 1ULL << 63, std::numeric_limits<uint64_t>::max()};
    std::string text;
    for (size_t i = random_() % 4; i > 0; --i) text.push_back(static_cast<char>(kBytes[random_() % 6]));
    return {static_cast<uint8_t>(random_() % 2), text, kNumbers[random_() % 6], kNumbers[random_() % 6]};
  }
  std::string Bytes(size_t size) {
    std::string bytes;
    for (size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(random_()));
    return bytes;
  }
  unsigned Number() { return static_cast<unsigned>(random_()); }

 private:
  std::mt19937 random_;
};

class KeyCodecProperty : public ::testing::Test {
 protected:
  const unsigned seed_ = std::random_device{}();
  const ::testing::ScopedTrace trace_{__FILE__, __LINE__, "seed " + std::to_string(seed_)};
  RandomTuples random_{seed_};
};

TEST_F(KeyCodecProperty, ByteOrderIsTupleOrder) {
  for (int i = 0; i < 20'000; ++i) {
    const Tuple a = random_.Next();
    const Tuple b = random_.Next();
    ASSERT_EQ(Encode(a) < Encode(b), a < b);
    ASSERT_EQ(Encode(a) == Encode(b), !(a < b) && !(b < a));
  }
}

TEST_F(KeyCodecProperty, RoundTrips) {
  for (int i = 0; i < 5'000; ++i) {
    const Tuple tuple = random_.Next();
    const std::string key = Encode(tuple);
    KeyReader reader(key);
    Tuple read{};
    ASSERT_TRUE(reader.AnyTag(&read.tag));
    ASSERT_TRUE(reader.Str(&read.text));
    ASSERT_TRUE(reader.U64(&read.number));
    ASSERT_TRUE(reader.U64Desc(&read.newest_first));
    ASSERT_TRUE(reader.AtEnd());
    ASSERT_EQ(Encode(read), key);
  }
}

// Whatever decodes encodes to the same bytes: no two byte strings mean one key.
TEST_F(KeyCodecProperty, AnyBytesDecodeSafelyAndCanonically) {
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = Encode(random_.Next());
    bytes[random_.Number() % bytes.size()] = static_cast<char>(random_.Number());
    if (i % 2 == 0) bytes = random_.Bytes(random_.Number() % 24);
    KeyReader reader(bytes);
    Tuple read{};
    if (reader.AnyTag(&read.tag) && reader.Str(&read.text) && reader.U64(&read.number) &&
        reader.U64Desc(&read.newest_first) && reader.AtEnd()) {
      ASSERT_EQ(Encode(read), bytes);
    }
  }
}

TEST_F(KeyCodecProperty, PrefixEndBoundsExactlyTheKeysOfThePrefix) {
  for (int i = 0; i < 5'000; ++i) {
    const std::string prefix = random_.Next().text;
    const std::string key = Encode(random_.Next()).substr(1);
    const std::string end = PrefixEnd(prefix);
    const bool inside = key >= prefix && (end.empty() || key < end);
    ASSERT_EQ(inside, key.starts_with(prefix));
  }
}

TEST_F(KeyCodecProperty, StrPrefixMatchesExactlyTheStringsThatStartSo) {
  for (int i = 0; i < 5'000; ++i) {
    const std::string prefix = random_.Next().text;
    const std::string text = random_.Next().text;
    ASSERT_EQ(KeyBuilder().Str(text).Take().starts_with(KeyBuilder().StrPrefix(prefix).Take()),
              text.starts_with(prefix));
  }
}

TEST(KeyCodec, BytesAreFixed) {
  EXPECT_EQ(KeyBuilder().Tag(7).Str(std::string("a\0b", 3)).U64(258).U64Desc(1).Take(),
            std::string("\x07"
                        "a\x00\xff"
                        "b\x00\x01"
                        "\x00\x00\x00\x00\x00\x00\x01\x02"
                        "\xff\xff\xff\xff\xff\xff\xff\xfe",
                        23));
}

TEST(KeyCodec, FailedReadLeavesOutputsAndStaysFailed) {
  const std::string key = KeyBuilder().Str("a").Str("b").Take();
  KeyReader reader(std::string_view(key).substr(0, key.size() - 1));
  std::string text;
  ASSERT_TRUE(reader.Str(&text));
  EXPECT_FALSE(reader.Str(&text));
  EXPECT_EQ(text, "a");
  uint8_t tag = 9;
  EXPECT_FALSE(reader.AnyTag(&tag));
  EXPECT_EQ(tag, 9);
  EXPECT_FALSE(reader.ok());
  EXPECT_FALSE(reader.AtEnd());
}

TEST(KeyCodec, WrongTagAndUnknownEscapeAreRefused) {
  KeyReader tag("\x01");
  EXPECT_FALSE(tag.Tag(2));
  std::string text;
  KeyReader escape(std::string_view("a\x00\x02", 3));
  EXPECT_FALSE(escape.Str(&text));
}

TEST(KeyCodec, PrefixOfOnlyHighestBytesHasNoEnd) {
  EXPECT_EQ(PrefixEnd("\xff\xff"), "");
  EXPECT_EQ(PrefixEnd("a\xff"), "b");
  EXPECT_EQ(PrefixEnd(""), "");
}

}  // namespace
}  // namespace duijie
