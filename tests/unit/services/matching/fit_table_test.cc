// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/fit_table.h"

#include <gmock/gmock.h>

#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using ::testing::HasSubstr;

v1::Need NeedDemanding(const std::string& description) {
  v1::Need need;
  need.set_title("高强钢紧固件");
  need.set_description(description);
  return need;
}

v1::FitTable Table(const v1::Need& need, const v1::Achievement& achievement) {
  const auto& names = *testing::SharedNames();
  return MakeFitTable(DemandsOf(SourceOf(need), names), StatedFigures(SourceOf(achievement), names), names);
}

v1::FitTable Table(const std::string& description, const std::string& summary) {
  v1::Achievement achievement;
  achievement.set_title("紧固件用钢");
  achievement.set_summary(summary);
  return Table(NeedDemanding(description), achievement);
}

TEST(FitTableTest, JudgesEveryDemandWithQuotesAndConversion) {
  const v1::FitTable table = Table("要求抗拉强度不低于800MPa，伸长率不低于15%，疲劳寿命不低于10万次。",
                                   "该钢抗拉强度达到0.85GPa，性能稳定。伸长率12%。");
  ASSERT_EQ(table.rows_size(), 3);
  const v1::FitRow& strength = table.rows(0);
  EXPECT_EQ(strength.verdict(), v1::VERDICT_SATISFIED);
  EXPECT_EQ(strength.demand(), "≥ 800 MPa");
  EXPECT_THAT(strength.stated(), HasSubstr("抗拉强度"));
  EXPECT_EQ(strength.stated_quote(), "该钢抗拉强度达到0.85GPa，性能稳定");
  EXPECT_THAT(strength.conversion(), HasSubstr("850 MPa"));
  EXPECT_GT(strength.alignment(), 0.6);
  EXPECT_NEAR(strength.margin(), 0.0625, 1e-9);
  EXPECT_EQ(table.rows(1).verdict(), v1::VERDICT_VIOLATED);
  EXPECT_NEAR(table.rows(1).margin(), -0.2, 1e-9);
  EXPECT_EQ(table.rows(2).verdict(), v1::VERDICT_NOT_STATED);
  EXPECT_EQ(table.summary(), "3项指标：满足1、不满足1（伸长率差20%）、未说明1");
  EXPECT_DOUBLE_EQ(IndicatorsMet(table), 1.0 / 3);
  EXPECT_DOUBLE_EQ(IndicatorsMissed(table), 1.0 / 3);
}

TEST(FitTableTest, SilenceIsNeverAYes) {
  const v1::FitTable table = Table("要求抗拉强度不低于800MPa。", "抗拉强度大幅提高，达到国际先进水平。");
  ASSERT_EQ(table.rows_size(), 1);
  const v1::FitRow& row = table.rows(0);
  EXPECT_EQ(row.verdict(), v1::VERDICT_NOT_STATED);
  EXPECT_EQ(row.stated(), "");
  EXPECT_EQ(row.stated_quote(), "");
  EXPECT_EQ(row.alignment(), 0);
  EXPECT_FALSE(row.has_margin());
  EXPECT_THAT(row.text(), HasSubstr("未说明"));
  EXPECT_DOUBLE_EQ(IndicatorsMet(table), 0);
  EXPECT_DOUBLE_EQ(IndicatorsMissed(table), 0);
}

TEST(FitTableTest, PartlyCountsHalf) {
  const v1::FitTable table = Table("要求抗拉强度不低于800MPa。", "最高可达抗拉强度850MPa。");
  ASSERT_EQ(table.rows_size(), 1);
  EXPECT_EQ(table.rows(0).verdict(), v1::VERDICT_PARTLY);
  EXPECT_DOUBLE_EQ(IndicatorsMet(table), 0.5);
}

TEST(FitTableTest, StructuredIndicatorsAreEvidenceAndQuoteTheirField) {
  v1::Achievement achievement;
  achievement.set_title("紧固件用钢");
  v1::Indicator& stated = *achievement.add_indicators();
  stated.set_name("抗拉强度");
  stated.set_comparator(v1::COMPARATOR_AT_LEAST);
  stated.set_value(900);
  stated.set_unit("MPa");
  stated.set_condition("调质；20℃");
  const v1::FitTable table = Table(NeedDemanding("要求抗拉强度不低于800MPa。"), achievement);
  ASSERT_EQ(table.rows_size(), 1);
  EXPECT_EQ(table.rows(0).verdict(), v1::VERDICT_SATISFIED);
  EXPECT_EQ(table.rows(0).stated_quote(), "抗拉强度 ≥ 900 MPa（调质；20℃）");
}

TEST(FitTableTest, FiguresOfTheProblemSolvedAreNoEvidence) {
  v1::Achievement achievement;
  achievement.set_title("铸造工艺");
  achievement.set_problem_solved("解决铸件废品率高达10%的问题。");
  const v1::Need need = NeedDemanding("要求铸件废品率不超过3%。");
  EXPECT_EQ(Table(need, achievement).rows(0).verdict(), v1::VERDICT_NOT_STATED);
  achievement.set_advantage("铸件废品率不超过2%。");
  EXPECT_EQ(Table(need, achievement).rows(0).verdict(), v1::VERDICT_SATISFIED);
}

TEST(FitTableTest, ReferenceUsersAreNoEvidence) {
  v1::Achievement achievement;
  achievement.set_title("紧固件用钢");
  achievement.set_reference_users("某厂应用后抗拉强度达到900MPa。");
  EXPECT_EQ(Table(NeedDemanding("要求抗拉强度不低于800MPa。"), achievement).rows(0).verdict(),
            v1::VERDICT_NOT_STATED);
}

TEST(FitTableTest, ABareDemandIsNotSaidToBeMissed) {
  const v1::FitTable table = Table("技术指标：设计压力10MPa。", "设计压力10.5MPa。");
  ASSERT_EQ(table.rows_size(), 1);
  EXPECT_EQ(table.rows(0).verdict(), v1::VERDICT_NOT_STATED);
  EXPECT_THAT(table.rows(0).text(), HasSubstr("上限、下限还是定值"));
  EXPECT_EQ(Table("技术指标：设计压力10MPa。", "设计压力10MPa。").rows(0).verdict(), v1::VERDICT_SATISFIED);
  EXPECT_EQ(Table("技术指标：玻璃厚度3.2mm。", "玻璃厚度不超过0.5mm。").rows(0).verdict(),
            v1::VERDICT_NOT_STATED);
}

TEST(FitTableTest, AQuantityOfNothingInParticularDecidesNothing) {
  const v1::FitTable met = Table("要求温度不低于70℃。", "反应，温度为200℃。");
  ASSERT_EQ(met.rows_size(), 1);
  EXPECT_EQ(met.rows(0).verdict(), v1::VERDICT_PARTLY);
  EXPECT_THAT(met.rows(0).text(), HasSubstr("没有说明是什么的数值"));
  EXPECT_EQ(Table("要求温度不低于70℃。", "反应，温度为20℃。").rows(0).verdict(), v1::VERDICT_NOT_STATED);
  EXPECT_EQ(Table("要求消毒温度不低于70℃。", "消毒温度为60℃。").rows(0).verdict(), v1::VERDICT_VIOLATED);
}

TEST(FitTableTest, WithoutDemandsThereIsNoTable) {
  const v1::FitTable table = Table("希望提高质量。", "抗拉强度达到900MPa。");
  EXPECT_EQ(table.rows_size(), 0);
  EXPECT_EQ(table.summary(), "");
  EXPECT_DOUBLE_EQ(IndicatorsMet(table), 0);
}

TEST(FitTableTest, MarginsReadWell) {
  EXPECT_EQ(indicator::PercentText(-0.0625), "6.25%");
  EXPECT_EQ(indicator::PercentText(0.2), "20%");
  EXPECT_EQ(indicator::PercentText(-31.4), "31倍");
}

}  // namespace
}  // namespace duijie::matching
