// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/taxonomy/taxonomy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/taxonomy/crosswalk.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/common/taxonomy/table_fixture.h"

namespace duijie {
namespace {

using ::duijie::testing::StatusIs;
using ::duijie::testing::TempDir;
using ::duijie::testing::WriteTable;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kFields = "4\t1\t\t新材料\n41\t2\t4\t金属材料\n411\t3\t41\t钢\n42\t2\t4\t高分子\n";
constexpr const char* kIndustries = "C\t1\t\t制造业\nC33\t2\tC\t金属制品业\nC3340\t3\tC33\t金属丝绳\n";

Taxonomy MustLoad(const char* text) {
  const TempDir folder;
  auto taxonomy = Taxonomy::Load(WriteTable(folder, "t.tsv", text));
  EXPECT_TRUE(taxonomy.ok()) << taxonomy.status();
  return *std::move(taxonomy);
}

TEST(TaxonomyTest, FindsByCode) {
  const Taxonomy fields = MustLoad(kFields);
  const TaxonomyEntry* const entry = fields.Find("41");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->name, "金属材料");
  EXPECT_EQ(entry->parent, "4");
  EXPECT_EQ(entry->level, 2);
  EXPECT_EQ(fields.Find("4111"), nullptr);
  EXPECT_EQ(fields.Find(""), nullptr);
}

TEST(TaxonomyTest, FindsByNameOnlyIfUnambiguous) {
  const Taxonomy regions = MustLoad("1\t1\t\t市\n11\t2\t1\t桥西区\n12\t2\t1\t桥西区\n13\t2\t1\t桥东区\n");
  ASSERT_NE(regions.FindByName("桥东区"), nullptr);
  EXPECT_EQ(regions.FindByName("桥东区")->code, "13");
  EXPECT_EQ(regions.FindByName("桥西区"), nullptr);
  EXPECT_EQ(regions.FindByName("桥"), nullptr);
}

TEST(TaxonomyTest, TellsDescendantsByParentsNotByDigits) {
  const Taxonomy fields = MustLoad(kFields);
  EXPECT_TRUE(fields.IsSelfOrDescendant("411", "411"));
  EXPECT_TRUE(fields.IsSelfOrDescendant("411", "4"));
  EXPECT_FALSE(fields.IsSelfOrDescendant("4", "411"));
  EXPECT_FALSE(fields.IsSelfOrDescendant("42", "41"));
  EXPECT_FALSE(fields.IsSelfOrDescendant("419", "41"));
  EXPECT_FALSE(fields.IsSelfOrDescendant("", ""));
}

TEST(TaxonomyTest, ListsAncestorsSelfFirst) {
  const Taxonomy fields = MustLoad(kFields);
  EXPECT_THAT(fields.AncestorsOf("411"), ElementsAre("411", "41", "4"));
  EXPECT_THAT(fields.AncestorsOf("4"), ElementsAre("4"));
  EXPECT_THAT(fields.AncestorsOf("x"), IsEmpty());
}

TEST(TaxonomyTest, StaysValidWhenMoved) {
  Taxonomy fields = MustLoad(kFields);
  const TaxonomyEntry* const before = fields.Find("42");
  const Taxonomy moved = std::move(fields);
  EXPECT_EQ(moved.Find("42"), before);
}

struct BadTaxonomy {
  const char* text;
  const char* problem;
};

class BadTaxonomyTest : public ::testing::TestWithParam<BadTaxonomy> {};

TEST_P(BadTaxonomyTest, NamesLineAndProblem) {
  const TempDir folder;
  const auto taxonomy = Taxonomy::Load(WriteTable(folder, "bad.tsv", GetParam().text));
  ASSERT_THAT(taxonomy, StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE"));
  EXPECT_THAT(std::string(MessageOf(taxonomy.status())), HasSubstr(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(All, BadTaxonomyTest,
                         ::testing::Values(BadTaxonomy{"1\t1\t\tA\n1\t1\t\tB\n", "bad.tsv:2: code 1 twice"},
                                           BadTaxonomy{"11\t2\t1\tA\n1\t1\t\tB\n", "bad.tsv:1: parent 1"},
                                           BadTaxonomy{"1\t1\t1\tA\n", "bad.tsv:1: parent 1"},
                                           BadTaxonomy{"1\t2\t\tA\n", "bad.tsv:1: level 2 below level 0"},
                                           BadTaxonomy{"1\t1\t\tA\n11\t1\t1\tB\n",
                                                       "bad.tsv:2: level 1 below level 1"},
                                           BadTaxonomy{"1\t0\t\tA\n", "bad.tsv:1: \"0\" is no integer"},
                                           BadTaxonomy{"1\tone\t\tA\n", "bad.tsv:1: \"one\" is no integer"},
                                           BadTaxonomy{"\t1\t\tA\n", "bad.tsv:1: empty code"},
                                           BadTaxonomy{"1\t1\t\t\n", "bad.tsv:1: empty name"}));

class CrosswalkTest : public ::testing::Test {
 protected:
  StatusOr<Crosswalk> Load(const char* text) {
    return Crosswalk::Load(WriteTable(folder_, "cw.tsv", text), fields_, industries_);
  }

  const TempDir folder_;
  const Taxonomy fields_ = MustLoad(kFields);
  const Taxonomy industries_ = MustLoad(kIndustries);
};

TEST_F(CrosswalkTest, HighestWeightOfTheRowsThatHoldCounts) {
  ASSERT_OK_AND_ASSIGN(const Crosswalk crosswalk, Load("4\tC33\t0.5\n41\tC\t0.25\n41\tC3340\t1\n"));
  const auto affinity = [&](const char* field, const char* industry) {
    return crosswalk.Affinity(fields_, industries_, field, industry);
  };
  EXPECT_FLOAT_EQ(affinity("411", "C3340"), 1.0F);
  EXPECT_FLOAT_EQ(affinity("411", "C33"), 0.5F);
  EXPECT_FLOAT_EQ(affinity("411", "C"), 0.25F);
  EXPECT_FLOAT_EQ(affinity("42", "C3340"), 0.5F);
  EXPECT_FLOAT_EQ(affinity("42", "C"), 0.0F);
  EXPECT_FLOAT_EQ(affinity("4", "C"), 0.0F);
  EXPECT_FLOAT_EQ(affinity("9", "C33"), 0.0F);
  EXPECT_FLOAT_EQ(affinity("411", "D"), 0.0F);
}

TEST_F(CrosswalkTest, RejectsBadRowsWithTheirLine) {
  const std::pair<const char*, const char*> bad[] = {
      {"4\tC33\t0.5\n9\tC33\t0.5\n", "cw.tsv:2: unknown field 9"},
      {"4\tD\t0.5\n", "cw.tsv:1: unknown industry D"},
      {"4\tC33\t0.5\n4\tC33\t0.6\n", "cw.tsv:2: pair 4 C33 twice"},
      {"4\tC33\t0\n", "cw.tsv:1: \"0\" is no weight"},
      {"4\tC33\t1.01\n", "cw.tsv:1: \"1.01\" is no weight"},
      {"4\tC33\tnan\n", "cw.tsv:1: \"nan\" is no weight"},
      {"4\tC33\t0.5x\n", "cw.tsv:1: \"0.5x\" is no weight"},
      {"4\tC33\t\n", "cw.tsv:1: \"\" is no weight"},
  };
  for (const auto& [text, problem] : bad) {
    const auto crosswalk = Load(text);
    ASSERT_THAT(crosswalk, StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE")) << text;
    EXPECT_THAT(std::string(MessageOf(crosswalk.status())), HasSubstr(problem));
  }
}

}  // namespace
}  // namespace duijie
