// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/semantics/meaning.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace duijie {
namespace {

constexpr double kRounding = 0.01;  // entries are rounded to 1/127 of the largest

std::string WithScale(std::string bytes, float scale) {
  const auto bits = std::bit_cast<uint32_t>(scale);
  for (size_t i = 0; i < sizeof(bits); ++i) bytes[i] = static_cast<char>(bits >> 8 * i);
  return bytes;
}

TEST(MeaningTest, IsALittleEndianScaleAndAByteADimension) {
  const std::string bytes = EncodeMeaning({0.5, -1, 0});
  ASSERT_EQ(bytes.size(), 7u);
  EXPECT_EQ(bytes, WithScale(bytes, static_cast<float>(1 / 127.0)));
  EXPECT_EQ(static_cast<int8_t>(bytes[4]), 64);  // 63.5, rounded away from 0
  EXPECT_EQ(static_cast<int8_t>(bytes[5]), -127);
  EXPECT_EQ(static_cast<int8_t>(bytes[6]), 0);
}

TEST(MeaningTest, CosineOfUnitDirections) {
  const std::string east = EncodeMeaning({1, 0, 0});
  const std::string north_east = EncodeMeaning({0.6, 0.8, 0});
  EXPECT_NEAR(MeaningCosine(north_east, north_east), 1, kRounding);
  EXPECT_NEAR(MeaningCosine(north_east, EncodeMeaning({-0.6, -0.8, 0})), -1, kRounding);
  EXPECT_NEAR(MeaningCosine(east, north_east), 0.6, kRounding);
  EXPECT_EQ(MeaningCosine(east, EncodeMeaning({0, 1, 0})), 0);
}

TEST(MeaningTest, ManyDimensionsKeepTheirDirection) {
  std::vector<double> direction(64);
  for (size_t i = 0; i < direction.size(); ++i) direction[i] = (i % 2 == 0 ? 1 : -1) / 8.0;
  const std::string bytes = EncodeMeaning(direction);
  EXPECT_NEAR(MeaningCosine(bytes, bytes), 1, kRounding);
}

TEST(MeaningTest, NothingHasNoMeaning) {
  EXPECT_EQ(EncodeMeaning({}), "");
  EXPECT_EQ(EncodeMeaning({0, 0}), "");
  EXPECT_EQ(MeaningCosine("", ""), 0);
  EXPECT_EQ(MeaningCosine(EncodeMeaning({1, 0}), ""), 0);
}

TEST(MeaningTest, OtherDimensionsAreNotCompared) {
  EXPECT_EQ(MeaningCosine(EncodeMeaning({1, 0}), EncodeMeaning({1, 0, 0})), 0);
  EXPECT_EQ(MeaningCosine("abcd", "abcd"), 0) << "a scale without entries";
}

TEST(MeaningTest, DamagedScalesGiveANumberInRange) {
  const std::string good = EncodeMeaning({0.6, 0.8});
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const float scale : {std::numeric_limits<float>::quiet_NaN(), kInfinity, -kInfinity,
                            std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest()}) {
    const std::string damaged = WithScale(good, scale);
    for (const double cosine :
         {MeaningCosine(damaged, good), MeaningCosine(good, damaged), MeaningCosine(damaged, damaged),
          MeaningCosine(damaged, WithScale(good, 0))}) {
      EXPECT_FALSE(std::isnan(cosine)) << scale;
      EXPECT_GE(cosine, -1) << scale;
      EXPECT_LE(cosine, 1) << scale;
    }
  }
  EXPECT_EQ(MeaningCosine(WithScale(good, kInfinity), good), 0);
  EXPECT_EQ(MeaningCosine(WithScale(good, std::numeric_limits<float>::max()), good), 1);
}

}  // namespace
}  // namespace duijie
