// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/cosine_search.h"

#include <cmath>
#include <limits>
#include <map>

#include "common/semantics/meaning.h"
#include "services/search/search_limits.h"
#include "tests/support/paths.h"
#include "tests/unit/services/search/index_fixture.h"

namespace duijie::search::testing {
namespace {

using internal::v1::Candidate;
using internal::v1::FindCandidatesRequest;
using internal::v1::FindCandidatesResponse;
using internal::v1::TERM_KIND_BIGRAM;
using internal::v1::TERM_KIND_UNIGRAM;
using internal::v1::TERM_KIND_WORD;
using ::testing::ElementsAre;

constexpr double kFloatError = 1e-5;  // norms are kept in single precision

FindCandidatesRequest EmptyRequest() {
  FindCandidatesRequest request;
  request.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  request.set_limit(100);
  *request.mutable_principal() = PrincipalOf(v1::ROLE_ADMIN);
  return request;
}

internal::v1::QueryTerm* AddTerm(const std::string& text, internal::v1::TermKind kind, float weight,
                                 float cosine_weight, FindCandidatesRequest* request) {
  internal::v1::QueryTerm* term = request->add_terms();
  term->mutable_term()->set_text(text);
  term->mutable_term()->set_kind(kind);
  term->set_weight(weight);
  term->set_cosine_weight(cosine_weight);
  return term;
}

// Unigrams weigh a quarter in norms; no feedback, no meaning.
internal::v1::CosineSearch* AddCosine(FindCandidatesRequest* request) {
  request->mutable_cosine()->set_unigram_weight(0.25);
  return request->mutable_cosine();
}

class CosineSearchTest : public IndexTest {
 protected:
  FindCandidatesResponse Find(const FindCandidatesRequest& request) {
    EXPECT_THAT(ValidateFindCandidates(request), IsOk());
    const auto response = FindCandidates(indexes_.achievements->readable(), request);
    EXPECT_THAT(response, IsOk());
    return response.value_or(FindCandidatesResponse());
  }

  // Ids found, in order.
  static std::vector<std::string> IdsOf(const FindCandidatesResponse& response) {
    std::vector<std::string> ids;
    for (const Candidate& candidate : response.candidates()) {
      ids.push_back(candidate.name().substr(std::string("achievements/").size()));
    }
    return ids;
  }
  std::vector<std::string> Ids(const FindCandidatesRequest& request) { return IdsOf(Find(request)); }

  std::map<std::string, Candidate> ById(const FindCandidatesRequest& request) {
    const FindCandidatesResponse response = Find(request);
    const std::vector<std::string> ids = IdsOf(response);
    std::map<std::string, Candidate> candidates;
    for (size_t i = 0; i < ids.size(); ++i) candidates[ids[i]] = response.candidates(static_cast<int>(i));
    return candidates;
  }
};

// Two titles; the request's words favour the longer one, the cosine the shorter one.
class TwoRecordsTest : public CosineSearchTest {
 protected:
  void SetUp() override {
    Load(*indexes_.achievements,
         Page().Put(MakeAchievement("long", "电池回收")).Put(MakeAchievement("short", "电池")));
    AddTerm("电池", TERM_KIND_BIGRAM, 1, 1, &request_);
    AddTerm("回收", TERM_KIND_BIGRAM, 1, 0.5, &request_);
    AddTerm("池", TERM_KIND_UNIGRAM, 0, 0.3F, &request_);
  }
  FindCandidatesRequest request_ = EmptyRequest();
};

TEST_F(TwoRecordsTest, WithoutTheSecondStepTheFirstOneDecides) {
  EXPECT_THAT(Ids(request_), ElementsAre("long", "short"));
}

TEST_F(TwoRecordsTest, TheSecondStepOrdersByTheCosine) {
  AddCosine(&request_);
  const FindCandidatesResponse response = Find(request_);
  ASSERT_THAT(IdsOf(response), ElementsAre("short", "long"));
  // Once in a title weighs w = ln 5. Both records have 电池, 电, 池, of idf 1; one has 池回, 回收, 回, 收, of
  // idf i; a unigram's square counts a quarter. |short| = w √(1 + 2/4), |long| = w √(1 + 2i² + (2 + 2i²)/4).
  const double i = 1 + std::log(3.0 / 2.0);
  EXPECT_NEAR(response.candidates(0).retrieval_score(), (1 + 0.3) / std::sqrt(1.5), kFloatError);
  EXPECT_NEAR(response.candidates(1).retrieval_score(), (1 + 0.5 + 0.3) / std::sqrt(1.5 + 2.5 * i * i),
              kFloatError);
}

TEST_F(TwoRecordsTest, TermsThatOnlySearchAreNotCounted) {
  request_.mutable_terms(0)->set_search_only(true);
  AddTerm("电池", TERM_KIND_WORD, 1, 0, &request_)->set_search_only(true);
  const FindCandidatesResponse response = Find(request_);
  ASSERT_THAT(IdsOf(response), ElementsAre("long", "short")) << "they find all the same";
  const auto terms_of = [&](int candidate) {
    std::vector<uint64_t> terms;
    for (const uint64_t packed : response.candidates(candidate).term_counts())
      terms.push_back(packed & 0xFFFF);
    return terms;
  };
  EXPECT_THAT(terms_of(0), ElementsAre(1, 2));
  EXPECT_THAT(terms_of(1), ElementsAre(2));
}

TEST_F(TwoRecordsTest, TermsThatOnlySearchCountInTheCosine) {
  for (auto& term : *request_.mutable_terms()) term.set_search_only(true);
  AddCosine(&request_);
  const FindCandidatesResponse response = Find(request_);
  ASSERT_THAT(IdsOf(response), ElementsAre("short", "long"));
  EXPECT_NEAR(response.candidates(0).retrieval_score(), 1.3 / std::sqrt(1.5), kFloatError);
  EXPECT_EQ(response.candidates(0).term_counts_size(), 0);
}

TEST_F(CosineSearchTest, EqualScoresAreOrderedByName) {
  Page page;
  for (const char* id : {"c", "a", "b"}) page.Put(MakeAchievement(id, "电池回收"));
  Load(*indexes_.achievements, page);
  FindCandidatesRequest request = EmptyRequest();
  AddTerm("电池", TERM_KIND_BIGRAM, 1, 1, &request);
  AddCosine(&request);
  EXPECT_THAT(Ids(request), ElementsAre("a", "b", "c"));
  request.set_limit(2);
  EXPECT_THAT(Ids(request), ElementsAre("a", "b"));
}

TEST_F(CosineSearchTest, TheLimitIsTakenAfterTheSecondStep) {
  Load(*indexes_.achievements,
       Page().Put(MakeAchievement("long", "电池回收")).Put(MakeAchievement("short", "电池")));
  FindCandidatesRequest request = EmptyRequest();
  AddTerm("电池", TERM_KIND_BIGRAM, 1, 1, &request);
  AddTerm("回收", TERM_KIND_BIGRAM, 1, 0, &request);
  request.set_limit(1);
  EXPECT_THAT(Ids(request), ElementsAre("long"));
  AddCosine(&request);
  EXPECT_THAT(Ids(request), ElementsAre("short"));
}

// The query means 电池; the other terms only see to it that the first step finds the records.
FindCandidatesRequest FeedbackRequest(const std::vector<std::string>& found_by) {
  FindCandidatesRequest request = EmptyRequest();
  AddTerm("电池", TERM_KIND_BIGRAM, 1, 1, &request);
  for (const std::string& text : found_by) AddTerm(text, TERM_KIND_BIGRAM, 1, 0, &request);
  AddCosine(&request);
  request.mutable_cosine()->set_feedback_grams(100);
  request.mutable_cosine()->set_feedback_share(1);
  return request;
}

TEST_F(CosineSearchTest, FeedbackBringsUpWhatIsLikeTheBestRecord) {
  Load(*indexes_.achievements, Page()
                                   .Put(MakeAchievement("best", "电池回收"))
                                   .Put(MakeAchievement("a-unlike", "风机叶"))
                                   .Put(MakeAchievement("like", "回收炉")));
  FindCandidatesRequest request = FeedbackRequest({"收炉", "风机"});
  EXPECT_THAT(Ids(request), ElementsAre("best", "a-unlike", "like")) << "the last two share no gram with it";
  request.mutable_cosine()->set_feedback_records(1);
  EXPECT_THAT(Ids(request), ElementsAre("best", "like", "a-unlike"));
  const auto found = ById(request);
  EXPECT_EQ(found.at("a-unlike").retrieval_score(), 0);
  // What joins is best itself, at length 1: its cosine with itself is added, and with 回收炉 is its score.
  const auto idf = [](double df) { return 1 + std::log(4 / (df + 1)); };
  const double once = idf(1) * idf(1);  // squares of grams of one record and of two
  const double twice = idf(2) * idf(2);
  const double best = std::sqrt(2 * once + twice + (2 * once + 2 * twice) / 4);
  const double like = std::sqrt(once + twice + (once + 2 * twice) / 4);
  EXPECT_NEAR(found.at("best").retrieval_score(), 1 / best + 1, kFloatError);
  EXPECT_NEAR(found.at("like").retrieval_score(), (twice + 2 * twice / 4) / (best * like), kFloatError);
}

TEST_F(CosineSearchTest, FeedbackKeepsTheHeaviestGramsAndHasTheLengthAskedFor) {
  Load(*indexes_.achievements,
       Page().Put(MakeAchievement("best", "电池回收")).Put(MakeAchievement("other", "电池")));
  FindCandidatesRequest request = FeedbackRequest({});
  const double before = ById(request).at("best").retrieval_score();
  request.mutable_cosine()->set_feedback_records(2);
  request.mutable_cosine()->set_feedback_grams(0);
  EXPECT_DOUBLE_EQ(ById(request).at("best").retrieval_score(), before);
  // 电池, which both have, is the heaviest; alone it is the query once more.
  request.mutable_cosine()->set_feedback_grams(1);
  EXPECT_NEAR(ById(request).at("best").retrieval_score(), 2 * before, kFloatError);
  EXPECT_NEAR(ById(request).at("other").retrieval_score(), 2 / std::sqrt(1.5), kFloatError);
  request.mutable_cosine()->set_feedback_grams(100);
  const double one = ById(request).at("best").retrieval_score() - before;
  EXPECT_GT(one, 0);
  request.mutable_cosine()->set_feedback_share(3);
  EXPECT_NEAR(ById(request).at("best").retrieval_score() - before, 3 * one, kFloatError);
}

TEST_F(CosineSearchTest, CopiesOfATitleAreOneOpinion) {
  Load(*indexes_.achievements, Page()
                                   .Put(MakeAchievement("copy-1", "电池回收"))
                                   .Put(MakeAchievement("copy-2", "电池回收"))
                                   .Put(MakeAchievement("second", "电池隔膜纸张"))
                                   .Put(MakeAchievement("like-second", "隔膜机")));
  FindCandidatesRequest request = FeedbackRequest({"膜机"});
  EXPECT_THAT(Ids(request), ElementsAre("copy-1", "copy-2", "second", "like-second"));
  request.mutable_cosine()->set_feedback_records(1);
  EXPECT_EQ(ById(request).at("like-second").retrieval_score(), 0);
  request.mutable_cosine()->set_feedback_records(2);
  EXPECT_GT(ById(request).at("like-second").retrieval_score(), 0);
}

class MeaningSearchTest : public CosineSearchTest {
 protected:
  void SetUp() override {
    Load(*indexes_.achievements,
         Page().Put(MakeAchievement("air", "脱硝")).Put(MakeAchievement("wheat", "小麦")));
    for (const char* text : {"脱硝", "小麦"}) AddTerm(text, TERM_KIND_WORD, 1, 0, &request_);
  }
  FindCandidatesRequest request_ = EmptyRequest();
};

TEST_F(MeaningSearchTest, CandidatesCarryTheirMeaning) {
  ASSERT_OK_AND_ASSIGN(const auto vectors,
                       WordVectors::Shared(duijie::testing::SourceFile("data/semantics/words.vec")));
  ASSERT_NE(vectors->MeaningOf({{"脱硝", kAchievementTitleTimes}}), "");
  EXPECT_EQ(ById(request_).at("air").meaning(), vectors->MeaningOf({{"脱硝", kAchievementTitleTimes}}));
  internal::v1::DescribeRecordsRequest describe;
  describe.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  *describe.mutable_terms() = request_.terms();
  describe.add_names("achievements/wheat");
  *describe.mutable_principal() = request_.principal();
  ASSERT_OK_AND_ASSIGN(const auto described, DescribeRecords(indexes_.achievements->readable(), describe));
  ASSERT_EQ(described.candidates_size(), 1);
  EXPECT_EQ(described.candidates(0).meaning(), vectors->MeaningOf({{"小麦", kAchievementTitleTimes}}));
}

TEST_F(MeaningSearchTest, TheShareOfMeaningIsAddedToTheScore) {
  const std::string air = ById(request_).at("air").meaning();
  const std::string wheat = ById(request_).at("wheat").meaning();
  AddCosine(&request_)->set_meaning(air);
  for (const auto& [id, candidate] : ById(request_)) EXPECT_EQ(candidate.retrieval_score(), 0) << id;
  request_.mutable_cosine()->set_meaning_share(0.5);
  EXPECT_EQ(Ids(request_).front(), "air");
  EXPECT_NEAR(ById(request_).at("air").retrieval_score(), 0.5, 0.01);
  EXPECT_DOUBLE_EQ(ById(request_).at("wheat").retrieval_score(), 0.5 * MeaningCosine(air, wheat));
  request_.mutable_cosine()->set_meaning(wheat);
  EXPECT_EQ(Ids(request_).front(), "wheat");
}

TEST_F(MeaningSearchTest, AMeaningOfOtherDimensionsAddsNothing) {
  AddCosine(&request_)->set_meaning(EncodeMeaning({0.6, 0.8}));
  request_.mutable_cosine()->set_meaning_share(0.5);
  for (const auto& [id, candidate] : ById(request_)) EXPECT_EQ(candidate.retrieval_score(), 0) << id;
}

class CosineValidationTest : public ::testing::Test {
 protected:
  CosineValidationTest() {
    AddTerm("电池", TERM_KIND_BIGRAM, 1, 1, &request_);
    AddCosine(&request_);
  }
  // Fields that a request is refused for.
  std::string FieldAtFault() const {
    const Status status = ValidateFindCandidates(request_);
    const std::vector<FieldViolation> violations = ViolationsOf(status);
    return violations.empty() ? "" : violations.front().field + " " + violations.front().rule;
  }

  FindCandidatesRequest request_ = EmptyRequest();
};

TEST_F(CosineValidationTest, TheMostThatIsAllowedIsAccepted) {
  request_.mutable_cosine()->set_feedback_records(kMaxFeedbackRecords);
  request_.mutable_cosine()->set_feedback_grams(kMaxFeedbackGrams);
  EXPECT_THAT(ValidateFindCandidates(request_), IsOk());
}

TEST_F(CosineValidationTest, NumbersThatAreNegativeOrNoneAreRefused) {
  internal::v1::CosineSearch& cosine = *request_.mutable_cosine();
  for (const double bad :
       {-0.1, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    cosine.set_unigram_weight(bad);
    EXPECT_EQ(FieldAtFault(), "cosine.unigram_weight OUT_OF_RANGE") << bad;
    cosine.set_unigram_weight(1);
    cosine.set_feedback_share(bad);
    EXPECT_EQ(FieldAtFault(), "cosine.feedback_share OUT_OF_RANGE") << bad;
    cosine.set_feedback_share(1);
    cosine.set_meaning_share(bad);
    EXPECT_EQ(FieldAtFault(), "cosine.meaning_share OUT_OF_RANGE") << bad;
    cosine.set_meaning_share(1);
    request_.mutable_terms(0)->set_cosine_weight(static_cast<float>(bad));
    EXPECT_EQ(FieldAtFault(), "terms[0].cosine_weight OUT_OF_RANGE") << bad;
    request_.mutable_terms(0)->set_cosine_weight(1);
    EXPECT_EQ(FieldAtFault(), "");
  }
}

// Without unigrams a record of unigrams alone has no length to divide by.
TEST_F(CosineValidationTest, AUnigramWeightOfNothingIsRefused) {
  request_.mutable_cosine()->set_unigram_weight(0);
  EXPECT_EQ(FieldAtFault(), "cosine.unigram_weight OUT_OF_RANGE");
}

TEST_F(CosineValidationTest, CountsOutOfRangeAreRefused) {
  internal::v1::CosineSearch& cosine = *request_.mutable_cosine();
  for (const int bad : {-1, kMaxFeedbackRecords + 1}) {
    cosine.set_feedback_records(bad);
    EXPECT_EQ(FieldAtFault(), "cosine.feedback_records OUT_OF_RANGE") << bad;
  }
  cosine.set_feedback_records(0);
  for (const int bad : {-1, kMaxFeedbackGrams + 1}) {
    cosine.set_feedback_grams(bad);
    EXPECT_EQ(FieldAtFault(), "cosine.feedback_grams OUT_OF_RANGE") << bad;
  }
}

}  // namespace
}  // namespace duijie::search::testing
