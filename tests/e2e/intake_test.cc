// SPDX-License-Identifier: GPL-3.0-or-later
// From a note to a published need: draft, confirmation, clinic, diagnosis; then the same need from a second
// source. Through the command line.
#include <gmock/gmock.h>

#include "tests/e2e/command_line.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class IntakeTest : public CommandLineTest {
 protected:
  void PublishAchievements() {
    for (int i = 0; i < 12; ++i) {
      v1::Achievement achievement;
      achievement.set_title("橡胶止水带粘接配方" + std::to_string(i));
      achievement.set_summary("用于橡胶止水带的粘接，粘接强度达到" + std::to_string(2 + i) + "MPa以上。");
      achievement.set_maturity_level(i % 2 == 0 ? 4 : 9);
      v1::Indicator* const strength = achievement.add_indicators();
      strength->set_name("剥离强度");
      strength->set_comparator(v1::COMPARATOR_AT_LEAST);
      strength->set_value(20 + 5 * i);
      strength->set_unit("N/cm");
      Publish(cluster_.Admin(), achievement);
    }
  }
};
DUIJIE_BOTH_TOPOLOGIES(IntakeTest);

TEST_P(IntakeTest, ANoteBecomesAPublishedNeed) {
  PublishAchievements();
  v1::Enterprise enterprise;
  enterprise.set_title("衡水云杉橡胶制品有限公司");
  enterprise.set_park_code(kPark);
  const std::string owner = Publish(cluster_.Admin(), enterprise).name();
  const nlohmann::json draft =
      One({"intake", "note", "--source", "走访", "--source-name", "visits/v1", "--enterprise", owner,
           "--text", "橡胶止水带粘接不牢，目前粘接强度1.8MPa，要求粘接强度不低于2.5MPa。"});
  const std::string name = draft.at("name");
  EXPECT_EQ(draft.at("targets").size(), 1u);
  EXPECT_EQ(draft.at("reading").at("constraints").size(), 2u);
  One({"intake", "edit", name, "--set", "type=技术难题", "--set", "current_practice=1.8MPa"});
  const std::string need = One({"intake", "confirm", name, "--submit"}).at("need");
  AwaitIndex();

  const nlohmann::json asked = One({"clinic", "ask", need});
  ASSERT_FALSE(asked.value("questions", nlohmann::json::array()).empty()) << asked;
  const nlohmann::json question = asked.at("questions").at(0);
  EXPECT_GT(question.at("expected_change").get<double>(), 0);
  const nlohmann::json answered =
      One({"clinic", "answer", need, question.at("id"), question.at("options").at(0).at("value")});
  EXPECT_FALSE(answered.at("moves").empty());

  const RunResult refused = Cli({"need-diagnosis", "assess", need, "有效"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.errors, HasSubstr("预算"));
  Done({"edit", need, "--set", "budget_max_wan_yuan=50", "--set", "decision_owner=总工程师", "--set",
        "deadline=2027-06-30", "--set", "cooperation_modes=合作开发"});
  EXPECT_EQ(One({"need-diagnosis", "assess", need, "有效"}).at("verdict"), "NEED_VERDICT_VALID");
  EXPECT_EQ(Objects({"get", need}).at(0).at("state"), "RECORD_STATE_PUBLISHED");

  Done({"need-diagnosis", "export", need, "--out", File("诊断单.html")});
  EXPECT_THAT(ReadFile(File("诊断单.html")), HasSubstr("粘接强度"));
  Done({"need-diagnosis", "summary", "--out", File("汇总.xlsx")});
  EXPECT_EQ(ReadFile(File("汇总.xlsx")).substr(0, 2), "PK");
}

TEST_P(IntakeTest, TheSameNeedFromTwoSourcesBecomesOne) {
  v1::Enterprise enterprise;
  enterprise.set_title("衡水云杉橡胶制品有限公司");
  enterprise.set_park_code(kPark);
  const std::string owner = Publish(cluster_.Admin(), enterprise).name();
  std::vector<std::string> needs;
  for (const std::string source : {"走访", "电话"}) {
    const std::string draft = One({"intake", "note", "--source", source, "--enterprise", owner, "--text",
                                   "橡胶止水带粘接不牢，要求粘接强度不低于2.5MPa。"})
                                  .at("name");
    One({"intake", "edit", draft, "--set", "type=技术难题"});
    needs.push_back(One({"intake", "confirm", draft}).at("need"));
  }
  AwaitIndex();
  const nlohmann::json duplicate = One({"intake", "duplicates", needs[0]});
  EXPECT_EQ(duplicate.at("need"), needs[1]);
  EXPECT_EQ(One({"intake", "merge", needs[0], needs[1]}).at("state"), "NEED_MERGE_STATE_DONE");
  EXPECT_EQ(One({"intake", "merge", needs[0], needs[1]}).at("state"), "NEED_MERGE_STATE_DONE");
  EXPECT_EQ(Objects({"get", needs[0]}).at(0).at("provenances").size(), 2u);

  const Client elsewhere = cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark});
  const RunResult hidden = CliAs(elsewhere.key, {"intake", "list"});
  EXPECT_EQ(hidden.exit_code, 0);
  EXPECT_THAT(hidden.output, Not(HasSubstr("needDrafts/")));
}

}  // namespace
}  // namespace duijie::testing
