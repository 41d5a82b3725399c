// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/text_features.h"

#include <cmath>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using testing::AddCount;
using testing::Gram;
using testing::ShippedModel;
using testing::Word;

// One bigram of idf 2, four times boosted in the title, and one word of weight 3.
Query SmallQuery() {
  Query query;
  query.terms = {Gram("石墨", 2, 8, 1.5, 1), Word("石墨烯", 3)};
  query.gram_norm = 8;
  query.title_norm = 1.5;
  query.title_mass = 2;
  query.word_mass = 3;
  query.title_mean_square_idf = {4, 0};
  query.mean_lengths = {2, 0, 10, 4, 0, 20, 5, 0, 30};
  return query;
}

internal::v1::Candidate CandidateOfTwoBigrams() {
  internal::v1::Candidate candidate;
  for (const uint32_t length : {2U, 0U, 0U, 2U, 0U, 0U, 0U, 0U, 0U}) candidate.add_lengths(length);
  candidate.set_bigram_norm(4);
  return candidate;
}

TextParts RawOf(const Query& query, const internal::v1::Candidate& candidate) {
  const StatusOr<TextEvidence> evidence = TextScorer(query, *ShippedModel()).Of(candidate);
  EXPECT_THAT(evidence, duijie::testing::IsOk());
  return evidence.ok() ? evidence->raw : TextParts();
}

TEST(TextFeaturesTest, RefuseCountsOfATermThatWasNotAsked) {
  const Query query = SmallQuery();
  internal::v1::Candidate candidate = CandidateOfTwoBigrams();
  AddTermCount({static_cast<uint32_t>(query.terms.size()), 1, 0, 0}, &candidate);
  EXPECT_THAT(TextScorer(query, *ShippedModel()).Of(candidate),
              duijie::testing::StatusIs(StatusCode::kInternal, "INTERNAL"));
}

TEST(TextFeaturesTest, AreWhatTheFormulasSayForATitleHit) {
  internal::v1::Candidate candidate = CandidateOfTwoBigrams();
  AddCount(&candidate, 0, 1, 0, 0);
  AddCount(&candidate, 1, 1, 0, 0);
  const TextParts raw = RawOf(SmallQuery(), candidate);
  // Once in the title weighs ln(1 + 4), idf 2.
  const double in_record = std::log(5.0) * 2;
  EXPECT_DOUBLE_EQ(raw[kNgramCosine], 8 * in_record / (8.0 * 4));
  // One known bigram of idf 2, one unknown one of mean square idf 4: each weighs (ln 2 · 2)².
  const double in_title = std::log(2.0) * 2;
  EXPECT_DOUBLE_EQ(raw[kTitleCosine], 1.5 * in_title / (1.5 * std::sqrt(2 * in_title * in_title)));
  // Title of mean length: tf = title_weight 2; k1 = 1.2.
  EXPECT_DOUBLE_EQ(raw[kWordBm25], 2 / 3.2);
  EXPECT_DOUBLE_EQ(raw[kTitleCoverage], 1);
  EXPECT_DOUBLE_EQ(raw[kRecordCoverage], in_record * in_record / 16.0);
}

TEST(TextFeaturesTest, BodyHitCoversTheTitleInPart) {
  internal::v1::Candidate candidate = CandidateOfTwoBigrams();
  candidate.set_bigram_norm(8);
  AddCount(&candidate, 0, 0, 0, 3);
  const TextParts raw = RawOf(SmallQuery(), candidate);
  EXPECT_DOUBLE_EQ(raw[kTitleCoverage], ShippedModel()->parameters().body_coverage());
  EXPECT_DOUBLE_EQ(raw[kTitleCosine], 0);
  EXPECT_DOUBLE_EQ(raw[kNgramCosine], 8 * std::log(1 + 3.0) * 2 / (8.0 * 8));
}

TEST(TextFeaturesTest, LongTitlesCountLessInBm25) {
  internal::v1::Candidate shorter = CandidateOfTwoBigrams();
  internal::v1::Candidate longer = CandidateOfTwoBigrams();
  longer.set_lengths(0, 12);
  AddCount(&shorter, 1, 1, 0, 0);
  AddCount(&longer, 1, 1, 0, 0);
  EXPECT_GT(RawOf(SmallQuery(), shorter)[kWordBm25], RawOf(SmallQuery(), longer)[kWordBm25]);
}

TEST(TextFeaturesTest, NothingInCommonIsZeroEverywhere) {
  const TextParts raw = RawOf(SmallQuery(), CandidateOfTwoBigrams());
  for (const double value : raw) EXPECT_EQ(value, 0);
}

TEST(TextFeaturesTest, AnEmptyCandidateDividesByNothing) {
  internal::v1::Candidate candidate;
  AddCount(&candidate, 0, 0, 0, 1);
  const TextParts raw = RawOf(SmallQuery(), candidate);
  EXPECT_EQ(raw[kNgramCosine], 0);
  EXPECT_EQ(raw[kRecordCoverage], 0);
}

TEST(TextFeaturesTest, SaturationKeepsTheEndsAndLiftsSmallValues) {
  EXPECT_DOUBLE_EQ(Saturate(0, 0.2), 0);
  EXPECT_DOUBLE_EQ(Saturate(1, 0.2), 1);
  EXPECT_DOUBLE_EQ(Saturate(0.2, 0.2), 0.6);
}

}  // namespace
}  // namespace duijie::matching
