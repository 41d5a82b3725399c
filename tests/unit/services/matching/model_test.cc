// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/model.h"

#include <random>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using duijie::testing::TempDir;
using ::testing::HasSubstr;

const std::string kCosineWeight = "\"ngram_cosine\", \"weight\": ";

std::string Replaced(const std::string& from, const std::string& to) {
  std::string json = testing::ShippedModelJson();
  const size_t at = json.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? json : json.replace(at, from.size(), to);
}

TEST(RankingModelTest, TheShippedModelLoads) {
  EXPECT_THAT(RankingModel::Parse(testing::ShippedModelJson(), "linear-2.json"), IsOk());
}

TEST(RankingModelTest, RefusesWhatIsWrongAndSaysWhat) {
  struct Case {
    std::string from;
    std::string to;
    std::string message;
  };
  const std::vector<Case> cases = {
      {"{", "[", "not the JSON"},
      {"\"version\":", "\"versoin\":", "not the JSON"},
      {"\"ngram_cosine\"", "\"ngram_cosin\"", "unknown feature ngram_cosin"},
      {"\"title_cosine\"", "\"ngram_cosine\"", "twice"},
      {kCosineWeight + "0.", kCosineWeight + "0.0", "add up to 1"},
      {kCosineWeight, kCosineWeight + "-", "weight of ngram_cosine"},
      {kCosineWeight + "0.", kCosineWeight + "0.0000001", "six decimals"},
      {"\"saturation\": 0.2", "\"saturation\": 0", "must be positive"},
      {"\"k1\": 1.2", "\"k1\": 0", "parameter k1"},
      {"\"b\": 0.75", "\"b\": 1.75", "parameter b"},
      {"\"text\": \"成熟度充分程度\"", "\"text\": \"\"", "maturity has no text"},
      {"\"linear-2\"", "\"Linear 1\"", "bad version"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.to);
    const auto model = RankingModel::Parse(Replaced(c.from, c.to), "file.json");
    ASSERT_THAT(model, StatusIs(StatusCode::kInvalidArgument, "BAD_MODEL"));
    EXPECT_THAT(std::string(MessageOf(model.status())), HasSubstr(c.message));
    EXPECT_THAT(std::string(MessageOf(model.status())), HasSubstr("file.json"));
  }
}

TEST(RankingModelTest, ContributionsAddUpToTheScore) {
  const auto model = testing::ShippedModel();
  const unsigned seed = 20260630;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> value(0, 1);
  for (int round = 0; round < 1000; ++round) {
    FeatureValues values{};
    for (double& v : values) v = value(random);
    const ScoredFeatures scored = model->Score(values);
    int64_t sum = 0;
    for (const int64_t contribution : scored.contributions) sum += contribution;
    ASSERT_EQ(sum, scored.score);
    ASSERT_LE(scored.score, kScoreUnit);
  }
}

TEST(RankingModelTest, AllOnesScoreOneAndBadNumbersNothing) {
  FeatureValues values;
  values.fill(1);
  values[kIndicatorsMissed] = 0;
  EXPECT_EQ(testing::ShippedModel()->Score(values).score, kScoreUnit);
  values.fill(std::nan(""));
  EXPECT_EQ(testing::ShippedModel()->Score(values).score, 0);
}

TEST(RankingModelTest, APenaltyTakesPointsAwayButNeverMoreThanThereAre) {
  const auto model = testing::ShippedModel();
  ASSERT_GT(model->weight(kIndicatorsMissed), model->weight(kFreshness));
  FeatureValues values{};
  values[kNgramCosine] = 1;
  const int64_t before = model->Score(values).score;
  values[kIndicatorsMissed] = 0.5;
  const ScoredFeatures missed = model->Score(values);
  EXPECT_EQ(missed.contributions[kIndicatorsMissed],
            -std::llround(model->weight(kIndicatorsMissed) * kScoreUnit / 2));
  EXPECT_EQ(missed.score, before + missed.contributions[kIndicatorsMissed]);
  values = {};
  values[kFreshness] = 1;
  values[kIndicatorsMissed] = 1;
  const ScoredFeatures little = model->Score(values);
  EXPECT_EQ(little.score, 0);
  EXPECT_EQ(little.contributions[kIndicatorsMissed], -little.contributions[kFreshness]);
}

void WriteFile(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

TEST(ModelSetTest, FindsByVersionAndTheOneInService) {
  const auto models = testing::ShippedModels();
  ASSERT_NE(models->Find(""), nullptr);
  EXPECT_EQ(models->Find("")->version(), "linear-2");
  EXPECT_NE(models->Find("linear-2"), nullptr);
  EXPECT_EQ(models->Find("linear-0"), nullptr);
}

TEST(ModelSetTest, NeedsAFolderWithModelsAndOneInService) {
  const TempDir folder;
  EXPECT_THAT(ModelSet::Load(folder.File("absent")), StatusIs(StatusCode::kNotFound, "MODEL_MISSING"));
  EXPECT_THAT(ModelSet::Load(folder.path().string()), StatusIs(StatusCode::kNotFound, "MODEL_MISSING"));
  WriteFile(folder.File("linear-2.json"), testing::ShippedModelJson());
  EXPECT_THAT(ModelSet::Load(folder.path().string()), StatusIs(StatusCode::kNotFound, "MODEL_MISSING"));
  WriteFile(folder.File("in_service"), "linear-1\n");
  EXPECT_THAT(ModelSet::Load(folder.path().string()), StatusIs(StatusCode::kInvalidArgument, "BAD_MODEL"));
  WriteFile(folder.File("in_service"), "linear-2\n");
  EXPECT_THAT(ModelSet::Load(folder.path().string()), IsOk());
  WriteFile(folder.File("other.json"), testing::ShippedModelJson());
  EXPECT_THAT(ModelSet::Load(folder.path().string()), StatusIs(StatusCode::kInvalidArgument, "BAD_MODEL"));
}

}  // namespace
}  // namespace duijie::matching
