// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/forward_data.h"

#include "services/search/gram_statistics.h"
#include "tests/support/status_matchers.h"

namespace duijie::search {
namespace {

using duijie::testing::StatusIs;

ForwardData SomeData() {
  ForwardData data;
  data.name = "needs/n";
  data.title = "标题";
  data.revision = 40'000'000'000;
  data.access = {v1::RECORD_STATE_PUBLISHED, v1::CONFIDENTIALITY_TIER_ANONYMOUS, "park", "enterprises/e"};
  data.facts = "facts";
  data.meaning = std::string("\0\0\x80?\x7F", 5);
  data.lengths = {1, 2, 3, 4, 5, 6, 7, 8, 900};
  data.words = {{5, {0, 0, 1}}, {6, {0, 0, 127}}, {9, {0, 0, 128}}};
  data.grams = {{1, {3, 0, 0}}, {2, {0, 300, 0}}, {0xFFFFFFFF, {1, 2, 3}}};
  return data;
}

TEST(ForwardDataTest, WhatIsWrittenIsRead) {
  const ForwardData data = SomeData();
  const std::string bytes = EncodeForward(data);
  ASSERT_OK_AND_ASSIGN(const ForwardView view, ForwardView::Parse(bytes));
  EXPECT_EQ(view.name(), data.name);
  EXPECT_EQ(view.title(), data.title);
  EXPECT_EQ(view.revision(), data.revision);
  EXPECT_EQ(view.access().park_code, "park");
  EXPECT_EQ(view.access().enterprise, "enterprises/e");
  EXPECT_EQ(view.access().tier, v1::CONFIDENTIALITY_TIER_ANONYMOUS);
  EXPECT_EQ(view.facts(), "facts");
  EXPECT_EQ(view.meaning(), data.meaning);
  EXPECT_EQ(view.lengths(), data.lengths);
  for (const auto& [section, terms] :
       {std::pair(&view.words(), &data.words), std::pair(&view.grams(), &data.grams)}) {
    ASSERT_EQ(section->size(), terms->size());
    for (size_t i = 0; i < terms->size(); ++i) {
      EXPECT_EQ(section->at(i).hash, (*terms)[i].hash);
      EXPECT_EQ(section->at(i).counts, (*terms)[i].counts);
    }
  }
}

TEST(ForwardDataTest, EveryDamagedOrMissingByteIsNoticed) {
  const std::string bytes = EncodeForward(SomeData());
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    EXPECT_THAT(ForwardView::Parse(damaged), StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH")) << i;
    EXPECT_THAT(ForwardView::Parse(bytes.substr(0, i)), StatusIs(StatusCode::kDataLoss, "CHECKSUM_MISMATCH"))
        << i;
  }
}

TEST(GramTableTest, CountsSurviveGrowthAndEncoding) {
  GramTable table;
  for (uint32_t i = 1; i <= 5'000; ++i) table.Add(i * 2'654'435'761u | 1u, static_cast<int32_t>(i));
  table.Add(7, 3);
  table.Add(7, -3);
  ASSERT_OK_AND_ASSIGN(const GramTable read, GramTable::Decode(table.Encode()));
  for (uint32_t i = 1; i <= 5'000; ++i) {
    const uint32_t hash = i * 2'654'435'761u | 1u;
    ASSERT_EQ(read.Get(hash), table.Get(hash)) << i;
    ASSERT_NE(read.Get(hash), 0) << i;
  }
  EXPECT_EQ(read.Get(7), 0);
  EXPECT_EQ(read.size(), table.size() - 1) << "zero counts are not kept";
  EXPECT_THAT(GramTable::Decode("abc"), StatusIs(StatusCode::kDataLoss));
}

}  // namespace
}  // namespace duijie::search
