// SPDX-License-Identifier: GPL-3.0-or-later
// From judgements to a model in service and back, on the command line, on made-up records.
#include <gmock/gmock.h>

#include <iostream>
#include <random>

#include "tests/e2e/command_line.h"

namespace duijie::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr unsigned kSeed = 20261122;
constexpr int kNeeds = 12;
constexpr int kPairsPerNeed = 12;
constexpr int kTitleWords = 4;  // a level for each number of words that the titles share, 0 to 3

// A word that means nothing, of two Chinese characters.
std::string RandomWord(std::mt19937& random) {
  std::string word;
  for (int i = 0; i < 2; ++i) {
    const unsigned rune = 0x4E00 + random() % 0x5000;  // three bytes of UTF-8
    word += static_cast<char>(0xE0 | rune >> 12);
    word += static_cast<char>(0x80 | (rune >> 6 & 0x3F));
    word += static_cast<char>(0x80 | (rune & 0x3F));
  }
  return word;
}

nlohmann::json Record(const std::string& id, const std::vector<std::string>& words) {
  std::string title;
  for (const std::string& word : words) title += word;
  return {{"id", id}, {"title", title}};
}

class LearningTest : public CommandLineTest {
 protected:
  // Needs, achievements and judgements, imported. A level is one more than the words that the titles share.
  void ImportJudgedRecords() {
    std::cout << "seed " << kSeed << '\n';
    std::mt19937 random(kSeed);
    std::string needs, achievements, judgements = "need_id\tachievement_id\tlevel\n";
    for (int n = 0; n < kNeeds; ++n) {
      const std::string need = "n" + std::to_string(n);
      std::vector<std::string> words(kTitleWords);
      for (std::string& word : words) word = RandomWord(random);
      needs += Record(need, words).dump() + "\n";
      for (int i = 0; i < kPairsPerNeed; ++i) {
        const auto shared = static_cast<size_t>(i % kTitleWords);
        std::vector<std::string> title = words;
        for (size_t w = shared; w < title.size(); ++w) title[w] = RandomWord(random);
        const std::string achievement = need + "a" + std::to_string(i);
        achievements += Record(achievement, title).dump() + "\n";
        judgements += need + "\t" + achievement + "\t" + std::to_string(shared + 1) + "\n";
      }
    }
    WriteFile(File("needs.jsonl"), needs);
    WriteFile(File("achievements.jsonl"), achievements);
    WriteFile(File("judgements.tsv"), judgements);
    for (const std::string collection : {"achievements", "needs"}) {
      Done({"import", collection, File(collection + ".jsonl"), "--source", "made-up", "--map",
            "id=external_id", "--publish"});
    }
    AwaitIndex();
    Import("judgements.tsv");
  }

  RunResult TryImport(const std::string& file, std::vector<std::string> options = {}) {
    std::vector<std::string> arguments = {
        "judgement", "import", File(file), "--need-source", "made-up", "--achievement-source", "made-up"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return Cli(arguments);
  }

  void Import(const std::string& file) {
    const RunResult result = TryImport(file);
    EXPECT_EQ(result.exit_code, 0) << result.errors;
  }

  // Imports one need and one achievement that judgements can be of.
  void ImportOnePair() {
    WriteFile(File("need.jsonl"), R"({"id": "n", "title": "除尘布袋易破"})");
    WriteFile(File("achievement.jsonl"), R"({"id": "a", "title": "耐磨除尘布袋"})");
    Done({"import", "needs", File("need.jsonl"), "--source", "made-up", "--map", "id=external_id",
          "--publish"});
    Done({"import", "achievements", File("achievement.jsonl"), "--source", "made-up", "--map",
          "id=external_id", "--publish"});
    need_ = Objects({"list", "needs"}).at(0).at("name");
    achievement_ = Objects({"list", "achievements"}).at(0).at("name");
  }

  // A command that must fail with `exit_code` and say `why`.
  void ExpectRefused(const std::vector<std::string>& arguments, int exit_code, const std::string& why) {
    const RunResult result = Cli(arguments);
    EXPECT_EQ(result.exit_code, exit_code) << ::testing::PrintToString(arguments) << result.errors;
    EXPECT_THAT(result.errors, HasSubstr(why)) << ::testing::PrintToString(arguments);
  }

  std::string InService() { return Objects({"model", "show"}).at(0).at("version"); }

  // The model that ranks achievements for a need.
  std::string RanksWith(const std::string& need) {
    const std::string note = Cli({"match", "need", need, "--top", "1"}).errors;
    const std::string before = "模型 ";
    const size_t at = note.find(before);
    if (at == std::string::npos) return note;
    return note.substr(at + before.size(), note.find('\n', at) - at - before.size());
  }

  std::string need_, achievement_;
};

DUIJIE_BOTH_TOPOLOGIES(LearningTest);

TEST_P(LearningTest, JudgementsBecomeAModelThatIsPromotedUsedAndRolledBack) {
  ImportJudgedRecords();
  const std::string shipped = InService();
  const std::string need = Objects({"list", "needs", "--limit", "1"}).at(0).at("name");
  const auto trained = Objects({"model", "train", "--folds", "2", "--seed", "1"}).at(0);
  const std::string version = trained.at("version");
  EXPECT_EQ(trained.at("judgements"), std::to_string(kNeeds * kPairsPerNeed));
  EXPECT_EQ(trained.at("needs"), std::to_string(kNeeds));
  EXPECT_EQ(InService(), shipped) << "training only proposes";
  EXPECT_EQ(Objects({"model", "list"}).at(0).at("version"), version);
  EXPECT_EQ(Objects({"model", "show", version}).at(0).at("evaluation"), trained.at("evaluation"));

  // In service every list is in the judges' order already: no other order is better.
  ExpectRefused({"model", "promote", version}, kRefused, "--force");
  EXPECT_EQ(InService(), shipped);
  Done({"model", "promote", version, "--force"});
  EXPECT_EQ(InService(), version);
  EXPECT_EQ(RanksWith(need), version);

  Done({"model", "rollback"});
  EXPECT_EQ(InService(), shipped);
  EXPECT_EQ(RanksWith(need), shipped);
}

TEST_P(LearningTest, AnImportThatFailsSaysWhatIsStoredAndGoesOnFromThere) {
  ImportOnePair();
  constexpr int kLines = 1'100;  // a batch of 1,000 and a part of one
  const auto file = [](const std::string& bad_judge) {
    std::string text = "need_id\tachievement_id\tlevel\tjudge\n";
    for (int i = 0; i < kLines; ++i) {
      text += "n\ta\t3\t" + (i == kLines - 1 ? bad_judge : "评委" + std::to_string(i)) + "\n";
    }
    return text;
  };
  WriteFile(File("judgements.tsv"), file(std::string(300, 'x')));  // too long a name
  const RunResult failed = TryImport("judgements.tsv");
  EXPECT_EQ(failed.exit_code, kRefused);
  EXPECT_THAT(failed.errors, HasSubstr("已存入 1000 条，第 2 至 1001 行"));
  EXPECT_THAT(failed.errors, HasSubstr("第 1002 至 1101 行"));
  EXPECT_THAT(failed.errors, HasSubstr("--from-line 1002"));
  EXPECT_THAT(failed.errors, Not(HasSubstr("可能已存入"))) << "what is refused is not stored";
  EXPECT_EQ(Objects({"judgement", "list", "--limit", "2000"}).size(), 1'000);

  WriteFile(File("judgements.tsv"), file("李工"));
  const RunResult resumed = TryImport("judgements.tsv", {"--from-line", "1002"});
  EXPECT_EQ(resumed.exit_code, 0) << resumed.errors;
  EXPECT_EQ(Objects({"judgement", "list", "--limit", "2000"}).size(), kLines);
  EXPECT_EQ(TryImport("judgements.tsv", {"--from-line", "1102"}).exit_code, kUsage);
}

TEST_P(LearningTest, BadJudgementsAreRefusedWithTheReason) {
  ImportOnePair();
  const std::vector<std::string> add = {"judgement", "add", need_, achievement_};
  const auto with = [&](std::vector<std::string> options) {
    options.insert(options.begin(), add.begin(), add.end());
    return options;
  };
  ExpectRefused(add, kUsage, "--level");
  ExpectRefused(with({"--level", "很强"}), kUsage, "很强");
  ExpectRefused(with({"--accept", "--decline", "价格过高"}), kUsage, "--decline");
  ExpectRefused(with({"--decline", "不好"}), kUsage, "不好");
  ExpectRefused(with({"--decline", "其他"}), kRefused, "judgement.comment");
  ExpectRefused(with({"--accept", "--rank", "-1"}), kRefused, "judgement.rank_shown");
  ExpectRefused(with({"--accept", "--probability", "1.5"}), kRefused, "judgement.probability_shown");
  ExpectRefused({"judgement", "add", "needs/none", achievement_, "--accept"}, kNotFound, "judgement.need");
  ExpectRefused({"judgement", "add", need_, "achievements/none", "--accept"}, kNotFound,
                "judgement.achievement");
  ExpectRefused({"judgement", "list", "--limit", "0"}, kUsage, "--limit");
  ExpectRefused({"judgement", "list", "--need", "achievements/a"}, kRefused, "need");
  ExpectRefused({"scorecard", "2026Q5"}, kRefused, "季度应为 2026Q4 的形式");
  ExpectRefused({"scorecard"}, kUsage, "quarter");
  EXPECT_TRUE(Objects({"judgement", "list"}).empty());
}

TEST_P(LearningTest, JudgementsTakeRankModelAndProbabilityFromTheRunThatWasRead) {
  ImportOnePair();
  AwaitIndex();
  const std::string run = Objects({"run", "start", "--wait"}).back().at("name");
  const auto result = Objects({"run", "results", run}).at(0);
  const auto expect_shown = [&](const nlohmann::json& judgement) {
    EXPECT_EQ(judgement.at("rank_shown"), result.at("rank"));
    EXPECT_EQ(judgement.at("probability_shown"), result.at("probability"));
    EXPECT_EQ(judgement.at("model_version"), InService());
  };
  expect_shown(
      Objects({"judgement", "add", need_, achievement_, "--accept", "--judge", "李工", "--run", run}).at(0));
  WriteFile(File("judgements.tsv"), "need_id\tachievement_id\tlevel\tjudge\nn\ta\t3\t王工\n");
  const RunResult imported = TryImport("judgements.tsv", {"--run", run});
  EXPECT_EQ(imported.exit_code, 0) << imported.errors;
  const auto judgements = Objects({"judgement", "list"});
  EXPECT_EQ(judgements.size(), 2);
  for (const nlohmann::json& judgement : judgements) expect_shown(judgement);
}

TEST_P(LearningTest, APairThatARunDidNotShowHasNoProbability) {
  ImportOnePair();
  AwaitIndex();
  const std::string run = Objects({"run", "start", "--wait"}).back().at("name");
  WriteFile(File("late.jsonl"), R"({"id": "b", "title": "后来的成果"})");
  Done({"import", "achievements", File("late.jsonl"), "--source", "made-up", "--map", "id=external_id",
        "--publish"});
  WriteFile(File("judgements.tsv"), "need_id\tachievement_id\tlevel\nn\ta\t3\nn\tb\t1\n");
  const RunResult imported = TryImport("judgements.tsv", {"--run", run});
  EXPECT_EQ(imported.exit_code, 0) << imported.errors;
  EXPECT_THAT(imported.errors, HasSubstr("有 1 对不在 " + run));
  const auto late = Objects({"list", "achievements"});
  const std::string unseen =
      late.at(0).at("name") == achievement_ ? late.at(1).at("name") : late.at(0).at("name");
  ExpectRefused({"judgement", "add", need_, unseen, "--accept", "--run", run}, kUsage, "没有这一对");
  ExpectRefused({"judgement", "add", need_, achievement_, "--accept", "--run", run, "--rank", "1"}, kUsage,
                "--rank");
  ExpectRefused({"judgement", "add", need_, achievement_, "--accept", "--run", "matchRuns/none"}, kNotFound,
                "没有这个匹配任务");
}

TEST_P(LearningTest, BadJudgementFilesAreRefusedBeforeAnythingIsStored) {
  ImportOnePair();
  const std::string heading = "need_id\tachievement_id\tlevel\n";
  const auto expect = [&](const std::string& text, const std::string& why) {
    WriteFile(File("bad.tsv"), text);
    const RunResult result = TryImport("bad.tsv");
    EXPECT_EQ(result.exit_code, kUsage) << text;
    EXPECT_THAT(result.errors, HasSubstr(why)) << text;
  };
  expect("", "没有评判");
  expect(heading, "没有评判");
  expect("need_id\tlevel\nn\t3\n", "第 1 行");
  expect("need_id\tachievement_id\tlevel\tmood\nn\ta\t3\tx\n", "mood");
  expect(heading + "n\ta\t5\n", "第 2 行：等级应为 1 到 4");
  expect(heading + "n\ta\n", "第 2 行");
  expect(heading + "n\ta\t3\nn\ta\t4\n", "第 3 行：同一对出现两次");
  expect(heading + "n\ta\t3\nother\ta\t4\n", "第 3 行：来源库中没有需求 other");
  expect(heading + "n\tother\t3\n", "第 2 行：来源库中没有成果 other");
  EXPECT_EQ(TryImport("missing.tsv").exit_code, kRefused);
  EXPECT_TRUE(Objects({"judgement", "list"}).empty());
}

}  // namespace
}  // namespace duijie::testing
