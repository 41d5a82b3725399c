// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/log/log.h"

#include <fstream>
#include <sstream>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie::log {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

std::string ContentsOf(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class LogTest : public ::testing::Test {
 protected:
  void TearDown() override { EXPECT_THAT(Configure({}), IsOk()); }
  duijie::testing::TempDir folder_;
};

TEST_F(LogTest, ALineIsOneJsonObjectWithTimeLevelEventAndFields) {
  const std::string path = folder_.File("log");
  ASSERT_THAT(Configure({"info", path}), IsOk());
  Info("call", {{"method", "Get"}, {"ms", 12}, {"ok", true}, {"share", 0.25}});
  EXPECT_THAT(
      ContentsOf(path),
      MatchesRegex(
          "\\{\"time\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z\",\"level\":\"info\",\"event\":\"call\","
          "\"method\":\"Get\",\"ms\":12,\"ok\":true,\"share\":0.25\\}\n"));
}

TEST_F(LogTest, LinesBelowTheLevelAreDropped) {
  const std::string path = folder_.File("log");
  ASSERT_THAT(Configure({"warn", path}), IsOk());
  Info("quiet");
  Warn("loud");
  EXPECT_THAT(ContentsOf(path), Not(HasSubstr("quiet")));
  EXPECT_THAT(ContentsOf(path), HasSubstr("loud"));
}

TEST_F(LogTest, AValueCannotForgeALine) {
  const std::string path = folder_.File("log");
  ASSERT_THAT(Configure({"info", path}), IsOk());
  Info("call", {{"id", "a\"}\n{\"event\":\"forged\"\r\x1b[2J\x7f"}});
  const std::string text = ContentsOf(path);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_THAT(text, HasSubstr(R"("id":"a\"}\u000a{\"event\":\"forged\"\u000d\u001b[2J\u007f")"));
}

TEST_F(LogTest, FormatCharactersOfTheLoggerAreOrdinaryText) {
  const std::string path = folder_.File("log");
  ASSERT_THAT(Configure({"info", path}), IsOk());
  Info("call", {{"text", "{} %v %n {0:d}"}});
  EXPECT_THAT(ContentsOf(path), HasSubstr(R"("text":"{} %v %n {0:d}")"));
}

TEST(LogJsonTest, SeparatorsAndDirectionControlsAreEscaped) {
  EXPECT_EQ(ToJsonMembers("e", {{"k", "\u2028\u202e\u2066\u0085"}}),
            R"("event":"e","k":"\u2028\u202e\u2066\u0085")");
}

TEST(LogJsonTest, ChineseIsKept) {
  EXPECT_EQ(ToJsonMembers("e", {{"k", "氮化镓𠮷"}}), R"("event":"e","k":"氮化镓𠮷")");
}

TEST(LogJsonTest, IllFormedUtf8IsReplacedByteByByte) {
  EXPECT_EQ(ToJsonMembers("e", {{"k", "a\xff\xe4\xbd|\xc0\x80\xed\xa0\x80"}}),
            "\"event\":\"e\",\"k\":\"a\uFFFD\uFFFD\uFFFD|\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\"");
}

TEST(LogJsonTest, LongValuesAreCut) {
  const std::string members = ToJsonMembers("e", {{"k", std::string(kMaxValueBytes + 100, 'x')}});
  EXPECT_THAT(members, EndsWith("x…\""));
  EXPECT_LT(members.size(), kMaxValueBytes + 50);
}

TEST(LogJsonTest, NumbersThatJsonCannotSayAreTexts) {
  EXPECT_EQ(ToJsonMembers("e", {{"k", 1.0 / 0.0}}), R"("event":"e","k":"inf")");
}

TEST(LogJsonTest, AnErrorShowsCodeReasonAndMessage) {
  EXPECT_EQ(ToJsonMembers("e", {{"k", duijie::Error(StatusCode::kAborted, "STALE_ETAG", "m")}}),
            R"("event":"e","k":"ABORTED STALE_ETAG: m")");
}

TEST_F(LogTest, AnUnknownLevelOrAnUnwritableFileIsAnError) {
  EXPECT_THAT(Configure({"loud", ""}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Configure({"info", folder_.path().string()}), StatusIs(StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace duijie::log
