// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/intake/note_reader.h"

#include <gmock/gmock.h>

#include <random>

#include "common/text/encoding.h"
#include "services/mining/intake/aspects.h"
#include "tests/unit/services/mining/intake/memory_catalog.h"

namespace duijie::mining {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;

std::vector<v1::NoteReading> Read(const std::string& note) {
  return NoteReader(testing::TestAnalyzer()).Read(note);
}

std::vector<std::string> Words(const v1::NoteReading& reading, v1::AspectKind kind) {
  std::vector<std::string> words;
  for (const v1::NoteAspect& aspect : reading.aspects()) {
    if (aspect.kind() == kind) words.push_back(aspect.text());
  }
  return words;
}

std::vector<std::string> Targets(const v1::NoteReading& reading) {
  std::vector<std::string> targets;
  for (const v1::NoteConstraint& constraint : reading.constraints()) {
    if (constraint.role() == v1::CONSTRAINT_ROLE_TARGET) {
      targets.push_back(constraint.indicator().name() + " " + constraint.bound());
    }
  }
  return targets;
}

TEST(NoteReaderTest, TellsAspectsAndDemandsOfOneProblem) {
  const auto readings = Read("编织不锈钢筛网时断丝多，希望断丝率不超过0.5%，筛网用于矿山振动筛。");
  ASSERT_THAT(readings, SizeIs(1));
  EXPECT_THAT(Words(readings[0], v1::ASPECT_KIND_PRODUCT), Contains("不锈钢筛网"));
  EXPECT_THAT(Words(readings[0], v1::ASPECT_KIND_MATERIAL), Contains("不锈钢"));
  EXPECT_THAT(Words(readings[0], v1::ASPECT_KIND_EFFECT), Contains("断丝多"));
  EXPECT_THAT(Words(readings[0], v1::ASPECT_KIND_APPLICATION), Contains("矿山振动筛"));
  EXPECT_THAT(Targets(readings[0]), ::testing::ElementsAre("断丝率 ≤ 0.5 %"));
}

TEST(NoteReaderTest, FiguresOfTodayAreNotDemanded) {
  const auto readings = Read("目前石灰窑吨灰煤耗150kg，希望煤耗不高于120kg。");
  ASSERT_THAT(readings, SizeIs(1));
  EXPECT_THAT(Targets(readings[0]), ::testing::ElementsAre("煤耗 ≤ 120 kg"));
  EXPECT_GE(readings[0].constraints_size(), 2);
}

TEST(NoteReaderTest, SpansAreCodePointsOfTheNote) {
  const std::string note = "①橡胶密封条容易开裂，要求拉伸强度≥12MPa（23℃）。";
  for (const v1::NoteReading& reading : Read(note)) {
    for (const v1::NoteAspect& aspect : reading.aspects())
      EXPECT_EQ(TextIn(note, aspect.span()), aspect.text());
    for (const v1::NoteConstraint& constraint : reading.constraints()) {
      EXPECT_THAT(std::string(TextIn(note, constraint.span())), ::testing::HasSubstr("12MPa"));
    }
  }
}

TEST(NoteReaderTest, SeveralProblemsOfOneNoteArePartedByNumbersLinesAndWords) {
  const auto readings = Read(
      "1、橡胶止水带粘接强度低，要求不低于2.5MPa。2、硫化机温度不均，容易起泡。另外，车间喷漆废气气味大，"
      "要求VOCs不高于50mg/m3。");
  ASSERT_THAT(readings, SizeIs(3));
  EXPECT_THAT(Words(readings[1], v1::ASPECT_KIND_PRODUCT), Contains("硫化机"));
  EXPECT_EQ(readings[0].part().end(), readings[1].part().begin());
}

TEST(NoteReaderTest, AListOfFiguresBelongsToItsProblem) {
  const auto readings =
      Read("橡胶支座老化快，要求如下：\n1. 拉伸强度≥18MPa\n2. 扯断伸长率≥400%\n3. 硬度60±5度");
  ASSERT_THAT(readings, SizeIs(1));
  EXPECT_THAT(Targets(readings[0]), SizeIs(::testing::Ge(2u)));
}

TEST(NoteReaderTest, WhatIsOnlyOfTheFirmGivesNoDemand) {
  const auto readings = Read("公司占地50亩，员工200人，去年产值1.2亿元。");
  ASSERT_THAT(readings, SizeIs(1));
  EXPECT_THAT(Targets(readings[0]), IsEmpty());
  EXPECT_THAT(Words(readings[0], v1::ASPECT_KIND_EFFECT), IsEmpty());
}

TEST(NoteReaderTest, ABlankNoteHasNoProblem) {
  EXPECT_THAT(Read(""), IsEmpty());
  EXPECT_THAT(Read(" \n　\t"), IsEmpty());
}

TEST(NoteReaderTest, EverythingReadHasItsSpanWhateverTheText) {
  const std::vector<std::string> pieces = {"橡胶", "密封条", "开裂", "，", "。",     "\n",   "1、",  "要求",
                                           "≥",    "12MPa",  "ＡＢ", "é",  "😀",      "用于", "提高", "的",
                                           " ",    "2.5",    "灣",   "鋼", "另外，", "差"};
  const auto seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    std::string note;
    for (int i = 0; i < 30; ++i) note += pieces[random() % pieces.size()];
    int32_t end_before = 0;
    for (const v1::NoteReading& reading : Read(note)) {
      EXPECT_GE(reading.part().begin(), end_before) << note;
      end_before = reading.part().end();
      EXPECT_LE(CountCodePoints(reading.title()), kMaxTitleCodePoints);
      for (const v1::NoteAspect& aspect : reading.aspects()) {
        EXPECT_EQ(TextIn(note, aspect.span()), aspect.text()) << note;
        EXPECT_FALSE(aspect.text().empty()) << note;
      }
      for (const v1::NoteConstraint& constraint : reading.constraints()) {
        EXPECT_LT(constraint.span().begin(), constraint.span().end()) << note;
        EXPECT_LE(constraint.span().end(), reading.part().end()) << note;
      }
    }
  }
}

}  // namespace
}  // namespace duijie::mining
