// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as a whole, as far as it goes without a server.
#include "services/duijie/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "services/duijie/completion.h"
#include "tests/support/child_process.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;
using testing::ReadFile;
using testing::RunProgram;
using testing::TempDir;
using testing::WriteFile;

struct Result {
  int code;
  std::string out;
  std::string err;
};

Result RunDuijie(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = RunCli(arguments, out, err);
  return {code, out.str(), err.str()};
}

TEST(CliTest, HelpIsChineseAndNamesTheExitCodes) {
  const Result result = RunDuijie({"--help"});
  EXPECT_EQ(result.code, 0);
  for (const char* text : {"用法", "import", "导入", "退出码", "3  导入时有行被拒绝", "DUIJIE_SERVER"}) {
    EXPECT_THAT(result.out, HasSubstr(text));
  }
}

TEST(CliTest, EveryCommandHasHelp) {
  GlobalOptions globals;
  Invocation invocation;
  const CommandLine line = BuildCommandLine(globals, invocation);
  for (const auto& [path, words] : CompletionWords(line.root())) {
    std::istringstream in(path);
    std::vector<std::string> arguments;
    for (std::string word; in >> word;) arguments.push_back(word);
    arguments.push_back("--help");
    const Result result = RunDuijie(arguments);
    EXPECT_EQ(result.code, 0) << path;
    EXPECT_THAT(result.out, HasSubstr("用法")) << path;
  }
}

TEST(CliTest, WrongOptionsAreToldInChinese) {
  EXPECT_THAT(RunDuijie({"list", "needs", "--limit", "-1"}).err, HasSubstr("--limit: 不能小于 0，不能是 -1"));
  EXPECT_THAT(RunDuijie({"eval", "score", "a", "b", "--depth", "0"}).err, HasSubstr("--depth: 应大于 0"));
  EXPECT_THAT(RunDuijie({"list", "needs", "--limit", "abc"}).err, HasSubstr("类型不对（--limit = abc）"));
  EXPECT_THAT(RunDuijie({"run"}).err, HasSubstr("（子命令）"));
}

TEST(CliTest, WrongUsageEndsWithTwo) {
  for (const std::vector<std::string>& bad : {std::vector<std::string>{},
                                              {"nonsense"},
                                              {"get"},
                                              {"list", "papers"},
                                              {"get", "ab12"},
                                              {"run"},
                                              {"list", "needs", "--state", "好"},
                                              {"match", "need"},
                                              {"completion", "fish"},
                                              {"version", "--timeout", "x"},
                                              {"version", "--tls=abc"},
                                              {"run", "export", "matchRuns/a", "-o", "a.pdf"},
                                              {"list", "needs", "--limit", "-1"}}) {
    const Result result = RunDuijie(bad);
    EXPECT_EQ(result.code, 2) << ::testing::PrintToString(bad) << result.err;
    EXPECT_THAT(result.err, HasSubstr("错误：")) << ::testing::PrintToString(bad);
    EXPECT_EQ(result.out, "");
  }
}

TEST(CliTest, GlobalOptionsMayFollowTheCommand) {
  const Result result = RunDuijie({"version", "--json"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("{\"version\":"));
}

TEST(CliTest, ErrorsAreJsonWithJson) {
  const Result result = RunDuijie({"--json", "get", "ab12"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("{\"error\":{\"code\":\"INVALID_ARGUMENT\""));
}

TEST(CliTest, ScoresARankingWithoutAServer) {
  const TempDir dir;
  WriteFile(dir.File("qrels"), "need_id\tachievement_id\tlevel\nn\ta\t4\nn\tb\t1\n");
  WriteFile(dir.File("run"), "n Q0 a 1 0.9 t\nn Q0 b 2 0.1 t\n");
  const Result result = RunDuijie({"eval", "score", dir.File("qrels"), dir.File("run"), "--min-judged", "2"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("计入需求 1 条，排序含评判对 2/2\n"));
  EXPECT_THAT(result.out, HasSubstr("nDCG@10                 1.0000  [1.0000, 1.0000]\n"));
  EXPECT_THAT(result.out, HasSubstr("种子 20260118\n"));
  EXPECT_EQ(RunDuijie({"eval", "score", dir.File("qrels"), dir.File("none")}).code, 1);
}

TEST(CliTest, ComparesTwoRankingsWithoutAServer) {
  const TempDir dir;
  WriteFile(dir.File("qrels"), "need_id\tachievement_id\tlevel\nn\ta\t4\nn\tb\t1\n");
  WriteFile(dir.File("good"), "n Q0 a 1 0.9 t\nn Q0 b 2 0.1 t\n");
  WriteFile(dir.File("bad"), "n Q0 b 1 0.9 t\nn Q0 a 2 0.1 t\n");
  const Result result = RunDuijie({"--json", "eval", "compare", dir.File("qrels"), dir.File("bad"),
                                   dir.File("good"), "--min-judged", "2", "--seed", "7"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\"mrr\":{\"a\":0.5,\"b\":1.0,\"difference\":0.5,\"interval\":[0.5,0.5],"
                                    "\"p\":1.0,\"exact\":true,\"better\":1,\"worse\":0}"));
  EXPECT_THAT(result.out, HasSubstr("\"seed\":7,"));
}

TEST(CompletionTest, WordsFollowTheCommandTree) {
  GlobalOptions globals;
  Invocation invocation;
  const auto words = CompletionWords(BuildCommandLine(globals, invocation).root());
  EXPECT_THAT(words.at(""), IsSupersetOf({"import", "match", "run", "admin", "--server", "--json"}));
  EXPECT_THAT(words.at("run start"),
              IsSupersetOf({"--title", "--need-source", "--achievement-source", "--wait", "--json"}));
  EXPECT_THAT(words.at("run"), Not(Contains("--title")));
}

TEST(CompletionTest, BashCompletesSubcommandsOptionsAndNothingElse) {
  const TempDir dir;
  const Result script = RunDuijie({"completion", "bash"});
  ASSERT_EQ(script.code, 0) << script.err;
  const auto complete = [&](const std::string& words, int index) {
    WriteFile(dir.File("s.sh"), script.out + "COMP_WORDS=(" + words +
                                    ")\nCOMP_CWORD=" + std::to_string(index) +
                                    "\n_duijie\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
    const auto run = RunProgram({"/bin/bash", dir.File("s.sh")});
    EXPECT_EQ(run.exit_code, 0) << run.errors;
    return run.output;
  };
  EXPECT_EQ(complete("duijie ex", 1), "export\n");
  EXPECT_EQ(complete("duijie run wa", 2), "watch\n");
  EXPECT_EQ(complete("duijie --json run start --snap", 4), "--snapshot\n");
}

TEST(CompletionTest, ZshScriptNamesEveryCommand) {
  const Result script = RunDuijie({"completion", "zsh"});
  EXPECT_THAT(script.out, HasSubstr("#compdef duijie"));
  EXPECT_THAT(script.out, HasSubstr("'admin key create') candidates='"));
}

}  // namespace
}  // namespace duijie
