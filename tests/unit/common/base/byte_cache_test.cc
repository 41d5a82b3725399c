// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/byte_cache.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace duijie {
namespace {

constexpr size_t kEntry = 1'000;  // bytes of a value
constexpr size_t kThree =
    3 * (kEntry + 300);  // bytes of a cache: a name and what it costs to keep take less than 300

std::shared_ptr<const int> Value(int value) { return std::make_shared<const int>(value); }

TEST(ByteCacheTest, WhatWasUsedLongestAgoGoesFirst) {
  ByteCache<int> cache(kThree);
  for (const char* name : {"a", "b", "c"}) cache.Put(name, Value(1), kEntry);
  EXPECT_NE(cache.Find("a"), nullptr);
  cache.Put("d", Value(1), kEntry);
  EXPECT_EQ(cache.Find("b"), nullptr);
  for (const char* name : {"a", "c", "d"}) EXPECT_NE(cache.Find(name), nullptr) << name;
}

TEST(ByteCacheTest, AValueIsReplacedAndItsBytesAreFree) {
  ByteCache<int> cache(kThree);
  for (int i = 0; i < 10; ++i) cache.Put("a", Value(i), kEntry);
  cache.Put("b", Value(1), kEntry);
  cache.Put("c", Value(1), kEntry);
  EXPECT_EQ(*cache.Find("a"), 9);
  EXPECT_NE(cache.Find("b"), nullptr);
}

TEST(ByteCacheTest, WhatIsLargerThanTheCacheIsNotHeldNorIsWhatItReplaces) {
  ByteCache<int> cache(kThree);
  cache.Put("a", Value(1), kEntry);
  cache.Put("b", Value(1), kEntry);
  cache.Put("a", Value(2), kThree);
  EXPECT_EQ(cache.Find("a"), nullptr);
  EXPECT_NE(cache.Find("b"), nullptr);
}

TEST(ByteCacheTest, AValueThatWentIsStillWhoeverHoldsIt) {
  ByteCache<int> cache(kThree);
  cache.Put("a", Value(7), kEntry);
  const std::shared_ptr<const int> held = cache.Find("a");
  for (const char* name : {"b", "c", "d"}) cache.Put(name, Value(1), kEntry);
  EXPECT_EQ(cache.Find("a"), nullptr);
  EXPECT_EQ(*held, 7);
}

}  // namespace
}  // namespace duijie
