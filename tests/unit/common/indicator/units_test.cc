// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/indicator/runes.h"
#include "common/indicator/unit_forms.h"

namespace duijie::indicator {
namespace {

struct Conversion {
  double value;
  std::string from;
  std::string to;
  double expected;
};
std::ostream& operator<<(std::ostream& out, const Conversion& c) { return out << c.from << " to " << c.to; }

class UnitConversionTest : public ::testing::TestWithParam<Conversion> {};

TEST_P(UnitConversionTest, GivesTheValueInTheOtherUnit) {
  const Conversion& c = GetParam();
  const auto from = ParseUnit(c.from);
  const auto to = ParseUnit(c.to);
  ASSERT_TRUE(from.has_value()) << c.from;
  ASSERT_TRUE(to.has_value()) << c.to;
  ASSERT_TRUE(Convertible(*from, *to));
  EXPECT_NEAR(Convert(c.value, *from, *to), c.expected, std::abs(c.expected) * 1e-6);
}

INSTANTIATE_TEST_SUITE_P(
    Written, UnitConversionTest,
    ::testing::Values(Conversion{0.8, "GPa", "MPa", 800}, Conversion{1, "N/mm²", "MPa", 1},
                      Conversion{800, "兆帕", "GPa", 0.8}, Conversion{1, "吨/小时", "t/d", 24},
                      Conversion{1, "吨/天", "kg/h", 1000.0 / 24}, Conversion{15, "公斤/亩", "kg/公顷", 225},
                      Conversion{600, "转/分", "r/min", 600}, Conversion{60, "rpm", "Hz", 1},
                      Conversion{25, "℃", "K", 298.15}, Conversion{212, "℉", "℃", 100},
                      Conversion{1, "千瓦时/吨", "kWh/t", 1}, Conversion{1, "kWh/t", "kJ/kg", 3.6},
                      Conversion{3, "万吨", "吨", 30000}, Conversion{1.2, "亿元", "万元", 12000},
                      Conversion{5, "‰", "%", 0.5}, Conversion{1, "mg/kg", "ppm", 1},
                      Conversion{1, "mAh/g", "Ah/kg", 1}, Conversion{20, "W/m·K", "W/(m·K)", 20},
                      Conversion{1, "W/(m.k)", "W/(m·K)", 1}, Conversion{1.5, "W/mK", "W/(m·K)", 1.5},
                      Conversion{2, "kJ/kgK", "J/(g·K)", 2}, Conversion{1, "g/cm³", "kg/m3", 1000},
                      Conversion{1, "MPa·m^1/2", "MPa·m^0.5", 1}, Conversion{10, "微米", "μm", 10},
                      Conversion{1, "S/cm", "S/m", 100}, Conversion{100, "lm/W", "流明/瓦", 100},
                      Conversion{5, "L/100km", "L/km", 0.05}, Conversion{100, "Nm³/h", "Nm3/min", 100.0 / 60},
                      Conversion{2, "万次", "次", 20000}, Conversion{1, "kg/吨熟料", "kg/t", 1},
                      Conversion{1, "千克力", "N", 9.80665}));

TEST(UnitsTest, PeoplesCaseIsUnderstood) {
  for (const char* text : {"mpa", "KW", "Kg", "MAH/g", "wh/kg", "m3/H", "KWH/T", "Mm"}) {
    EXPECT_TRUE(ParseUnit(text).has_value()) << text;
  }
  EXPECT_TRUE(Convertible(*ParseUnit("mpa"), *ParseUnit("MPa")));
  EXPECT_DOUBLE_EQ(ParseUnit("mpa")->factor, 1e6);
  EXPECT_DOUBLE_EQ(ParseUnit("mPa")->factor, 1e-3);
}

TEST(UnitsTest, ScalesOfTheirOwnConvertOnlyToThemselves) {
  for (const char* text : {"HRC", "HB", "HV", "邵氏A", "目", "dB(A)", "元", "pH", "级"}) {
    ASSERT_TRUE(ParseUnit(text).has_value()) << text;
    EXPECT_FALSE(Convertible(*ParseUnit(text), *ParseUnit("%"))) << text;
    EXPECT_FALSE(Convertible(*ParseUnit(text), *ParseUnit("MPa"))) << text;
  }
  EXPECT_FALSE(Convertible(*ParseUnit("HRC"), *ParseUnit("HB")));
  EXPECT_FALSE(Convertible(*ParseUnit("Nm³/h"), *ParseUnit("m³/h")));
}

TEST(UnitsTest, BytesAndBitsASecondAreToldApart) {
  EXPECT_DOUBLE_EQ(Convert(1.2, *ParseUnit("GB/s"), *ParseUnit("Gbps")), 9.6);
  EXPECT_DOUBLE_EQ(Convert(1.2, *ParseUnit("GB/s"), *ParseUnit("TB/h")), 4.32);
  EXPECT_DOUBLE_EQ(Convert(100, *ParseUnit("Mb/s"), *ParseUnit("MB/s")), 12.5);
}

TEST(UnitsTest, NamesImplyWhatAFigureIsFor) {
  const auto implied = [](const char* name, const char* unit) {
    Indicator indicator;
    indicator.name = name;
    indicator.unit = unit;
    return ImpliedUnit(indicator);
  };
  EXPECT_EQ(implied("百公里电耗", "kWh"), "kWh/100公里");
  EXPECT_EQ(implied("作业时速", "公里"), "公里/小时");
  EXPECT_EQ(implied("亩产", "吨"), "吨/亩");
  EXPECT_EQ(implied("抗拉强度", "MPa"), "");
  EXPECT_EQ(implied("亩产", "吨/亩"), "");
}

TEST(UnitsTest, DifferencesLeaveTheOffsetOut) {
  EXPECT_DOUBLE_EQ(ConvertDifference(2, *ParseUnit("℃"), *ParseUnit("K")), 2);
  EXPECT_DOUBLE_EQ(Convert(2, *ParseUnit("℃/min"), *ParseUnit("K/min")), 2);
}

TEST(UnitsTest, TheQuantityDecidesBetweenReadings) {
  EXPECT_TRUE(Convertible(*ParseUnit("度", "耐热温度"), *ParseUnit("℃")));
  EXPECT_TRUE(Convertible(*ParseUnit("度", "旋转角"), *ParseUnit("rad")));
  EXPECT_TRUE(Convertible(*ParseUnit("度", "吨钢电耗"), *ParseUnit("kWh")));
  EXPECT_TRUE(Convertible(*ParseUnit("T", "剩磁"), *ParseUnit("mT")));
  EXPECT_TRUE(Convertible(*ParseUnit("T", "年产量"), *ParseUnit("吨")));
}

TEST(UnitsTest, WhatIsNoUnitIsRefused) {
  for (const char* text : {"技术", "MPaX", "m/", "(", "／／", "m^99999", "\xFF\xFE", "kgkgkg"}) {
    EXPECT_FALSE(ParseUnit(text).has_value()) << text;
  }
  EXPECT_FALSE(ParseUnit(std::string(100000, 'm')).has_value());
}

TEST(UnitsTest, TheLongestUnitOfATextIsFound) {
  const auto length = [](const char* text) { return UnitLength(ToFolded(text)); };
  EXPECT_EQ(length("MPa以上"), 3U);
  EXPECT_EQ(length("kWh/t的电耗"), 5U);
  EXPECT_EQ(length("W/(m·K)，"), 7U);
  EXPECT_EQ(length("万吨/年。"), 4U);
  EXPECT_EQ(length("mm厚"), 2U);
  EXPECT_EQ(length("mg/kgCOD。"), 8U);
  EXPECT_EQ(length("Gxyz"), 0U);
  EXPECT_EQ(length("分"), 0U);
}

}  // namespace
}  // namespace duijie::indicator
