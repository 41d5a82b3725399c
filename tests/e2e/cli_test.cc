// SPDX-License-Identifier: GPL-3.0-or-later
// The command line against real daemons, as staff use it: what they see, what files they get, exit codes.
#include <gmock/gmock.h>

#include "tests/e2e/command_line.h"
#include "tests/support/paths.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Sample(const std::string& name) { return duijie::testing::SourceFile("data/samples/") + name; }

class CliTest : public CommandLineTest {
 protected:
  void ImportAll() {
    Done({"import", "enterprises", Sample("enterprises.csv"), "--publish"});
    Done({"import", "achievements", Sample("achievements.csv"), "--publish"});
    Done({"import", "achievements", Sample("achievements_extra.xlsx"), "--publish"});
    Done({"import", "needs", Sample("needs_gbk.csv"), "--publish"});
  }
};

DUIJIE_BOTH_TOPOLOGIES(CliTest);

TEST_P(CliTest, AnImportEndsWhenItsRecordsCanBeFound) {
  constexpr int kMany = 5000;  // more than the index takes up while an answer travels
  std::string lines;
  for (int i = 1; i <= kMany; ++i) {
    const std::string number = std::to_string(i);
    lines += R"({"title": "脱硝催化剂)" + number + R"(", "external_id": ")" + number + "\"}\n";
  }
  WriteFile(File("many.jsonl"), lines);
  Done({"import", "achievements", File("many.jsonl"), "--source", "many", "--publish"});
  const std::string last = "脱硝催化剂" + std::to_string(kMany);
  EXPECT_THAT(Done({"search", "achievements", last, "--limit", "1"}), HasSubstr(last));
}

TEST_P(CliTest, WhatMissesOnlyAConditionKeepsAPlaceInListsAndRuns) {
  WriteFile(File("needs.csv"),
            "需求名称,需求描述,最低成熟度,外部编号\n烧结烟气低温脱硝催化剂,要求低温脱硝,9,n1\n");
  WriteFile(File("achievements.csv"),
            "成果名称,成果简介,技术成熟度,外部编号\n"
            "低温脱硝催化剂技术,用于烧结烟气低温脱硝,5,a1\n"
            "烧结矿余热利用,回收烧结烟气余热发电,9,a2\n"
            "烧结配料,烧结混合料水分检测,9,a3\n"
            "烧结机漏风治理,烧结机密封,9,a4\n"
            "烧结烟气循环,烧结烟气循环节能,9,a5\n");
  Done({"import", "needs", File("needs.csv"), "--source", "s", "--publish", "--tier", "公开"});
  Done({"import", "achievements", File("achievements.csv"), "--source", "s", "--publish"});
  const std::string need = One({"search", "needs", "脱硝", "--limit", "1"}).at("name");
  const std::string shown = Done({"match", "need", need, "--top", "4"});
  EXPECT_THAT(shown, HasSubstr("烧结烟气循环"));
  EXPECT_THAT(shown.substr(shown.find("烧结烟气循环")), HasSubstr("低温脱硝催化剂技术")) << "behind";
  EXPECT_THAT(Done({"match", "need", need, "--top", "4", "--drop-violations"}),
              ::testing::Not(HasSubstr("低温脱硝催化剂技术")));
  const auto run = Objects({"run", "start", "--title", "对接会", "--top", "4", "--wait"});
  ASSERT_FALSE(run.empty());
  Done({"run", "export", run.back().at("name"), "-o", File("pairs.csv")});
  EXPECT_THAT(ReadFile(File("pairs.csv")), HasSubstr("低温脱硝催化剂技术"));
}

TEST_P(CliTest, SpreadsheetsBecomeRankedAndExplainedPairs) {
  ImportAll();
  const auto needs = Objects({"search", "needs", "--limit", "5"});
  ASSERT_FALSE(needs.empty());
  const std::string need = needs.front().at("name");
  const std::string shown = Done({"match", "need", need, "--top", "3", "--explain"});
  EXPECT_THAT(shown, HasSubstr("双方都涉及"));

  const auto run = Objects({"run", "start", "--title", "对接会", "--top", "3", "--wait"});
  ASSERT_FALSE(run.empty());
  const std::string name = run.back().at("name");
  EXPECT_THAT(Done({"run", "show", name}), HasSubstr("已完成"));
  Done({"run", "export", name, "-o", File("pairs.xlsx")});
  EXPECT_THAT(ReadFile(File("pairs.xlsx")), StartsWith("PK"));
  Done({"run", "export", name, "-o", File("pairs.csv")});
  EXPECT_THAT(ReadFile(File("pairs.csv")), HasSubstr(need));
}

TEST_P(CliTest, WhatIsExportedImportsAgainWithoutChange) {
  ImportAll();
  Done({"export", "achievements", "-o", File("all.csv"), "--state", "已发布"});
  const std::string report = Done({"import", "achievements", File("all.csv"), "--publish"});
  EXPECT_THAT(report, HasSubstr("新增 0，更新 0"));
  Done({"export", "achievements", "-o", File("again.csv"), "--state", "已发布"});
  EXPECT_THAT(ReadFile(File("all.csv")), HasSubstr("丝网"));
  EXPECT_EQ(ReadFile(File("all.csv")), ReadFile(File("again.csv")));
}

TEST_P(CliTest, JudgedNeedsAreRankedIntoAFileThatScoresTheSame) {
  ImportAll();
  Done({"import", "needs", Sample("needs.csv"), "--publish"});
  AwaitIndex();
  WriteFile(File("qrels"),
            "need_id\tachievement_id\tlevel\nN01\tA001\t4\nN01\tA002\t2\nN01\tA005\t3\nN01\tA060\t1\n");
  const auto exported = [&](const std::string& scores) {
    return Objects({"eval", "export", "--qrels", File("qrels"), "--need-source", "sample-needs",
                    "--achievement-source", "sample-achievements", "--min-judged", "4", "--scores", scores,
                    "-o", File(scores)})
        .at(0);
  };
  const auto rescored = [&](const std::string& scores) {
    return Objects({"eval", "score", File("qrels"), File(scores), "--min-judged", "4"}).at(0);
  };
  const auto level = exported("level");
  const auto raw = exported("raw");
  EXPECT_EQ(level.at("judged_listed"), 4);
  EXPECT_EQ(level, rescored("level"));
  EXPECT_EQ(raw, rescored("raw"));
  EXPECT_EQ(level.at("ndcg10"), raw.at("ndcg10"));

  // Scores are levels exactly where results have them.
  const auto results =
      Objects({"match", "need", Objects({"search", "needs", "丝网", "--limit", "1"}).at(0).at("name")});
  ASSERT_FALSE(results.empty());
  const bool has_levels =
      results.front().contains("level") && results.front().at("level") != "MATCH_LEVEL_UNSPECIFIED";
  EXPECT_EQ(level.contains("level_score"), has_levels);
  EXPECT_FALSE(raw.contains("level_score"));
}

TEST_P(CliTest, BadRowsAreNamedAndNothingIsWritten) {
  const RunResult refused = Cli({"import", "achievements", Sample("achievements_bad_rows.csv")});
  EXPECT_EQ(refused.exit_code, kRowsRejected);
  EXPECT_THAT(refused.output + refused.errors, HasSubstr("行"));
  EXPECT_THAT(Done({"list", "achievements"}), ::testing::Not(HasSubstr("achievements/")));

  const RunResult skipped = Cli({"import", "achievements", Sample("achievements_bad_rows.csv"), "--skip-bad",
                                 "--errors", File("errors.csv")});
  EXPECT_EQ(skipped.exit_code, kRowsRejected);
  EXPECT_FALSE(ReadFile(File("errors.csv")).empty());
}

TEST_P(CliTest, RecordsAreEditedAndWithdrawn) {
  WriteFile(File("one.json"), R"({"title": "铸件缺陷在线检测"})");
  Done({"create", "achievements", "--file", File("one.json"), "--id", "one"});
  Done({"edit", "achievements/one", "--set", "title=铸件缺陷的在线检测装置"});
  EXPECT_THAT(Done({"get", "achievements/one"}), HasSubstr("铸件缺陷的在线检测装置"));
  Done({"submit", "achievements/one"});
  Done({"publish", "achievements/one"});
  Done({"withdraw", "achievements/one", "--reason", "专利转让中"});
  EXPECT_THAT(Done({"get", "achievements/one"}), HasSubstr("专利转让中"));
}

TEST_P(CliTest, ExitCodesTellWhatWentWrong) {
  EXPECT_EQ(Cli({"no-such-command"}).exit_code, kUsage);
  EXPECT_EQ(Cli({"get", "achievements/none"}).exit_code, kNotFound);
  EXPECT_EQ(CliAs("", {"list", "achievements"}).exit_code, kNotPermitted);
  EXPECT_EQ(CliAs("dj_wrong", {"list", "achievements"}).exit_code, kNotPermitted);
  EXPECT_EQ(Cli({"import", "achievements", File("missing.csv")}).exit_code, kRefused);
  WriteFile(File("one.json"), R"({"title": "铸件缺陷在线检测"})");
  Done({"create", "achievements", "--file", File("one.json"), "--id", "one"});
  WriteFile(File("other.json"), R"({"title": "另一项成果"})");
  EXPECT_EQ(Cli({"create", "achievements", "--file", File("other.json"), "--id", "one"}).exit_code,
            kConflict);
  const std::string key = cluster_.Admin().key;
  cluster_.Stop();
  EXPECT_EQ(CliAs(key, {"--timeout", "2", "list", "achievements"}).exit_code, kUnavailable);
}

TEST_P(CliTest, AnotherEnterpriseNeitherListsNorGetsAConfidentialNeed) {
  WriteFile(
      File("secret.json"),
      R"({"title": "独有词甲乙丙的脱硫难题", "type": "NEED_TYPE_TECHNICAL_PROBLEM", "description": "烟气脱硫效率低", "tier": "CONFIDENTIALITY_TIER_STAFF_ONLY"})");
  Done({"create", "needs", "--file", File("secret.json"), "--id", "secret"});
  Done({"submit", "needs/secret"});
  Done({"publish", "needs/secret"});
  EXPECT_THAT(Done({"list", "needs"}), HasSubstr("独有词甲乙丙"));
  const Client outsider = cluster_.NewClient(v1::ROLE_ENTERPRISE, "enterprises/nobody");
  const RunResult listed = CliAs(outsider.key, {"list", "needs"});
  EXPECT_EQ(listed.exit_code, 0) << listed.errors;
  EXPECT_THAT(listed.output, ::testing::Not(HasSubstr("独有词甲乙丙")));
  EXPECT_EQ(CliAs(outsider.key, {"get", "needs/secret"}).exit_code, kNotFound);
  EXPECT_EQ(CliAs(outsider.key, {"admin", "key", "list"}).exit_code, kNotPermitted);
}

}  // namespace
}  // namespace duijie::testing
