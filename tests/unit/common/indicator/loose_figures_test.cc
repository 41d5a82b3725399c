// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/loose_figures.h"

#include <gtest/gtest.h>

#include <string>

#include "common/indicator/counted_shares.h"
#include "common/indicator/name_words.h"
#include "common/indicator/opposites.h"
#include "common/indicator/runes.h"

namespace duijie::indicator {
namespace {

// "0.5 年 spoken" of 存放半年.
std::string Read(const std::string& text) {
  std::string read;
  for (const LooseFigure& loose : LooseFigures(text)) {
    static constexpr const char* kKinds[] = {"ordinal", "spoken", "turn", "per"};
    std::string value = std::to_string(loose.figure.value);
    value.erase(value.find_last_not_of('0') + 1);
    if (value.ends_with('.')) value.pop_back();
    if (!read.empty()) read += ", ";
    read += value + " " + loose.figure.unit + " " + kKinds[static_cast<size_t>(loose.as)];
  }
  return read;
}

TEST(LooseFiguresTest, TimesInWordsAreRead) {
  EXPECT_EQ(Read("一刻钟即完成"), "15 分钟 spoken");
  EXPECT_EQ(Read("常温可存放半年"), "0.5 年 spoken");
  EXPECT_EQ(Read("要花三个半钟头"), "3.5 小时 spoken");
  EXPECT_EQ(Read("轻摇一分半钟溶清"), "1.5 分钟 spoken");
  EXPECT_EQ(Read("按埋地半个世纪设计"), "50 年 spoken");
  EXPECT_EQ(Read("暂养两昼夜"), "2 天 spoken");
  EXPECT_EQ(Read("每季度更换"), "3 个月 per");
}

TEST(LooseFiguresTest, CountsInNumeralsAreReadFromTenOn) {
  EXPECT_EQ(Read("推拉十万个来回"), "100000 次 spoken");
  EXPECT_EQ(LooseFigures("三来回").at(0).figure.is_about, false);
  EXPECT_EQ(LooseFigures("十来秒钟").at(0).figure.is_about, true);
  EXPECT_EQ(Read("往复走完620万趟"), "6200000 次 spoken");
  EXPECT_EQ(Read("模切六千张纸板"), "6000 张 spoken");
  EXPECT_EQ(Read("三个试样"), "");
  EXPECT_EQ(Read("两三个"), "");
}

TEST(LooseFiguresTest, OrdinalsCountFromTheThirdOn) {
  EXPECT_EQ(Read("套用至第8批"), "8 次 ordinal");
  EXPECT_EQ(Read("接头在第33万次时拔脱"), "330000 次 ordinal");
  EXPECT_EQ(Read("第三轮跌至62%"), "3 次 ordinal");
  EXPECT_EQ(Read("第一年，第二次"), "");
}

TEST(LooseFiguresTest, WhatOneTakesIsATurn) {
  EXPECT_EQ(Read("整线每28秒推出一副砂型"), "28 秒/件 turn");
  EXPECT_EQ(Read("每昼夜出玻璃液176t"), "1 天 per");
}

TEST(LooseFiguresTest, AreFewAndOfAnyBytes) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "半年";
  EXPECT_EQ(LooseFigures(text).size(), kMaxLooseFigures);
  EXPECT_TRUE(LooseFigures("\xE5\x8D\xE7\xAC\xAC\xFF半").empty());
}

std::string SharesOf(const std::string& text) {
  std::string told;
  for (const CountedShare& share : CountedShares(text)) told += share.told + ";";
  return told;
}

TEST(CountedSharesTest, CountsInNumeralsAndNoneAtAllTellShares) {
  EXPECT_EQ(SharesOf("每十株中有九株成活"), "9 / 10;");
  EXPECT_EQ(SharesOf("抽一千件做热震试验，没有一件起皮"), "0 / 1000;");
  EXPECT_EQ(SharesOf("布置了两百处划伤，一处也没有漏掉"), "0 / 200;");
  EXPECT_EQ(SharesOf("移栽1200株，成活1140株"), "1140 / 1200;");
  EXPECT_EQ(SharesOf("三个缸体中有一个渗漏"), "");  // too few to tell a share
}

TEST(OppositesTest, APhraseIsOppositeOnlyBesideTheSameWord) {
  EXPECT_TRUE(TellsOpposite(U"开门时间", U"关门2.8秒"));
  EXPECT_FALSE(TellsOpposite(U"启闭寿命", U"反复开关做到8万次"));
  EXPECT_FALSE(TellsOpposite(U"贮存期", U"存放9个月后取样"));
  EXPECT_TRUE(AreOpposite(OppositeSides(U"进料温度"), OppositeSides(U"出料温度")));
  EXPECT_FALSE(AreOpposite(OppositeSides(U"开闭次数"), OppositeSides(U"启闭寿命")));
}

}  // namespace
}  // namespace duijie::indicator
