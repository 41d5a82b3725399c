// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/semantics/word_vectors.h"

#include <gtest/gtest.h>

#include <bit>
#include <fstream>
#include <limits>

#include "common/semantics/meaning.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;
using testing::TempDir;

constexpr double kFloatError = 1e-6;  // factors are kept in single precision

struct Row {
  std::string word;
  float factor;
  std::vector<int8_t> entries;
};

void PutU32(uint32_t value, std::string* out) {
  for (int i = 0; i < 4; ++i) out->push_back(static_cast<char>(value >> 8 * i));
}

// A file as docs/formats/word_vectors.md has it; `dimensions` and `words` may lie.
std::string FileOf(uint32_t dimensions, uint32_t words, const std::vector<float>& mean,
                   const std::vector<Row>& rows) {
  std::string bytes = "DJWORDS1";
  PutU32(dimensions, &bytes);
  PutU32(words, &bytes);
  for (const float entry : mean) PutU32(std::bit_cast<uint32_t>(entry), &bytes);
  for (const Row& row : rows) {
    bytes.push_back(static_cast<char>(row.word.size()));
    bytes += row.word;
    PutU32(std::bit_cast<uint32_t>(row.factor), &bytes);
    for (const int8_t entry : row.entries) bytes.push_back(static_cast<char>(entry));
  }
  return bytes;
}

// |r| is 5, 8 and 0: idf 2, 4 and 0.
std::vector<Row> SomeRows() { return {{"乙", 0.5F, {0, 8}}, {"甲", 0.4F, {3, 4}}, {"零", 1, {0, 0}}}; }

std::string GoodFile() { return FileOf(2, 3, {0.1F, 0.2F}, SomeRows()); }

StatusOr<std::shared_ptr<const WordVectors>> LoadedVectors(const std::string& bytes) {
  const TempDir folder;
  std::ofstream(folder.File("words.vec"), std::ios::binary) << bytes;
  return WordVectors::Load(folder.File("words.vec"));
}

TEST(WordVectorsTest, HoldsWhatTheFileSays) {
  ASSERT_OK_AND_ASSIGN(const auto vectors, LoadedVectors(GoodFile()));
  EXPECT_EQ(vectors->size(), 3u);
  EXPECT_EQ(vectors->dimensions(), 2u);
}

// t = ln 3 · 0.4 · (3, 4) + ln 2 · 0.5 · (0, 8) = (1.318335, 4.530368), of length 4.718288;
// t / |t| − mean = (0.179410, 0.760172).
TEST(WordVectorsTest, MeaningIsTheCentredDirectionOfTheWeightedSum) {
  ASSERT_OK_AND_ASSIGN(const auto vectors, LoadedVectors(GoodFile()));
  const std::string meaning = vectors->MeaningOf({{"甲", 2}, {"乙", 1}});
  ASSERT_EQ(meaning.size(), 6u);
  EXPECT_EQ(static_cast<int8_t>(meaning[4]), 30);  // 127 · 0.179410 / 0.760172 = 29.97
  EXPECT_EQ(static_cast<int8_t>(meaning[5]), 127);
  EXPECT_NEAR(MeaningCosine(meaning, meaning), 1, 0.01);
  EXPECT_EQ(vectors->MeaningOf({{"甲", 2}, {"丙", 7}, {"乙", 1}, {"零", 1}}), meaning)
      << "words without a row or a direction change nothing";
}

TEST(WordVectorsTest, TextsWithoutADirectionHaveNoMeaning) {
  ASSERT_OK_AND_ASSIGN(const auto vectors, LoadedVectors(GoodFile()));
  EXPECT_EQ(vectors->MeaningOf({}), "");
  EXPECT_EQ(vectors->MeaningOf({{"丙", 3}}), "");
  EXPECT_EQ(vectors->MeaningOf({{"零", 3}}), "");
  EXPECT_EQ(vectors->MeaningOf({{"甲", 0}}), "");
  ASSERT_OK_AND_ASSIGN(const auto centred, LoadedVectors(FileOf(2, 3, {0, 1}, SomeRows())));
  EXPECT_EQ(centred->MeaningOf({{"乙", 3}}), "") << "the text says what all texts say";
}

TEST(WordVectorsTest, IdfIsFactorTimesLengthAndTheGreatestForUnknownWords) {
  ASSERT_OK_AND_ASSIGN(const auto vectors, LoadedVectors(GoodFile()));
  EXPECT_NEAR(vectors->Idf("甲"), 2, kFloatError);
  EXPECT_NEAR(vectors->Idf("乙"), 4, kFloatError);
  EXPECT_NEAR(vectors->Idf("丙"), 4, kFloatError);
}

TEST(WordVectorsTest, NearnessIsTheCosineOfTheRows) {
  ASSERT_OK_AND_ASSIGN(const auto vectors, LoadedVectors(GoodFile()));
  EXPECT_NEAR(vectors->Nearness("甲", "乙"), 0.8, kFloatError);  // 32 / (5 · 8)
  EXPECT_NEAR(vectors->Nearness("甲", "甲"), 1, kFloatError);
  EXPECT_EQ(vectors->Nearness("甲", "丙"), 0);
  EXPECT_EQ(vectors->Nearness("甲", "零"), 0);
}

TEST(WordVectorsTest, FilesCutShortOrTooLongAreRefused) {
  const std::string good = GoodFile();
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_THAT(LoadedVectors(good.substr(0, size)), StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA"))
        << size;
  }
  EXPECT_THAT(LoadedVectors(good + '\0'), StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA"));
}

TEST(WordVectorsTest, DamagedHeadsAreRefused) {
  const std::vector<float> mean = {0.1F, 0.2F};
  std::string other_magic = GoodFile();
  other_magic[7] = '2';
  const std::vector<float> many(kMaxVectorDimensions + 1);
  const std::vector<int8_t> wide(kMaxVectorDimensions + 1, 1);
  for (const std::string& bytes :
       {other_magic, FileOf(0, 0, {}, {}), FileOf(kMaxVectorDimensions + 1, 1, many, {{"甲", 1, wide}}),
        FileOf(2, kMaxVectorWords + 1, mean, SomeRows()), FileOf(2, 0xFFFFFFFF, mean, SomeRows()),
        FileOf(2, 4, mean, SomeRows()), FileOf(2, 2, mean, SomeRows())}) {
    EXPECT_THAT(LoadedVectors(bytes), StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA"))
        << bytes.size();
  }
}

TEST(WordVectorsTest, NumbersThatAreNoneAreRefused) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    EXPECT_THAT(LoadedVectors(FileOf(1, 1, {0}, {{"甲", bad, {1}}})),
                StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA"));
    EXPECT_THAT(LoadedVectors(FileOf(1, 1, {bad}, {{"甲", 1, {1}}})),
                StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA"));
  }
  EXPECT_THAT(LoadedVectors(FileOf(1, 1, {0}, {{"甲", -1, {1}}})),
              StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA"));
}

TEST(WordVectorsTest, EmptyAndRepeatedWordsAreRefused) {
  EXPECT_THAT(LoadedVectors(FileOf(1, 1, {0}, {{"", 1, {1}}})),
              StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA"));
  EXPECT_THAT(LoadedVectors(FileOf(1, 2, {0}, {{"甲", 1, {1}}, {"甲", 1, {2}}})),
              StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA"));
}

TEST(WordVectorsTest, AMissingFileIsNamed) {
  EXPECT_THAT(WordVectors::Load("/no/such/words.vec"), StatusIs(StatusCode::kNotFound, "TEXT_DATA_MISSING"));
}

TEST(WordVectorsTest, OneIsSharedWhileAnybodyHoldsIt) {
  const TempDir folder;
  const std::string path = folder.File("words.vec");
  std::ofstream(path, std::ios::binary) << GoodFile();
  ASSERT_OK_AND_ASSIGN(const auto first, WordVectors::Shared(path));
  ASSERT_OK_AND_ASSIGN(const auto second, WordVectors::Shared(folder.path() / "." / "words.vec"));
  EXPECT_EQ(first, second);
}

TEST(WordVectorsTest, TheShippedVectorsPutWordsOfOneTradeTogether) {
  ASSERT_OK_AND_ASSIGN(const auto vectors,
                       WordVectors::Load(duijie::testing::SourceFile("data/semantics/words.vec")));
  EXPECT_GT(vectors->Nearness("脱硝", "烟气脱硝"), 0.5);
  EXPECT_LT(vectors->Nearness("脱硝", "小麦"), 0.3);
  EXPECT_GT(MeaningCosine(vectors->MeaningOf({{"脱硝", 1}}), vectors->MeaningOf({{"烟气脱硝", 1}})),
            MeaningCosine(vectors->MeaningOf({{"脱硝", 1}}), vectors->MeaningOf({{"小麦", 1}})));
}

}  // namespace
}  // namespace duijie
