// SPDX-License-Identifier: GPL-3.0-or-later
// The tables that ship with the program, read from the source tree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "common/taxonomy/region.h"
#include "common/taxonomy/taxonomy_set.h"
#include "common/taxonomy/tsv_file.h"
#include "tests/support/paths.h"
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

const std::string kFolder = duijie::testing::SourceFile("data/taxonomies");

class ShippedTablesTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_OK_AND_ASSIGN(set_, TaxonomySet::Load(kFolder)); }

  std::shared_ptr<const TaxonomySet> set_;
};

TEST_F(ShippedTablesTest, HasTheElevenParksOfThePlanInItsOrder) {
  std::vector<std::string> names;
  for (const Park& park : set_->parks) names.push_back(park.name);
  EXPECT_THAT(names, ElementsAre("石家庄国家高新区", "保定国家高新区", "固安高新区", "白洋淀科技城",
                                 "亦庄•永清高新区", "霸州经济开发区", "长城汽车科技园", "高碑店国际创新园",
                                 "涿州国家农业科技园区", "任丘经济开发区", "衡水高新区"));
}

TEST_F(ShippedTablesTest, EveryParkLiesInHebei) {
  for (const Park& park : set_->parks) EXPECT_TRUE(IsHebei(park.region_code)) << park.code;
}

TEST_F(ShippedTablesTest, FindsParksByCode) {
  ASSERT_NE(set_->FindPark("sjz-gxq"), nullptr);
  EXPECT_THAT(set_->FindPark("sjz-gxq")->lead_industries,
              ElementsAre("大健康与生物医药", "大数据及新一代信息技术", "高端装备制造及智能制造"));
  ASSERT_NE(set_->FindPark("bd-gxq"), nullptr);
  EXPECT_THAT(set_->FindPark("bd-gxq")->lead_industries, IsEmpty());
  EXPECT_EQ(set_->FindPark("sjz"), nullptr);
}

TEST_F(ShippedTablesTest, HasNineMaturityLevelsInThreeStages) {
  ASSERT_EQ(set_->maturity.size(), 9u);
  std::map<std::string, int> levels_of_stage;
  for (const MaturityLevel& level : set_->maturity) ++levels_of_stage[level.stage];
  EXPECT_EQ(levels_of_stage, (std::map<std::string, int>{{"实验室", 3}, {"工程化", 3}, {"产业化", 3}}));
  ASSERT_NE(set_->FindMaturity(9), nullptr);
  EXPECT_EQ(set_->FindMaturity(9)->stage, "产业化");
  EXPECT_EQ(set_->FindMaturity(0), nullptr);
  EXPECT_EQ(set_->FindMaturity(10), nullptr);
}

TEST_F(ShippedTablesTest, RegionsHaveSixDigitsAndTheProvinceOfTheirParents) {
  for (const TaxonomyEntry& region : set_->regions.entries()) {
    EXPECT_EQ(region.code.size(), kRegionCodeLength) << region.code;
    EXPECT_EQ(region.code.find_first_not_of("0123456789"), std::string::npos) << region.code;
    EXPECT_EQ(set_->regions.AncestorsOf(region.code).back(), region.code.substr(0, 2) + "0000");
  }
}

TEST_F(ShippedTablesTest, PlacesKnownRegions) {
  EXPECT_THAT(set_->regions.AncestorsOf("131125"), ElementsAre("131125", "131100", "130000"));
  ASSERT_NE(set_->regions.Find("131125"), nullptr);
  EXPECT_EQ(set_->regions.Find("131125")->name, "安平县");
  ASSERT_NE(set_->regions.FindByName("雄安新区"), nullptr);
  EXPECT_EQ(set_->regions.FindByName("雄安新区")->code, "133100");
  EXPECT_EQ(set_->regions.FindByName("桥西区"), nullptr) << "石家庄 and 张家口 both have one";
}

TEST_F(ShippedTablesTest, HasAllDivisionsOfTheIndustryStandard) {
  std::map<int, int> count;
  for (const TaxonomyEntry& industry : set_->industries.entries()) {
    ++count[industry.level];
    EXPECT_EQ(industry.code.compare(0, industry.parent.size(), industry.parent), 0) << industry.code;
  }
  EXPECT_EQ(count[1], 20);
  EXPECT_EQ(count[2], 97);
  EXPECT_EQ(count[3], 473);
  ASSERT_NE(set_->industries.Find("C3340"), nullptr);
  EXPECT_EQ(set_->industries.Find("C3340")->name, "金属丝绳及其制品制造");
}

TEST_F(ShippedTablesTest, HasTheEightFields) {
  std::vector<std::string> names;
  for (const TaxonomyEntry& field : set_->fields.entries()) {
    if (field.level == 1) names.push_back(field.name);
  }
  EXPECT_THAT(names, ElementsAre("电子信息", "生物与新医药", "航空航天", "新材料", "高技术服务",
                                 "新能源与节能", "资源与环境", "先进制造与自动化"));
}

TEST_F(ShippedTablesTest, EveryFieldGroupLeadsToSomeIndustry) {
  std::vector<std::string> without;
  for (const TaxonomyEntry& field : set_->fields.entries()) {
    float highest = 0;
    for (const TaxonomyEntry& industry : set_->industries.entries()) {
      highest = std::max(highest, set_->FieldIndustryAffinity(field.code, industry.code));
    }
    if (field.level >= 2 && highest == 0) without.push_back(field.code);
  }
  EXPECT_THAT(without, IsEmpty());
}

TEST_F(ShippedTablesTest, CrosswalkRanksTheTypicalIndustryHigher) {
  EXPECT_GT(set_->FieldIndustryAffinity("60302", "C3841"), set_->FieldIndustryAffinity("60302", "A0111"));
  EXPECT_GT(set_->FieldIndustryAffinity("40101", "C3340"), set_->FieldIndustryAffinity("20101", "C3340"));
  EXPECT_FLOAT_EQ(set_->FieldIndustryAffinity("unknown", "C3340"), 0.0F);
}

TEST(OtherTablesTest, DisciplinesAndEmergingIndustriesAreWellFormed) {
  ASSERT_OK_AND_ASSIGN(const Taxonomy disciplines,
                       Taxonomy::Load(kFolder + "/disciplines_gbt13745_2009.tsv"));
  std::map<int, int> count;
  for (const TaxonomyEntry& discipline : disciplines.entries()) ++count[discipline.level];
  EXPECT_EQ(count[1], 5);
  EXPECT_EQ(count[2], 62);
  ASSERT_OK_AND_ASSIGN(const Taxonomy emerging, Taxonomy::Load(kFolder + "/sei_2018.tsv"));
  EXPECT_TRUE(emerging.IsSelfOrDescendant("3.5", "3"));
}

TEST(TextTablesTest, DomainTermsAreUniqueAndSorted) {
  ASSERT_OK_AND_ASSIGN(const auto rows,
                       ReadTsv(duijie::testing::SourceFile("data/text/domain_terms.tsv"), 2));
  EXPECT_GE(rows.size(), 2200u);
  for (size_t i = 1; i < rows.size(); ++i) {
    EXPECT_LT(rows[i - 1].cells[0], rows[i].cells[0]) << "line " << rows[i].line;
    EXPECT_FALSE(rows[i].cells[1].empty()) << "line " << rows[i].line;
  }
}

TEST(TextTablesTest, ASynonymIsInOneGroupAndChineseOnesAreDomainTerms) {
  ASSERT_OK_AND_ASSIGN(const auto rows,
                       ReadTsv(duijie::testing::SourceFile("data/text/domain_terms.tsv"), 2));
  std::set<std::string> terms;
  for (const TsvRow& row : rows) terms.insert(row.cells[0]);
  std::ifstream in(duijie::testing::SourceFile("data/text/synonyms.tsv"));
  std::set<std::string> seen;
  int groups = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    ++groups;
    std::istringstream cells(line);
    int members = 0;
    for (std::string term; std::getline(cells, term, '\t'); ++members) {
      EXPECT_TRUE(seen.insert(term).second) << term;
      const bool ascii = std::all_of(term.begin(), term.end(), [](char c) { return c > 0; });
      if (!ascii) {
        EXPECT_EQ(terms.count(term), 1u) << term;
      }
    }
    EXPECT_GE(members, 2) << line;
  }
  EXPECT_GE(groups, 250);
}

TEST(TaxonomySetTest, BuildFolderHoldsTheSameTables) {
  for (const auto& file : std::filesystem::directory_iterator(kFolder)) {
    const auto copy =
        std::filesystem::path(duijie::testing::BuiltFile("share/duijie/taxonomies")) / file.path().filename();
    std::ifstream a(file.path(), std::ios::binary);
    std::ifstream b(copy, std::ios::binary);
    const std::string left{std::istreambuf_iterator<char>(a), {}};
    const std::string right{std::istreambuf_iterator<char>(b), {}};
    EXPECT_TRUE(left == right) << copy;
  }
}

class BrokenSetTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::copy(kFolder, folder_.path()); }

  void ExpectProblem(const std::string& problem) {
    const auto set = TaxonomySet::Load(folder_.path().string());
    ASSERT_THAT(set, StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE"));
    EXPECT_THAT(std::string(MessageOf(set.status())), HasSubstr(problem));
  }

  const TempDir folder_;
};

TEST_F(BrokenSetTest, RejectsAMissingTable) {
  std::filesystem::remove(folder_.path() / "parks.tsv");
  ExpectProblem("parks.tsv: no such file");
}

TEST_F(BrokenSetTest, RejectsAParkInNoCity) {
  WriteTable(folder_, "parks.tsv", "a\t甲园\t131100\t\nb\t乙园\t130000\t\n");
  ExpectProblem("parks.tsv:2: \"130000\" is no city or county");
}

TEST_F(BrokenSetTest, RejectsAParkTwice) {
  WriteTable(folder_, "parks.tsv", "a\t甲园\t131100\t\na\t乙园\t131100\t\n");
  ExpectProblem("parks.tsv:2: code a twice");
}

TEST_F(BrokenSetTest, RejectsMaturityLevelsOutOfOrder) {
  WriteTable(folder_, "maturity_levels.tsv", "1\t实验室\t一\t甲\n3\t实验室\t三\t丙\n");
  ExpectProblem("maturity_levels.tsv:2: \"3\" is no integer from 2 to 2");
}

TEST_F(BrokenSetTest, RejectsTooFewMaturityLevels) {
  WriteTable(folder_, "maturity_levels.tsv", "1\t实验室\t一\t甲\n");
  ExpectProblem("maturity_levels.tsv: 1 levels instead of 9");
}

TEST(RegionTest, TellsProvincesBySixDigitCodesOnly) {
  EXPECT_TRUE(IsBeijingTianjin("110108"));
  EXPECT_TRUE(IsBeijingTianjin("120000"));
  EXPECT_FALSE(IsBeijingTianjin("130100"));
  EXPECT_FALSE(IsBeijingTianjin("11"));
  EXPECT_FALSE(IsBeijingTianjin(""));
  EXPECT_TRUE(IsHebei("131125"));
  EXPECT_FALSE(IsHebei("110108"));
}

}  // namespace
}  // namespace duijie
