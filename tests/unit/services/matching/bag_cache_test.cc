// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/bag_cache.h"

#include <gtest/gtest.h>

namespace duijie::matching {
namespace {

SourceRecord Need(const std::string& name, int64_t revision) {
  SourceRecord need;
  need.name = name;
  need.revision = revision;
  need.is_need = true;
  return need;
}

TEST(BagCacheTest, HoldsABagForItsRevisionAndModelOnly) {
  const auto bag = std::make_shared<const TermBag>();
  BagCache cache(kBagCacheBytes);
  cache.Put(Need("needs/1", 3), "linear-1", bag);
  EXPECT_EQ(cache.Find(Need("needs/1", 3), "linear-1"), bag);
  EXPECT_EQ(cache.Find(Need("needs/1", 4), "linear-1"), nullptr);
  EXPECT_EQ(cache.Find(Need("needs/1", 3), "linear-2"), nullptr);
  EXPECT_EQ(cache.Find(Need("needs/2", 3), "linear-1"), nullptr);
}

TEST(BagCacheTest, NeverHoldsWhatHasNoNameOrRevision) {
  const auto bag = std::make_shared<const TermBag>();
  BagCache cache(kBagCacheBytes);
  cache.Put(Need("needs/1", 0), "linear-1", bag);
  EXPECT_EQ(cache.Find(Need("needs/1", 0), "linear-1"), nullptr);
  cache.Put(Need("", 1), "linear-1", bag);
  EXPECT_EQ(cache.Find(Need("", 1), "linear-1"), nullptr);
}

TEST(BagCacheTest, ManyTermsTakeTheirRoom) {
  TermBag large;
  large.terms.resize(100);
  const auto bag = std::make_shared<const TermBag>(large);
  BagCache cache(3 * 100 * sizeof(BagTerm));  // two such bags, not three
  for (const char* name : {"needs/1", "needs/2", "needs/3"}) cache.Put(Need(name, 1), "linear-1", bag);
  EXPECT_EQ(cache.Find(Need("needs/1", 1), "linear-1"), nullptr);
  EXPECT_NE(cache.Find(Need("needs/3", 1), "linear-1"), nullptr);
}

}  // namespace
}  // namespace duijie::matching
