// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijied/options.h"

#include <fstream>

#include "services/duijied/exit_code.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using ::testing::HasSubstr;

class OptionsTest : public ::testing::Test {
 protected:
  Invocation Read(std::vector<std::string> arguments) {
    std::vector<const char*> argv = {"duijied"};
    for (const auto& argument : arguments) argv.push_back(argument.c_str());
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    Invocation invocation = ReadCommandLine(static_cast<int>(argv.size()), argv.data());
    out_ = ::testing::internal::GetCapturedStdout();
    errors_ = ::testing::internal::GetCapturedStderr();
    return invocation;
  }
  std::string File(const std::string& text) {
    std::ofstream(folder_.File("duijied.toml")) << text;
    return folder_.File("duijied.toml");
  }
  testing::TempDir folder_;
  std::string out_, errors_;
};

TEST_F(OptionsTest, WithoutFlagsTheDefaultsRun) {
  const Invocation invocation = Read({});
  EXPECT_EQ(invocation.exit_code, std::nullopt);
  EXPECT_EQ(ToText(invocation.config), ToText(Config{}));
}

TEST_F(OptionsTest, FlagsWinOverTheFile) {
  const std::string file = File("roles = [\"admin\"]\n[server]\nlisten = \"127.0.0.1:1\"\nmax_threads = 8\n");
  const Invocation invocation = Read({"--config", file, "--roles=catalog,search", "--listen", "127.0.0.1:0",
                                      "--data", "/d", "--share=/s", "--port-file", "/p", "--log-level",
                                      "debug", "--log-file", "/l", "--metrics-listen", "127.0.0.1:2"});
  ASSERT_EQ(invocation.exit_code, std::nullopt) << errors_;
  EXPECT_EQ(RolesToRun(invocation.config), (std::vector<std::string>{"catalog", "search"}));
  EXPECT_EQ(invocation.config.server.listen, "127.0.0.1:0");
  EXPECT_EQ(invocation.config.server.max_threads, 8);
  EXPECT_EQ(invocation.config.server.metrics_listen, "127.0.0.1:2");
  EXPECT_EQ(invocation.config.server.port_file, "/p");
  EXPECT_EQ(invocation.config.data.folder, "/d");
  EXPECT_EQ(invocation.config.data.share_folder, "/s");
  EXPECT_EQ(invocation.config.log.level, "debug");
  EXPECT_EQ(invocation.config.log.file, "/l");
}

TEST_F(OptionsTest, WhatIsWrongEndsWithCodeTwoAndSaysWhere) {
  EXPECT_EQ(Read({"--no-such-flag"}).exit_code, 2);
  EXPECT_EQ(Read({"--config", "/nonexistent.toml"}).exit_code, 2);
  EXPECT_THAT(errors_, HasSubstr("/nonexistent.toml"));
  EXPECT_EQ(Read({"--config", File("[server]\nlisen = 1\n")}).exit_code, 2);
  EXPECT_THAT(errors_, HasSubstr("line 2: unknown key server.lisen"));
  EXPECT_EQ(Read({"--roles=cook"}).exit_code, 2);
  EXPECT_EQ(Read({"--listen=0.0.0.0:1"}).exit_code, 2);
  EXPECT_THAT(errors_, HasSubstr("TLS"));
}

TEST_F(OptionsTest, HelpVersionAndCheckEndWithCodeZero) {
  EXPECT_EQ(Read({"--help"}).exit_code, 0);
  EXPECT_THAT(out_, HasSubstr("退出码"));
  EXPECT_EQ(Read({"--version"}).exit_code, 0);
  EXPECT_THAT(out_, HasSubstr("duijied 0."));
  EXPECT_EQ(Read({"--check", "--data=/somewhere"}).exit_code, 0);
  EXPECT_THAT(out_, HasSubstr("data.folder = \"/somewhere\""));
}

TEST(ExitCodeTest, EachReasonHasItsCodeAndAdvice) {
  const auto code = [](StatusCode status, const char* reason) {
    return static_cast<int>(ExitCodeFor(Error(status, reason, "detail")));
  };
  EXPECT_EQ(static_cast<int>(ExitCodeFor(OkStatus())), 0);
  EXPECT_EQ(code(StatusCode::kInternal, "ANYTHING"), 1);
  EXPECT_EQ(code(StatusCode::kInvalidArgument, "INVALID_CONFIG"), 2);
  EXPECT_EQ(code(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE"), 3);
  EXPECT_EQ(code(StatusCode::kFailedPrecondition, "DATA_FOLDER_READ_ONLY"), 4);
  EXPECT_EQ(code(StatusCode::kResourceExhausted, "DISK_FULL"), 5);
  EXPECT_EQ(code(StatusCode::kFailedPrecondition, "LISTEN_FAILED"), 6);
  EXPECT_EQ(code(StatusCode::kDataLoss, "STORE_CORRUPT"), 7);
  EXPECT_EQ(code(StatusCode::kFailedPrecondition, "FORMAT_TOO_NEW"), 8);
  EXPECT_THAT(Explain(Error(StatusCode::kResourceExhausted, "DISK_FULL", "the detail")),
              HasSubstr("磁盘已满"));
  EXPECT_THAT(Explain(Error(StatusCode::kResourceExhausted, "DISK_FULL", "the detail")),
              HasSubstr("the detail"));
}

}  // namespace
}  // namespace duijie
