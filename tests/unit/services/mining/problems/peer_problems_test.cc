// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/problems/peer_problems.h"

#include <random>

#include "common/text/shared_analyzer.h"
#include "services/mining/problems/problem_words.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"

namespace duijie::mining {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;

constexpr char kPark[] = "hs-gxq";
constexpr char kElsewhere[] = "sjz-gxq";

const ProblemWords& Words() {
  static const ProblemWords kWords = [] {
    const std::string folder = duijie::testing::BuiltFile("share/duijie/text");
    return ProblemWords(SharedAnalyzer(folder).value(), Thesaurus::Load(folder + "/thesaurus").value());
  }();
  return kWords;
}

class PeerProblemsTest : public ::testing::Test {
 protected:
  PeerProblemsTest() {
    peers_.read_records = [this](const rpc::CallContext&, const internal::v1::ReadRecordsRequest& request) {
      internal::v1::ReadRecordsResponse response;
      for (const std::string& name : request.names()) *response.add_records() = records_[name];
      return StatusOr<internal::v1::ReadRecordsResponse>(response);
    };
    peers_.scan_records = [this](const rpc::CallContext&, const internal::v1::ScanRecordsRequest& request) {
      internal::v1::ScanRecordsResponse response;
      for (const auto& [name, record] : records_) {
        if (!record.has_need() || record.need().state() != v1::RECORD_STATE_PUBLISHED) continue;
        const bool of_industry = request.filter().industry_codes().empty() ||
                                 (record.need().industry_codes_size() > 0 &&
                                  taxonomies_->industries.IsSelfOrDescendant(
                                      record.need().industry_codes(0), request.filter().industry_codes(0)));
        if (of_industry) *response.add_records() = record;
      }
      response.set_done(true);
      response.set_revision(7);
      return StatusOr<internal::v1::ScanRecordsResponse>(response);
    };
    own_ = Enterprise("own", kPark);
    own_.add_industry_codes("C3340");
    own_.add_products("金属滤网");
  }

  v1::Enterprise Enterprise(const std::string& id, const std::string& park, bool with_code = true) {
    v1::Enterprise& enterprise = *records_["enterprises/" + id].mutable_enterprise();
    enterprise.set_name("enterprises/" + id);
    enterprise.set_title("企业" + id);
    enterprise.set_park_code(park);
    if (with_code) enterprise.set_credit_code("code-" + id);
    return enterprise;
  }

  // A need of the firm, which is made if it is not there.
  v1::Need& AddNeed(const std::string& id, const std::string& firm, const std::string& title,
                    v1::ConfidentialityTier tier = v1::CONFIDENTIALITY_TIER_STAFF_ONLY,
                    const std::string& park = kPark) {
    if (!records_.contains("enterprises/" + firm)) Enterprise(firm, park);
    v1::Need& need = *records_["needs/" + id].mutable_need();
    need.set_name("needs/" + id);
    need.set_title(title);
    need.set_enterprise("enterprises/" + firm);
    need.set_park_code(park);
    need.add_industry_codes("C3340");
    need.set_tier(tier);
    need.set_state(v1::RECORD_STATE_PUBLISHED);
    return need;
  }

  PeerProblemList Find(const Principal& caller = SystemPrincipal()) {
    const rpc::CallContext call{caller, "test", std::chrono::system_clock::time_point::max(), nullptr};
    const PeerProblems problems(peers_, taxonomies_, [](std::string_view text) { return Words().In(text); });
    return problems.Find(call, own_, 0).value();
  }

  static std::vector<std::string> Texts(const std::vector<PeerProblem>& problems) {
    std::vector<std::string> texts;
    for (const PeerProblem& problem : problems) texts.push_back(problem.text);
    return texts;
  }

  std::shared_ptr<const TaxonomySet> taxonomies_ =
      TaxonomySet::Load(duijie::testing::SourceFile("data/taxonomies")).value();
  std::map<std::string, internal::v1::Record> records_;
  Peers peers_;
  v1::Enterprise own_;
};

TEST_F(PeerProblemsTest, WordsAreTermsOfEffectsAndNothingElse) {
  EXPECT_THAT(Words().In("织机断丝，希望降低能耗"), ElementsAre("断丝", "能耗"));
  EXPECT_THAT(Words().In("鲲鹏釉钛公司生产金属滤网"), IsEmpty()) << "no effect is spoken of";
  EXPECT_THAT(Words().In("解决鲲鹏釉钛的问题"), IsEmpty()) << "a name is no term of the thesaurus";
}

TEST_F(PeerProblemsTest, OnlyPublicNeedsAreQuotedNearestFirst) {
  AddNeed("a", "f1", "轧花网断丝", v1::CONFIDENTIALITY_TIER_PUBLIC);
  AddNeed("b", "f2", "金属滤网断丝", v1::CONFIDENTIALITY_TIER_PUBLIC);
  AddNeed("c", "f3", "金属滤网脱焊", v1::CONFIDENTIALITY_TIER_ANONYMOUS);
  AddNeed("d", "f4", "金属滤网锈蚀", v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  AddNeed("e", "f5", "金属滤网漏检", v1::CONFIDENTIALITY_TIER_PUBLIC).set_state(v1::RECORD_STATE_DRAFT);
  AddNeed("f", "own", "自己的需求", v1::CONFIDENTIALITY_TIER_PUBLIC);
  AddNeed("g", "f6", "金属滤网断丝", v1::CONFIDENTIALITY_TIER_PUBLIC);
  const PeerProblemList found = Find();
  EXPECT_THAT(Texts(found.needs), ElementsAre("金属滤网断丝", "轧花网断丝"));
  EXPECT_EQ(found.needs[0].need, "needs/b");
  EXPECT_THAT(found.words, IsEmpty());
}

TEST_F(PeerProblemsTest, AWordIsToldFromThreeEnterprisesOn) {
  AddNeed("a", "f1", "滤网断丝");
  AddNeed("b", "f1", "护栏网断丝");
  AddNeed("c", "f2", "筛网断丝", v1::CONFIDENTIALITY_TIER_ANONYMOUS);
  EXPECT_THAT(Find().words, IsEmpty()) << "three needs of two enterprises";
  AddNeed("d", "own", "我厂断丝");
  EXPECT_THAT(Find().words, IsEmpty()) << "its own need does not count";
  AddNeed("e", "f3", "公开的断丝", v1::CONFIDENTIALITY_TIER_PUBLIC);
  EXPECT_THAT(Find().words, IsEmpty()) << "who reads the public need would know of the other two";
  AddNeed("f", "f4", "编织断丝");
  const PeerProblemList found = Find();
  ASSERT_THAT(Texts(found.words), ElementsAre("断丝"));
  EXPECT_EQ(found.words[0].enterprises, 3u);
  EXPECT_EQ(found.words[0].need, "");
}

TEST_F(PeerProblemsTest, WhatTheEnterpriseMakesIsNoProblem) {
  for (int i = 1; i <= 3; ++i) {
    const std::string number = std::to_string(i);
    AddNeed("n" + number, "f" + number, "降低滤网断丝");
  }
  EXPECT_THAT(Texts(Find().words), ElementsAre("断丝"));
}

TEST_F(PeerProblemsTest, EnterprisesAreToldApartByCreditCode) {
  Enterprise("x1", kPark, false);
  Enterprise("x2", kPark, false);
  AddNeed("a", "f1", "滤网断丝");
  AddNeed("b", "x1", "滤网断丝");
  AddNeed("c", "x2", "滤网断丝");
  EXPECT_THAT(Find().words, IsEmpty()) << "two of unknown identity";
  Enterprise("f1-again", kPark).credit_code();
  records_["enterprises/f1-again"].mutable_enterprise()->set_credit_code("code-f1");
  AddNeed("d", "f1-again", "滤网断丝");
  AddNeed("e", "f2", "滤网断丝");
  EXPECT_THAT(Find().words, IsEmpty()) << "one enterprise with two records";
  AddNeed("f", "f3", "滤网断丝");
  EXPECT_THAT(Texts(Find().words), ElementsAre("断丝"));
}

TEST_F(PeerProblemsTest, OneEnterpriseElsewhereIsNotAddedToThoseOfThePark) {
  AddNeed("a", "f1", "滤网断丝");
  AddNeed("b", "f2", "滤网断丝");
  AddNeed("c", "f3", "滤网断丝", v1::CONFIDENTIALITY_TIER_STAFF_ONLY, kElsewhere);
  EXPECT_THAT(Find().words, IsEmpty()) << "the park's staff know the first two";
  AddNeed("d", "f4", "滤网断丝");
  ASSERT_EQ(Find().words.size(), 1u);
  EXPECT_EQ(Find().words[0].enterprises, 3u) << "without the one elsewhere";
  AddNeed("e", "f5", "滤网断丝", v1::CONFIDENTIALITY_TIER_STAFF_ONLY, kElsewhere);
  AddNeed("f", "f6", "滤网断丝", v1::CONFIDENTIALITY_TIER_STAFF_ONLY, "");
  EXPECT_EQ(Find().words[0].enterprises, 6u);
}

TEST_F(PeerProblemsTest, TheAnswerDoesNotDependOnWhoAsks) {
  AddNeed("a", "f1", "滤网断丝");
  AddNeed("b", "f2", "滤网断丝");
  AddNeed("c", "f3", "滤网断丝");
  AddNeed("d", "f4", "护栏网锈蚀", v1::CONFIDENTIALITY_TIER_PUBLIC);
  Principal owner;
  owner.set_role(v1::ROLE_ENTERPRISE);
  owner.set_enterprise(own_.name());
  EXPECT_EQ(Texts(Find(owner).words), Texts(Find().words));
  EXPECT_EQ(Texts(Find(owner).needs), Texts(Find().needs));
}

TEST_F(PeerProblemsTest, WithoutIndustryPeersAreThoseThatNameTheProducts) {
  own_.clear_industry_codes();
  AddNeed("a", "f1", "金属滤网断丝", v1::CONFIDENTIALITY_TIER_PUBLIC);
  AddNeed("b", "f2", "轧花网断丝", v1::CONFIDENTIALITY_TIER_PUBLIC);
  EXPECT_THAT(Texts(Find().needs), ElementsAre("金属滤网断丝"));
  own_.clear_products();
  EXPECT_THAT(Find().needs, IsEmpty());
}

// Random needs of random firms: whatever is told by a word is shared by three firms whose needs are not
// public, and what is said twice is the same.
TEST_F(PeerProblemsTest, NothingSmallerThanThreeIsEverTold) {
  const std::vector<std::string> terms = {"断丝", "锈蚀", "能耗", "附着力", "老化"};
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 20; ++round) {
    std::erase_if(records_, [](const auto& entry) { return entry.second.has_need(); });
    std::map<std::string, std::set<std::string>> firms;  // by word, of needs that are not public
    for (int i = 0; i < 12; ++i) {
      const std::string firm = "r" + std::to_string(random() % 6), term = terms[random() % terms.size()];
      const auto tier = static_cast<v1::ConfidentialityTier>(1 + random() % 3);
      const std::string park = random() % 3 == 0 ? kElsewhere : kPark;
      AddNeed("r" + std::to_string(i), firm, "降低" + term, tier, park);
      if (tier == v1::CONFIDENTIALITY_TIER_PUBLIC) continue;
      for (const std::string& word : Words().In("降低" + term)) firms[word].insert(firm);
    }
    const PeerProblemList found = Find();
    for (const PeerProblem& word : found.words) {
      EXPECT_GE(word.enterprises, 3u);
      EXPECT_LE(word.enterprises, firms[word.text].size()) << word.text;
    }
    EXPECT_EQ(Texts(found.words), Texts(Find().words));
  }
}

}  // namespace
}  // namespace duijie::mining
