// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/align.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <utility>

#include "tests/support/temp_dir.h"
#include "tests/unit/common/indicator/judging.h"

namespace duijie::indicator {
namespace {

using Pair = std::pair<std::string, std::string>;

class SameQuantityTest : public ::testing::TestWithParam<Pair> {};
TEST_P(SameQuantityTest, Aligns) {
  const auto& [a, b] = GetParam();
  EXPECT_GE(Names().Align(a, b), kAligned) << a << " " << b;
  EXPECT_DOUBLE_EQ(Names().Align(a, b), Names().Align(b, a));
}
INSTANTIATE_TEST_SUITE_P(Pairs, SameQuantityTest,
                         ::testing::Values(Pair{"抗拉强度", "球铁铸件抗拉强度"},
                                           Pair{"铝型材抗拉强度", "型材拉伸强度"},
                                           Pair{"二氧化硫去除率", "二氧化硫脱除率"},
                                           Pair{"循环寿命", "循环次数"}, Pair{"使用寿命", "膜组件服役年限"},
                                           Pair{"带钢速度", "带钢速度"}, Pair{"断裂伸长率", "扯断伸长率"},
                                           Pair{"工作温度范围", "工作温度"}));

class OtherQuantityTest : public ::testing::TestWithParam<Pair> {};
TEST_P(OtherQuantityTest, DoesNotAlign) {
  const auto& [a, b] = GetParam();
  EXPECT_LT(Names().Align(a, b), kAligned) << a << " " << b;
}
INSTANTIATE_TEST_SUITE_P(Pairs, OtherQuantityTest,
                         ::testing::Values(Pair{"抗压强度", "抗折强度"}, Pair{"定位精度", "重复定位精度"},
                                           Pair{"工作温度", "储存温度"}, Pair{"进水COD", "出水COD"},
                                           Pair{"水泵效率", "永磁电机效率"}, Pair{"涂层厚度", "基板厚度"},
                                           Pair{"保质期", "质保期"}, Pair{"苯浓度", "氨浓度"},
                                           Pair{"屈服强度", "抗拉强度"}, Pair{"", "抗拉强度"},
                                           Pair{"度", "速度"}));

TEST(NameTableTest, AMissingFileIsNamed) {
  EXPECT_EQ(ReasonOf(NameTable::Load("/no/such/names.tsv").status()), "TEXT_DATA_MISSING");
}

TEST(NameTableTest, ANameInTwoGroupsIsRefusedWithItsLine) {
  const duijie::testing::TempDir folder;
  const auto path = folder.path() / "names.tsv";
  std::ofstream(path) << "# comment\n强度\t硬度\n寿命\t强度\n";
  const auto loaded = NameTable::Load(path);
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(ReasonOf(loaded.status()), "BAD_TEXT_DATA");
  EXPECT_EQ(MetadataOf(loaded.status())["line"], "3");
}

}  // namespace
}  // namespace duijie::indicator
